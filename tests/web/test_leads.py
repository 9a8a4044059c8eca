"""New leads by form: a case at once, the same form once, nothing of a stranger's believed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from tests.orchestration.campaigns import a_campaign
from tests.orchestration.stage import a_new_lead
from tests.web.house import BEARER, FORM, SECRETS, a_house


async def test_a_form_opens_a_conversation_and_rings(database_url: str) -> None:
    async with a_house(database_url) as house:
        answer = await house.post(FORM)
        assert answer.status_code == 202
        case = answer.json()["lead"]
        assert answer.json()["new"]
        assert house.rung == [case]
        talk = await house.conversation(case)
        assert [message.text for message in talk.messages] == [FORM["message"]]
        assert (talk.began, talk.proven) == ("in", False)


@pytest.mark.parametrize(
    "given", [{}, {"authorization": "Bearer wrong"}, {"authorization": SECRETS["leads"]}]
)
async def test_without_the_bearers_token_nothing_is_taken(
    sqlite_url: str, given: dict[str, str]
) -> None:
    async with a_house(sqlite_url) as house:
        before = await house.dump()
        answer = await house.client.post("/leads", json=FORM, headers=given)
        assert answer.status_code == 401
        assert await house.dump() == before


async def test_the_same_form_many_times_at_once_is_one(database_url: str) -> None:
    async with a_house(database_url) as house:
        answers = await asyncio.gather(*[house.post(FORM) for _ in range(16)])
        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.json()["lead"] for answer in answers}) == 1
        assert sum(answer.json()["new"] for answer in answers) == 1
        talk = await house.conversation(answers[0].json()["lead"])
        assert talk.replies == 1


async def test_a_key_names_one_form_for_ever(database_url: str) -> None:
    async with a_house(database_url) as house:
        first = await house.post(FORM, idempotency_key="k1")
        same = await house.post(FORM, idempotency_key="k1")
        other = await house.post({**FORM, "message": "Another one."}, idempotency_key="k1")
        assert same.json() == {**first.json(), "new": False}
        assert other.status_code == 409
        assert (await house.post(FORM, idempotency_key="k" * 101)).status_code == 422


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'"text"', 422),
        (b"[" * 50_000, 422),
        (b'{"email": {"a": 1}}', 422),
        (b'{"email": true}', 422),
        (b'{"email": ["a@b.example"]}', 422),
        (b'{"email": "a@b.example", "name": "\\ud800"}', 422),
        (b'{"\\udfff": "x", "email": "a@b.example"}', 422),
        (b'{"email": "not an address"}', 422),
        (b'{"company": "Nordfracht"}', 422),
        (b'{"email": "a@b.example", "campaign": "none of ours"}', 422),
        (b"\xff\xfe", 422),
        (b"9" * 6000, 422),
        (json.dumps({f"f{n}": "x" for n in range(100)}).encode(), 422),
        (json.dumps({"email": "a@b.example", "m" * 200: "x"}).encode(), 422),
        (json.dumps({"email": "a@b.example", "message": "x" * 70_000}).encode(), 413),
    ],
)
async def test_garbage_is_refused_and_leaves_no_trace(
    sqlite_url: str, body: bytes, code: int
) -> None:
    async with a_house(sqlite_url) as house:
        before = await house.dump()
        answer = await house.client.post("/leads", content=body, headers=BEARER)
        assert answer.status_code == code
        assert "error" in answer.json()
        assert await house.dump() == before


@pytest.mark.parametrize("message", ["\x00\x1b[31m", "\u202eevil\u202c", "NaN", "x" * 20_000, ""])
async def test_a_strange_message_is_only_a_message(sqlite_url: str, message: str) -> None:
    async with a_house(sqlite_url) as house:
        form = {**FORM, "message": message, "n": float("inf"), "m": None}
        body = json.dumps(form).encode()
        answer = await house.client.post("/leads", content=body, headers=BEARER)
        assert answer.status_code == 202
        talk = await house.conversation(answer.json()["lead"])
        assert talk.replies == 1


async def test_a_form_changes_nothing_about_a_lead_we_know(database_url: str) -> None:
    async with a_house(database_url) as house:
        known = (await house.store.cases.snapshot(house.cases[0])).slots["lead"]
        stranger = {
            "email": "sam@c0.example",
            "company": "Evil",
            "name": "Mallory",
            "country": "FR",
            "phone": "+4915112345678",
        }
        answer = await house.post(stranger)
        assert answer.json()["lead"] == house.cases[0]
        after = (await house.store.cases.snapshot(house.cases[0])).slots["lead"]
        assert after == known


async def test_a_form_changes_no_ground_of_anybody_we_know(database_url: str) -> None:
    consent = {"basis": "consent", "evidence": "form 7", "since": "2026-03-14"}
    async with a_house(database_url) as house:
        autumn = a_campaign().model_copy(update={"name": "autumn"})
        other = await house.store.intake.campaign("default", "sales", autumn)
        known = replace(a_new_lead(7), ground=consent)
        (taken,) = await house.store.intake.leads("default", other, [known])
        told = {"email": known.email, "lawful_basis": "contract", "lawful_subscriber": "company"}
        answer = (await house.post(told)).json()
        assert (answer["new"], answer["lead"] != taken.case_id) == (True, True)
        person = await house.person(answer["lead"])
        rows = [row async for table, row in house.store.views.export() if table == "person"]
        assert [(row["ground"], row["subscriber"]) for row in rows if row["id"] == person] == [
            (consent, None)
        ]


async def test_where_research_looks_is_the_addresss_own_domain(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        lure = {
            "website": "https://evil.example/",
            "domain": "evil.example",
            "feeds": "evil.example",
        }
        answer = await house.post({**FORM, **lure})
        lead = (await house.store.cases.snapshot(answer.json()["lead"])).slots["lead"].value
        assert "evil" not in json.dumps(lead)
        assert lead is not None
        assert lead["website"] == "https://nordfracht.example/"
        private = await house.post({**FORM, **lure, "email": "jana@gmail.com"})
        lead = (await house.store.cases.snapshot(private.json()["lead"])).slots["lead"].value
        assert "evil" not in json.dumps(lead)


async def test_who_writes_again_gets_a_person_and_no_machine(database_url: str) -> None:
    async with a_house(database_url) as house:
        case = (await house.post(FORM)).json()["lead"]
        again = await house.post({**FORM, "message": "And one more thing."})
        assert again.json() == {"lead": case, "new": False}
        talk = await house.conversation(case)
        assert (talk.standing, talk.replies) == ("taken_over", 1)
        (task,) = await house.tasks("wrote_again")
        assert task.context["message"] == "And one more thing."


async def test_a_bomb_of_forms_is_five_tasks(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        for number in range(30):
            await house.post({**FORM, "message": f"Number {number}"})
        assert len(await house.tasks("wrote_again")) == 5


async def test_whoever_asks_in_the_form_to_be_left_alone_is(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        words = "Please remove me from your list and never contact me again."
        case = (await house.post({**FORM, "message": words})).json()["lead"]
        assert (await house.conversation(case)).standing == "opted_out"
        assert await house.store.suppressions.why("default", FORM["email"])

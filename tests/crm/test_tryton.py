"""Tryton's own ways: sessions, merged parties, people at work in the same record, lost answers."""

from __future__ import annotations

import asyncio
import json
import secrets
from datetime import UTC, datetime

import pytest

from dealwright.domain.connections import CrmConnection
from dealwright.errors import Forbidden, Misconfigured, NotThere, OutcomeUnknown, TryAgain
from dealwright.tools.connectors.crm_tryton import TrytonCrm
from dealwright.tools.ports import CrmNote, CrmRecord, Written
from tests.crm.line import Line
from tests.crm.tryton_server import PASSWORD, USER, Office
from tests.servers_crm import HubSpot, Trouble

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def key() -> str:
    return secrets.token_hex(6)


@pytest.fixture
def crm(tryton_port: int) -> TrytonCrm:
    return connected(f"http://127.0.0.1:{tryton_port}")


def connected(server: str, user: str = USER, password: str = PASSWORD) -> TrytonCrm:
    connection = CrmConnection(kind="tryton", url=f"{server}/crm", user=user)
    return TrytonCrm(connection, password)


def scored(key: str, score: str) -> CrmRecord:
    address = f"ada@{key}.example"
    return CrmRecord(key=key, name="Ada", address=address, fields={"score": score})


async def test_a_wrong_password_is_forbidden(tryton_port: int) -> None:
    with pytest.raises(Forbidden):
        await connected(f"http://127.0.0.1:{tryton_port}", password="wrong").upsert(
            CrmRecord(key="k1")
        )


@pytest.mark.parametrize(("user", "secret"), [(None, "x"), ("me", None), ("me", "")])
def test_a_user_and_a_password_are_needed(user: str | None, secret: str | None) -> None:
    connection = CrmConnection(kind="tryton", url="https://erp.example/crm", user=user)
    with pytest.raises(Misconfigured):
        TrytonCrm(connection, secret)


async def test_a_database_that_is_not_there_is_refused(tryton_port: int) -> None:
    connection = CrmConnection(kind="tryton", url=f"http://127.0.0.1:{tryton_port}/none", user=USER)
    with pytest.raises(NotThere, match="404"):
        await TrytonCrm(connection, PASSWORD).find(domain="acme.example")


def a_colleague(office: Office, login: str, groups: list[int]) -> int:
    values = {"name": login, "login": login, "password": PASSWORD, "groups": [["add", groups]]}
    return office.create("res.user", values)


async def test_a_session_that_has_ended_is_begun_anew(
    office: Office, tryton_port: int, key: str
) -> None:
    groups = office.call("model.res.group.search", [], 0, None, None, {})
    user = a_colleague(office, key, groups)
    crm = connected(f"http://127.0.0.1:{tryton_port}", key)
    await crm.upsert(scored(key, "80"))
    # Tryton ends the sessions of whoever gets a password.
    office.call("model.res.user.write", [user], {"password": PASSWORD}, {})
    assert (await crm.upsert(scored(key, "90"))).changed == {"score": ("80", "90")}


async def test_a_user_without_rights_is_forbidden(
    office: Office, crm: TrytonCrm, tryton_port: int, key: str
) -> None:
    a_colleague(office, key, [])
    await crm.upsert(scored(key, "80"))
    theirs = connected(f"http://127.0.0.1:{tryton_port}", key)
    with pytest.raises(Forbidden, match="not allowed"):
        await theirs.find(domain=f"{key}.example")


async def test_a_party_in_the_customers_category_is_a_customer(
    office: Office, crm: TrytonCrm, key: str
) -> None:
    category = office.create("party.category", {"name": "CUSTOMER"})
    written = await crm.upsert(scored(key, "80"))
    party = int(written.id)
    office.call("model.party.party.write", [party], {"categories": [["add", [category]]]}, {})
    (found,) = await crm.find(domain=f"{key}.example")
    assert found.customer


async def test_a_company_is_found_by_its_site(office: Office, crm: TrytonCrm, key: str) -> None:
    site = {"type": "website", "value": f"https://www.{key}.example/about"}
    values = {"name": "Acme", "contact_mechanisms": [["create", [site]]]}
    party = office.create("party.party", values)
    (found,) = await crm.find(domain=f"{key}.example")
    assert (found.id, found.company, found.domain) == (str(party), "Acme", f"{key}.example")


async def test_an_archived_party_is_still_the_one_with_its_key(
    office: Office, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "80"))
    office.call("model.party.party.write", [int(written.id)], {"active": False}, {})
    again = await crm.upsert(scored(key, "90"))
    assert (again.id, again.changed) == (written.id, {"score": ("80", "90")})


async def test_a_merged_party_is_the_one_it_was_merged_into(
    office: Office, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "80"))
    into = office.create("party.party", {"name": "Ada"})
    session, *_ = office.call("wizard.party.replace.create", {})
    asked = {"ask": {"source": int(written.id), "destination": into}}
    office.call("wizard.party.replace.execute", session, asked, "replace", {})
    assert (await crm.upsert(scored(key, "90"))).id == str(into)


def said(value: object) -> Trouble:
    return 200, {}, json.dumps({"id": 1, **value} if isinstance(value, dict) else value).encode()


def bare(status: int, text: str) -> Trouble:
    return status, {}, text.encode()


LOGGED_IN = said({"result": [1, "token", None]})
NOBODY = said({"result": []})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said({"error": ["UserError", ["The name is wrong.", "", None]]}), NotThere),
        (said({"error": ["UserError", ["You are not allowed to write.", "", None]]}), Forbidden),
        (said({"error": ["UserWarning", ["similar", "Are you sure?", ""]]}), NotThere),
        (said({"error": ["'name'", "Traceback"]}), NotThere),
        (said({"error": []}), NotThere),
        (said({"error": ["ConcurrencyException", "Records were modified"]}), TryAgain),
        (said({"result": "made"}), OutcomeUnknown),
        (said([]), OutcomeUnknown),
        (bare(503, "database is locked"), TryAgain),
        (bare(504, ""), OutcomeUnknown),
        (bare(400, "Not a JSON request"), NotThere),
    ],
)
async def test_what_the_server_says_of_a_write_is_told_apart(
    hubspot: HubSpot, answer: Trouble, error: type[Exception]
) -> None:
    hubspot.troubles += [LOGGED_IN, NOBODY, answer, NOBODY]
    with pytest.raises(error):
        await connected(hubspot.url).upsert(CrmRecord(key="k1"))
    assert len(hubspot.requests) - 3 == (error is NotThere)


async def test_a_second_factor_is_not_given(hubspot: HubSpot) -> None:
    hubspot.troubles.append(said({"error": ["LoginException", ["sms", "Code?", "char"]]}))
    with pytest.raises(Forbidden, match="more than"):
        await connected(hubspot.url).find(address="ada@acme.example")


@pytest.mark.parametrize("method", [b"party.party.create", b"party.party.write"])
async def test_a_lost_answer_is_unknown_and_the_next_write_settles_it(
    tryton_port: int, crm: TrytonCrm, key: str, method: bytes
) -> None:
    if method.endswith(b"write"):
        await crm.upsert(scored(key, "80"))
    async with Line(tryton_port) as line:
        line.cut_after = method
        with pytest.raises(OutcomeUnknown) as unknown:
            await connected(line.url).upsert(scored(key, "90"))
        settled = await connected(line.url).upsert(scored(key, "90"))
    written = unknown.value.facts["written"]
    assert isinstance(written, Written)
    assert (settled.changed, written.changed["score"][1]) == ({}, "90")
    (found,) = await crm.find(domain=f"{key}.example")
    assert (found.id, found.fields["score"]) == (settled.id, "90")


async def test_what_a_person_changes_at_the_same_moment_is_not_undone(
    office: Office, tryton_port: int, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "80"))
    party = [["party", "=", int(written.id)], ["name", "=", "score"]]
    held = office.call("model.party.contact_mechanism.search", party, 0, None, None, {})

    def by_hand() -> None:
        office.call("model.party.contact_mechanism.write", held, {"value": "12"}, {})

    async with Line(tryton_port) as line:
        line.held_up_by, line.meanwhile = b"party.party.write", by_hand
        with pytest.raises(TryAgain):
            await connected(line.url).undo(written)
    (found,) = await crm.find(domain=f"{key}.example")
    assert found.fields["score"] == "12"
    with pytest.raises(NotThere, match="score"):
        await crm.undo(written)


async def test_a_note_whose_answer_was_lost_is_still_one_note(
    tryton_port: int, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "80"))
    note = CrmNote(at=NOON, text="Booked.")
    async with Line(tryton_port) as line:
        line.cut_after = b"ir.note.create"
        with pytest.raises(OutcomeUnknown):
            await connected(line.url).remember(key, note, "n1")
        await connected(line.url).remember(key, note, "n1")
    assert list(await crm.history(written.id)) == [note]


async def test_notes_people_write_are_told_as_they_stand(
    office: Office, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "80"))
    text = f"Call back.\n\n(dealwright, soon-as-you-can-please, {'0' * 32})"
    values = {"resource": f"party.party,{written.id}", "message": text}
    office.create("ir.note", values)
    (told,) = await crm.history(written.id)
    assert told.text == text


async def test_people_and_we_in_one_record_lose_nothing_to_each_other(
    office: Office, crm: TrytonCrm, key: str
) -> None:
    written = await crm.upsert(scored(key, "0"))

    async def by_hand(number: int) -> None:
        values = {"name": f"Ada {number}"}
        await asyncio.to_thread(
            office.call, "model.party.party.write", [int(written.id)], values, {}
        )

    async def by_us(number: int) -> None:
        for _ in range(50):
            try:
                await crm.upsert(scored(key, str(number)))
            except TryAgain:
                await asyncio.sleep(0.2)
            else:
                return

    await asyncio.gather(*(work(n) for n in range(1, 7) for work in (by_hand, by_us)))
    (found,) = await crm.find(domain=f"{key}.example")
    assert found.name.startswith("Ada ")
    assert found.fields["score"] in set("123456")
    assert len(await crm.find(address=f"ada@{key}.example")) == 1

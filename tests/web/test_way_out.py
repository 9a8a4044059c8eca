"""The way out: one press ends it for good; whoever only looks changes nothing."""

from __future__ import annotations

import asyncio

import pytest

from dealwright.outbox.unsubscribe import token
from tests.orchestration.stage import a_new_lead
from tests.web.house import a_house

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def test_one_press_suppresses_at_once_without_any_log_in(database_url: str) -> None:
    async with a_house(database_url) as house:
        told = await house.way_out(house.cases[0])
        answer = await house.client.post(f"/u/{told}", data=ONE_CLICK)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        entries = await house.store.suppressions.listed("default")
        assert [(entry.scope, entry.source) for entry in entries] == [("person", "one-click")]
        again = await house.client.post(f"/u/{told}", data=ONE_CLICK)
        assert again.status_code == 200
        assert len(await house.store.suppressions.listed("default")) == 1


async def test_whoever_unsubscribes_ends_the_conversation(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        form = {"email": "sam@c0.example", "message": "Tell me more."}
        case = (await house.post(form)).json()["lead"]
        await house.client.post(f"/u/{await house.way_out(case)}", data=ONE_CLICK)
        assert (await house.conversation(case)).standing == "opted_out"


async def test_a_thousand_scanners_change_nothing(database_url: str) -> None:
    async with a_house(database_url) as house:
        told = await house.way_out(house.cases[0])
        before = await house.dump()
        for _ in range(10):
            looks = [
                house.client.request("HEAD" if number % 3 == 0 else "GET", f"/u/{told}")
                for number in range(100)
            ]
            assert {answer.status_code for answer in await asyncio.gather(*looks)} == {200}
        assert await house.dump() == before
        page = await house.client.get(f"/u/{told}")
        assert "<button>" in page.text
        assert 'method="post"' in page.text


async def test_looking_before_any_letter_was_written_makes_no_secret(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        before = await house.dump()
        assert (await house.client.get("/u/whatever")).status_code == 404
        assert await house.dump() == before


@pytest.mark.parametrize("how", ["forged", "altered", "other_workspace", "other_key", "endless"])
async def test_a_token_that_is_not_ours_is_nobodys(sqlite_url: str, how: str) -> None:
    async with a_house(sqlite_url) as house:
        ours = await house.way_out(house.cases[0])
        person = await house.person(house.cases[0])
        wrong = {
            "forged": "WyJkZWZhdWx0IiwieCJd.c2lnbmVk",
            "altered": ours[:-1] + ("A" if ours[-1] != "A" else "B"),
            "other_workspace": token(await house.secret(), "other", person),
            "other_key": token(b"k" * 32, "default", person),
            "endless": "a" * 5000,
        }[how]
        before = await house.dump()
        for method in ("GET", "POST"):
            answer = await house.client.request(method, f"/u/{wrong}")
            assert answer.status_code == 404
        assert await house.dump() == before


async def test_a_way_out_is_the_same_after_years(sqlite_url: str) -> None:
    """Nothing in it can run out: what is signed is the workspace and the person, no time."""
    async with a_house(sqlite_url) as house:
        first = await house.way_out(house.cases[0])
        renewed = [a_new_lead(0)]
        await house.store.intake.leads("default", house.campaign, renewed)
        assert await house.way_out(house.cases[0]) == first
        assert (await house.client.post(f"/u/{first}")).status_code == 200

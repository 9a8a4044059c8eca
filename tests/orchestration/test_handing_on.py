"""Handing on: what an agent made is worked on while it is written, and never instead of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dealwright.domain.digests import digest_of
from dealwright.orchestration.overrides import Overrides
from dealwright.orchestration.room import Room
from dealwright.store.exclusive import Pen
from tests.orchestration.departments import a_department, a_route, an_agent, an_ask
from tests.orchestration.stage import PlayedBrain, Stage, a_stage

LINE = a_department(
    [
        an_agent("first", ["lead"], "a"),
        an_agent("second", ["a"], "b"),
        an_agent("third", ["b"], "c"),
    ],
    [a_route(["first", "second", "third"]), an_ask("c", "has(slots.c)")],
)


@asynccontextmanager
async def nothing_written(url: str) -> AsyncGenerator[None]:
    """Keep the pen of a SQLite file, so that whoever writes has to wait."""
    pen = Pen(Path(url.removeprefix("sqlite:///")))
    await asyncio.to_thread(pen.__enter__)
    try:
        yield
    finally:
        pen.__exit__(None, None, None)
        pen.close()


async def asked(brain: PlayedBrain, name: str) -> bool:
    """Wait for a while for an agent to be asked."""
    for _ in range(40):
        if name in brain.asked:
            return True
        await asyncio.sleep(0.02)
    return False


async def made(stage: Stage, slot: str) -> None:
    """Wait until a product is written."""
    for _ in range(1000):
        if slot in await stage.values():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"no {slot} was written")


async def said(left: list[str]) -> bool:
    """Wait for a while for a case to leave its room."""
    for _ in range(250):
        if left:
            return True
        await asyncio.sleep(0.02)
    return False


async def taken(stage: Stage) -> tuple[asyncio.Task[None], list[str]]:
    """Begin a turn in a room of its own; return it, and a list that says when it left."""
    (lease,) = await stage.store.cases.claim_due(
        stage.clock.now(), 1, lease_for=timedelta(seconds=60), worker="test"
    )
    left: list[str] = []
    room = Room(1, on_free=lambda: left.append(lease.case_id))
    work = asyncio.create_task(stage.turn.take(lease, room))
    assert await asked(stage.brain, "first")
    return work, left


async def test_the_next_agent_begins_while_the_product_is_being_written(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(seconds=0.1)) as stage:
        work, _ = await taken(stage)
        async with nothing_written(sqlite_url):
            assert await asked(stage.brain, "second")
            assert await stage.values() == {}
        await work
        assert (await stage.values()).keys() == {"a", "b", "c"}


async def test_nothing_is_written_before_what_it_was_made_from(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(seconds=0.05)) as stage:
        work, left = await taken(stage)
        async with nothing_written(sqlite_url):
            assert await asked(stage.brain, "second")
            await asyncio.sleep(0.3)
            assert stage.brain.asked == ["first", "second"]
            assert not left
        await work
        runs = await stage.store.views.runs()
        assert sorted(run.agent for run in runs) == ["first", "second", "third"]


async def test_what_cost_money_is_written_before_the_case_goes_on(sqlite_url: str) -> None:
    brain = PlayedBrain(seconds=0.05, paid=True)
    async with a_stage(sqlite_url, LINE, brain=brain) as stage:
        work, _ = await taken(stage)
        async with nothing_written(sqlite_url):
            await asyncio.sleep(0.3)
            assert brain.asked == ["first"]
        await work
        assert brain.asked == ["first", "second", "third"]


@pytest.mark.parametrize(("paid", "most"), [(True, ["first"]), (False, ["first", "second"])])
async def test_a_pause_lets_begin_at_most_one_more_agent_and_none_that_follows_a_paid_one(
    database_url: str, *, paid: bool, most: list[str]
) -> None:
    brain = PlayedBrain(seconds=0.2, paid=paid)
    async with a_stage(database_url, LINE, brain=brain) as stage:
        work, _ = await taken(stage)
        await stage.store.desk.pause(stage.cases[0], who="ada")
        await work
        assert brain.asked == most


async def test_a_case_has_no_place_while_only_writing_is_left(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(slow={"third": 0.5})) as stage:
        work, left = await taken(stage)
        await made(stage, "b")
        async with nothing_written(sqlite_url):
            assert await said(left)
            assert not await stage.store.desk.approvals()
        await work
        assert len(await stage.store.desk.approvals()) == 1


async def test_a_person_is_asked_about_what_stands_there_not_about_what_was_handed_on(
    database_url: str,
) -> None:
    async with a_stage(database_url, LINE, brain=PlayedBrain(seconds=0.2)) as stage:
        work, _ = await taken(stage)
        assert await asked(stage.brain, "third")
        overrides = Overrides(stage.store, stage.department)
        await overrides.inject(stage.cases[0], "c", {"made": "by hand"}, who="ada")
        await work
        await stage.play()
        stands = (await stage.snapshot()).slots["c"]
        assert stands.value == {"made": "by hand"}
        approvals = await stage.store.desk.approvals()
        digests = {(each.slot, each.version): each.digest for each in approvals}
        assert digests == {("c", stands.version): digest_of(stands.value)}


async def test_who_lost_the_case_has_nothing_written_of_what_was_handed_on(
    sqlite_url: str,
) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(seconds=0.1)) as stage:
        work, left = await taken(stage)
        later = stage.clock.now() + timedelta(hours=1)
        heirs = await stage.store.cases.claim_due(
            later, 1, lease_for=timedelta(seconds=60), worker="heir"
        )
        assert len(heirs) == 1
        await work
        assert await stage.values() == {}
        assert stage.brain.asked == ["first", "second"]
        assert left == stage.cases


async def test_a_case_that_is_sent_away_from_the_room_is_due_at_once(database_url: str) -> None:
    async with a_stage(database_url, LINE, leads=2) as stage:
        first, second = await stage.store.cases.claim_due(
            stage.clock.now(), 2, lease_for=timedelta(seconds=60), worker="test"
        )
        room = Room(1, patience=0.05)
        assert await room.enter(first)
        await stage.turn.take(second, room)
        assert (stage.brain.asked, stage.happened) == ([], [])
        assert await stage.store.cases.due(stage.clock.now(), 5) == [second.case_id]


async def test_a_case_that_changed_while_it_was_put_down_needs_a_place_again(
    sqlite_url: str,
) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(slow={"third": 0.5})) as stage:
        (lease,) = await stage.store.cases.claim_due(
            stage.clock.now(), 1, lease_for=timedelta(seconds=60), worker="test"
        )
        room = Room(1)
        work = asyncio.create_task(stage.turn.take(lease, room))
        await made(stage, "b")
        retry = stage.store.desk.retry(stage.cases[0], "b", who="ada")
        async with nothing_written(sqlite_url):
            override = asyncio.create_task(retry)
            other = replace(lease, case_id="another")
            assert await room.enter(other)  # there is one place: the case has left
        await override
        await asyncio.sleep(0.3)
        assert stage.brain.asked == ["first", "second", "third"]
        room.leave(other)
        await work
        assert stage.brain.asked == ["first", "second", "third", "second"]

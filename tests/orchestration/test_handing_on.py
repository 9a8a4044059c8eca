"""Handing on: what an agent made is worked on while it is written, and never instead of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from dealwright.domain.digests import digest_of
from dealwright.orchestration.overrides import Overrides
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


async def taken(stage: Stage) -> tuple[asyncio.Task[None], list[str]]:
    """Begin a turn; return it, and a list that says when it is at rest."""
    (lease,) = await stage.store.cases.claim_due(
        stage.clock.now(), 1, lease_for=timedelta(seconds=60), worker="test"
    )
    said: list[str] = []
    work = asyncio.create_task(stage.turn.take(lease, lambda: said.append("at rest")))
    assert await asked(stage.brain, "first")
    return work, said


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
        work, said = await taken(stage)
        async with nothing_written(sqlite_url):
            assert await asked(stage.brain, "second")
            await asyncio.sleep(0.3)
            assert stage.brain.asked == ["first", "second"]
            assert not said
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


async def test_a_case_is_at_rest_when_only_writing_is_left(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, LINE, brain=PlayedBrain(seconds=0.1)) as stage:
        work, said = await taken(stage)
        assert await asked(stage.brain, "third")
        async with nothing_written(sqlite_url):
            await asyncio.sleep(0.3)
            assert said == ["at rest"]
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
        work, said = await taken(stage)
        later = stage.clock.now() + timedelta(hours=1)
        heirs = await stage.store.cases.claim_due(
            later, 1, lease_for=timedelta(seconds=60), worker="heir"
        )
        assert len(heirs) == 1
        await work
        assert (await stage.values(), said) == ({}, [])
        assert stage.brain.asked == ["first", "second"]

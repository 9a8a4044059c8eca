"""Dispatch: due cases are taken, waiting ones are left alone, ticks happen once."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dealwright.clock import WindableClock
from dealwright.domain.case import Lease
from dealwright.orchestration.conditions import compile_condition
from dealwright.orchestration.department import Tick
from dealwright.orchestration.dispatch.distributed import DistributedDispatcher
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.dispatch.timetable import Timetable, last_tick
from tests.orchestration.departments import a_department, an_agent
from tests.orchestration.stage import PlayedBrain, Stage, a_stage

ONE = a_department([an_agent("grader", ["lead"], "grade")])
PATIENT = 5.0
"""Seconds between two looks, and for which a case waits for a place, where neither should end."""
DAILY = Tick(name="daily", cron="0 6 * * *", timezone="Europe/Berlin", because="a new day")


async def until_asked(brain: PlayedBrain, times: int) -> None:
    for _ in range(1000):
        if len(brain.asked) >= times:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"asked {len(brain.asked)} times only")


@asynccontextmanager
async def a_full_room(stage: Stage, poll: float = PATIENT) -> AsyncGenerator[EmbeddedDispatcher]:
    """Have eight cases at work that take long, after others that took so little that more wait."""
    brain = stage.brain
    brain.seconds = 0.01
    dispatcher = stage.dispatcher(concurrency=8, poll=poll)
    work = asyncio.create_task(dispatcher.work())
    await until_asked(brain, 30)
    brain.seconds = 4
    for _ in range(1000):
        if brain.busy == 8:
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)  # what is at hand is on its way
    yield dispatcher
    dispatcher.stop()
    await work


async def taken_by_another(stage: Stage) -> Sequence[Lease]:
    """Return what another worker takes that takes all it finds."""
    return await stage.store.cases.claim_due(
        stage.clock.now(), 1000, lease_for=timedelta(seconds=60), worker="another"
    )


async def test_no_more_cases_are_under_way_than_allowed(sqlite_url: str) -> None:
    brain = PlayedBrain(seconds=0.02)
    async with a_stage(sqlite_url, ONE, leads=20, brain=brain) as stage:
        await stage.play(concurrency=3)
        assert (len(brain.asked), brain.most) == (20, 3)


async def test_a_ring_wakes_a_sleeping_dispatcher_at_once(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, ONE) as stage:
        await stage.play()
        dispatcher = stage.dispatcher()
        work = asyncio.create_task(dispatcher.work())
        await stage.store.desk.retry(stage.cases[0], "grade", who="ada")
        await dispatcher.ring(stage.cases)
        for _ in range(100):
            await asyncio.sleep(0.02)
            if len(stage.brain.asked) == 2:
                break
        dispatcher.stop()
        await work
        assert stage.brain.asked == ["grader", "grader"]


async def test_stopping_lets_what_is_under_way_finish(sqlite_url: str) -> None:
    brain = PlayedBrain(seconds=0.2)
    async with a_stage(sqlite_url, ONE, leads=8, brain=brain) as stage:
        dispatcher = stage.dispatcher(concurrency=2)
        work = asyncio.create_task(dispatcher.work())
        await asyncio.sleep(0.1)
        dispatcher.stop()
        await work
        assert len(brain.asked) == len(await stage.store.views.runs()) == 2


async def test_where_doorbells_break_cases_are_worked_all_the_same(postgres_url: str) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    async with a_stage(postgres_url, ONE, leads=12) as stage:
        capacity = Capacity(worker="test", concurrency=4, poll=0.05)
        dispatcher = DistributedDispatcher(stage.store, stage.turn, stage.clock, capacity, nowhere)
        await dispatcher.work(until_idle=True)
        assert len(stage.brain.asked) == 12


async def test_what_is_at_hand_is_put_back_by_who_stops(database_url: str) -> None:
    async with a_stage(database_url, ONE, leads=120) as stage, a_full_room(stage) as dispatcher:
        begun = len(stage.brain.asked)
        dispatcher.stop()
        await asyncio.sleep(0.5)
        assert len(stage.brain.asked) == begun
        assert len(await taken_by_another(stage)) == 120 - begun


async def test_no_more_are_taken_while_those_taken_are_on_their_way(database_url: str) -> None:
    brain = PlayedBrain(seconds=1)
    async with a_stage(database_url, ONE, leads=20, brain=brain) as stage:
        dispatcher = stage.dispatcher(concurrency=3, poll=PATIENT)
        work = asyncio.create_task(dispatcher.work())
        for _ in range(100):
            dispatcher.wake()
            await asyncio.sleep(0.002)
        assert len(await taken_by_another(stage)) == 17
        dispatcher.stop()
        await work


async def test_nothing_is_kept_from_others_while_no_place_becomes_free(database_url: str) -> None:
    async with a_stage(database_url, ONE, leads=60) as stage, a_full_room(stage, poll=0.05):
        await asyncio.sleep(0.5)
        assert len(stage.brain.asked) + len(await taken_by_another(stage)) == 60


async def test_what_is_at_hand_is_left_to_others_when_nothing_else_is_due(
    database_url: str,
) -> None:
    async with a_stage(database_url, ONE, leads=60) as stage, a_full_room(stage):
        others = len(await taken_by_another(stage))
        assert len(stage.brain.asked) + others < 60  # the rest is at hand
        await asyncio.sleep(1.5)
        others += len(await taken_by_another(stage))
        assert len(stage.brain.asked) + others == 60


async def test_a_case_of_a_dead_worker_is_taken_over_when_its_lease_has_run_out(
    database_url: str,
) -> None:
    async with a_stage(database_url, ONE) as stage:
        dead = await stage.store.cases.claim_due(
            stage.clock.now(), 1, lease_for=timedelta(seconds=0.5), worker="dead"
        )
        assert len(dead) == 1
        await stage.play()
        assert stage.brain.asked == []
        await asyncio.sleep(0.6)
        await stage.play()
        assert stage.brain.asked == ["grader"]


async def test_waiting_cases_cost_next_to_nothing(sqlite_url: str) -> None:
    async with a_stage(sqlite_url, ONE, leads=300) as stage:
        await stage.play()
        later = stage.clock.now() + timedelta(days=3)
        await stage.store.cases.ring(stage.cases, later)
        dispatcher = stage.dispatcher()
        before = resource.getrusage(resource.RUSAGE_SELF)
        work = asyncio.create_task(dispatcher.work())
        await asyncio.sleep(1)
        dispatcher.stop()
        await work
        after = resource.getrusage(resource.RUSAGE_SELF)
        assert len(stage.brain.asked) == 300
        assert after.ru_utime - before.ru_utime < 0.5


def test_the_last_tick_is_found_in_the_departments_own_time_zone() -> None:
    now = datetime(2026, 7, 3, 12, tzinfo=UTC)
    assert last_tick(DAILY, now) == datetime(2026, 7, 3, 4, tzinfo=UTC)
    assert last_tick(DAILY, datetime(2026, 1, 3, 5, 30, tzinfo=UTC)) == datetime(
        2026, 1, 3, 5, tzinfo=UTC
    )


async def test_a_tick_rings_every_open_case_once_and_missed_ones_collapse(
    database_url: str,
) -> None:
    department = replace(ONE, timetable=(DAILY,), name="test")
    async with a_stage(database_url, department, leads=3) as stage:
        await stage.play()
        clock = WindableClock(datetime(2026, 7, 3, 12, tzinfo=UTC))
        keepers = [Timetable([department], stage.store, clock, "default") for _ in range(2)]
        assert len(await keepers[0].tick()) == 3
        assert await keepers[1].tick() == []
        clock.wind(3 * 24 * 3600)
        assert len(await keepers[1].tick()) == 3
        assert await keepers[0].tick() == []


async def test_a_line_has_products_made_anew_where_its_condition_holds(database_url: str) -> None:
    chain = a_department(
        [an_agent("looker", ["lead"], "news"), an_agent("reader", ["news"], "digest")]
    )
    first = compile_condition('slots.lead.company == "Company 1" && has(slots.digest)')
    line = replace(DAILY, renew=("news",), condition=first)
    async with a_stage(database_url, chain, leads=2) as stage:
        await stage.play()
        clock = WindableClock(datetime(2026, 7, 3, 9, tzinfo=UTC))
        department = replace(chain, timetable=(line,))
        timetable = Timetable([department], stage.store, clock, "default")
        assert await timetable.tick() == [stage.cases[1]]
        stage.brain.asked.clear()
        await stage.play()
        assert stage.brain.asked == ["looker"]  # found the same: nothing after it is paid again
        assert [(await stage.snapshot(n)).slots["news"].version for n in (0, 1)] == [1, 3]
        assert await timetable.tick() == []

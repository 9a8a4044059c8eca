"""The turn: what a case's recorded state leads to, and what stands in the store afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.domain.case import SlotStatus
from dealwright.domain.packet import Packet
from dealwright.errors import OverrideRefused
from dealwright.orchestration.overrides import Overrides
from dealwright.orchestration.room import Room
from dealwright.orchestration.router import route, waiting
from tests.orchestration.departments import (
    ANY,
    a_department,
    a_route,
    an_agent,
    an_ask,
)
from tests.orchestration.stage import PlayedBrain, a_stage

CHAIN = a_department(
    [
        an_agent("left", ["lead"], "l"),
        an_agent("right", ["lead"], "r"),
        an_agent("join", ["lead", "l", "r?"], "j"),
        an_agent("last", ["j"], "z"),
    ],
    [a_route(["left", "right", "join", "last"]), an_ask("z", "has(slots.z)")],
)


def not_by_model(_: Packet, product: object) -> str | None:
    return "too bold" if product == {"made": "by model"} else None


def only_of_a_twin(_: Packet, answer: object) -> object:
    if answer != {"made": "by twin"}:
        raise ValueError("not by a twin")
    return answer


def by_twin(_: Packet) -> object:
    return {"made": "by twin"}


def fails(_: Packet) -> object:
    raise RuntimeError("the lights went out")


async def test_a_lead_is_worked_until_nothing_is_left(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, leads=3) as stage:
        await stage.play()
        assert sorted(stage.brain.asked) == sorted(["left", "right", "join", "last"] * 3)
        assert (await stage.values(2)).keys() == {"l", "r", "j", "z"}
        approvals = await stage.store.desk.approvals()
        assert {(a.slot, a.version) for a in approvals} == {("z", 1)}
        assert (await stage.store.journal.verify()).ok


async def test_working_again_asks_nobody_again(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, leads=3) as stage:
        await stage.play()
        asked = len(stage.brain.asked)
        await stage.store.cases.ring(stage.cases)
        await stage.play()
        assert len(stage.brain.asked) == asked
        assert len(await stage.store.desk.approvals()) == 3


async def test_an_agent_that_is_still_at_work_is_not_asked_again(sqlite_url: str) -> None:
    brain = PlayedBrain(slow={"right": 0.2})
    async with a_stage(sqlite_url, CHAIN, brain=brain) as stage:
        await stage.play()
        assert brain.asked == ["left", "right", "join", "last"]


async def test_a_failed_agent_is_flagged_and_the_others_go_on(database_url: str) -> None:
    brain = PlayedBrain(says={"right": fails})
    async with a_stage(database_url, CHAIN, brain=brain) as stage:
        await stage.play()
        values = await stage.values()
        assert values["r"] is None
        assert values["z"] == {"made": "z"}
        (flag,) = await stage.store.desk.tasks()
        assert flag.because == "right delivered no r: RuntimeError: the lights went out"


async def test_a_failed_agent_stops_only_what_needs_it(database_url: str) -> None:
    brain = PlayedBrain(says={"left": fails})
    async with a_stage(database_url, CHAIN, brain=brain) as stage:
        await stage.play()
        assert sorted(brain.asked) == ["left", "right"]
        plan = route(stage.department, await stage.snapshot())
        told = {left.agent: left.why for left in waiting(stage.department, plan)}
        assert told["join"] == "it needs l, which is failed"


async def test_a_retried_step_runs_again_with_what_depends_on_it(database_url: str) -> None:
    brain = PlayedBrain(says={"right": fails})
    async with a_stage(database_url, CHAIN, brain=brain) as stage:
        await stage.play()
        brain.asked.clear()
        brain.says.clear()
        overrides = Overrides(stage.store, stage.department)
        again = await overrides.retry(stage.cases[0], "right", who="ada")
        assert again == ("j", "z")
        await stage.play()
        assert brain.asked == ["right", "join"]
        assert (await stage.values())["r"] == {"made": "r"}


async def test_the_same_packet_is_not_paid_for_twice(database_url: str) -> None:
    async with a_stage(database_url, CHAIN) as stage:
        await stage.play()
        stage.brain.asked.clear()
        overrides = Overrides(stage.store, stage.department)
        await overrides.retry(stage.cases[0], "left", who="ada")
        await stage.play()
        assert stage.brain.asked == ["left"]
        snapshot = await stage.snapshot()
        assert {slot: snapshot.slots[slot].version for slot in "lrjz"} == {
            "l": 3,
            "r": 1,
            "j": 2,
            "z": 2,
        }


async def test_a_persons_product_is_final_and_what_follows_is_made_from_it(
    database_url: str,
) -> None:
    brain = PlayedBrain(says={"last": lambda packet: {"from": packet.slots["j"]}})
    async with a_stage(database_url, CHAIN, brain=brain) as stage:
        await stage.play()
        overrides = Overrides(stage.store, stage.department)
        await overrides.inject(stage.cases[0], "j", {"made": "by hand"}, who="ada")
        await stage.play()
        assert (await stage.values())["z"] == {"from": {"made": "by hand"}}
        await stage.store.desk.retry(stage.cases[0], "l", who="ada")
        await stage.play()
        assert (await stage.snapshot()).slots["j"].status is SlotStatus.FINAL
        with pytest.raises(OverrideRefused, match="a person wrote the j"):
            await overrides.retry(stage.cases[0], "join", who="ada")


async def test_a_paused_lead_is_left_alone_until_it_is_resumed(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, leads=2) as stage:
        await stage.store.desk.pause(stage.cases[0], who="ada", because="a customer")
        await stage.play()
        assert await stage.values(0) == {}
        assert len(stage.brain.asked) == 4
        await stage.store.desk.resume(stage.cases[0], who="ada")
        await stage.play()
        assert (await stage.values(0))["z"] == {"made": "z"}


async def test_a_worker_that_lost_its_lease_writes_nothing(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, brain=PlayedBrain(seconds=0.2)) as stage:
        now = stage.clock.now()
        (zombie,) = await stage.store.cases.claim_due(
            now, 1, lease_for=timedelta(seconds=1), worker="zombie"
        )
        work = asyncio.create_task(stage.turn.take(zombie, Room(1)))
        await asyncio.sleep(0.05)
        later = now + timedelta(hours=1)
        (heir,) = await stage.store.cases.claim_due(
            later, 1, lease_for=timedelta(seconds=60), worker="heir"
        )
        await work
        assert await stage.values() == {}
        await stage.turn.take(heir, Room(1))
        assert (await stage.values())["z"] == {"made": "z"}


async def test_a_change_during_the_turn_is_not_slept_through(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, brain=PlayedBrain(seconds=0.1)) as stage:
        work = asyncio.create_task(stage.play())
        await asyncio.sleep(0.15)
        overrides = Overrides(stage.store, stage.department)
        await overrides.inject(stage.cases[0], "l", {"made": "by hand"}, who="ada")
        await work
        snapshot = await stage.snapshot()
        assert snapshot.slots["l"].status is SlotStatus.FINAL
        assert snapshot.slots["j"].inputs["l"] == snapshot.slots["l"].version
        assert not route(stage.department, snapshot).steps


async def test_what_a_person_wrote_during_the_turn_is_not_made_again(database_url: str) -> None:
    async with a_stage(database_url, CHAIN, brain=PlayedBrain(seconds=0.5)) as stage:
        work = asyncio.create_task(stage.play())
        await asyncio.sleep(0.1)
        overrides = Overrides(stage.store, stage.department)
        await overrides.inject(stage.cases[0], "z", {"made": "by hand"}, who="ada")
        await work
        assert sorted(stage.brain.asked) == ["join", "left", "right"]
        assert (await stage.values())["z"] == {"made": "by hand"}


async def test_the_next_brain_stands_in_when_the_first_one_fails_the_check(
    sqlite_url: str,
) -> None:
    fussy = replace(
        an_agent("left", ["lead"], "l"),
        twin=by_twin,
        checks=(not_by_model,),
    )
    model = PlayedBrain(says={"left": lambda _: {"made": "by model"}}, name="model")
    async with a_stage(sqlite_url, a_department([fussy]), brain=model) as stage:
        stage.turn = stage.with_model(model)
        await stage.play()
        assert (await stage.values())["l"] == {"made": "by twin"}
        (run,) = await stage.store.views.runs()
        assert (run.brain, run.error) == ("twin", "too bold")


async def test_the_next_brain_stands_in_when_nothing_can_be_made_of_an_answer(
    sqlite_url: str,
) -> None:
    picky = replace(an_agent("left", ["lead"], "l"), twin=by_twin, finish=only_of_a_twin)
    model = PlayedBrain(says={"left": lambda _: {"made": "by model"}}, name="model")
    async with a_stage(sqlite_url, a_department([picky]), brain=model) as stage:
        stage.turn = stage.with_model(model)
        await stage.play()
        assert (await stage.values())["l"] == {"made": "by twin"}
        (run,) = await stage.store.views.runs()
        assert run.error == "no l can be made of this answer: not by a twin"


async def test_an_agent_that_takes_too_long_fails_by_itself(sqlite_url: str) -> None:
    slow = replace(an_agent("left", ["lead"], "l"), timeout=0.05, attempts=1)
    brain = PlayedBrain(seconds=1)
    async with a_stage(sqlite_url, a_department([slow]), brain=brain) as stage:
        await stage.play()
        (run,) = await stage.store.views.runs()
        assert run.outcome == "timed_out"


async def test_an_answer_of_the_wrong_shape_is_a_failed_run(sqlite_url: str) -> None:
    brain = PlayedBrain(says={"left": lambda _: "not an object"})
    async with a_stage(
        sqlite_url, a_department([an_agent("left", ["lead"], "l")]), brain=brain
    ) as stage:
        await stage.play()
        (run,) = await stage.store.views.runs()
        assert run.outcome == "bad_answer"
        assert ANY.name in run.error

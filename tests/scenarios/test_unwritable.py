"""An answer that no database can hold fails its own step, where the slot's schema lets it pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest

from dealwright.agents.shape import ClassShape
from dealwright.domain.case import SlotStatus
from dealwright.domain.closing_brief import BriefLine
from dealwright.domain.packet import Packet
from dealwright.domain.run import Outcome
from dealwright.errors import BadAnswer
from tests.orchestration.departments import a_department, an_agent
from tests.orchestration.stage import PlayedBrain, a_stage

MEGABYTE = 1_000_000


def nested(_: Packet) -> object:
    deep: dict[str, object] = {}
    for _number in range(5000):
        deep = {"deeper": deep}
    return deep


UNWRITABLE: Mapping[str, Callable[[Packet], object]] = {
    "no_number": lambda _: {"x": math.nan},
    "endless": lambda _: {"x": math.inf},
    "half_a_letter": lambda _: '{"x": "\\ud800"}',
    "no_json": lambda _: {"x": {1, 2}},
    "enormous": lambda _: {"x": "y" * 50 * MEGABYTE},
    "nested": nested,
}


async def test_what_cannot_be_written_down_fails_its_own_step(database_url: str) -> None:
    names = (*UNWRITABLE, "well")
    department = a_department([an_agent(name, ["lead"], f"{name}_slot") for name in names])
    async with a_stage(database_url, department, brain=PlayedBrain(dict(UNWRITABLE))) as stage:
        await stage.play()
        snapshot, runs = await stage.snapshot(), await stage.store.views.runs()
        assert not await stage.store.cases.unfinished(stage.clock.now())
    failed = {run.agent for run in runs if run.outcome == Outcome.BAD_ANSWER}
    assert failed == set(UNWRITABLE)
    assert snapshot.slots["well_slot"].status is SlotStatus.DONE


@pytest.mark.parametrize("text", ["a\0b", "\u2028", "😀"])
async def test_every_letter_comes_back_as_it_was(text: str, database_url: str) -> None:
    department = a_department([an_agent("writer", ["lead"], "slot")])
    brain = PlayedBrain({"writer": lambda _: {"x": text}})
    async with a_stage(database_url, department, brain=brain) as stage:
        await stage.play()
        assert (await stage.values())["slot"] == {"x": text}


@pytest.mark.parametrize("value", [{"text": "a", "rests_on": ["\ud800"]}, '{"text": "\\ud800"}'])
def test_half_a_letter_is_no_product_of_a_class_either(value: object) -> None:
    with pytest.raises(BadAnswer):
        ClassShape(BriefLine).parse(value)

"""What a product asks of people becomes their tasks, in the transaction that keeps the product."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dealwright.agents.shape import ClassShape
from dealwright.domain.referral import Referral
from tests.orchestration.departments import a_department, an_agent
from tests.orchestration.stage import PlayedBrain, a_stage

TODAY = date(2026, 11, 21)
SHAPE = ClassShape(Referral)


async def test_an_errand_is_a_task_with_its_context_and_a_deadline(sqlite_url: str) -> None:
    said = Referral(message=2, because="they name Sam: decide", due_on=TODAY)
    brain = PlayedBrain(says={"referrer": lambda _: said})
    referrer = replace(an_agent("referrer", ["lead"], "referral"), product=SHAPE, answer=SHAPE)
    department = a_department([referrer])
    slot = replace(department.slots["referral"], shape=SHAPE)
    department = replace(department, slots={**department.slots, "referral": slot})
    async with a_stage(sqlite_url, department, brain=brain) as stage:
        await stage.play()
        (task,) = await stage.store.desk.tasks()
    assert (task.kind, task.key, task.because) == ("referral", "message.2", said.because)
    assert task.deadline == datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    assert task.context["message"] == 2
    assert (task.context["agent"], task.context["slot"]) == ("referrer", "referral")

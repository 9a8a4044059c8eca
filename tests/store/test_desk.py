"""The desk: overrides, approvals, tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dealwright.domain.case import SlotStatus
from dealwright.domain.digests import digest_of
from dealwright.domain.run import Ask, Task
from dealwright.errors import NotFound, OverrideRefused
from dealwright.store.questions import Approval
from tests.store.builders import START, World


async def asked(world: World) -> Approval:
    """Return an approval that waits for a person, of the only lead's lead slot."""
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    value = (await world.store.cases.snapshot(case_id)).slots["lead"].value
    ask = Ask(
        slot="lead",
        version=1,
        digest=digest_of(value),
        because="it leaves",
        expires_at=START + timedelta(days=2),
    )
    await world.store.cases.finish(lease, None, [ask])
    (approval,) = await world.store.desk.approvals("pending", "acme")
    return approval


@pytest.mark.parametrize("target", ["lead", "campaign", "workspace"])
async def test_a_pause_is_a_sentence_and_ends(world: World, target: str) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    chosen = {"lead": case_id, "campaign": world.campaign, "workspace": "acme"}[target]
    sentence = {
        "lead": "Ana paused this lead: on holiday",
        "campaign": "Ana paused the campaign spring: on holiday",
        "workspace": "Ana paused everything: on holiday",
    }[target]
    await world.store.desk.pause(chosen, who="Ana", because="on holiday")
    assert (await world.store.cases.snapshot(case_id)).case.paused == sentence
    (line,) = await world.store.views.leads()
    assert (line.status, line.paused) == ("paused", sentence)
    await world.store.cases.finish(lease, None)
    await world.store.desk.resume(chosen, who="Ana")
    assert (await world.store.cases.snapshot(case_id)).case.paused is None
    assert len(await world.lease(5)) == 1, "whoever was held up is looked at again"
    with pytest.raises(OverrideRefused, match="not paused"):
        await world.store.desk.resume(chosen, who="Ana")


async def test_nobody_can_be_paused_who_is_not_there(world: World) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        await world.store.desk.pause("nobody", who="Ana")


async def test_a_retry_counts_and_is_counted_on(world: World) -> None:
    (case_id,) = await world.leads()
    with pytest.raises(OverrideRefused, match="nothing was ever written to site"):
        await world.store.desk.retry(case_id, "site", who="Ana")
    (lease,) = await world.lease()
    await world.store.cases.record(lease, world.step(case_id))
    assert await world.store.desk.retry(case_id, "site", who="Ana") == 2
    state = (await world.store.cases.snapshot(case_id)).slots["site"]
    assert (state.status, state.value, state.retries) == (SlotStatus.RETRY, None, 1)
    await world.store.cases.record(lease, world.step(case_id, version=3))
    state = (await world.store.cases.snapshot(case_id)).slots["site"]
    assert (state.status, state.retries) == (SlotStatus.DONE, 1)
    await world.store.desk.retry(case_id, "site", who="Ana")
    assert (await world.store.cases.snapshot(case_id)).slots["site"].retries == 2


async def test_an_approval_binds_the_bytes_it_was_asked_for(world: World) -> None:
    approval = await asked(world)
    with pytest.raises(OverrideRefused, match="not the bytes"):
        await world.store.desk.decide(approval.id, "approved", who="Ana", digest="other")
    await world.store.desk.decide(
        approval.id, "approved", who="Ana", digest=approval.digest, because="good"
    )
    (decided,) = await world.store.desk.approvals("approved")
    assert (decided.decided_by, decided.decided_because) == ("Ana", "good")
    assert await world.store.desk.approvals() == []
    assert len(await world.lease()) == 1
    with pytest.raises(OverrideRefused, match="Ana has approved this already"):
        await world.store.desk.decide(approval.id, "rejected", who="Ben", digest=approval.digest)
    assert (await world.store.journal.verify()).ok


async def test_an_approval_is_void_when_a_newer_version_stands(world: World) -> None:
    approval = await asked(world)
    await world.store.desk.inject(approval.case_id, "lead", {"company": "Other"}, who="Ben")
    with pytest.raises(OverrideRefused, match="now version 2 stands there"):
        await world.store.desk.decide(approval.id, "approved", who="Ana", digest=approval.digest)
    assert await world.store.desk.approvals() == []
    assert [stale.id for stale in await world.store.desk.approvals("stale")] == [approval.id]


async def test_an_approval_expires(world: World) -> None:
    approval = await asked(world)
    world.clock.wind(3 * 86400)
    with pytest.raises(OverrideRefused, match="expired at 2026-11-04 09:00 UTC"):
        await world.store.desk.decide(approval.id, "approved", who="Ana", digest=approval.digest)
    assert [late.id for late in await world.store.desk.approvals("expired")] == [approval.id]


async def test_a_task_is_closed_once(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    task = Task(kind="settle", key="hq", because="two towns", context={"a": [1]}, deadline=START)
    await world.store.cases.finish(lease, None, (), [task])
    (found,) = await world.store.desk.tasks("acme", case_id=case_id)
    assert (found.because, found.context, found.deadline) == ("two towns", {"a": [1]}, START)
    await world.store.desk.close_task(found.id, who="Ana", because="Hull it is")
    assert await world.store.desk.tasks("acme") == []
    with pytest.raises(OverrideRefused, match="Ana has closed"):
        await world.store.desk.close_task(found.id, who="Ben")


async def test_every_act_names_who_and_why(world: World) -> None:
    (case_id,) = await world.leads()
    await world.store.desk.pause(case_id, who="Ana", because="wait")
    events = [row async for table, row in world.store.views.export() if table == "event"]
    last = max(events, key=lambda row: int(str(row["seq"])))
    assert (last["actor"], last["kind"], last["because"], last["case_id"]) == (
        "person:Ana",
        "case.paused",
        "wait",
        case_id,
    )

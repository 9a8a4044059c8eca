"""Cases: leases, fencing, wake-ups, snapshots."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.case import Lease, SlotStatus
from dealwright.domain.run import Ask, Outcome, Task
from dealwright.errors import LeaseLost, NotFound
from dealwright.store.store import Store
from tests.store.builders import MINUTE, START, World, a_campaign, a_lead, a_sheet


async def test_what_is_due_is_leased_once(world: World) -> None:
    cases = await world.leads(3)
    assert {lease.case_id for lease in await world.lease(10)} == set(cases)
    assert await world.lease(10) == []
    assert await world.store.cases.unfinished(world.clock.now())


async def test_a_lease_that_ran_out_is_taken_by_the_next(world: World) -> None:
    await world.leads()
    (first,) = await world.lease()
    world.clock.wind(61)
    (second,) = await world.lease()
    assert second.token > first.token
    with pytest.raises(LeaseLost):
        await world.store.cases.record(first, world.step(first.case_id))
    with pytest.raises(LeaseLost):
        await world.store.cases.extend(first, world.clock.now() + MINUTE)
    with pytest.raises(LeaseLost):
        await world.store.cases.finish(first, None)
    assert "site" not in (await world.store.cases.snapshot(first.case_id)).slots
    await world.store.cases.record(second, world.step(second.case_id))


async def test_an_extended_lease_is_kept(world: World) -> None:
    await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.extend(lease, START + 10 * MINUTE)
    world.clock.wind(120)
    assert await world.lease() == []
    await world.store.cases.finish(lease, None)
    assert not await world.store.cases.unfinished(world.clock.now())


async def test_a_finished_case_sleeps_until_it_is_due(world: World) -> None:
    await world.leads()
    (lease,) = await world.lease()
    later = START + timedelta(days=3)
    await world.store.cases.finish(lease, later)
    assert await world.lease() == []
    assert await world.store.cases.due_count(later) == 1
    assert await world.store.cases.due(later, 10) == [lease.case_id]


async def test_a_change_during_the_turn_is_not_slept_through(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.ring([case_id])
    assert await world.lease() == [], "the turn goes on under its lease"
    await world.store.cases.finish(lease, None)
    assert len(await world.lease()) == 1


async def test_a_doorbell_takes_the_case_only_when_it_is_due(world: World) -> None:
    (case_id,) = await world.leads()
    claim = world.store.cases.claim
    lease = await claim(case_id, START, lease_for=MINUTE, worker="a")
    assert lease is not None
    assert await claim(case_id, START, lease_for=MINUTE, worker="b") is None
    await world.store.cases.finish(lease, None)
    assert await claim(case_id, START, lease_for=MINUTE, worker="b") is None


async def test_a_ring_for_later_never_delays(world: World) -> None:
    (case_id,) = await world.leads()
    await world.store.cases.ring([case_id], at=START + timedelta(days=1))
    assert await world.store.cases.due(START, 5) == [case_id]


async def test_a_timetable_rings_every_lead_but_no_campaign(world: World) -> None:
    cases = await world.leads(2)
    for lease in await world.lease(5):
        await world.store.cases.finish(lease, None)
    rung = await world.store.cases.ring_all("acme", "sales", because="every morning")
    assert sorted(rung) == sorted(cases)
    assert sorted(await world.store.cases.due(START, 5)) == sorted(cases)


async def test_a_snapshot_holds_own_slots_and_the_campaigns(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.record(lease, world.step(case_id))
    snapshot = await world.store.cases.snapshot(case_id)
    assert set(snapshot.slots) == {"icp", "offer", "lead", "site"}
    site = snapshot.slots["site"]
    assert (site.version, site.status, site.by) == (1, SlotStatus.DONE, "agent:site_reader")
    assert site.value == a_sheet("Hull")
    assert site.inputs == {"lead": 1}
    assert snapshot.case.parent == world.campaign


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.TIMED_OUT])
async def test_what_was_recorded_is_what_a_snapshot_would_say(
    world: World, outcome: Outcome
) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    step = world.step(case_id, outcome=outcome)
    assert await world.store.cases.record(lease, step)
    assert step.standing(0) == (await world.store.cases.snapshot(case_id)).slots["site"]


@pytest.mark.parametrize("target", ["case", "campaign", "acme"])
async def test_who_pauses_during_a_turn_has_the_case_read_again(world: World, target: str) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    names = {"case": case_id, "campaign": world.campaign}
    await world.store.desk.pause(names.get(target, target), who="Ana")
    assert not await world.store.cases.record(lease, world.step(case_id))
    assert (await world.store.cases.snapshot(case_id)).slots["site"].version == 1


async def test_a_change_from_outside_has_the_case_read_again(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.desk.inject(case_id, "news", a_sheet("Leeds"), who="Ana")
    assert not await world.store.cases.record(lease, world.step(case_id))


async def test_awkward_text_is_kept_letter_for_letter(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    awkward = '100 % of "it" \\u0000 \\n %s %(x)s ? :y é\u2028 \N{GRINNING FACE} \n\t'
    step = world.step(case_id, value=awkward)
    await world.store.cases.record(lease, replace(step, run=replace(step.run, reasoning=awkward)))
    run = await world.store.views.run(step.run.id)
    assert (run.product, run.reasoning) == (a_sheet(awkward), awkward)
    assert (await world.store.journal.verify()).ok


async def test_many_snapshots_at_once_are_each_ones_own(world: World) -> None:
    cases = await world.leads(30)
    found = await asyncio.gather(*(world.store.cases.snapshot(case) for case in cases))
    assert [snapshot.case.id for snapshot in found] == cases
    assert found[7].slots["lead"].value is not None
    assert found[7].slots["lead"].value["company"] == "Company 8"


async def test_a_case_that_is_not_there_refuses_only_its_own_snapshot(world: World) -> None:
    (case_id,) = await world.leads()
    good, bad = await asyncio.gather(
        world.store.cases.snapshot(case_id),
        world.store.cases.snapshot("nobody"),
        return_exceptions=True,
    )
    assert not isinstance(good, BaseException)
    assert isinstance(bad, NotFound)


async def test_the_same_packet_is_not_paid_twice(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    step = world.step(case_id, fingerprint="same")
    await world.store.cases.record(lease, step)
    assert await world.store.cases.reusable(case_id, "site_reader", "same") == a_sheet("Hull")
    assert await world.store.cases.reusable(case_id, "news_reader", "same") is None
    again = world.step(case_id, version=2, fingerprint="same", outcome=Outcome.REUSED)
    await world.store.cases.record(lease, again)
    snapshot = await world.store.cases.snapshot(case_id)
    assert snapshot.slots["site"].version == 2
    assert snapshot.slots["site"].value == a_sheet("Hull")
    assert [run.id for run in await world.store.views.runs(case_id=case_id)] == [step.run.id]


async def test_a_failed_run_is_not_reused_and_leaves_no_value(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    failed = world.step(case_id, outcome=Outcome.TIMED_OUT, fingerprint="f")
    flag = Task(kind="flag", key="site_reader:1", because="it took too long")
    await world.store.cases.record(lease, replace(failed, tasks=(flag,)))
    assert await world.store.cases.reusable(case_id, "site_reader", "f") is None
    state = (await world.store.cases.snapshot(case_id)).slots["site"]
    assert (state.status, state.value) == (SlotStatus.FAILED, None)
    done = world.step(case_id, version=2, fingerprint="f")
    await world.store.cases.record(lease, done)
    state = (await world.store.cases.snapshot(case_id)).slots["site"]
    assert (state.status, state.value) == (SlotStatus.DONE, a_sheet("Hull"))
    assert [task.key for task in await world.store.desk.tasks("acme")] == ["site_reader:1"]
    assert (await world.store.journal.verify()).ok


async def test_a_persons_product_is_not_overwritten_by_a_run_under_way(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.desk.inject(case_id, "site", a_sheet("Leeds"), who="Ana")
    late = world.step(case_id)
    await world.store.cases.record(lease, late)
    site = (await world.store.cases.snapshot(case_id)).slots["site"]
    assert (site.status, site.by, site.value) == (SlotStatus.FINAL, "person:Ana", a_sheet("Leeds"))
    assert (await world.store.views.run(late.run.id)).product == a_sheet("Hull"), "it was paid for"


async def test_one_refused_order_does_not_hurt_the_others(world: World) -> None:
    await world.leads(20)
    leases = await world.lease(20)
    spoiled = [
        replace(lease, token=99) if place % 3 == 0 else lease for place, lease in enumerate(leases)
    ]
    answers = await asyncio.gather(
        *(world.store.cases.record(lease, world.step(lease.case_id)) for lease in spoiled),
        world.store.cases.record(leases[1], world.step("no such case")),
        return_exceptions=True,
    )
    refused = [isinstance(answer, LeaseLost) for answer in answers]
    assert refused == [place % 3 == 0 for place in range(20)] + [True]
    assert len(await world.store.views.runs()) == refused.count(False)
    assert (await world.store.journal.verify()).ok


async def test_an_order_the_database_refuses_fails_alone(world: World) -> None:
    await world.leads(10)
    leases = await world.lease(10)
    steps = [world.step(lease.case_id) for lease in leases]
    steps[4] = replace(steps[4], run=replace(steps[4].run, attempts=2**70))
    answers = await asyncio.gather(
        *(world.store.cases.record(lease, step) for lease, step in zip(leases, steps, strict=True)),
        return_exceptions=True,
    )
    assert [place for place, answer in enumerate(answers) if isinstance(answer, Exception)] == [4]
    assert len(await world.store.views.runs()) == 9
    assert (await world.store.journal.verify()).ok


async def test_asking_twice_asks_once(world: World) -> None:
    (case_id,) = await world.leads()
    ask = Ask(slot="lead", version=1, digest="d", because="b", expires_at=START + 60 * MINUTE)
    task = Task(kind="settle", key="hq", because="two towns")
    for _ in range(2):
        (lease,) = await world.lease()
        await world.store.cases.finish(lease, None, [ask], [task])
        await world.store.cases.ring([case_id])
    assert len(await world.store.desk.approvals()) == 1
    assert len(await world.store.desk.tasks()) == 1
    assert (await world.store.cases.snapshot(case_id)).asked == {("lead", 1)}


async def test_several_workers_on_postgres_never_lease_a_case_twice(postgres_url: str) -> None:
    clock = SystemClock()
    ids = TimeOrderedIds(clock)

    async def work(store: Store, worker: str) -> list[Lease]:
        leases: list[Lease] = []
        while part := await store.cases.claim_due(
            clock.now(), 7, lease_for=10 * MINUTE, worker=worker
        ):
            for lease in part:
                await store.cases.finish(lease, None)
            leases += part
        return leases

    async with (
        Store.open(postgres_url, clock, ids) as one,
        Store.open(postgres_url, clock, ids) as two,
        Store.open(postgres_url, clock, ids) as three,
    ):
        campaign = await one.intake.campaign("acme", "sales", a_campaign())
        await one.intake.leads("acme", campaign, [a_lead(number) for number in range(120)])
        found = await asyncio.gather(work(one, "1"), work(two, "2"), work(three, "3"))
        taken = [lease.case_id for leases in found for lease in leases]
        assert len(taken) == len(set(taken)) == 120
        assert not await one.cases.unfinished(clock.now())


async def test_a_sweep_over_100_000_waiting_cases_is_a_look_at_an_index(
    sqlite_url: str,
) -> None:
    clock = SystemClock()
    async with Store.open(sqlite_url, clock, TimeOrderedIds(clock)) as store:
        await store.intake.campaign("acme", "sales", a_campaign())
        path = sqlite_url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path)
        connection.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)"
            ' insert into "case" (id, workspace_id, kind, department, name, priority, due_at,'
            " version, lease_token, created_at) select printf('c%d', i), 'acme', 'lead',"
            " 'sales', 'x', i % 3, '2027-01-01T00:00:00.000000+00:00', 0, 0, '' from n"
        )
        connection.commit()
        plan = connection.execute(
            'explain query plan select id from "case" where priority = 1 and due_at <= ?'
            " and (lease_until is null or lease_until <= ?) order by due_at limit 100",
            ("2026-11-21", "2026-11-21"),
        ).fetchall()
        connection.close()
        assert [row[3] for row in plan] == [
            "SEARCH case USING INDEX case_due (priority=? AND due_at<?)"
        ]
        begun = clock.monotonic()
        for _ in range(20):
            assert await store.cases.claim_due(START, 100, lease_for=MINUTE, worker="w") == []
        assert (clock.monotonic() - begun) / 20 < 0.02

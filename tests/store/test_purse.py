"""The purse: exact under any number of callers."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.run import Usage
from dealwright.errors import BudgetSpent, LeaseLost
from dealwright.store.store import Store
from tests.store.builders import START, World, a_campaign

LEAD, DAY = ("lead:1", 1000), ("day:2026-11-02", 100_000)


async def counters(store: Store) -> dict[str, tuple[int, int]]:
    """Return reserved and spent per scope, once they agree with the ledger."""
    sums: Counter[str] = Counter()
    purses: dict[str, tuple[int, int]] = {}
    async for table, row in store.views.export():
        if table == "spend":
            sums[str(row["debit"])] += int(str(row["amount"]))
            sums[str(row["credit"])] -= int(str(row["amount"]))
        elif table == "purse":
            scope = str(row["scope"])
            purses[scope] = (int(str(row["reserved"])), int(str(row["spent"])))
    ledger = {scope: (sums[f"reserved:{scope}"], sums[f"spent:{scope}"]) for scope in purses}
    assert ledger == purses
    return purses


async def test_a_reservation_fits_under_every_cap_or_takes_nothing(world: World) -> None:
    purse = world.store.purse
    await purse.reserve([DAY, LEAD], 700, workspace="acme")
    with pytest.raises(BudgetSpent, match="the budget lead:1 is") as refused:
        await purse.reserve([DAY, LEAD], 700, workspace="acme")
    assert refused.value.facts == {"scope": "lead:1", "cap": 1000, "spent": 0, "reserved": 700}
    assert await counters(world.store) == {LEAD[0]: (700, 0), DAY[0]: (700, 0)}


async def test_a_run_settles_what_it_cost(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    held = await world.store.purse.reserve([DAY, LEAD], 700, workspace="acme", case_id=case_id)
    usage = Usage(model="m", cost=300, reservation=held)
    step = world.step(case_id, usage=usage)
    await world.store.cases.record(lease, step)
    assert await counters(world.store) == {LEAD[0]: (0, 300), DAY[0]: (0, 300)}
    await world.store.purse.release(held)
    assert await counters(world.store) == {LEAD[0]: (0, 300), DAY[0]: (0, 300)}
    (cost,) = await world.store.views.costs("agent")
    assert (cost.group, cost.runs, cost.cost) == ("site_reader", 1, 300)


async def test_what_a_lost_lease_spent_is_spent(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    held = await world.store.purse.reserve([LEAD], 700, workspace="acme")
    step = world.step(case_id, usage=Usage(cost=900, reservation=held))
    with pytest.raises(LeaseLost):
        await world.store.cases.record(replace(lease, token=7), step)
    assert await counters(world.store) == {LEAD[0]: (0, 900)}, "more than reserved is still spent"


async def test_what_was_not_sent_is_given_back(world: World) -> None:
    held = await world.store.purse.reserve([LEAD], 700, workspace="acme")
    await world.store.purse.release(held)
    await world.store.purse.reserve([LEAD], 1000, workspace="acme")
    assert await counters(world.store) == {LEAD[0]: (1000, 0)}


async def test_what_a_dead_worker_reserved_counts_as_spent(world: World) -> None:
    await world.store.purse.reserve([LEAD], 400, workspace="acme")
    world.clock.wind(3600)
    young = await world.store.purse.reserve([LEAD], 100, workspace="acme")
    assert await world.store.purse.sweep(START + timedelta(minutes=30)) == 1
    await world.store.purse.release(young)
    assert await counters(world.store) == {LEAD[0]: (0, 400)}


async def test_sixteen_callers_spend_a_budget_to_the_last_micro_dollar(database_url: str) -> None:
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    stores = 1 if database_url.startswith("sqlite") else 3

    async def spend(store: Store) -> int:
        taken = 0
        try:
            while True:
                await store.purse.reserve([("total", 9_990), DAY], 10, workspace="acme")
                taken += 10
        except BudgetSpent:
            return taken

    async with Store.open(database_url, clock, ids) as first:
        await first.intake.campaign("acme", "sales", a_campaign())
        opened = [Store.open(database_url, clock, ids) for _ in range(stores - 1)]
        everyone = [first, *[await one.__aenter__() for one in opened]]
        taken = await asyncio.gather(*(spend(everyone[n % stores]) for n in range(16)))
        assert sum(taken) == 9_990
        assert await counters(first) == {"total": (9_990, 0), DAY[0]: (9_990, 0)}
        for one in opened:
            await one.__aexit__(None, None, None)

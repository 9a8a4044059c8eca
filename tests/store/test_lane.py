"""The lane: orders share a transaction, and answer for themselves alone."""

from __future__ import annotations

import asyncio

import pytest

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.errors import OverrideRefused
from dealwright.store import connection as connections
from dealwright.store.forms import Forms
from dealwright.store.lane import Lane
from dealwright.store.schema import BUCKET
from dealwright.store.store import Store
from dealwright.store.work import Note, Work
from tests.store.builders import START, a_campaign


async def test_nothing_of_a_refused_act_stays(database_url: str) -> None:
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    async with Store.open(database_url, clock, ids) as store:
        await store.intake.campaign("acme", "sales", a_campaign())
    engine = connections.writer(connections.address(database_url))
    forms = Forms(engine.dialect)
    lane = Lane("lane", engine, lambda connection: Work(connection, forms, clock, ids))

    def act(work: Work, number: int) -> int:
        row = {"workspace_id": "", "key": str(number), "tokens": 1.0, "filled_at": START}
        work.add(BUCKET, row)
        work.note(Note(workspace="acme", actor="system", kind=f"act {number}", because="x"))
        if number % 2:
            raise OverrideRefused("odd")
        return number

    def order(number: int) -> asyncio.Future[int]:
        return asyncio.ensure_future(lane.act(lambda work: act(work, number)))

    answers = await asyncio.gather(*map(order, range(6)), return_exceptions=True)
    await lane.close()
    engine.dispose()
    assert [answer for answer in answers if isinstance(answer, int)] == [0, 2, 4]
    async with Store.open(database_url, clock, ids, writing=False) as store:
        rows = [pair async for pair in store.views.export()]
        assert sorted(str(row["key"]) for table, row in rows if table == "bucket") == [
            "0",
            "2",
            "4",
        ]
        kinds = {str(row["kind"]) for table, row in rows if table == "event"}
        assert kinds == {"campaign.added", "act 0", "act 2", "act 4"}
        assert (await store.journal.verify()).ok


async def test_a_closed_lane_serves_what_waited(sqlite_url: str) -> None:
    clock = SystemClock()
    async with Store.open(sqlite_url, clock, TimeOrderedIds(clock)) as store:
        waiting = [asyncio.create_task(store.limits.take(str(n), 60)) for n in range(5)]
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting) == [0] * 5
    with pytest.raises(Exception, match="closed"):
        await store.limits.take("late", 60)

"""The driver: what the driver says arrives as SQLAlchemy would say it, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.store import connection as connections
from dealwright.store.driver import Statement, among, given, packed
from dealwright.store.forms import Forms
from dealwright.store.schema import BUCKET
from dealwright.store.store import Store
from dealwright.store.work import Work
from tests.store.builders import START, World

HARD = ["plain", "o'clock", '"quoted"', "back\\slash", "naïve 猫 🙂", "%s ? :name", "[1,2]"]
"""Texts that mean something where a value is not kept apart from the statement."""

FULL = select(BUCKET.c.key).order_by(BUCKET.c.key)
OF_KEYS = Statement(*map(FULL.where, among(BUCKET.c.key, "keys")))
OF_TOKENS = Statement.alike(
    select(BUCKET.c.key, BUCKET.c.tokens).where(BUCKET.c.tokens > bindparam("above") + 1)
)


async def with_work(url: str, act: Callable[[Work], None]) -> None:
    """Do something in one transaction of a writer of our own."""
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    async with Store.open(url, clock, ids):
        engine = connections.writer(connections.address(url))
    with engine.connect() as connection, connection.begin():
        act(Work(connection, Forms(engine.dialect), clock, ids))
    engine.dispose()


def a_bucket(key: str, tokens: float = 1.0) -> dict[str, object]:
    return {"workspace_id": "", "key": key, "tokens": tokens, "filled_at": START}


async def test_any_text_is_found_among_others(database_url: str) -> None:
    def act(work: Work) -> None:
        for text in HARD:
            work.add(BUCKET, a_bucket(text))
        for count in range(len(HARD) + 1):
            asked = [*HARD[:count], "another"]
            rows = work.ask(OF_KEYS, {"keys": packed(asked)})
            assert sorted(row[0] for row in rows) == sorted(HARD[:count])

    await with_work(database_url, act)


async def test_rows_of_a_packed_table_are_what_was_packed(database_url: str) -> None:
    statement = Statement(
        *(select(*each.parts).select_from(each.rows) for each in given("rows", 3))
    )
    rows = [(text, None, text * 2) for text in HARD]

    def act(work: Work) -> None:
        assert [tuple(row) for row in work.ask(statement, {"rows": packed(rows)})] == rows

    await with_work(database_url, act)


async def test_values_in_the_statement_itself_are_given_with_it(database_url: str) -> None:
    def act(work: Work) -> None:
        work.add(BUCKET, a_bucket("two", 2.0))
        work.add(BUCKET, a_bucket("three", 3.0))
        assert [tuple(row) for row in work.ask(OF_TOKENS, {"above": 1.5})] == [("three", 3.0)]

    await with_work(database_url, act)


async def test_a_broken_rule_is_an_integrity_error(database_url: str) -> None:
    def act(work: Work) -> None:
        work.add(BUCKET, a_bucket("same"))
        work.flush()
        with pytest.raises(IntegrityError, match="INSERT INTO bucket"), work.attempt():
            work.add(BUCKET, a_bucket("same"))
        assert [row[0] for row in work.ask(OF_KEYS, {"keys": packed(["same"])})] == ["same"]

    await with_work(database_url, act)


async def test_a_question_that_makes_no_sense_is_a_database_error(database_url: str) -> None:
    def act(work: Work) -> None:
        work.add(BUCKET, a_bucket("present"))
        with pytest.raises(DBAPIError, match="SELECT"), work.attempt():
            work.ask(OF_KEYS, {"keys": "no JSON"})
        assert not work.ask(OF_KEYS, {"keys": packed(["absent"])})

    await with_work(database_url, act)


async def test_the_newer_of_two_products_and_its_run_are_known(world: World) -> None:
    """A step that was written already is not written again, in whatever batch it comes."""
    case_id, *_ = await world.leads(2)
    leases = await world.lease(2)
    lease = next(one for one in leases if one.case_id == case_id)
    steps = [world.step(case_id, slot) for slot in ("site", "news", "jobs")]
    for step in steps:
        await world.store.cases.record(lease, step)
    again = [await world.store.cases.record(lease, step) for step in steps]
    assert again == [False, False, False]
    second = world.step(case_id, "news", 2, value="York")
    assert await world.store.cases.record(lease, second)
    snapshot = await world.store.cases.snapshot(case_id)
    versions = {slot: snapshot.slots[slot].version for slot in ("site", "news", "jobs")}
    assert versions == {"site": 1, "news": 2, "jobs": 1}
    assert (await world.store.journal.verify()).ok

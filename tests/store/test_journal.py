"""The journal: append-only, and whatever is done to it behind the store's back is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from dealwright.clock import TimeOrderedIds, WindableClock
from dealwright.domain.run import Ask, Outcome
from dealwright.errors import NotFound
from dealwright.store import connection as connections
from dealwright.store.schema import APPROVAL, EVENT, PRODUCT, RUN
from dealwright.store.store import Store
from dealwright.store.verification import Verification
from dealwright.store.work import hash_of
from tests.store.builders import START, World, a_campaign

Tamper = Callable[[sqlite3.Connection], object]

FAR = 1000
"""Farther than any number in use, so that no other row has the altered one already."""

CHECKED = {table.name: table for table in (EVENT, RUN, PRODUCT, APPROVAL)}


async def a_week_of_work(world: World) -> None:
    """Let every kind of event happen."""
    await world.leads(4)
    for lease in await world.lease(4):
        await world.store.cases.record(lease, world.step(lease.case_id))
        failed = world.step(lease.case_id, "news", outcome=Outcome.TIMED_OUT)
        await world.store.cases.record(lease, failed)
        expires = START + timedelta(days=1)
        ask = Ask(slot="site", version=1, digest="d", because="b", expires_at=expires)
        await world.store.cases.finish(lease, None, [ask])
        await world.store.desk.retry(lease.case_id, "site", who="Ana")
    await world.store.desk.pause("acme", who="Ana")


async def test_the_journal_of_honest_work_verifies(world: World) -> None:
    await a_week_of_work(world)
    told: list[int] = []
    found = await world.store.journal.verify("acme", told.append)
    assert found == Verification(ok=True, events=22, problems=[])
    assert told == [22]


async def test_anybody_may_write_down_what_they_did(world: World) -> None:
    await world.store.journal.append("acme", "system", "backup", "every night", body={"mb": 3})
    assert (await world.store.journal.verify()).events == 2
    with pytest.raises(NotFound, match="no workspace 'nobody'"):
        await world.store.journal.append("nobody", "system", "backup", "every night")


@pytest.mark.parametrize("table", ["event", "run", "product"])
@pytest.mark.parametrize("statement", ["update {} set workspace_id = 'x'", "delete from {}"])
async def test_the_database_itself_refuses_to_change_history(
    world: World, database_url: str, table: str, statement: str
) -> None:
    await a_week_of_work(world)
    engine = create_engine(connections.address(database_url).url)
    try:
        with (
            pytest.raises(DBAPIError, match=f"{table} is append-only"),
            engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement.format(table))
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("update event set because = 'x' where seq = 3", "event 3 (lead.added) was altered"),
        ("update event set case_id = null where seq = 3", "event 3 (lead.added) was altered"),
        ("delete from event where seq = 3", "event 3 is missing; 4 stands in its place"),
        ("delete from event where seq = 22", "the journal ends at event 21"),
        ("update run set cost = 7 where outcome = 'timed_out'", "was altered"),
        ("update run set product = null where outcome = 'done'", "was altered"),
        ("delete from product where slot = 'news'", "version 1 of news of case"),
        ("update product set status = 'final' where slot = 'site'", "was altered"),
        ("update approval set state = 'approved'", "was altered after event"),
        ("delete from approval", "is missing"),
        ("update chain set length = 4", "the journal ends at event 22"),
    ],
)
async def test_tampering_is_found_on_each_database(
    world: World, database_url: str, statement: str, problem: str
) -> None:
    await a_week_of_work(world)
    engine = create_engine(connections.address(database_url).url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("set session_replication_role = replica")
        else:
            _drop_triggers(connection.exec_driver_sql)
        connection.exec_driver_sql(statement)
    engine.dispose()
    found = await world.store.journal.verify()
    assert not found.ok
    assert problem in found.problems[0]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the database that the property test tampers with."""
    return tmp_path_factory.mktemp("finished")


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_no_row_can_be_altered_deleted_or_swapped_unseen(
    finished: Path, data: st.DataObject
) -> None:
    original = finished / "original.db"
    clock = WindableClock(START)
    ids = TimeOrderedIds(clock)
    if not original.exists():
        async with Store.open(f"sqlite:///{original}", clock, ids) as store:
            campaign = await store.intake.campaign("acme", "sales", a_campaign())
            await a_week_of_work(World(store, clock, ids, campaign))
    folder = finished / ids.new()
    folder.mkdir()
    copy = shutil.copy(original, folder / "copy.db")
    raw = sqlite3.connect(copy)
    _drop_triggers(raw.execute)
    changed = _tamper(raw, data)
    raw.commit()
    raw.close()
    async with Store.open(f"sqlite:///{copy}", clock, ids, writing=False) as store:
        assert (await store.journal.verify()).ok is not changed


def _tamper(raw: sqlite3.Connection, data: st.DataObject) -> bool:
    """Do something to one row, or to two; say whether anything is different now."""
    table = data.draw(st.sampled_from(sorted(CHECKED)))
    columns = [column.name for column in CHECKED[table].columns]
    key = [column.name for column in CHECKED[table].primary_key.columns]
    rows = raw.execute(
        "select COLUMNS from TABLE".replace("COLUMNS", ", ".join(columns)).replace("TABLE", table)
    ).fetchall()
    one, other = (dict(zip(columns, data.draw(st.sampled_from(rows)), strict=True)) for _ in "12")
    where = " and ".join(f"{name} = ?" for name in key)
    at = [one[name] for name in key]
    match data.draw(st.sampled_from(["alter", "delete", "copy"])):
        case "delete":
            raw.execute(
                "delete from TABLE where KEY".replace("TABLE", table).replace("KEY", where), at
            )
            return True
        case "copy":
            taken = [
                name for name in columns if name not in {*key, "fingerprint", "slot", "case_id"}
            ]
            changes = {name: other[name] for name in taken}
        case _:
            name = data.draw(st.sampled_from([name for name in columns if name != "inputs"]))
            old = one[name]
            changes = {name: old + FAR if isinstance(old, int) else _other_text(table, name, old)}
    assignments = ", ".join(f"{name} = ?" for name in changes)
    statement = "update TABLE set NEW where KEY".replace("TABLE", table)
    statement = statement.replace("NEW", assignments).replace("KEY", where)
    raw.execute(statement, [*changes.values(), *at])
    return any(one[name] != value for name, value in changes.items())


def _other_text(table: str, name: str, old: object) -> object:
    kind = str(CHECKED[table].columns[name].type)
    if kind == "JSON":
        return '{"run": {"id": 7}, "product": {"slot": 1}, "products": [0], "approval": {}}'
    if old is None or "at" not in name.split("_"):
        return f"{old or ''}x" if not name.endswith("at") else "2020-01-01T00:00:00.000000+00:00"
    return "2020-01-01T00:00:00.000000+00:00"


def _drop_triggers(execute: Callable[[str], object]) -> None:
    for table in ("event", "run", "product"):
        for verb in ("update", "delete"):
            execute(f"drop trigger {table}_no_{verb}")


async def test_a_run_nobody_recorded_is_found(world: World, database_url: str) -> None:
    await a_week_of_work(world)
    engine = create_engine(connections.address(database_url).url)
    (run, *_) = await world.store.views.runs(limit=1)
    names = ", ".join(column.name for column in RUN.columns)
    values = names.replace("id,", "'forged',", 1).replace("fingerprint", "'other'")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into run (N) select V from run where id = 'ID'".replace("N", names)
            .replace("V", values)
            .replace("ID", run.id)
        )
    engine.dispose()
    found = await world.store.journal.verify()
    assert found.problems == ["acme: there are 9 rows in run, and the journal speaks of 8"]


async def test_text_no_database_takes_is_made_harmless(world: World) -> None:
    await world.leads()
    (lease,) = await world.lease()
    step = world.step(lease.case_id)
    await world.store.cases.record(
        lease, replace(step, run=replace(step.run, reasoning="a\0b\ud800c"))
    )
    assert (await world.store.views.run(step.run.id)).reasoning == "a\ufffdb?c"
    assert (await world.store.journal.verify()).ok


async def test_an_event_with_a_hash_made_to_fit_is_found(finished: Path) -> None:
    """Whoever alters an event and hashes it anew has to hash all that follow anew, too."""
    path = finished / "forged.db"
    clock = WindableClock(START)
    ids = TimeOrderedIds(clock)
    async with Store.open(f"sqlite:///{path}", clock, ids) as store:
        campaign = await store.intake.campaign("acme", "sales", a_campaign())
        await a_week_of_work(World(store, clock, ids, campaign))
        rows = [row async for table, row in store.views.export() if table == "event"]
        forged = {**rows[2], "because": "something else"}
        own = hash_of(forged, str(forged["prev_hash"]))
        raw = sqlite3.connect(path)
        _drop_triggers(raw.execute)
        raw.execute("update event set because = 'something else', hash = ? where seq = 3", (own,))
        raw.execute("update event set prev_hash = ? where seq = 4", (own,))
        raw.commit()
        raw.close()
        found = await store.journal.verify()
    assert found.problems == ["acme: event 4 (lead.added) was altered"]

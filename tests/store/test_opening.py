"""Opening: one writer on a SQLite file, clear refusals, and files that survive a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.errors import DatabaseInUse, DealwrightError, Misconfigured
from dealwright.store import connection as connections
from dealwright.store.exclusive import Pen
from dealwright.store.migrate import HEAD, config
from dealwright.store.schema import METADATA
from dealwright.store.store import Store
from dealwright.store.suppressions import OptOut
from tests.store.builders import World, a_campaign

CLOCK = SystemClock()
IDS = TimeOrderedIds(CLOCK)


@asynccontextmanager
async def opened(url: str, *, writing: bool = True, beside: bool = False) -> AsyncGenerator[Store]:
    """Open a store."""
    async with Store.open(url, CLOCK, IDS, writing=writing, beside=beside) as store:
        yield store


WRITER = """
import asyncio, sys
from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.store.store import Store
from dealwright.store.suppressions import OptOut
from tests.store.builders import World, a_campaign, a_lead

async def main(url):
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    async with Store.open(url, clock, ids) as store:
        campaign = await store.intake.campaign("acme", "sales", a_campaign())
        world = World(store, clock, ids, campaign)
        print("open", flush=True)
        number = 0
        while True:
            leads = [a_lead(number + more) for more in range(20)]
            number += 20
            await store.intake.leads("acme", campaign, leads)
            leases = await store.cases.claim_due(
                clock.now(), 20, lease_for=__import__("datetime").timedelta(1), worker="w"
            )
            steps = [world.step(lease.case_id, fingerprint=lease.case_id) for lease in leases]
            await asyncio.gather(*map(store.cases.record, leases, steps))
            print(f"done {number}", flush=True)

asyncio.run(main(sys.argv[1]))
"""


async def a_writer(url: str) -> asyncio.subprocess.Process:
    """Start another process that writes, and wait until it does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    return process


async def test_a_second_writer_is_told_who_writes(sqlite_url: str) -> None:
    process = await a_writer(sqlite_url)
    try:
        with pytest.raises(DatabaseInUse, match=rf"process {process.pid} \(-c .*Postgres"):
            async with opened(sqlite_url):
                pass
        async with opened(sqlite_url, writing=False) as reader:
            assert len(await reader.views.campaigns()) == 1
            with pytest.raises(DealwrightError, match="for reading only"):
                await reader.cases.ring(["x"])
    finally:
        process.kill()
        await process.communicate()


async def test_a_second_store_in_the_same_process_is_refused_too(sqlite_url: str) -> None:
    async with opened(sqlite_url):
        with pytest.raises(DatabaseInUse, match=f"process {os.getpid()} "):
            async with opened(sqlite_url):
                pass
    async with opened(sqlite_url):
        pass


async def test_people_write_beside_a_process_at_work_and_no_word_is_lost(sqlite_url: str) -> None:
    process = await a_writer(sqlite_url)
    assert process.stdout is not None
    try:
        async with (
            opened(sqlite_url, beside=True) as one,
            opened(sqlite_url, beside=True) as other,
        ):
            assert not one.sole
            assert not other.sole
            for number in range(20):
                words = [
                    OptOut(
                        workspace="acme",
                        scope="address",
                        value=f"{who}{number}@acme.example",
                        reason="asked",
                        source=f"person:{who}",
                    )
                    for who in ("ada", "ben")
                ]
                await asyncio.gather(
                    one.suppressions.suppress(words[0]), other.suppressions.suppress(words[1])
                )
        told = [await process.stdout.readline() for _ in range(3)]
    finally:
        process.kill()
        await process.communicate()
    assert all(line.startswith(b"done") for line in told)
    async with opened(sqlite_url) as store:
        assert store.sole
        rows = [row async for table, row in store.views.export() if table == "event"]
        assert sum(str(row["actor"]) in {"person:ada", "person:ben"} for row in rows) == 40
        verified = await store.journal.verify()
        assert verified.ok, verified.problems


def test_who_waits_for_the_pen_in_vain_is_told_so(tmp_path: Path) -> None:
    database = tmp_path / "store.db"
    held, wanted = Pen(database), Pen(database, looks=3)
    with held, pytest.raises(DatabaseInUse, match="see whether it hangs"), wanted:
        pass
    with wanted:
        pass
    held.close()
    wanted.close()


async def test_a_kill_in_the_middle_of_commits_loses_nothing_told_as_done(
    database_url: str,
) -> None:
    process = await a_writer(database_url)
    assert process.stdout is not None
    told = [await process.stdout.readline() for _ in range(5)]
    await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    rest, _ = await process.communicate()
    whole = [*told, *rest.split(b"\n")[:-1]]
    done = max(int(line.split()[1]) for line in whole)
    async with opened(database_url) as store:
        runs = await store.views.runs(limit=100_000)
        assert done <= len(runs) <= done + 20
        assert len(runs) % 20 == 0 or len(runs) > done
        verified = await store.journal.verify()
        assert verified.ok, verified.problems
    if database_url.startswith("sqlite"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        connection.close()


async def test_the_migrations_make_exactly_the_schema_the_code_uses(
    world: World, database_url: str
) -> None:
    assert world.campaign
    engine = create_engine(connections.address(database_url).url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, METADATA)
        scripts = ScriptDirectory.from_config(config(connection))
    engine.dispose()
    assert differences == []
    assert scripts.get_heads() == [HEAD]


async def test_nobody_can_be_alone_under_a_name_twice(postgres_url: str) -> None:
    order: list[str] = []
    async with opened(postgres_url) as one, opened(postgres_url) as two:

        async def second() -> None:
            async with two.alone("setup"):
                order.append("second")

        async with one.alone("setup"):
            waiting = asyncio.create_task(second())
            await asyncio.sleep(0.1)
            order.append("first")
        await waiting
    assert order == ["first", "second"]


@pytest.mark.parametrize("version", ["9999", "0000"])
async def test_a_schema_of_another_time_is_refused(sqlite_url: str, version: str) -> None:
    async with opened(sqlite_url):
        pass
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    connection.execute("update alembic_version set version_num = ?", (version,))
    connection.commit()
    connection.close()
    age = "newer" if version == "9999" else "older"
    with pytest.raises(Misconfigured, match=f"written by an? {age} version"):
        async with opened(sqlite_url, writing=False):
            pass


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://host/x", "a database of the kind 'mysql' is not supported"),
        ("dealwright.db", "'dealwright.db' is no database address: write sqlite:///file.db"),
        ("sqlite://", "a SQLite database needs a file"),
        ("sqlite:////no/such/folder/x.db", "the folder /no/such/folder does not exist"),
        ("postgresql://nobody:secret@127.0.0.1:1/x", "nobody:...@127.0.0.1:1/x cannot be opened"),
    ],
)
async def test_an_address_that_cannot_be_used_is_a_sentence(url: str, message: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        async with opened(url):
            pass
    assert message.replace("...", "***") in str(refused.value)
    assert "secret" not in str(refused.value)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are notes, " * 100)
    with pytest.raises(Misconfigured, match=f"{path} cannot be opened: file is not a database"):
        async with opened(f"sqlite:///{path}"):
            pass


async def test_a_reader_needs_a_department_to_read(tmp_path: Path, postgres_url: str) -> None:
    with pytest.raises(Misconfigured, match="there is no database at"):
        async with opened(f"sqlite:///{tmp_path / 'x.db'}", writing=False):
            pass
    with pytest.raises(Misconfigured, match="holds no department yet"):
        async with opened(postgres_url, writing=False):
            pass


async def test_a_postgres_that_lost_its_connections_is_used_again(
    postgres_url: str, postgres_server: str
) -> None:
    async with opened(postgres_url) as store:
        campaign = await store.intake.campaign("acme", "sales", a_campaign())
        before = (await store.cases.snapshot(campaign)).case.version
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname like 'test%'"
            )
        await store.cases.ring([campaign])
        assert (await store.cases.snapshot(campaign)).case.version == before + 1


async def test_a_closed_store_says_so(sqlite_url: str) -> None:
    async with opened(sqlite_url) as store:
        pass
    with pytest.raises(DealwrightError, match="closed"):
        await store.cases.snapshot("x")

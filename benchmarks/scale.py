"""What a lead costs when many others stand in the store already, and what waiting ones cost."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

from benchmarks.department import CLOCK, Load, a_turn, fill, opened
from benchmarks.measure import Bill, billed
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.runtime import read_department

TEMPLATES = 20
"""Leads that are really worked; the rest of a full store are copies of their rows."""

COPIED = ("case", "product", "run", "fact")
"""Tables that grow with every lead; a copy's id is the original's with a number."""


async def cost_among(path: Path, standing: int, more: int) -> Bill:
    """Work some leads in a store that already holds many finished ones."""
    database = f"sqlite:///{path}"
    department = read_department("sales")
    load = Load(seconds=0)
    async with opened(database) as store:
        await fill(store, TEMPLATES)
        turn = a_turn(store, department, load.seconds)
        capacity = Capacity(worker="benchmark", concurrency=load.concurrency)
        await EmbeddedDispatcher(store, turn, CLOCK, capacity).work(until_idle=True)
    await asyncio.to_thread(_multiply, path, standing // TEMPLATES - 1)
    async with opened(database) as store:
        turn = a_turn(store, department, load.seconds)
        await fill(store, more, first=TEMPLATES)
        with billed(database) as bill:
            await EmbeddedDispatcher(store, turn, CLOCK, capacity).work(until_idle=True)
    return bill


async def cost_of_waiting(path: Path, seconds: float) -> float:
    """Return the share of a core that a dispatcher takes while every case waits for days."""
    database = f"sqlite:///{path}"
    later = CLOCK.now() + timedelta(days=3)
    await asyncio.to_thread(_park, path, later.isoformat())
    async with opened(database) as store:
        turn = a_turn(store, read_department("sales"), 0)
        dispatcher = EmbeddedDispatcher(store, turn, CLOCK, Capacity(worker="benchmark"))
        with billed(database) as bill:
            work = asyncio.create_task(dispatcher.work())
            await asyncio.sleep(seconds)
            dispatcher.stop()
            await work
    return bill.cpu / bill.wall


def _multiply(path: Path, times: int) -> None:
    """Copy the rows of every worked lead so often."""
    with sqlite3.connect(path) as connection:
        connection.execute("pragma foreign_keys=off")
        connection.execute(
            "create temp table n as with recursive c(i) as (select 1 union all "
            f"select i + 1 from c where i < {times}) select i from c"
        )
        for table in COPIED:
            columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
            chosen = ", ".join(_copied(table, column) for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            which = (
                " where t.kind = 'lead'"
                if table == "case"
                else (
                    " where t.case_id in (select id from \"case\" where kind = 'lead' "
                    "and id not like '%+%')"
                )
            )
            connection.execute(
                f'insert into "{table}" ({names}) select {chosen} from "{table}" t, n{which}'
            )


def _copied(table: str, column: str) -> str:
    """Return a column of a copied row: ids get a number, everything else stays."""
    own = {"case": "id", "run": "id"}.get(table)
    if column in {own, "case_id", "run_id"}:
        return f"t.\"{column}\" || '+' || n.i"
    return f't."{column}"'


def _park(path: Path, until: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "update \"case\" set due_at = ?, lease_until = null where kind = 'lead'", (until,)
        )

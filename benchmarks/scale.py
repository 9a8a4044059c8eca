"""What a lead costs when many others stand in the store already, and what waiting ones cost."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Text,
    cast,
    create_engine,
    insert,
    literal,
    select,
    true,
)

from benchmarks.department import CLOCK, Load, a_turn, fill, opened
from benchmarks.measure import Bill, billed
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.runtime import read_department
from dealwright.store.schema import CASE, FACT, PRODUCT, RUN

TEMPLATES = 20
"""Leads that are really worked; the rest of a full store are copies of their rows."""

COPIED = {CASE: "id", PRODUCT: "case_id", RUN: "case_id", FACT: "case_id"}
"""Tables that grow with every lead, and where its id stands; a copy's has a number behind it."""


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
    first = select(literal(1).label("i")).cte("n", recursive=True)
    numbers = first.union_all(select(first.c.i + 1).where(first.c.i < times))
    worked = select(CASE.c.id).where(CASE.c.kind == "lead", CASE.c.id.not_like("%+%"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table, key in COPIED.items():
            copies = (
                select(*(_copied(column, key, numbers.c.i) for column in table.columns))
                .join_from(table, numbers, true())
                .where(table.c[key].in_(worked))
            )
            connection.execute(insert(table).from_select(list(table.columns.keys()), copies))
    engine.dispose()


def _copied(column: Column[object], key: str, number: ColumnElement[int]) -> ColumnElement[object]:
    """Return a column of a copied row: ids get a number, everything else stays."""
    if column.name in {key, "run_id"} or (column.table is RUN and column.name == "id"):
        return column + literal("+") + cast(number, Text)
    return column


def _park(path: Path, until: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "update \"case\" set due_at = ?, lease_until = null where kind = 'lead'", (until,)
        )

"""Measure everything and print it: `make bench`, or `python -m benchmarks --leads 1000`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from benchmarks.department import Load, in_one_process, in_two_workers
from benchmarks.langgraph_department import on_postgres, on_sqlite
from benchmarks.measure import Bill
from benchmarks.scale import cost_among, cost_of_waiting
from tests.postgres import a_database, a_server

Run = Callable[[], Coroutine[Any, Any, Bill]]


def main() -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description="Measure the department's overhead.")
    parser.add_argument("--leads", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--standing", type=int, nargs="*", default=[1000, 10_000, 100_000])
    told = parser.parse_args()
    load = Load(leads=told.leads, concurrency=told.concurrency)
    with tempfile.TemporaryDirectory() as folder:
        _overhead(Path(folder), load)
        if told.standing:
            _scale(Path(folder), told.standing)


def _overhead(folder: Path, load: Load) -> None:
    print(f"{load.leads} leads, every brain answers after {load.seconds} s, {load.concurrency} at")
    print(f"a time; the critical path alone takes {load.ideal:.1f} s.\n")
    print("| | wall s | × ideal | CPU ms per lead | KB written per lead |")
    print("|---|---|---|---|---|")
    with a_server() as server:
        rows: dict[str, Run] = {
            "Dealwright, SQLite": lambda: in_one_process(f"sqlite:///{folder / 'a.db'}", load),
            "LangGraph, SQLite checkpointer": lambda: on_sqlite(str(folder / "b.db"), load),
            "Dealwright, Postgres, two workers": lambda: in_two_workers(
                a_database(server, "ours"), load
            ),
            "LangGraph, Postgres checkpointer": lambda: on_postgres(
                a_database(server, "theirs"), load
            ),
        }
        for name, run in rows.items():
            bill = asyncio.run(run())
            print(
                f"| {name} | {bill.wall:.1f} | {bill.wall / load.ideal:.2f} "
                f"| {bill.cpu / load.leads * 1000:.1f} | {bill.written / load.leads / 1024:.0f} |"
            )
            sys.stdout.flush()


def _scale(folder: Path, standing: list[int]) -> None:
    print("\nCPU per lead while so many finished leads stand in the store already (SQLite):\n")
    print("| leads in the store | CPU ms per lead | × the first |")
    print("|---|---|---|")
    first = 0.0
    for count in standing:
        bill = asyncio.run(cost_among(folder / f"{count}.db", count, more=300))
        each = bill.cpu / 300 * 1000
        first = first or each
        print(f"| {count:,} | {each:.1f} | {each / first:.2f} |")
        sys.stdout.flush()
    share = asyncio.run(cost_of_waiting(folder / f"{standing[-1]}.db", seconds=15))
    print(f"\n{standing[-1]:,} cases that wait for days take {share:.1%} of a core.")


if __name__ == "__main__":
    main()

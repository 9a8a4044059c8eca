"""The full figures: `python -m tests.adversary --runs 500`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from tests.adversary.crowd import portion
from tests.adversary.runs import FAMILIES, Figures, Plan, Stage, a_stage

KINDS: Sequence[str] = (
    *("recipient", "sender", "gates", "link", "markup", "header", "parts", "length", "hidden"),
    *("identity", "another lead", "sent twice", "not approved", "card"),
    *("CRM record", "CRM field", "CRM value", "attendee", "hours", "booking", "doubled"),
    *("notice", "over the cap", "broken"),
)
COUNTS: Sequence[str] = ("evil answers", "letters", "bookings", "records", "notices", "paid")
PORTIONS = 8
"""How many each process gets, one after the other."""


def main() -> None:
    """Play so many worlds, print what came of them, and fail where anything was wrong."""
    parser = argparse.ArgumentParser(description="Worst-case brains and inputs, everywhere.")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    told = parser.parse_args()
    numbers = range(told.first, told.first + told.runs)
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(_played(Path(folder), numbers, told.jobs))
    _show(figures)
    whole = _sum(figures)
    sys.exit(1 if whole.wrong or whole.unserved else 0)


async def _played(folder: Path, numbers: range, jobs: int) -> Mapping[str, Figures]:
    """Have processes of their own play, all of them beside one calendar server."""
    async with a_stage(folder) as stage:
        for plan in {Plan.of(number).control for number in numbers}:
            await stage.served_alone(plan)
        bare = replace(stage, server=replace(stage.server, process=None))
        return await asyncio.to_thread(_shared_out, bare, numbers, jobs)


def _shared_out(stage: Stage, numbers: range, jobs: int) -> Mapping[str, Figures]:
    size = max(1, -(-len(numbers) // (jobs * PORTIONS)))
    portions = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    figures = {family: Figures() for family in FAMILIES}
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        told = (stage.server, stage.empty, stage.controls)
        wished = [pool.submit(portion, *told, part) for part in portions]
        for future in as_completed(wished):
            for one in future.result():
                figures[one.family].add(one)
            _say(f"… {sum(one.runs for one in figures.values())}")
    return figures


def _sum(figures: Mapping[str, Figures]) -> Figures:
    whole = Figures()
    for one in figures.values():
        whole.add(one)
    return whole


def _show(figures: Mapping[str, Figures]) -> None:
    whole = _sum(figures)
    heads = ("family", "runs", *COUNTS, "wrong", "unserved")
    rows = [*sorted(figures.items()), ("all", whole)]
    table = [
        (name, f.runs, *(f.counts[kind] for kind in COUNTS), f.wrong.total(), f.unserved)
        for name, f in rows
    ]
    for row in (heads, *table):
        _say("".join(f"{told!s:>13}" for told in row))
    _say("\nWrong, by kind, over all of them:")
    for kind in (*KINDS, *sorted(whole.wrong.keys() - set(KINDS))):
        _say(f"{kind:>13}{whole.wrong[kind]:>8}")
    spoke = ", ".join(f"{agent} {count}" for agent, count in sorted(whole.by_agent.items()))
    _say(f"\nIt spoke for: {spoke}")
    for line in whole.told[:20]:
        _say(f"  {line[:600]}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

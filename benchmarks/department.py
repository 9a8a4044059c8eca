"""Our own runs: the sales department over a store, in this process or in worker processes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from benchmarks.canned import CannedBrain, CannedTools, campaign, lead
from benchmarks.measure import Bill, billed
from dealwright.agents.brain import Bench
from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.collector import calm_collector
from dealwright.orchestration.dispatch.distributed import DistributedDispatcher
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.runtime import read_department
from dealwright.store.intake import NewLead
from dealwright.store.store import Store

CLOCK = SystemClock()
IDS = TimeOrderedIds(CLOCK)
PATH = ("site_reader", "synthesizer", "qualifier", "writer", "reviewer")
"""The critical path: one reader (five run at once), then one agent after the other."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much there is to do, and how slowly brains answer."""

    leads: int = 1000
    seconds: float = 0.2
    concurrency: int = 100

    @property
    def ideal(self) -> float:
        """Seconds of the critical path if everything else took no time."""
        return len(PATH) * self.seconds * self.leads / self.concurrency


def opened(database: str) -> AbstractAsyncContextManager[Store]:
    """Open the store."""
    return Store.open(database, CLOCK, IDS)


async def fill(store: Store, count: int, first: int = 0) -> list[str]:
    """Import leads that are all alike but for their address."""
    parent = await store.intake.campaign("default", "sales", campaign())
    new = [
        NewLead(
            lead=lead(),
            email=f"sam{number}@northway.example",
            email_key=f"sam{number}@northway.example",
            line=number,
        )
        for number in range(first, first + count)
    ]
    return [taken.case_id for taken in await store.intake.leads("default", parent, new)]


def a_turn(store: Store, department: Department, seconds: float) -> Turn:
    """Return a turn whose brains answer after a delay."""
    workbench = Workbench(
        store=store,
        tools=CannedTools(),
        bench=Bench(CannedBrain(seconds)),
        clock=CLOCK,
        ids=IDS,
    )
    return Turn({"sales": department}, store, workbench, CLOCK)


async def in_one_process(database: str, load: Load) -> Bill:
    """Work everything with the embedded dispatcher."""
    department = read_department("sales")
    async with opened(database) as store:
        await fill(store, load.leads)
        turn = a_turn(store, department, load.seconds)
        capacity = Capacity(worker="benchmark", concurrency=load.concurrency)
        with calm_collector(), billed(database) as bill:
            await EmbeddedDispatcher(store, turn, CLOCK, capacity).work(until_idle=True)
        await _all_done(store, load.leads)
    return bill


async def in_two_workers(database: str, load: Load) -> Bill:
    """Work everything with two worker processes that share the concurrency."""
    async with opened(database) as store:
        await fill(store, load.leads)
        team = [_worker(database, load.seconds, load.concurrency // 2) for _ in range(2)]
        for worker in team:
            await asyncio.to_thread(_line_from, worker)
        with billed(database) as bill:
            for worker in team:
                _tell(worker)
            ends = [await asyncio.to_thread(_line_from, worker) for worker in team]
        bill.cpu += sum(float(end) for end in ends)
        for worker in team:
            worker.communicate()
        await _all_done(store, load.leads)
    return bill


def _worker(database: str, seconds: float, concurrency: int) -> subprocess.Popen[bytes]:
    words = (database, str(seconds), str(concurrency))
    command = [sys.executable, "-m", "benchmarks.department", *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _line_from(worker: subprocess.Popen[bytes]) -> str:
    if worker.stdout is None:
        raise RuntimeError("the worker has no output")
    return worker.stdout.readline().decode().strip()


def _tell(worker: subprocess.Popen[bytes]) -> None:
    if worker.stdin is None:
        raise RuntimeError("the worker has no input")
    worker.stdin.write(b"go\n")
    worker.stdin.flush()


async def _all_done(store: Store, leads: int) -> None:
    waiting = len(await store.desk.approvals())
    if waiting != leads:
        raise RuntimeError(f"only {waiting} of {leads} leads have a draft that waits")


async def _work(database: str, seconds: str, concurrency: str) -> None:
    """Be one of the two workers: ready, go, done with so much CPU."""
    department = read_department("sales")
    async with opened(database) as store:
        turn = a_turn(store, department, float(seconds))
        capacity = Capacity(worker=IDS.new(), concurrency=int(concurrency))
        dispatcher = DistributedDispatcher(store, turn, CLOCK, capacity, database)
        await dispatcher.ring([])  # makes the queue's tables, before the time is taken
        with calm_collector():
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.readline)
            with billed() as bill:
                await dispatcher.work(until_idle=True)
        sys.stdout.write(f"{bill.cpu}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_work(*sys.argv[1:]))

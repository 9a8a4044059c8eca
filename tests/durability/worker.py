"""A worker process that writes down every question it asks its brain, before it asks.

Run as `python -m tests.durability.worker DATABASE LOG NAME embedded|distributed SECONDS`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from datetime import timedelta

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Bench, Thought
from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.packet import Packet
from dealwright.orchestration.dispatch.distributed import DistributedDispatcher
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity, Dispatcher
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.store.store import Store
from tests.orchestration.departments import a_department, a_route, an_agent, an_ask
from tests.orchestration.stage import NoTools

LEASE = timedelta(seconds=2)

DEPARTMENT = replace(
    a_department(
        [
            an_agent("left", ["lead"], "l"),
            an_agent("right", ["lead"], "r"),
            an_agent("join", ["lead", "l", "r?"], "j"),
            an_agent("last", ["j"], "z"),
        ],
        [a_route(["left", "right", "join", "last"]), an_ask("z", "has(slots.z)")],
    ),
    name="test",
)


class LoggedBrain:
    """Answers after a moment, and logs each question on disk first."""

    def __init__(self, path: str, clock: SystemClock, seconds: float) -> None:
        self._seconds = seconds
        self._log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._clock = clock

    def identity(self, agent: Agent) -> str:
        return f"logged:{agent.name}"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        assert packet.slots
        line = f"{account.case_id} {agent.name} {self._clock.now().isoformat()}\n"
        os.write(self._log, line.encode())
        await asyncio.sleep(self._seconds)
        return Thought(answer={"made": agent.writes}, brain="logged")


async def work(database: str, log: str, name: str, kind: str, seconds: str) -> None:
    """Work for ever."""
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    async with Store.open(database, clock, ids) as store:
        bench = Bench(LoggedBrain(log, clock, float(seconds)))
        workbench = Workbench(store=store, tools=NoTools(), bench=bench, clock=clock, ids=ids)
        turn = Turn({"test": DEPARTMENT}, store, workbench, clock, LEASE)
        capacity = Capacity(worker=name, concurrency=10, lease_for=LEASE, poll=0.1)
        dispatcher: Dispatcher
        if kind == "distributed":
            dispatcher = DistributedDispatcher(store, turn, clock, capacity, database)
        else:
            dispatcher = EmbeddedDispatcher(store, turn, clock, capacity)
        await dispatcher.work()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))

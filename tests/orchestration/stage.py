"""A stage for turns: a real store, a test department, brains that do what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Bench, Thought, TwinBrain
from dealwright.clock import Clock, SystemClock, TimeOrderedIds
from dealwright.domain.case import Snapshot
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from dealwright.domain.run import Usage
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Happening, Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.store.intake import NewLead
from dealwright.store.store import Store
from dealwright.tools.access import ToolCall
from tests.orchestration.campaigns import a_campaign

Says = Callable[[Packet], object]


@dataclass
class PlayedBrain:
    """Answers what the test says for each agent, and remembers who was asked."""

    says: dict[str, Says] = field(default_factory=dict[str, Says])
    name: str = "played"
    asked: list[str] = field(default_factory=list[str])
    seconds: float = 0.0
    paid: bool = False
    """Whether an answer costs money."""
    slow: dict[str, float] = field(default_factory=dict[str, float])
    """Agent → seconds, where one takes longer."""
    busy: int = 0
    most: int = 0
    """How many were asked at the same time."""

    def identity(self, agent: Agent) -> str:
        return f"{self.name}:{agent.name}"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        assert account.case_id
        self.asked.append(agent.name)
        self.busy += 1
        self.most = max(self.most, self.busy)
        await asyncio.sleep(self.slow.get(agent.name, self.seconds))
        self.busy -= 1
        answer = self.says.get(agent.name, lambda _: {"made": agent.writes})(packet)
        usage = Usage(calls=1, cost=1, reservation=agent.name) if self.paid else Usage()
        return Thought(answer=answer, brain=self.name, usage=usage)


class NoTools:
    """A tool access for agents that have no tools."""

    async def call(self, call: ToolCall) -> Material:
        raise AssertionError(f"{call.agent} called {call.tool}")


@dataclass
class Stage:
    """Everything a test of the turn needs."""

    store: Store
    brain: PlayedBrain
    turn: Turn
    clock: Clock
    department: Department
    cases: list[str]
    happened: list[Happening]
    """What the turn has told whoever watches."""

    def with_model(self, model: PlayedBrain) -> Turn:
        """Return a turn whose agents think by model, and by twin when that fails."""
        ids = TimeOrderedIds(self.clock)
        bench = Bench(TwinBrain(), model)
        workbench = Workbench(
            store=self.store, tools=NoTools(), bench=bench, clock=self.clock, ids=ids
        )
        return Turn({"test": self.department}, self.store, workbench, self.clock)

    async def play(self, *, concurrency: int = 10, lease_seconds: float = 60) -> None:
        """Work everything that is due."""
        await self.dispatcher(concurrency, lease_seconds).work(until_idle=True)

    def dispatcher(
        self, concurrency: int = 10, lease_seconds: float = 60, poll: float = 0.05
    ) -> EmbeddedDispatcher:
        """Return an embedded dispatcher over the stage's turn."""
        capacity = Capacity(
            worker="test",
            concurrency=concurrency,
            lease_for=timedelta(seconds=lease_seconds),
            poll=poll,
        )
        return EmbeddedDispatcher(self.store, self.turn, self.clock, capacity)

    async def snapshot(self, number: int = 0) -> Snapshot:
        """Return a case as it stands."""
        return await self.store.cases.snapshot(self.cases[number])

    async def values(self, number: int = 0) -> Mapping[str, object]:
        """Return slot → product of a case."""
        snapshot = await self.snapshot(number)
        given = {"lead", "icp", "offer"}
        return {slot: state.value for slot, state in snapshot.slots.items() if slot not in given}


@asynccontextmanager
async def a_stage(
    url: str, department: Department, *, leads: int = 1, brain: PlayedBrain | None = None
) -> AsyncGenerator[Stage]:
    """Open a store with some leads in it, and a turn over it."""
    clock = SystemClock()
    ids = TimeOrderedIds(clock)
    department = replace(department, name="test")
    played = brain or PlayedBrain()
    async with Store.open(url, clock, ids) as store:
        campaign = await store.intake.campaign("default", "test", a_campaign())
        taken = await store.intake.leads(
            "default", campaign, [a_new_lead(number) for number in range(leads)]
        )
        bench = Bench(played)
        workbench = Workbench(store=store, tools=NoTools(), bench=bench, clock=clock, ids=ids)
        happened: list[Happening] = []
        turn = Turn({"test": department}, store, workbench, clock, watcher=happened.append)
        cases = [one.case_id for one in taken]
        yield Stage(store, played, turn, clock, department, cases, happened)


def a_new_lead(number: int) -> NewLead:
    """Return a lead as an import brings it."""
    return NewLead(
        lead=Lead(company=f"Company {number}", domain=f"c{number}.example"),
        email=f"sam@c{number}.example",
        email_key=f"sam@c{number}.example",
        line=number + 2,
        source="leads.csv",
    )

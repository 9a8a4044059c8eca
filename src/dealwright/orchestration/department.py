"""A department: slots, agents and routes as its files declare them, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from dealwright.agents.agent import Agent
from dealwright.agents.shape import Shape
from dealwright.domain.intent import IntentKind
from dealwright.orchestration.conditions import Condition

MAIL = "mail"
LEAD = "lead"
"""What else a person may trigger; no line of a timetable goes by these names."""


class Given(StrEnum):
    """Who fills a slot that no agent writes."""

    IMPORT = "import"
    PARENT = "parent"
    WORLD = "world"
    """What left and what came back writes it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A named place on a case."""

    name: str
    shape: Shape
    given: Given | None = None
    """None: an agent writes it."""
    line: int = 0


class Kind(StrEnum):
    """What a route does when its condition holds."""

    HOLD = "hold"
    """Nothing runs; the first hold that holds is the reason."""
    RUN = "run"
    """These agents may run, as soon as what they read is there."""
    ASK = "ask"
    """A person is asked to approve what stands in this slot."""
    ACT = "act"
    """What stands in this slot is done in the world, once, if every gate lets it through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an acting route does, and what makes it one step and not another."""

    kind: IntentKind
    step: str
    """`first_touch`: at most one effect of this name on a case, for ever …"""
    per: str = ""
    """… or one for each version of this slot that the product was made from."""
    review: str = ""
    """The slot whose verdict vouches for it."""
    not_before: str = ""
    """The product's field that says when it may happen at the earliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One line of the router's table."""

    kind: Kind
    because: str
    """The sentence a salesperson reads, and the reason in the journal."""
    condition: Condition
    agents: tuple[str, ...] = ()
    slot: str = ""
    """What a person is asked to approve, or what is done."""
    within_days: int = 7
    """How long an approval stays good; after that nothing is sent."""
    deed: Deed | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One line of the timetable: at which moments, and why cases are looked at again then."""

    name: str
    cron: str
    timezone: str
    because: str
    renew: tuple[str, ...] = ()
    """Slots whose products are made anew then."""
    condition: Condition | None = None
    """For which cases; None: for all."""


@dataclass(frozen=True, kw_only=True)
class Department:
    """Everything the router and the turn need to know, checked and compiled."""

    name: str
    about: str
    case: str
    """The kind of case it works on."""
    folder: Path
    slots: Mapping[str, Slot]
    agents: Mapping[str, Agent]
    routes: tuple[Route, ...]
    gates: Mapping[IntentKind, tuple[str, ...]] = field(
        default_factory=dict[IntentKind, tuple[str, ...]]
    )
    """What the department asks of an act besides what is asked of every one."""
    timetable: tuple[Tick, ...] = field(default=())

    @cached_property
    def writers(self) -> Mapping[str, Agent]:
        """Slot → the agent that writes it."""
        return {agent.writes: agent for agent in self.agents.values()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Slots so that each comes after everything it is made from.

        Raises:
            graphlib.CycleError: the department was not checked.

        """
        graph = {slot: set[str]() for slot in sorted(self.slots)}
        for agent in self.agents.values():
            graph[agent.writes] = {read.slot for read in agent.reads}
        return tuple(TopologicalSorter(graph).static_order())

    @cached_property
    def grants(self) -> Mapping[str, frozenset[str]]:
        """Agent → the tools it may use."""
        return {agent.name: frozenset(agent.tools) for agent in self.agents.values()}

    def depends_on(self, slot: str) -> tuple[str, ...]:
        """Return every slot that is made from this one, directly or not, in order."""
        touched = {slot}
        for name in self.order:
            writer = self.writers.get(name)
            if writer and any(read.slot in touched for read in writer.reads):
                touched.add(name)
        return tuple(name for name in self.order if name in touched and name != slot)

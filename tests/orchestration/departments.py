"""Departments made in code and in folders, for tests of everything that routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from dealwright.agents.agent import Agent, Read, Soul
from dealwright.agents.shape import SchemaShape
from dealwright.domain.case import Case, SlotState, SlotStatus, Snapshot
from dealwright.orchestration.conditions import compile_condition
from dealwright.orchestration.department import Department, Given, Kind, Route, Slot

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ANY = SchemaShape("anything", {"additionalProperties": True})
SOUL = Soul("You are a tester.", "You deliver.", "You never stop.")


def an_agent(name: str, reads: Sequence[str], writes: str) -> Agent:
    """Return an agent; `x?` in reads is optional."""
    return Agent(
        name=name,
        soul=SOUL,
        file=Path(f"{name}.md"),
        reads=tuple(
            Read(text.rstrip("?"), text.rstrip("?"), not text.endswith("?")) for text in reads
        ),
        writes=writes,
        product=ANY,
        answer=ANY,
    )


def a_route(agents: Sequence[str], when: str = "true", because: str = "it is time") -> Route:
    """Return a route that runs agents."""
    return Route(
        kind=Kind.RUN, because=because, condition=compile_condition(when), agents=tuple(agents)
    )


def a_hold(because: str, when: str = "true") -> Route:
    """Return a route that holds."""
    return Route(kind=Kind.HOLD, because=because, condition=compile_condition(when))


def an_ask(slot: str, when: str = "true") -> Route:
    """Return a route that asks a person."""
    condition = compile_condition(when)
    return Route(kind=Kind.ASK, because="a person decides", condition=condition, slot=slot)


def a_department(
    agents: Sequence[Agent], routes: Sequence[Route] | None = None, given: Sequence[str] = ("lead",)
) -> Department:
    """Return a department; without routes, one route wants every agent always."""
    slots = {name: Slot(name, ANY, Given.IMPORT) for name in given}
    slots |= {agent.writes: Slot(agent.writes, ANY) for agent in agents}
    return Department(
        name="test",
        about="",
        case="lead",
        folder=Path(),
        slots=slots,
        agents={agent.name: agent for agent in agents},
        routes=tuple(routes or (a_route([agent.name for agent in agents]),)),
    )


def a_state(
    slot: str,
    version: int = 1,
    status: SlotStatus = SlotStatus.DONE,
    inputs: Mapping[str, int] | None = None,
    value: Mapping[str, object] | None = None,
) -> SlotState:
    """Return what stands in a slot."""
    gone = status in {SlotStatus.FAILED, SlotStatus.RETRY}
    return SlotState(
        slot=slot,
        version=version,
        status=status,
        value=None if gone else (value or {"made": slot}),
        inputs=inputs or {},
        by="test",
    )


def a_snapshot(*states: SlotState, paused: str | None = None) -> Snapshot:
    """Return a case with these slots."""
    case = Case(
        id="c1", workspace="w", department="test", kind="lead", name="A lead", paused=paused
    )
    return Snapshot(case=case, slots={state.slot: state for state in states}, now=NOON)

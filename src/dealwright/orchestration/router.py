"""The router: a pure function from a case's recorded state to what may happen now, with reasons.

It knows the department's table and the snapshot, nothing else: no store, no tools, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from dealwright.agents.agent import Agent
from dealwright.domain.case import SlotState, SlotStatus, Snapshot
from dealwright.domain.intent import Act
from dealwright.orchestration.department import Deed, Department, Kind, Route, Tick

_NEVER = 0
_UNSETTLED = -1


class Standing(StrEnum):
    """What a slot's newest version is worth now."""

    CURRENT = "current"
    """A product made from what stands in the store today, or a person's."""
    FAILED = "failed"
    """Tried with today's inputs, and nothing came of it."""
    STALE = "stale"
    """What it was made from has changed, or a person asked for it again."""
    ABSENT = "absent"
    """Nothing was ever written."""


_UNWRITTEN = (Standing.STALE, Standing.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An agent that may run now."""

    agent: Agent
    because: str
    inputs: Mapping[str, int]
    """Slot → the version it will work from; 0 where an optional read is absent."""
    version: int
    """The version its product will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A product a person should approve."""

    slot: str
    version: int
    because: str
    expires_at: datetime


class Reason(NamedTuple):
    """Why a route fired or did not."""

    route: Route
    fired: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An agent that a route wants but that cannot run now, or need not."""

    agent: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a case can do now, and why not more."""

    reasons: tuple[Reason, ...]
    """The routes that fired or could not be decided; of all others the condition is false."""
    standing: Mapping[str, Standing]
    held: str | None = None
    """The hold that stops everything, as a sentence."""
    steps: tuple[Planned, ...] = ()
    asks: tuple[Wanted, ...] = ()
    acts: tuple[Act, ...] = ()
    """What should happen in the world; what has happened already is in it again."""


def route(department: Department, snapshot: Snapshot) -> Plan:
    """Return what may happen now. Total and deterministic: every state has an answer, one only."""
    standing = stand(department, snapshot)
    reasons = _ask_routes(department, snapshot, standing)
    held = snapshot.case.paused or _first_hold(reasons)
    if held:
        return Plan(reasons=reasons, standing=standing, held=held)
    return Plan(
        reasons=reasons,
        standing=standing,
        steps=_runnable(department, snapshot, standing, _sentences(reasons)),
        asks=_asks(snapshot, standing, reasons),
        acts=_acts(snapshot, standing, reasons),
    )


def waiting(department: Department, plan: Plan) -> tuple[Waiting, ...]:
    """Return the agents that do not run now, and why."""
    if plan.held:
        return tuple(Waiting(agent=name, why=plan.held) for name in sorted(department.agents))
    wanted = _sentences(plan.reasons)
    due = _due(department, plan.standing, wanted)
    writers = (department.writers[slot] for slot in department.order if slot in department.writers)
    told = ((agent.name, _why_not(agent, wanted, plan.standing, due)) for agent in writers)
    return tuple(Waiting(agent=name, why=why) for name, why in told if why)


def stand(department: Department, snapshot: Snapshot) -> Mapping[str, Standing]:
    """Return what each slot is worth, from the first inputs to the last product."""
    standing: dict[str, Standing] = {}
    for slot in department.order:
        state = snapshot.slots.get(slot)
        if state is None:
            standing[slot] = Standing.ABSENT
        else:
            writer = department.writers.get(slot)
            standing[slot] = _standing(state, writer, snapshot, standing)
    return standing


def products(
    snapshot: Snapshot, standing: Mapping[str, Standing]
) -> dict[str, Mapping[str, object]]:
    """Return the current products as JSON: what conditions and agents may see."""
    return {
        slot: state.value
        for slot, state in snapshot.slots.items()
        if state.value is not None and standing.get(slot) is Standing.CURRENT
    }


def finals(snapshot: Snapshot) -> frozenset[str]:
    """Return the slots in which a person's product stands."""
    states = snapshot.slots.values()
    return frozenset(
        state.slot
        for state in states
        if state.status is SlotStatus.FINAL and _still_about(state, snapshot)
    )


def asked_anew(department: Department, tick: Tick, snapshot: Snapshot) -> Mapping[str, int] | None:
    """Return which versions a line of the timetable has made anew; None where it is no matter."""
    if tick.condition is not None:
        values = products(snapshot, stand(department, snapshot))
        if not tick.condition.decide(_facts(snapshot), values, finals(snapshot)).holds:
            return None
    states = (snapshot.slots.get(slot) for slot in tick.renew)
    return {state.slot: state.version for state in states if state and state.value is not None}


def _facts(snapshot: Snapshot) -> Mapping[str, object]:
    case = snapshot.case
    return {
        "kind": case.kind,
        "name": case.name,
        "priority": case.priority,
        "department": case.department,
    }


def _standing(
    state: SlotState,
    writer: Agent | None,
    snapshot: Snapshot,
    standing: Mapping[str, Standing],
) -> Standing:
    if state.status is SlotStatus.FINAL:
        return Standing.CURRENT if _still_about(state, snapshot) else Standing.STALE
    if writer is None and state.value is not None:
        return Standing.CURRENT
    if state.status is SlotStatus.RETRY or writer is None:
        return Standing.STALE
    for read in writer.reads:
        if state.inputs.get(read.slot, _NEVER) != _mark(read.slot, snapshot, standing):
            return Standing.STALE
    return Standing.FAILED if state.status is SlotStatus.FAILED else Standing.CURRENT


def _still_about(state: SlotState, snapshot: Snapshot) -> bool:
    """Tell whether what a person's product is about has not moved on, if it is about something."""
    about = ((snapshot.slots.get(slot), version) for slot, version in state.inputs.items())
    return all(known is None or known.version == version for known, version in about)


def _inputs(agent: Agent, snapshot: Snapshot, standing: Mapping[str, Standing]) -> dict[str, int]:
    """Return the version of everything the agent reads, `_UNSETTLED` where work is still due."""
    return {read.slot: _mark(read.slot, snapshot, standing) for read in agent.reads}


def _mark(slot: str, snapshot: Snapshot, standing: Mapping[str, Standing]) -> int:
    worth = standing.get(slot, Standing.ABSENT)
    if worth is Standing.ABSENT:
        return _NEVER
    return _UNSETTLED if worth is Standing.STALE else snapshot.slots[slot].version


def _ask_routes(
    department: Department, snapshot: Snapshot, standing: Mapping[str, Standing]
) -> tuple[Reason, ...]:
    facts, values = _facts(snapshot), products(snapshot, standing)
    final, there = finals(snapshot), frozenset(values)
    reasons: list[Reason] = []
    for entry in department.routes:
        if not entry.condition.needs <= there:
            continue
        answer = entry.condition.decide(facts, values, final)
        if answer.holds or answer.trouble:
            fired = answer.holds or entry.kind is Kind.HOLD
            reasons.append(Reason(entry, fired, answer.trouble))
    return tuple(reasons)


def _first_hold(reasons: tuple[Reason, ...]) -> str | None:
    for reason in reasons:
        if reason.fired and reason.route.kind is Kind.HOLD:
            trouble = f" ({reason.trouble})" if reason.trouble else ""
            return f"{reason.route.because}{trouble}"
    return None


def _sentences(reasons: tuple[Reason, ...]) -> dict[str, str]:
    """Return agent → the sentence of the first route that wants it."""
    wanted: dict[str, str] = {}
    for reason in reasons:
        if reason.fired and reason.route.kind is Kind.RUN:
            for name in reason.route.agents:
                wanted.setdefault(name, reason.route.because)
    return wanted


def _runnable(
    department: Department,
    snapshot: Snapshot,
    standing: Mapping[str, Standing],
    wanted: Mapping[str, str],
) -> tuple[Planned, ...]:
    due = _due(department, standing, wanted)
    steps: list[Planned] = []
    for slot in department.order:
        if slot not in due:
            continue
        agent = department.writers[slot]
        if _missing(agent, standing, due):
            continue
        state = snapshot.slots.get(slot)
        steps.append(
            Planned(
                agent=agent,
                because=wanted[agent.name],
                inputs=_inputs(agent, snapshot, standing),
                version=(state.version if state else _NEVER) + 1,
            )
        )
    return tuple(steps)


def _due(
    department: Department, standing: Mapping[str, Standing], wanted: Mapping[str, str]
) -> frozenset[str]:
    """Return the slots that a route wants written and that are not."""
    slots = (department.agents[name].writes for name in wanted)
    return frozenset(slot for slot in slots if standing[slot] in _UNWRITTEN)


def _why_not(
    agent: Agent,
    wanted: Mapping[str, str],
    standing: Mapping[str, Standing],
    due: frozenset[str],
) -> str | None:
    """Return why the agent does not run now, as a sentence, or None when it may."""
    match standing[agent.writes]:
        case Standing.CURRENT:
            return f"its {agent.writes} is there and up to date"
        case Standing.FAILED:
            return f"it tried and failed to deliver its {agent.writes}; `retry` asks it again"
        case Standing.STALE | Standing.ABSENT if agent.name not in wanted:
            return "no route wants it now"
        case Standing.STALE | Standing.ABSENT:
            return _missing(agent, standing, due)


def _missing(agent: Agent, standing: Mapping[str, Standing], due: frozenset[str]) -> str | None:
    """Return which read the agent has to wait for, as a sentence, or None."""
    for read in agent.reads:
        if read.slot in due:
            return f"{read.slot} is being worked on first"
        if standing[read.slot] is Standing.STALE:
            return f"{read.slot} is out of date and no route renews it"
        if read.required and standing[read.slot] is not Standing.CURRENT:
            return f"it needs {read.slot}, which is {standing[read.slot]}"
    return None


def _asks(
    snapshot: Snapshot, standing: Mapping[str, Standing], reasons: tuple[Reason, ...]
) -> tuple[Wanted, ...]:
    asks: list[Wanted] = []
    for reason in reasons:
        slot = reason.route.slot
        if not reason.fired or reason.route.kind is not Kind.ASK:
            continue
        if standing.get(slot) is not Standing.CURRENT:
            continue
        version = snapshot.slots[slot].version
        if (slot, version) not in snapshot.asked:
            expires = snapshot.now + timedelta(days=reason.route.within_days)
            asks.append(
                Wanted(slot=slot, version=version, because=reason.route.because, expires_at=expires)
            )
    return tuple(asks)


def _acts(
    snapshot: Snapshot, standing: Mapping[str, Standing], reasons: tuple[Reason, ...]
) -> tuple[Act, ...]:
    """Return what should be done: of two routes that wish the same step, the first one counts."""
    acts: dict[tuple[str, str], Act] = {}
    for reason in reasons:
        route = reason.route
        current = standing.get(route.slot) is Standing.CURRENT
        if reason.fired and current and route.deed is not None:
            act = _act(route, route.deed, snapshot)
            acts.setdefault((act.kind, act.key), act)
    return tuple(acts.values())


def _act(route: Route, deed: Deed, snapshot: Snapshot) -> Act:
    state = snapshot.slots[route.slot]
    made_from = state.inputs.get(deed.per) if deed.per else None
    if deed.per and made_from is None:
        origin = snapshot.slots.get(deed.per)
        made_from = origin.version if origin else _NEVER
    earliest = (state.value or {}).get(deed.not_before) if deed.not_before else None
    return Act(
        kind=deed.kind,
        key=deed.step if made_from is None else f"{deed.step}:{made_from}",
        slot=route.slot,
        version=state.version,
        because=route.because,
        review=deed.review,
        not_before=datetime.fromisoformat(earliest) if isinstance(earliest, str) else None,
    )

"""Explains a plan: why this ran, why nothing happens, and which part of a condition is false."""

from __future__ import annotations

from dataclasses import dataclass

from dealwright.domain.case import Snapshot
from dealwright.orchestration.conditions import clauses_of, compile_condition, in_words
from dealwright.orchestration.department import Department, Kind, Route
from dealwright.orchestration.router import (
    Plan,
    Reason,
    Standing,
    finals,
    products,
    waiting,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition and whether it holds."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class RouteExplained:
    """One route: did it fire, and if not, what was false."""

    line: int
    does: str
    because: str
    fired: bool
    clauses: tuple[Clause, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the router considered about a case."""

    next_step: str
    """What happens next, or what it waits for, as a sentence."""
    held: str | None
    routes: tuple[RouteExplained, ...]
    waiting: tuple[tuple[str, str], ...]
    """(agent, why it does not run now)."""
    slots: tuple[tuple[str, str], ...]
    """(slot, what it is worth)."""


def explain(department: Department, snapshot: Snapshot, plan: Plan) -> Explanation:
    """Return the plan in words."""
    return Explanation(
        next_step=next_step(department, snapshot, plan),
        held=plan.held,
        routes=tuple(_route(entry, snapshot, plan) for entry in department.routes),
        waiting=tuple((left.agent, left.why) for left in waiting(department, plan)),
        slots=tuple((slot, plan.standing[slot]) for slot in department.order),
    )


def next_step(department: Department, snapshot: Snapshot, plan: Plan) -> str:
    """Return what happens next with a case, in a few words."""
    if plan.held:
        return plan.held
    if plan.steps:
        return "runs " + ", ".join(step.agent.name for step in plan.steps)
    for reason in plan.reasons:
        slot = reason.route.slot
        if reason.fired and reason.route.kind is Kind.ASK and slot in snapshot.slots:
            about = (slot, snapshot.slots[slot].version)
            if about not in snapshot.asked:
                return f"asks a person about the {slot}"
            if about not in snapshot.decided:
                return f"a person approves the {slot}"
    failed = [slot for slot in department.order if plan.standing[slot] is Standing.FAILED]
    if failed:
        names = (department.writers[slot].name for slot in failed)
        return f"a person looks: {', '.join(names)} failed"
    return "nothing to do"


def _route(route: Route, snapshot: Snapshot, plan: Plan) -> RouteExplained:
    told = (reason for reason in plan.reasons if reason.route is route)
    reason = next(told, Reason(route, fired=False))
    target = ", ".join(route.agents) or route.slot
    return RouteExplained(
        line=route.line,
        does=f"{route.kind} {target}".strip(),
        because=route.because,
        fired=reason.fired,
        clauses=tuple(_clauses(route.condition.text, snapshot, plan)),
        trouble=reason.trouble,
    )


def _clauses(text: str, snapshot: Snapshot, plan: Plan) -> list[Clause]:
    values = products(snapshot, plan.standing)
    case: dict[str, object] = {
        "kind": snapshot.case.kind,
        "name": snapshot.case.name,
        "priority": snapshot.case.priority,
        "department": snapshot.case.department,
    }
    return [
        Clause(
            in_words(clause), compile_condition(clause).decide(case, values, finals(snapshot)).holds
        )
        for clause in clauses_of(text)
    ]

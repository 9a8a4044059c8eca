"""Does a department fit together? One function per kind of misfit, each with file and line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from inspect import isfunction
from pathlib import Path
from typing import NamedTuple

from dealwright.agents.agent import Agent, BrainChoice
from dealwright.agents.prompt import packet_floor
from dealwright.orchestration.department import Department
from dealwright.orchestration.reading import named_in_code


class Misfit(NamedTuple):
    """Something that does not fit, and what to do about it."""

    file: Path
    line: int
    sentence: str


def _in_soul(agent: Agent, key: str, sentence: str) -> Misfit:
    return Misfit(agent.file, agent.line(key), sentence)


def misfits(
    department: Department, tools: Collection[str], gates: Collection[str]
) -> tuple[Misfit, ...]:
    """Return everything that does not fit, in the order of the checks."""
    found = [misfit for check in _CHECKS for misfit in check(department)]
    found += _unknown_tools(department, tools)
    found += _unknown_gates(department, gates)
    return tuple(found)


def _two_writers(department: Department) -> Iterator[Misfit]:
    seen: dict[str, str] = {}
    for agent in department.agents.values():
        other = seen.setdefault(agent.writes, agent.name)
        if other != agent.name:
            yield _in_soul(
                agent,
                "writes",
                f"{agent.name} and {other} both write {agent.writes}; give each a slot of its own",
            )
        slot = department.slots.get(agent.writes)
        if slot is not None and slot.given is not None:
            yield _in_soul(
                agent,
                "writes",
                f"{agent.name} writes {agent.writes}, which is given by {slot.given}; "
                "write another slot",
            )


def _unknown_slots(department: Department) -> Iterator[Misfit]:
    known = ", ".join(sorted(department.slots))
    for agent in department.agents.values():
        for name in (*(read.slot for read in agent.reads), agent.writes):
            if name not in department.slots:
                yield _in_soul(
                    agent,
                    "reads",
                    f"{agent.name} names the slot {name!r}, which the department does not have; "
                    f"declare it under `slots`, or use one of: {known}",
                )


def _cycles(department: Department) -> Iterator[Misfit]:
    path = _cycle(department)
    if path:
        writer = department.writers[path[0]]
        yield _in_soul(
            writer,
            "reads",
            f"the slots depend on each other in a circle: {' → '.join(path)}; "
            "let one of their agents read less",
        )


def _cycle(department: Department) -> tuple[str, ...]:
    """Return the slots of a circle, the first one again at the end, or nothing."""
    done: set[str] = set()

    def walk(slot: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if slot in path:
            return (*path[path.index(slot) :], slot)
        writer = department.writers.get(slot)
        if writer is None or slot in done:
            return ()
        for read in writer.reads:
            if circle := walk(read.slot, (*path, slot)):
                return circle
        done.add(slot)
        return ()

    return next((circle for slot in sorted(department.slots) if (circle := walk(slot, ()))), ())


def _unread_slots(department: Department) -> Iterator[Misfit]:
    read = {read.slot for agent in department.agents.values() for read in agent.reads}
    for route in department.routes:
        read |= {reference.slot for reference in route.condition.references}
        read.add(route.slot)
        if route.deed is not None:
            read |= {route.deed.per, route.deed.review}
    for slot in department.slots.values():
        if slot.name not in read:
            yield Misfit(
                department.folder / "department.yaml",
                slot.line,
                f"nobody reads the slot {slot.name!r}: no agent, no condition, no `ask`; remove it "
                "and its agent, or let somebody read it",
            )


def _orphan_slots(department: Department) -> Iterator[Misfit]:
    for slot in department.slots.values():
        if slot.given is None and slot.name not in department.writers:
            yield Misfit(
                department.folder / "department.yaml",
                slot.line,
                f"nobody writes the slot {slot.name!r}: add an agent that does, or say who gives "
                "it with `given: import` or `given: parent`",
            )


def _unreachable_agents(department: Department) -> Iterator[Misfit]:
    routed = {name for route in department.routes for name in route.agents}
    reachable: set[str] = {slot.name for slot in department.slots.values() if slot.given}
    waiting = [agent for agent in department.agents.values() if agent.name in routed]
    while ready := [
        agent
        for agent in waiting
        if all(read.slot in reachable for read in agent.reads if read.required)
    ]:
        reachable |= {agent.writes for agent in ready}
        waiting = [agent for agent in waiting if agent not in ready]
    for agent in department.agents.values():
        if agent.name not in routed:
            yield _in_soul(
                agent,
                "agent",
                f"no route runs {agent.name}; add it to a `run:` line, or remove its file",
            )
    for agent in waiting:
        missing = [r.slot for r in agent.reads if r.required and r.slot not in reachable]
        yield _in_soul(
            agent,
            "agent",
            f"{agent.name} can never run: it needs {', '.join(missing)}, which nothing that can "
            "run delivers",
        )


def _undeclared_reads(department: Department) -> Iterator[Misfit]:
    for agent in department.agents.values():
        code = [agent.twin, agent.finish, *agent.checks]
        named = named_in_code([function for function in code if function is not None])
        for name in sorted(named.slots - {read.name for read in agent.reads}):
            yield _in_soul(
                agent,
                "reads",
                f"the code of {agent.name} reads {name!r}, which its SOUL does not declare; add it "
                "to `reads`",
            )
        for tool in sorted(named.tools - set(agent.tools)):
            yield _in_soul(
                agent,
                "reads",
                f"the code of {agent.name} uses the tool {tool!r}, which it is not granted; add it "
                "to `tools`",
            )


def _idle_reads(department: Department) -> Iterator[Misfit]:
    """Find reads nobody uses: a model or a tool may use any, a twin only what its code names."""
    for agent in department.agents.values():
        if agent.brain is not BrainChoice.TWIN or agent.tools or not isfunction(agent.twin):
            continue
        named = named_in_code([f for f in (agent.twin, agent.finish, *agent.checks) if f])
        for read in agent.reads:
            if named.slots and read.name not in named.slots:
                yield _in_soul(
                    agent,
                    "reads",
                    f"{agent.name} declares that it reads {read.name!r}, but its code never does; "
                    "remove it from `reads`",
                )


def _overfull_packets(department: Department) -> Iterator[Misfit]:
    for agent in department.agents.values():
        floor = packet_floor(agent)
        if floor > agent.packet_tokens:
            yield _in_soul(
                agent,
                "budget",
                f"{agent.name} may be given {agent.packet_tokens} tokens, but its SOUL and its "
                f"answer's schema alone take about {floor}; shorten the SOUL or raise "
                "`budget.packet`",
            )


def _unknown_gates(department: Department, gates: Collection[str]) -> Iterator[Misfit]:
    for kind, names in department.gates.items():
        for name in names:
            if name not in gates:
                known = ", ".join(sorted(gates))
                yield Misfit(
                    department.folder / "department.yaml",
                    1,
                    f"there is no gate {name!r} for {kind}; there are: {known}",
                )


def _unknown_tools(department: Department, tools: Collection[str]) -> Iterator[Misfit]:
    for agent in department.agents.values():
        for tool in agent.tools:
            if tool not in tools:
                yield _in_soul(
                    agent,
                    "tools",
                    f"{agent.name} is granted the tool {tool!r}, which does not exist; there are: "
                    f"{', '.join(sorted(tools))}",
                )


_CHECKS: tuple[Callable[[Department], Iterator[Misfit]], ...] = (
    _two_writers,
    _unknown_slots,
    _cycles,
    _unread_slots,
    _orphan_slots,
    _unreachable_agents,
    _undeclared_reads,
    _idle_reads,
    _overfull_packets,
)

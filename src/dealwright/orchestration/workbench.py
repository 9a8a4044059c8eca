"""The workbench: one call of one agent, from its packet to everything that is to be recorded."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from pydantic_core import to_json

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Bench, Brain, Thought
from dealwright.agents.delivery import delivered
from dealwright.clock import Clock, Ids
from dealwright.domain.case import SlotStatus, Snapshot
from dealwright.domain.digests import digest_of_parts
from dealwright.domain.facts import FactSheet
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from dealwright.domain.product import WorkProduct
from dealwright.domain.run import Outcome, Run, Step, Task, Usage
from dealwright.errors import (
    AgentFailed,
    BadAnswer,
    BudgetSpent,
    CheckFailed,
    ConnectorFailed,
    DealwrightError,
    NotGranted,
    NotThere,
)
from dealwright.orchestration.department import Department
from dealwright.orchestration.router import Planned
from dealwright.store.store import Store
from dealwright.tools.access import ToolAccess, ToolCall

END_OF_DAY = time(23, 59)


class Delivered(NamedTuple):
    """What a brain brought, checked."""

    product: object
    thought: Thought
    troubles: tuple[str, ...]
    """Why the brains before this one failed."""
    usage: Usage
    """Theirs included."""


@dataclass(slots=True)
class Parsed:
    """Products of one case, parsed once per version."""

    department: Department
    _products: dict[tuple[str, int], object] = field(default_factory=dict[tuple[str, int], object])
    _digests: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])

    def product(self, slot: str, version: int, value: Mapping[str, object]) -> object:
        """Return the product that stands in a slot."""
        key = (slot, version)
        if key not in self._products:
            self._products[key] = self.department.slots[slot].shape.parse(value)
        return self._products[key]

    def digest(self, slot: str, version: int, value: Mapping[str, object]) -> str:
        """Return the digest of the product that stands in a slot, as it is written there."""
        key = (slot, version)
        if key not in self._digests:
            self._digests[key] = hashlib.sha256(to_json(value)).hexdigest()
        return self._digests[key]

    def keep(self, slot: str, version: int, product: object) -> None:
        """Remember a product that was just made, so that it need not be parsed again."""
        self._products[slot, version] = product


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of one agent, under way."""

    run: str
    """The id its run will have."""
    snapshot: Snapshot
    planned: Planned
    parsed: Parsed
    started: datetime
    begun: float
    """Seconds of the monotonic clock."""


class Workbench:
    """Calls agents. Whatever happens in a call becomes a step; nothing but cancelling escapes."""

    def __init__(
        self, *, store: Store, tools: ToolAccess, bench: Bench, clock: Clock, ids: Ids
    ) -> None:
        self._store = store
        self._tools = tools
        self._bench = bench
        self._clock = clock
        self._ids = ids

    async def step(self, snapshot: Snapshot, planned: Planned, parsed: Parsed) -> Step:
        """Let the agent work, and return all that is to be written about it."""
        call = Call(
            run=self._ids.new(),
            snapshot=snapshot,
            planned=planned,
            parsed=parsed,
            started=self._clock.now(),
            begun=self._clock.monotonic(),
        )
        try:
            return await self._called(call)
        except Exception as error:  # the one boundary where a broken agent becomes a failed run
            return self._failed(call, Outcome.CRASHED, f"{type(error).__name__}: {error}")

    async def _called(self, call: Call) -> Step:
        snapshot, planned, parsed = call.snapshot, call.planned, call.parsed
        agent = planned.agent
        packet = _packet(snapshot, planned, parsed)
        try:
            packet = replace(packet, material=await self._gather(agent, snapshot, packet))
        except (ConnectorFailed, NotGranted) as failure:
            untold = _untold(planned, snapshot)
            return self._failed(call, Outcome.TOOL_FAILED, str(failure), fingerprint=untold)
        material = _written(packet.material)
        seats = self._bench.seats(agent)
        fingerprint = _fingerprint(planned, snapshot, parsed, material, seats[0])
        digest = hashlib.sha256(material).hexdigest() if material else None
        made_of = {"fingerprint": fingerprint, "material": digest}
        known = await self._known(call, fingerprint)
        if known is not None:
            reused = {"outcome": Outcome.REUSED, "product": known, "brain": "reused"}
            return _done(call, self._run(call, **made_of, **reused), agent.product.parse(known))
        try:
            brought = await self._think(agent, packet, seats, _account(snapshot))
        except (AgentFailed, BudgetSpent) as failure:
            spent = {"usage": _usage(failure), "brain": seats[-1].identity(agent)}
            step = self._failed(call, _outcome(failure), str(failure), **made_of, **spent)
            return replace(step, material=material)
        parsed.keep(agent.writes, planned.version, brought.product)
        run = self._run(
            call,
            **made_of,
            outcome=Outcome.DONE,
            product=agent.product.dump(brought.product),
            brain=brought.thought.brain,
            reasoning=brought.thought.reasoning,
            error="; ".join(brought.troubles),
            usage=brought.usage,
            attempts=len(brought.troubles) + 1,
        )
        return _done(call, run, brought.product, material)

    def _run(self, call: Call, **told: Any) -> Run:
        """Return the run of a call that has ended, with what is known about its end."""
        return Run(
            id=call.run,
            case_id=call.snapshot.case.id,
            agent=call.planned.agent.name,
            slot=call.planned.agent.writes,
            because=call.planned.because,
            inputs=call.planned.inputs,
            started_at=call.started,
            latency_ms=round((self._clock.monotonic() - call.begun) * 1000),
            **told,
        )

    def _failed(self, call: Call, outcome: Outcome, error: str, **told: Any) -> Step:
        made_of = {"fingerprint": digest_of_parts(("broken", call.run)), "brain": "", **told}
        run = self._run(call, outcome=outcome, error=error[:2000], **made_of)
        flag = Task(
            kind="flag",
            key=f"{run.agent}:{call.planned.version}",
            because=f"{run.agent} delivered no {run.slot}: {error[:500]}",
            context={"run": run.id, "agent": run.agent, "slot": run.slot},
        )
        return Step(run=run, status=SlotStatus.FAILED, version=call.planned.version, tasks=(flag,))

    async def _known(self, call: Call, fingerprint: str) -> Mapping[str, object] | None:
        """Return the product the same packet led to before; a slot never written has none."""
        if call.planned.version == 1:
            return None
        case_id, agent = call.snapshot.case.id, call.planned.agent.name
        return await self._store.cases.reusable(case_id, agent, fingerprint)

    async def _gather(
        self, agent: Agent, snapshot: Snapshot, packet: Packet
    ) -> Mapping[str, Material]:
        """Return what the agent's tools bring; what is not there is material, too: none."""
        brought: dict[str, Material] = {}
        for tool in agent.tools:
            call = ToolCall(
                workspace=snapshot.case.workspace,
                case_id=snapshot.case.id,
                agent=agent.name,
                tool=tool,
                slots=packet.slots,
            )
            try:
                brought[tool] = await self._tools.call(call)
            except NotThere as absence:
                brought[tool] = Material(troubles=(str(absence)[:300],))
        return brought

    async def _think(
        self, agent: Agent, packet: Packet, seats: tuple[Brain, ...], account: Account
    ) -> Delivered:
        """Ask the brains in order until one delivers what passes the agent's checks.

        Raises:
            AgentFailed: none did; the last one's failure.
            BudgetSpent: the last one could not be paid for.

        """
        troubles: list[str] = []
        usage, outcome = Usage(), Outcome.CRASHED
        for seat in seats:
            try:
                async with asyncio.timeout(agent.timeout * agent.attempts):
                    thought = await seat.think(agent, packet, account)
                usage = _sum(usage, thought.usage)
                product = delivered(agent, packet, thought.answer)
                return Delivered(product, thought, tuple(troubles), usage)
            except (AgentFailed, BudgetSpent, TimeoutError) as failure:
                usage, outcome = _sum(usage, _usage(failure)), _outcome(failure)
                troubles.append(str(failure) or f"no answer within {agent.timeout:g} s")
        raise AgentFailed("; ".join(troubles), outcome=outcome, usage=usage)


def _packet(snapshot: Snapshot, planned: Planned, parsed: Parsed) -> Packet:
    slots: dict[str, object] = {}
    for read in planned.agent.reads:
        state = snapshot.slots.get(read.slot)
        if state is not None and state.value is not None and planned.inputs[read.slot]:
            slots[read.name] = parsed.product(read.slot, state.version, state.value)
    return Packet(agent=planned.agent.name, today=snapshot.now.date(), slots=slots)


def _written(material: Mapping[str, Material]) -> bytes | None:
    if not material:
        return None
    parts = (f'"{tool}":{value.model_dump_json()}' for tool, value in sorted(material.items()))
    return f"{{{','.join(parts)}}}".encode()


def _fingerprint(
    planned: Planned, snapshot: Snapshot, parsed: Parsed, material: bytes | None, brain: Brain
) -> str:
    agent = planned.agent
    parts = [agent.digest, brain.identity(agent), snapshot.now.date().isoformat()]
    parts.append(str(_retries(planned, snapshot)))
    for read in agent.reads:
        state = snapshot.slots.get(read.slot)
        if state is not None and state.value is not None and planned.inputs[read.slot]:
            parts += [read.name, parsed.digest(read.slot, state.version, state.value)]
    parts.append(hashlib.sha256(material or b"").hexdigest())
    return digest_of_parts(parts)


def _untold(planned: Planned, snapshot: Snapshot) -> str:
    """Return the fingerprint of a call whose material never came: one per version of the slot."""
    return digest_of_parts(
        ("no material", planned.agent.digest, snapshot.case.id, str(planned.version))
    )


def _retries(planned: Planned, snapshot: Snapshot) -> int:
    state = snapshot.slots.get(planned.agent.writes)
    return state.retries if state else 0


def _done(call: Call, run: Run, product: object, material: bytes | None = None) -> Step:
    return Step(
        run=run,
        status=SlotStatus.DONE,
        version=call.planned.version,
        material=material,
        facts=product.facts if isinstance(product, FactSheet) else (),
        tasks=_tasks(run, product) if isinstance(product, WorkProduct) else (),
    )


def _tasks(run: Run, product: WorkProduct) -> tuple[Task, ...]:
    """Return what a person has to settle or to do; asked again in a later version, it is one."""
    context = {"run": run.id, "agent": run.agent, "slot": run.slot}
    settle = (
        Task(kind="settle", key=f"{run.slot}:{question}", because=question, context=context)
        for question in product.questions()
    )
    errands = (
        Task(
            kind=errand.kind,
            key=errand.key,
            because=errand.because,
            context={**errand.context, **context},
            deadline=errand.due_on and datetime.combine(errand.due_on, END_OF_DAY, UTC),
        )
        for errand in product.errands()
    )
    return (*settle, *errands)


def _account(snapshot: Snapshot) -> Account:
    case = snapshot.case
    return Account(workspace=case.workspace, campaign=case.parent, case_id=case.id)


def _outcome(failure: BaseException) -> Outcome:
    told = failure.facts.get("outcome") if isinstance(failure, DealwrightError) else None
    match failure, told:
        case _, Outcome() as outcome:
            return outcome
        case TimeoutError(), _:
            return Outcome.TIMED_OUT
        case BudgetSpent(), _:
            return Outcome.OVER_BUDGET
        case BadAnswer(), _:
            return Outcome.BAD_ANSWER
        case CheckFailed(), _:
            return Outcome.CHECK_FAILED
        case _:
            return Outcome.CRASHED


def _usage(failure: BaseException) -> Usage:
    told = failure.facts.get("usage") if isinstance(failure, DealwrightError) else None
    return told if isinstance(told, Usage) else Usage()


def _sum(left: Usage, right: Usage) -> Usage:
    return Usage(
        model=right.model or left.model,
        input_tokens=left.input_tokens + right.input_tokens,
        output_tokens=left.output_tokens + right.output_tokens,
        cost=left.cost + right.cost,
        calls=left.calls + right.calls,
        reservation=left.reservation or right.reservation,
    )

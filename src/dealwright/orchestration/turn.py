"""The turn: all a case can do now. State → route → packet → work → check → record, then again.

It has no features: what should happen is the router's table, how is the agents', and whether it
may is the gates'.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from dealwright.clock import Clock
from dealwright.domain.case import Lease, SlotState, Snapshot
from dealwright.domain.digests import digest_of
from dealwright.domain.intent import Act
from dealwright.domain.run import Ask, Task
from dealwright.errors import LeaseLost, Misconfigured
from dealwright.orchestration.department import Department
from dealwright.orchestration.router import Plan, Planned, route
from dealwright.orchestration.workbench import Parsed, Workbench
from dealwright.store.store import Store

MOST_ROUNDS = 60
"""A case that is still not quiet after so many steps goes in circles; a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something a watcher may show: an agent began or ended, or a turn ended."""

    case_id: str
    agent: str
    """Empty when it is the whole turn that ended."""
    ended: bool
    outcome: str = ""
    cost: int = 0


class Quiet(NamedTuple):
    """How a turn ended."""

    asks: tuple[Ask, ...] = ()
    tasks: tuple[Task, ...] = ()
    acts: tuple[Act, ...] = ()


Watcher = Callable[[Happening], None]


class Turn:
    """Works cases, one lease at a time; holds nothing of its own between them."""

    def __init__(
        self,
        departments: Mapping[str, Department],
        store: Store,
        workbench: Workbench,
        clock: Clock,
        lease_for: timedelta = timedelta(seconds=60),
        watcher: Watcher = lambda _: None,
    ) -> None:
        self._departments = departments
        self._store = store
        self._workbench = workbench
        self._clock = clock
        self._lease_for = lease_for
        self._watch = watcher

    async def take(self, lease: Lease) -> None:
        """Do all the case can do now, then put it down again.

        A lease that another worker took over ends the turn; what was committed stands.
        """
        keeper = asyncio.create_task(self._keep(lease))
        try:
            quiet = await self._work(lease)
            await self._store.cases.finish(lease, due_at=None, **quiet._asdict())
            self._watch(Happening(case_id=lease.case_id, agent="", ended=True))
        except LeaseLost:
            return
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def _work(self, lease: Lease) -> Quiet:
        """Run agents until none is runnable; return what people have to be told.

        Raises:
            LeaseLost: another worker has the case now.

        """
        busy: dict[asyncio.Task[SlotState | None], str] = {}
        snapshot = await self._store.cases.snapshot(lease.case_id)
        parsed = Parsed(self._department(snapshot))
        known: frozenset[Act] = frozenset()
        try:
            for _ in range(MOST_ROUNDS):
                plan = route(parsed.department, snapshot)
                working = set(busy.values())
                for planned in plan.steps:
                    if planned.agent.name not in working:
                        task = asyncio.create_task(self._step(lease, snapshot, planned, parsed))
                        busy[task] = planned.agent.name
                if not busy:
                    return Quiet(asks=asks_of(plan, snapshot), acts=plan.acts)
                known = await self._wish(lease, plan, known)
                done, _ = await asyncio.wait(busy, return_when=asyncio.FIRST_COMPLETED)
                written = [task.result() for task in done]
                for task in done:
                    del busy[task]
                snapshot = await self._after(snapshot, written)
        finally:
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)
        circles = f"not quiet after {MOST_ROUNDS} steps: the department goes in circles"
        return Quiet(tasks=(Task(kind="flag", key="circles", because=circles),))

    async def _wish(self, lease: Lease, plan: Plan, known: frozenset[Act]) -> frozenset[Act]:
        """Let what should happen begin while others still work: an answer waits for no research."""
        if new := [act for act in plan.acts if act not in known]:
            await self._store.cases.wish(lease, new)
        return known.union(new)

    async def _after(self, snapshot: Snapshot, written: Sequence[SlotState | None]) -> Snapshot:
        """Return what stands recorded now, read again where others have written, too."""
        slots = {state.slot: state for state in written if state is not None}
        if len(slots) < len(written):
            return await self._store.cases.snapshot(snapshot.case.id)
        return replace(snapshot, slots={**snapshot.slots, **slots}, now=self._clock.now())

    async def _step(
        self, lease: Lease, snapshot: Snapshot, planned: Planned, parsed: Parsed
    ) -> SlotState | None:
        case_id, agent = lease.case_id, planned.agent.name
        self._watch(Happening(case_id=case_id, agent=agent, ended=False))
        step = await self._workbench.step(snapshot, planned, parsed)
        stands = await self._store.cases.record(lease, step)
        run = step.run
        self._watch(
            Happening(
                case_id=case_id, agent=agent, ended=True, outcome=run.outcome, cost=run.usage.cost
            )
        )
        return stands

    async def _keep(self, lease: Lease) -> None:
        """Extend the lease for as long as the turn lasts."""
        while True:
            await self._clock.sleep(self._lease_for.total_seconds() / 3)
            lease = await self._store.cases.extend(lease, self._clock.now() + self._lease_for)

    def _department(self, snapshot: Snapshot) -> Department:
        try:
            return self._departments[snapshot.case.department]
        except KeyError:
            raise Misconfigured(
                f"the case {snapshot.case.name!r} belongs to the department "
                f"{snapshot.case.department!r}, which is not loaded here"
            ) from None


def asks_of(plan: Plan, snapshot: Snapshot) -> tuple[Ask, ...]:
    """Return the plan's wishes for approval, each bound to the exact product."""
    return tuple(
        Ask(
            slot=wanted.slot,
            version=wanted.version,
            digest=digest_of(snapshot.slots[wanted.slot].value),
            because=wanted.because,
            expires_at=wanted.expires_at,
        )
        for wanted in plan.asks
    )

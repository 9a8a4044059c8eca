"""The turn: all a case can do now. State → route → packet → work → check → record, then again.

It has no features: what should happen is the router's table, how is the agents', and whether it
may is the gates'.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from dealwright.clock import Clock
from dealwright.domain.case import Lease, Snapshot
from dealwright.domain.digests import digest_of
from dealwright.domain.intent import Act
from dealwright.domain.run import Ask, Step, Task
from dealwright.errors import LeaseLost, Misconfigured
from dealwright.orchestration.department import Department
from dealwright.orchestration.room import Room
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
    due_at: datetime | None = None
    """When the case should be looked at again; None when something has to happen first."""


@dataclass(slots=True)
class UnderWay:
    """What a turn has begun and not ended."""

    steps: dict[asyncio.Task[Step], str] = field(default_factory=dict[asyncio.Task[Step], str])
    """Agents at work, with their names."""
    writing: set[asyncio.Future[bool]] = field(default_factory=set[asyncio.Future[bool]])
    """What was made and is being written."""

    async def next(self) -> list[Step]:
        """Wait until an agent has delivered; return what there is."""
        done, _ = await asyncio.wait(self.steps, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            del self.steps[task]
        return [task.result() for task in done]

    async def written(self, *, wait: bool = True) -> bool:
        """Say whether what has been written, all of it if need be, is all that has changed.

        Raises:
            LeaseLost: it was not written, because another worker has the case now.

        """
        if wait and self.writing:
            await asyncio.wait(self.writing)
        ended = {write for write in self.writing if write.done()}
        alone = {write.result() for write in ended}
        self.writing -= ended
        return False not in alone


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

    async def take(self, lease: Lease, room: Room) -> None:
        """Do all the case can do now, then put it down again.

        A lease that another worker took over ends the turn; what was committed stands. The case
        has a place in the room while agents work on it, not while it is read and not while its
        last writes are waited for; where there is no place, it is put back as it is.
        """
        keeper = asyncio.create_task(self._keep(lease))
        under_way = UnderWay()
        try:
            quiet = await self._work(lease, under_way, room)
            await self._store.cases.finish(lease, **quiet._asdict())
            if quiet.due_at is None:
                self._watch(Happening(case_id=lease.case_id, agent="", ended=True))
        except LeaseLost:
            return
        finally:
            room.leave(lease)
            left = (keeper, *under_way.steps, *under_way.writing)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _work(self, lease: Lease, under_way: UnderWay, room: Room) -> Quiet:
        """Run agents until none is runnable; return what people have to be told.

        What an agent made is handed on while it is being written. Nothing else leaves the turn
        before all is written, and what cost money is written before the case goes on.

        Raises:
            LeaseLost: another worker has the case now.

        """
        snapshot = await self._store.cases.snapshot(lease.case_id)
        parsed = Parsed(self._department(snapshot))
        wished: frozenset[Act] = frozenset()
        for _ in range(MOST_ROUNDS):
            plan = route(parsed.department, snapshot)
            if plan.steps and not await room.enter(lease):
                return Quiet(due_at=self._clock.now())
            self._begin(lease, snapshot, plan, parsed, under_way)
            new = [act for act in plan.acts if act not in wished]
            if not under_way.steps:
                room.leave(lease)
            if (new or not under_way.steps) and not await under_way.written():
                snapshot = await self._store.cases.snapshot(lease.case_id)
                continue
            if not under_way.steps:
                return Quiet(asks=asks_of(plan, snapshot), acts=plan.acts)
            if new:
                # An answer waits for no research: what should happen begins while others work.
                await self._store.cases.wish(lease, new)
                wished = wished.union(new)
            snapshot = await self._after(lease, snapshot, under_way)
        await under_way.written()
        circles = f"not quiet after {MOST_ROUNDS} steps: the department goes in circles"
        return Quiet(tasks=(Task(kind="flag", key="circles", because=circles),))

    def _begin(
        self, lease: Lease, snapshot: Snapshot, plan: Plan, parsed: Parsed, under_way: UnderWay
    ) -> None:
        """Let agents begin what is planned and not under way."""
        working = set(under_way.steps.values())
        before = tuple(under_way.writing)
        for planned in plan.steps:
            if planned.agent.name not in working:
                step = self._step(lease.case_id, snapshot, planned, parsed, before)
                under_way.steps[asyncio.create_task(step)] = planned.agent.name

    async def _step(
        self,
        case_id: str,
        snapshot: Snapshot,
        planned: Planned,
        parsed: Parsed,
        before: Sequence[asyncio.Future[bool]],
    ) -> Step:
        """Let an agent work; what it worked from is written before what it made."""
        self._watch(Happening(case_id=case_id, agent=planned.agent.name, ended=False))
        step = await self._workbench.step(snapshot, planned, parsed)
        for write in before:
            if not write.done():
                await asyncio.shield(write)
        return step

    async def _after(self, lease: Lease, snapshot: Snapshot, under_way: UnderWay) -> Snapshot:
        """Wait for the next product; return the case with it, read again if more has changed."""
        steps = await under_way.next()
        for step in steps:
            under_way.writing.add(self._write(lease, step))
        paid = any(step.run.usage.reservation for step in steps)
        if not await under_way.written(wait=paid):
            await under_way.written()
            return await self._store.cases.snapshot(lease.case_id)
        slots = dict(snapshot.slots)
        for step in steps:
            known = slots.get(step.run.slot)
            slots[step.run.slot] = step.standing(known.retries if known else 0)
        return replace(snapshot, slots=slots, now=self._clock.now())

    def _write(self, lease: Lease, step: Step) -> asyncio.Future[bool]:
        """Have what an agent made written, and tell who watches when it is."""
        run = step.run
        ended = Happening(
            case_id=run.case_id,
            agent=run.agent,
            ended=True,
            outcome=run.outcome,
            cost=run.usage.cost,
        )
        write = self._store.cases.record(lease, step)
        write.add_done_callback(lambda write: _is_written(write) and self._watch(ended))
        return write

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


def _is_written(write: asyncio.Future[bool]) -> bool:
    return not write.cancelled() and write.exception() is None


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

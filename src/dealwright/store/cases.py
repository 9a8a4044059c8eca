"""Cases: who may work on which, what stands recorded about it, and what a turn writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Select, bindparam, func, select, update

from dealwright.domain.case import Lease, SlotStatus, Snapshot
from dealwright.domain.intent import Act
from dealwright.domain.run import Ask, Outcome, Step, Task
from dealwright.errors import LeaseLost
from dealwright.store.due import free_of, levels, takable, whose_of
from dealwright.store.holding import Top, hold, tops_of
from dealwright.store.recording import Finishing, Recording, finish, next_product, record
from dealwright.store.schema import CASE, RUN
from dealwright.store.snapshots import Snapshots
from dealwright.store.wishes import wish, wishes_of
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from dealwright.clock import Clock
    from dealwright.store.lane import Lane

RunName = tuple[str, str, str]
"""Case, agent, fingerprint."""

REUSABLE = select(RUN.c.case_id, RUN.c.agent, RUN.c.fingerprint, RUN.c.product).where(
    RUN.c.case_id.in_(bindparam("ids", expanding=True)),
    RUN.c.fingerprint.in_(bindparam("prints", expanding=True)),
    RUN.c.outcome == str(Outcome.DONE),
)


class Claiming(NamedTuple):
    """A look at what is due."""

    now: datetime
    limit: int
    until: datetime
    worker: str
    whose: Mapping[str, object]


class Taken(NamedTuple):
    """A due case's row before it is leased."""

    case_id: str
    token: int
    version: int
    priority: int


TAKE = (
    update(CASE)
    .where(CASE.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        lease_token=CASE.c.lease_token + 1,
        lease_until=bindparam("until"),
        lease_by=bindparam("by"),
        due_at=bindparam("until"),
    )
)


class Cases:
    """The rows that say what there is to do."""

    def __init__(
        self, writer: Lane[Work], reader: Lane[Look], clock: Clock, taker: Lane[Work]
    ) -> None:
        self._writer = writer
        self._taker = taker
        self._reader = reader
        self._snapshots = Snapshots(clock)
        self.wished = asyncio.Event()
        """Set when something is wished to happen in the world; a hint to this process alone."""

    async def claim_due(
        self,
        now: datetime,
        limit: int,
        *,
        lease_for: timedelta,
        worker: str,
        workspace: str | None = None,
        department: str | None = None,
    ) -> list[Lease]:
        """Lease cases that are due and nobody's: by priority, then by how long they are due."""
        whose = whose_of(workspace, department)
        return await self._taker.do(_claim, Claiming(now, limit, now + lease_for, worker, whose))

    async def claim(
        self,
        case_id: str,
        now: datetime,
        *,
        lease_for: timedelta,
        worker: str,
        department: str | None = None,
    ) -> Lease | None:
        """Lease one case if it is due, nobody's, and of the department if one is named."""
        whose = whose_of(None, department)
        query = (
            select(CASE.c.id, CASE.c.lease_token, CASE.c.version, CASE.c.priority)
            .where(CASE.c.id == case_id, *free_of(whose))
            .with_for_update(key_share=True, skip_locked=True)
        )

        def act(work: Work) -> Lease | None:
            rows = work.connection.execute(query, {**whose, "now": now})
            found = [Taken(*row) for row in rows]
            return next(iter(_lease(work, found, now + lease_for, worker)), None)

        return await self._writer.act(act)

    async def take_over(self) -> int:
        """Free every leased case, because whoever held it is gone; return how many there were.

        Only right where this process is the only one that writes.
        """

        def act(work: Work) -> int:
            freed = update(CASE).where(CASE.c.lease_until.is_not(None))
            freed = freed.values(lease_until=None, lease_by=None, due_at=work.now)
            moved = freed.values(lease_token=CASE.c.lease_token + 1)
            return work.connection.execute(moved).rowcount

        return await self._writer.act(act)

    async def extend(self, lease: Lease, until: datetime) -> Lease:
        """Keep a case for longer.

        Raises:
            LeaseLost: another worker has it.

        """

        def act(work: Work) -> Lease:
            mine = (CASE.c.id == lease.case_id, CASE.c.lease_token == lease.token)
            kept = work.connection.execute(update(CASE).where(*mine).values(lease_until=until))
            if not kept.rowcount:
                raise LeaseLost(case_id=lease.case_id)
            unmoved = (*mine, CASE.c.version == lease.version)
            work.connection.execute(update(CASE).where(*unmoved).values(due_at=until))
            return replace(lease, until=until)

        return await self._writer.act(act)

    async def snapshot(self, case_id: str) -> Snapshot:
        """Return what stands recorded about a case.

        Raises:
            NotFound: there is no such case.

        """
        return await self._reader.do(self._snapshots.read, case_id)

    async def reusable(
        self, case_id: str, agent: str, fingerprint: str
    ) -> Mapping[str, object] | None:
        """Return the product the same packet has already led to on this case."""
        return await self._reader.do(_reusable, (case_id, agent, fingerprint))

    def record(self, lease: Lease, step: Step) -> asyncio.Future[bool]:
        """Write one agent call: product, run, material, facts, events, tasks and spend, or nothing.

        It is written after whatever was asked for before. Where somebody wrote the slot in
        between, the run is kept and its product is not. The answer is whether that is all that
        has changed since the lease was taken; if not, the case has to be read again.

        Raises:
            LeaseLost: another worker has the case.

        """
        return self._writer.put(record, Recording(lease, step))

    async def finish(
        self,
        lease: Lease,
        due_at: datetime | None,
        asks: Sequence[Ask] = (),
        tasks: Sequence[Task] = (),
        acts: Sequence[Act] = (),
    ) -> None:
        """Put a case down until a moment, or until something happens.

        Where something has happened meanwhile, the case is due at once.

        Raises:
            LeaseLost: another worker has it.

        """
        await self._writer.do(finish, Finishing(lease, due_at, asks, tasks, acts))
        if acts:
            self.wished.set()

    async def wish(self, lease: Lease, acts: Sequence[Act]) -> None:
        """Write down what should be done in the world while the case is still worked.

        Raises:
            LeaseLost: another worker has it.

        """

        def act(work: Work) -> None:
            held = hold(work, [lease.case_id]).get(lease.case_id)
            if held is None or held.token != lease.token:
                raise LeaseLost(case_id=lease.case_id)
            wished = wishes_of(work, [lease.case_id])
            for one in acts:
                wish(work, held.workspace, lease.case_id, one, wished)

        await self._writer.act(act)
        self.wished.set()

    async def ring(self, case_ids: Sequence[str], at: datetime | None = None) -> None:
        """Say that cases have changed; somebody looks at them, now or at a moment."""
        await self._writer.act(lambda work: work.touch(case_ids, at))

    async def renew(
        self, case_id: str, slot: str, version: int, *, because: str, by: str = "system"
    ) -> None:
        """Have a version of a slot made anew, and what depends on it, unless it was replaced."""

        def act(work: Work) -> None:
            held = hold(work, [case_id])[case_id]
            top = tops_of(work, [case_id]).get((case_id, slot), Top())
            if top.version != version:
                return
            note = next_product(
                work,
                held.workspace,
                case_id,
                top,
                slot=slot,
                status=str(SlotStatus.RETRY),
                by_whom=by,
                retries=top.retries + 1,
            )
            work.note(
                Note(
                    workspace=held.workspace,
                    actor=by,
                    kind="case.renewed",
                    because=because,
                    case_id=case_id,
                    body={"product": note},
                )
            )
            work.touch([case_id])

        await self._writer.act(act)

    async def of(self, workspace: str, department: str) -> list[str]:
        """Return every case of a department but its campaigns."""

        def act(look: Look) -> list[str]:
            return list(look.connection.execute(_all_of(workspace, department)).scalars())

        return await self._reader.act(act)

    async def ring_all(
        self, workspace: str, department: str, *, because: str, by: str = "system"
    ) -> list[str]:
        """Ring every case of a department but its campaigns; return them."""

        def act(work: Work) -> list[str]:
            found = list(work.connection.execute(_all_of(workspace, department)).scalars())
            if found:
                work.touch(found)
                note = Note(workspace=workspace, actor=by, kind="department.rung", because=because)
                work.note(note)
            return found

        return await self._writer.act(act)

    async def due(
        self,
        now: datetime,
        limit: int,
        *,
        workspace: str | None = None,
        department: str | None = None,
    ) -> list[str]:
        """Return cases that are due and nobody's, the most important first."""
        whose = whose_of(workspace, department)

        def act(look: Look) -> list[str]:
            found: list[str] = []
            for priority in levels(look.connection):
                query = select(CASE.c.id).where(CASE.c.priority == priority, *free_of(whose))
                query = query.order_by(CASE.c.due_at).limit(limit - len(found))
                found += look.connection.execute(query, {**whose, "now": now}).scalars()
                if len(found) >= limit:
                    break
            return found

        return await self._reader.act(act)

    async def due_count(
        self, now: datetime, *, workspace: str | None = None, department: str | None = None
    ) -> int:
        """Return how many cases are due and nobody's."""

        def act(look: Look) -> int:
            whose = whose_of(workspace, department)
            count = select(func.count()).select_from(CASE).where(*free_of(whose))
            return sum(
                look.connection.execute(
                    count.where(CASE.c.priority == priority), {**whose, "now": now}
                ).scalar_one()
                for priority in levels(look.connection)
            )

        return await self._reader.act(act)

    async def unfinished(self, now: datetime) -> bool:
        """Say whether any case is due, or under way with anybody."""

        def act(look: Look) -> bool:
            leased = select(CASE.c.id).where(CASE.c.lease_until > now).limit(1)
            if look.connection.execute(leased).first():
                return True
            due = select(CASE.c.id).where(CASE.c.due_at <= now)
            return any(
                look.connection.execute(due.where(CASE.c.priority == priority).limit(1)).first()
                for priority in levels(look.connection)
            )

        return await self._reader.act(act)


def _claim(work: Work, orders: Sequence[Claiming]) -> Sequence[list[Lease]]:
    return [_claimed(work, order) for order in orders]


def _claimed(work: Work, order: Claiming) -> list[Lease]:
    query = takable(frozenset(order.whose))
    found: list[Taken] = []
    for level in levels(work.connection):
        told = {**order.whose, "now": order.now, "level": level, "most": order.limit - len(found)}
        found += [Taken(*row) for row in work.connection.execute(query, told)]
        if len(found) >= order.limit:
            break
    return _lease(work, found, order.until, order.worker)


def _lease(work: Work, found: Sequence[Taken], until: datetime, worker: str) -> list[Lease]:
    """Take these cases; each becomes due again by itself when its lease runs out."""
    if found:
        work.connection.execute(
            TAKE, {"ids": [taken.case_id for taken in found], "until": until, "by": worker}
        )
    return [
        Lease(
            case_id=taken.case_id,
            token=taken.token + 1,
            until=until,
            version=taken.version,
            priority=taken.priority,
        )
        for taken in found
    ]


def _reusable(look: Look, names: Sequence[RunName]) -> Sequence[Mapping[str, object] | None]:
    ids = list({name[0] for name in names})
    prints = list({name[2] for name in names})
    rows = look.connection.execute(REUSABLE, {"ids": ids, "prints": prints})
    found = {(row[0], row[1], row[2]): row[3] for row in rows}
    return [found.get(name) for name in names]


def _all_of(workspace: str, department: str) -> Select[str]:
    return select(CASE.c.id).where(
        CASE.c.workspace_id == workspace,
        CASE.c.department == department,
        CASE.c.kind != "campaign",
    )

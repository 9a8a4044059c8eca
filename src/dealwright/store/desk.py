"""The desk: what people do to cases. Each act is one transaction with an event that names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select, update

from dealwright.domain.case import SlotStatus
from dealwright.domain.run import Task
from dealwright.errors import NotFound, OverrideRefused
from dealwright.store.campaigns import children
from dealwright.store.holding import Held, Top, hold, tops_of
from dealwright.store.intents import wake
from dealwright.store.questions import (
    Approval,
    Bound,
    OpenTask,
    approval_of,
    refuse_unfit,
    task_of,
)
from dealwright.store.recording import approval_note, next_product, open_tasks
from dealwright.store.schema import APPROVAL, CASE, PRODUCT, TASK, WORKSPACE
from dealwright.store.seals import printable
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from dealwright.clock import Clock
    from dealwright.store.lane import Lane

Decision = Literal["approved", "rejected"]


WORD = ("state", "decided_by", "decided_because", "decided_at", "letter", "variant")
"""The columns of a person's word on an approval."""


class Desk:
    """People's hands on the store."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look], clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def pause(self, target: str, *, who: str, because: str = "") -> None:
        """Pause a case, a campaign or a whole workspace.

        Raises:
            NotFound: there is nothing by that id.

        """
        await self._writer.act(lambda work: _pause(work, target, (who, because)))

    async def resume(self, target: str, *, who: str, because: str = "") -> None:
        """Let a case, a campaign or a workspace go on.

        Raises:
            NotFound: there is nothing by that id.
            OverrideRefused: it is not paused.

        """
        await self._writer.act(lambda work: _resume(work, target, (who, because)))

    async def inject(
        self,
        case_id: str,
        slot: str,
        value: Mapping[str, object],
        *,
        who: str,
        because: str = "",
        about: Mapping[str, int] | None = None,
    ) -> int:
        """Put a person's product into a slot; it is final. Return its version.

        `about` is slot → the version it is about; it is final until there is a newer one of it.

        Raises:
            NotFound: there is no such case.

        """

        def act(work: Work) -> int:
            case = _case(work, case_id)
            top = tops_of(work, [case_id]).get((case_id, slot), Top())
            product = next_product(
                work,
                case.workspace,
                case_id,
                top,
                slot=slot,
                status=str(SlotStatus.FINAL),
                value=value,
                inputs=dict(about or {}),
                by_whom=f"person:{who}",
            )
            body = {"product": product}
            _say(work, case.workspace, (who, because), "case.injected", case_id, body)
            _changed(work, case_id)
            return top.version + 1

        return await self._writer.act(act)

    async def retry(self, case_id: str, slot: str, *, who: str, because: str = "") -> int:
        """Ask for a step again; what stood in its slot counts no longer. Return the new version.

        Raises:
            NotFound: there is no such case.
            OverrideRefused: nothing was ever written there.

        """

        def act(work: Work) -> int:
            case = _case(work, case_id)
            top = tops_of(work, [case_id]).get((case_id, slot))
            if top is None:
                raise OverrideRefused(f"nothing was ever written to {slot}, so it will come anyway")
            product = next_product(
                work,
                case.workspace,
                case_id,
                top,
                slot=slot,
                status=str(SlotStatus.RETRY),
                by_whom=f"person:{who}",
                retries=top.retries + 1,
            )
            body = {"product": product}
            _say(work, case.workspace, (who, because), "case.retried", case_id, body)
            _changed(work, case_id)
            return top.version + 1

        return await self._writer.act(act)

    async def approvals(
        self, state: str = "pending", workspace: str | None = None
    ) -> list[Approval]:
        """Return approvals in a state, the oldest first; `all` returns every one."""

        def act(look: Look) -> list[Approval]:
            top = select(func.max(PRODUCT.c.version)).where(
                PRODUCT.c.case_id == APPROVAL.c.case_id, PRODUCT.c.slot == APPROVAL.c.slot
            )
            query = (
                select(APPROVAL, CASE.c.name.label("case_name"), top.scalar_subquery().label("top"))
                .join(CASE, CASE.c.id == APPROVAL.c.case_id)
                .order_by(APPROVAL.c.asked_at, APPROVAL.c.id)
            )
            if workspace:
                query = query.where(APPROVAL.c.workspace_id == workspace)
            if state in ("pending", "expired", "stale"):
                query = query.where(APPROVAL.c.state == "pending")
            rows = look.connection.execute(query).mappings()
            now = self._clock.now()
            found = [approval_of(row, now) for row in rows]
            return [approval for approval in found if state in ("all", approval.state)]

        return await self._reader.act(act)

    async def decide(
        self,
        approval: str,
        decision: Decision,
        *,
        who: str,
        digest: str,
        because: str = "",
        bound: Bound | None = None,
    ) -> None:
        """Approve or reject exactly the bytes with this digest, and the letter made of them.

        Raises:
            NotFound: there is no such approval.
            OverrideRefused: it is decided, expired or stale, or the bytes are not those.

        """

        def act(work: Work) -> None:
            query = select(APPROVAL).where(APPROVAL.c.id == approval).with_for_update()
            row = work.connection.execute(query).mappings().one_or_none()
            if row is None:
                raise NotFound(f"there is no approval {approval}")
            hold(work, [row["case_id"]])
            refuse_unfit(work, row, digest, bound)
            word = (decision, who, printable(because), work.now)
            seen = (bound.letter, bound.variant) if bound else (None, None)
            decided = dict(zip(WORD, (*word, *seen), strict=True))
            work.connection.execute(
                update(APPROVAL).where(APPROVAL.c.id == approval).values(**decided)
            )
            note = {"approval": approval_note({**row, **decided})}
            kind, said_by = f"approval.{decision}", (who, because)
            _say(work, row["workspace_id"], said_by, kind, row["case_id"], note)
            _changed(work, row["case_id"])
            wake(work, [row["case_id"]])

        await self._writer.act(act)

    async def tasks(
        self, workspace: str | None = None, *, state: str = "open", case_id: str | None = None
    ) -> list[OpenTask]:
        """Return what waits for people, the nearest deadline first."""

        def act(look: Look) -> list[OpenTask]:
            query = (
                select(TASK, CASE.c.name.label("case_name"))
                .join(CASE, CASE.c.id == TASK.c.case_id)
                .where(TASK.c.state == state)
                .order_by(TASK.c.deadline.is_(None), TASK.c.deadline, TASK.c.id)
            )
            if workspace:
                query = query.where(TASK.c.workspace_id == workspace)
            if case_id:
                query = query.where(TASK.c.case_id == case_id)
            return [task_of(row) for row in look.connection.execute(query).mappings()]

        return await self._reader.act(act)

    async def open_task(self, case_id: str, task: Task) -> None:
        """Put a task before people; one with its kind and key that stands is not asked again.

        Raises:
            NotFound: there is no such case.

        """

        def act(work: Work) -> None:
            open_tasks(work, _case(work, case_id).workspace, case_id, [task])

        await self._writer.act(act)

    async def close_task(self, task: str, *, who: str, because: str = "") -> None:
        """Say that a task is done.

        Raises:
            NotFound: there is no such task.
            OverrideRefused: it is closed already.

        """

        def act(work: Work) -> None:
            query = select(TASK).where(TASK.c.id == task).with_for_update()
            row = work.connection.execute(query).mappings().one_or_none()
            if row is None:
                raise NotFound(f"there is no task {task}")
            if row["state"] != "open":
                raise OverrideRefused(f"{row['closed_by']} has closed this task already")
            closed = {"state": "closed", "closed_by": who, "closed_because": printable(because)}
            work.connection.execute(update(TASK).where(TASK.c.id == task).values(**closed))
            body = {"task": task, "kind": row["kind"], "key": row["key"]}
            _say(work, row["workspace_id"], (who, because), "task.closed", row["case_id"], body)
            _changed(work, row["case_id"])

        await self._writer.act(act)


def _pause(work: Work, target: str, who: tuple[str, str]) -> None:
    paused = {"paused_by": who[0], "paused_because": printable(who[1])}
    held = hold(work, [target]).get(target)
    if held is not None:
        work.connection.execute(update(CASE).where(CASE.c.id == target).values(**paused))
        _say(work, held.workspace, who, "case.paused", target, {})
        work.touch([target])
        return
    mine = update(WORKSPACE).where(WORKSPACE.c.id == target)
    if not work.connection.execute(mine.values(**paused)).rowcount:
        raise NotFound(f"there is no case, campaign or workspace {target!r}")
    _say(work, target, who, "workspace.paused", None, {})


def _resume(work: Work, target: str, who: tuple[str, str]) -> None:
    going = {"paused_by": None, "paused_because": None}
    held = hold(work, [target]).get(target)
    if held is not None:
        mine = (CASE.c.id == target, CASE.c.paused_by.is_not(None))
        _go_on(work.connection.execute(update(CASE).where(*mine).values(**going)).rowcount)
        _say(work, held.workspace, who, "case.resumed", target, {})
        _changed(work, target)
        wake(work, [target, *children(work, target)])
        return
    if work.connection.execute(select(WORKSPACE).where(WORKSPACE.c.id == target)).first() is None:
        raise NotFound(f"there is no case, campaign or workspace {target!r}")
    paused = (WORKSPACE.c.id == target, WORKSPACE.c.paused_by.is_not(None))
    _go_on(work.connection.execute(update(WORKSPACE).where(*paused).values(**going)).rowcount)
    _say(work, target, who, "workspace.resumed", None, {})
    everything = select(CASE.c.id).where(CASE.c.workspace_id == target)
    cases = work.connection.execute(everything).scalars().all()
    work.touch(cases)
    wake(work, cases)


def _go_on(changed: int) -> None:
    if not changed:
        raise OverrideRefused("this is not paused; nothing to resume")


def _case(work: Work, case_id: str) -> Held:
    found = hold(work, [case_id]).get(case_id)
    if found is None:
        raise NotFound(f"there is no case {case_id}")
    return found


def _changed(work: Work, case_id: str) -> None:
    """Have somebody look at a case and at those that belong to it."""
    work.touch([case_id, *children(work, case_id)])


def _say(
    work: Work,
    workspace: str,
    who: tuple[str, str],
    kind: str,
    case_id: str | None,
    body: Mapping[str, object],
) -> None:
    work.note(
        Note(
            workspace=workspace,
            actor=f"person:{who[0]}",
            kind=kind,
            because=printable(who[1]),
            case_id=case_id,
            body=body,
        )
    )

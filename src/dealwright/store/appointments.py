"""Appointments: meetings as calendars have them; each change is a version of a case's `meeting`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from dealwright.domain.case import SlotStatus
from dealwright.domain.intent import Intent, IntentState
from dealwright.domain.run import Task
from dealwright.domain.scheduling import Appointment, MeetingState
from dealwright.errors import OverrideRefused
from dealwright.store.contact_schema import APPOINTMENT, MESSAGE
from dealwright.store.holding import Top, hold, tops_of
from dealwright.store.recording import next_product, open_tasks
from dealwright.store.schema import PRODUCT
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.work import Note, Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane
    from dealwright.store.work import Look

SLOT = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer of a calendar program to an invitation of ours."""

    uid: str
    sequence: int
    yes: bool
    """False: no, or another time."""
    comment: str = ""


class Appointments:
    """The meetings of all cases."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look]) -> None:
        self._writer = writer
        self._reader = reader

    async def missed(self, case_id: str, *, who: str) -> Appointment:
        """Write down that somebody did not come; a person looks at it the second time.

        Raises:
            OverrideRefused: no meeting stands, or it has not begun yet.

        """

        def act(work: Work) -> Appointment:
            held = hold(work, [case_id])[case_id]
            before = standing(work, case_id)
            if before is None or not before.stands:
                raise OverrideRefused("no meeting with this lead stands, so nobody missed one")
            if before.start > work.now:
                raise OverrideRefused(f"the meeting begins only at {before.start:%Y-%m-%d %H:%M}")
            times = before.missed + 1
            told = {"state": MeetingState.NO_SHOW, "stands": False, "missed": times}
            now = before.model_copy(update={**told, "after": _last(work, case_id), "at": work.now})
            by = f"person:{who}"
            write(work, held.workspace, case_id, now, by=by)
            if times > 1:
                because = f"they did not come {times} times: call them, or let it be"
                task = Task(kind="call", key=f"missed:{now.uid}", because=because)
                open_tasks(work, held.workspace, case_id, [task])
            return now

        return await self._writer.act(act)

    async def of_case(self, case_id: str) -> list[Mapping[str, object]]:
        """Return every meeting of a case as the table has it, the oldest first."""

        def act(look: Look) -> list[Mapping[str, object]]:
            query = select(APPOINTMENT).where(APPOINTMENT.c.case_id == case_id)
            rows = look.connection.execute(query.order_by(APPOINTMENT.c.made_at)).mappings()
            return [dict(row) for row in rows]

        return await self._reader.act(act)


def standing(work: Work, case_id: str) -> Appointment | None:
    """Return how the meeting of a case stands, if there is or was one."""
    history = HISTORY.where(PRODUCT.c.case_id == case_id, PRODUCT.c.slot == SLOT, newest())
    value = next((row.state.value for row in slots_of(work.connection, history)), None)
    return Appointment.model_validate(value) if value else None


def write(work: Work, workspace: str, case_id: str, meeting: Appointment, *, by: str) -> None:
    """Write what became of a meeting, and have somebody look at its case."""
    _row(work, workspace, case_id, meeting)
    note = next_product(
        work,
        workspace,
        case_id,
        tops_of(work, [case_id]).get((case_id, SLOT), Top()),
        slot=SLOT,
        status=str(SlotStatus.DONE),
        value=meeting.model_dump(mode="json", exclude_defaults=True),
        by_whom=by,
    )
    work.note(
        Note(
            workspace=workspace,
            actor=by,
            kind=f"meeting.{meeting.state}",
            because=f"{meeting.start.isoformat()}, {meeting.place}",
            case_id=case_id,
            body={"product": note, "uid": meeting.uid, "sequence": meeting.sequence},
        )
    )
    work.touch([case_id])


def arranged(work: Work, intent: Intent, state: IntentState, body: Mapping[str, object]) -> None:
    """Write how a meeting stands after an act: as its claim said for both ways it could end."""
    way = {IntentState.DONE: "done", IntentState.FAILED: "taken"}.get(state)
    if way is not None:
        meeting = Appointment.model_validate(body[way])
        write(work, intent.workspace, intent.case_id, meeting, by="outbox")


def take_answer(work: Work, workspace: str, case_id: str, answer: Answered, *, by: str) -> None:
    """Take in an answer to the newest invitation: a no is a person's to deal with."""
    before = standing(work, case_id)
    if before is None or not before.stands or before.uid != answer.uid:
        return
    if answer.sequence < before.sequence or answer.yes:
        return
    told = {"state": MeetingState.DECLINED, "after": _last(work, case_id), "at": work.now}
    write(work, workspace, case_id, before.model_copy(update=told), by=by)
    said = f": “{answer.comment[:200]}”" if answer.comment else ""
    task = Task(
        kind="escalate",
        key=f"declined:{before.uid}:{before.sequence}",
        because=f"they said no to the meeting of {before.start:%Y-%m-%d %H:%M} UTC{said}",
        context={"uid": before.uid, "start": before.start.isoformat()},
    )
    open_tasks(work, workspace, case_id, [task])


def _row(work: Work, workspace: str, case_id: str, meeting: Appointment) -> None:
    told: dict[str, object] = {
        "state": str(meeting.state),
        "place": meeting.place,
        "start": meeting.start,
        "end": meeting.end,
        "sequence": meeting.sequence,
    }
    if meeting.state is MeetingState.TAKEN and not meeting.stands:
        return
    whose = {"uid": meeting.uid, "workspace_id": workspace, "case_id": case_id}
    made = {"calendar": meeting.calendar, "made_at": work.now}
    if not work.add_once(APPOINTMENT, {**whose, **told, **made}):
        mine = (APPOINTMENT.c.uid == meeting.uid, APPOINTMENT.c.case_id == case_id)
        work.connection.execute(update(APPOINTMENT).where(*mine).values(**told))


def _last(work: Work, case_id: str) -> int:
    newest_one = select(func.max(MESSAGE.c.number)).where(MESSAGE.c.case_id == case_id)
    return work.connection.execute(newest_one).scalar() or 1

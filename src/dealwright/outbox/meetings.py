"""Meetings: what is arranged with a person becomes an entry in a calendar, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter

from dealwright.domain.connections import CalendarConnection
from dealwright.domain.intent import Intent
from dealwright.domain.offer import Offer
from dealwright.domain.scheduling import ACTS, Appointment, Decision, MeetingState, Scheduling
from dealwright.errors import NotThere, Taken
from dealwright.outbox.letter_words import WORDS
from dealwright.tools.ports import Calendar, Meeting

STATES = {
    Decision.BOOK: MeetingState.BOOKED,
    Decision.MOVE: MeetingState.MOVED,
    Decision.CANCEL: MeetingState.CANCELLED,
}
INVITED = frozenset(STATES.values())
"""What a calendar program is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What is known where a meeting is arranged."""

    case_id: str
    scheduling: Scheduling
    before: Appointment | None
    """How the meeting stands; None: there was none."""
    connection: CalendarConnection
    offer: Offer
    company: str
    attendee: str
    attendee_name: str
    by_hand: bool
    """A person wrote the decision, and may meet whenever they like."""
    now: datetime


def arranged(booking: Booking) -> tuple[Appointment, Appointment] | None:
    """Return the meeting as it will stand, and as it stands if the time is taken.

    None: the decision does not fit how the meeting stands now, or when the owner works.
    """
    decision, before = booking.scheduling.decision, booking.before
    standing = before if before and before.stands else None
    if decision not in ACTS or (decision is Decision.BOOK) is not (standing is None):
        return None
    if not (booking.by_hand or decision is Decision.CANCEL or _can_be(booking)):
        return None
    wanted = _moved(booking, standing) if standing else _new(booking)
    told = {"state": MeetingState.TAKEN, "message": wanted.message, "after": wanted.message}
    otherwise = (standing or wanted).model_copy(
        update={**told, "stands": standing is not None, "at": booking.now}
    )
    return wanted, otherwise


def _can_be(booking: Booking) -> bool:
    """Say whether the time is one the owner gave away, whoever chose it."""
    start, end, connection = booking.scheduling.start, booking.scheduling.end, booking.connection
    last = booking.now + timedelta(days=connection.days_ahead + 1)
    if start is None or end is None or not booking.now < start <= last:
        return False
    return end - start == timedelta(minutes=connection.minutes) and connection.works(start, end)


def _new(booking: Booking) -> Appointment:
    before, connection = booking.before, booking.connection
    start, end = booking.scheduling.start, booking.scheduling.end
    assert start is not None
    assert end is not None
    never = before is not None and before.state is MeetingState.TAKEN
    number = 1 if before is None else before.number + (not never)
    host = connection.address.rpartition("@")[2]
    return Appointment(
        uid=f"{booking.case_id}.{number}@{host}",
        number=number,
        state=MeetingState.BOOKED,
        stands=True,
        start=start,
        end=end,
        title=f"{booking.offer.sender.company}: {booking.company}"[:300],
        place=_place(booking),
        language=booking.scheduling.language,
        calendar=connection.id,
        organiser=connection.owner,
        message=booking.scheduling.message,
        after=booking.scheduling.message,
        missed=before.missed if before else 0,
        at=booking.now,
    )


def _moved(booking: Booking, before: Appointment) -> Appointment:
    scheduling = booking.scheduling
    cancel = scheduling.decision is Decision.CANCEL
    return before.model_copy(
        update={
            "state": STATES[scheduling.decision],
            "stands": not cancel,
            "start": before.start if cancel else scheduling.start,
            "end": before.end if cancel else scheduling.end,
            "sequence": before.sequence + 1,
            "place": before.place if cancel else _place(booking),
            "language": scheduling.language,
            "message": scheduling.message,
            "after": scheduling.message,
            "at": booking.now,
        }
    )


def _place(booking: Booking) -> str:
    language = booking.scheduling.language
    owners = booking.connection.place_in(language)
    return owners or WORDS.get(language, WORDS["en"]).telephone


def meeting_of(
    appointment: Appointment, organiser: str, attendee: str, attendee_name: str
) -> Meeting:
    """Return a meeting as calendars take it; the two are addresses."""
    return Meeting(
        uid=appointment.uid,
        start=appointment.start,
        end=appointment.end,
        title=appointment.title,
        place=appointment.place,
        organiser=organiser,
        organiser_name=appointment.organiser,
        attendee=attendee,
        attendee_name=attendee_name,
        sequence=appointment.sequence,
        cancelled=appointment.state is MeetingState.CANCELLED,
    )


def body_of(booking: Booking) -> dict[str, object] | None:
    """Return exactly what is to be done in the calendar and what then stands, as JSON."""
    found = arranged(booking)
    if found is None:
        return None
    wanted, otherwise = found
    address = booking.connection.address
    meeting = meeting_of(wanted, address, booking.attendee, booking.attendee_name)
    times = {"start": meeting.start.isoformat(), "end": meeting.end.isoformat()}
    return {
        "meeting": {**asdict(meeting), **times},
        "done": wanted.model_dump(mode="json", exclude_defaults=True),
        "taken": otherwise.model_dump(mode="json", exclude_defaults=True),
    }


def meeting_in(body: Mapping[str, object]) -> Meeting:
    """Return the meeting a claim wrote down."""
    return TypeAdapter(Meeting).validate_python(body["meeting"])


def invitation(meeting: Meeting, zone: str, at: datetime) -> str:
    """Return the file that tells a calendar program of a meeting, or that it is off."""
    from dealwright.tools.scheduling.invitation import cancel, request

    raw = cancel(meeting, zone, at) if meeting.cancelled else request(meeting, zone, at)
    return raw.decode("utf-8")


@dataclass(frozen=True, slots=True)
class MeetingPerformer:
    """Books, moves and cancels."""

    calendar: Calendar

    async def perform(self, intent: Intent, body: Mapping[str, object]) -> str:
        """Do what a claim wrote down; return what happened, as a sentence.

        Raises:
            Taken: the time is somebody else's by now.
            TryAgain: nothing happened.
            NotThere: a person has changed the meeting in the calendar.
            OutcomeUnknown: it may have happened.

        """
        meeting = meeting_in(body)
        try:
            if meeting.sequence:
                await self.calendar.change(meeting)
            else:
                await self.calendar.book(meeting)
        except NotThere as error:
            found = await self.calendar.find(meeting.uid)
            if meeting.cancelled and found is None:
                return "it is gone from the calendar already"
            if _only_the_time_is_in_the_way(meeting, found):
                raise Taken(str(error)) from error
            raise
        done = cast("Mapping[str, object]", body["done"])
        return f"{done['state']}: {meeting.start.isoformat()}, {meeting.uid}"

    async def happened(self, intent: Intent, body: Mapping[str, object]) -> bool:
        """Say whether the calendar shows what was to be done.

        Raises:
            TryAgain: it does not answer.

        """
        meeting = meeting_in(body)
        found = await self.calendar.find(meeting.uid)
        return found is not None and _same(found, meeting)


def _only_the_time_is_in_the_way(meeting: Meeting, found: Meeting | None) -> bool:
    """Say whether the entry itself is as it should be, so that only the time can be in the way."""
    if not meeting.sequence:
        return found is None
    return found is not None and not found.cancelled and found.sequence < meeting.sequence


def _same(found: Meeting, meeting: Meeting) -> bool:
    if found.cancelled or meeting.cancelled:
        return found.cancelled and meeting.cancelled
    return (found.start, found.end) == (meeting.start, meeting.end)

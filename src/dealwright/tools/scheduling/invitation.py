"""Invitations: a meeting as it is asked for by mail, and the answer read (iTIP, RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from icalendar import Calendar, Event

from dealwright.errors import BadInput
from dealwright.tools.ports import Meeting
from dealwright.tools.scheduling.entries import (
    address_of,
    calendar,
    entry,
    listed,
    main_event,
    moment,
    parsed,
    told_of,
)

LONGEST_COMMENT = 1000
LONGEST_UID = 200


class Answer(StrEnum):
    """What somebody says to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    """Perhaps."""
    COUNTER = "counter"
    """Asks for another time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to an invitation, as its file says it; who really sent it, only the mail shows."""

    uid: str
    sequence: int
    """Of the invitation that was answered; an older one than the newest answers nothing."""
    attendee: str
    answer: Answer
    start: datetime | None = None
    """The time asked for instead."""
    end: datetime | None = None
    comment: str = ""


def request(meeting: Meeting, zone: str, at: datetime) -> bytes:
    """Return the invitation to a meeting, or to its new time; `at` is when it was written."""
    return calendar(entry(meeting, zone, at), "REQUEST").to_ical()


def cancel(meeting: Meeting, zone: str, at: datetime) -> bytes:
    """Return the message that a meeting is off.

    Raises:
        BadInput: the meeting is not cancelled, or its sequence is still that of an invitation.

    """
    if not meeting.cancelled or meeting.sequence < 1:
        raise BadInput("only a cancelled meeting with a new sequence is called off")
    return calendar(entry(meeting, zone, at), "CANCEL").to_ical()


def read_reply(raw: bytes) -> Reply:
    """Return what an answer to an invitation says.

    Raises:
        BadInput: it is no such answer.

    """
    whole = parsed(raw)
    method = str(whole.get("METHOD", "")).upper()
    if method not in {"REPLY", "COUNTER"}:
        raise BadInput(f"{method or 'a file without a method'} is no answer to an invitation")
    event = main_event(whole)
    uid = str(event.get("UID", ""))
    if not 0 < len(uid) <= LONGEST_UID:
        raise BadInput("the answer does not say which invitation it answers")
    guests = listed(event, "ATTENDEE")
    if len(guests) != 1:
        raise BadInput("an answer comes from one person")
    start, end = _other_time(event, whole) if method == "COUNTER" else (None, None)
    return Reply(
        uid=uid,
        sequence=_sequence(event),
        attendee=address_of(guests[0]),
        answer=Answer.COUNTER if method == "COUNTER" else _said(guests[0]),
        start=start,
        end=end,
        comment=_comment(event),
    )


def _said(guest: object) -> Answer:
    status = told_of(guest, "PARTSTAT").lower()
    if status not in {"accepted", "declined", "tentative"}:
        raise BadInput(f"the answer says neither yes nor no: {status[:40]}")
    return Answer(status)


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (ValueError, TypeError) as error:
        raise BadInput("the answer's sequence is no number") from error


def _other_time(event: Event, whole: Calendar) -> tuple[datetime, datetime]:
    zone = str(whole.get("X-WR-TIMEZONE", "UTC"))
    try:
        start, end = moment(event.start, zone), moment(event.end, zone)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadInput("the answer asks for another time and names none") from error
    if start >= end:
        raise BadInput("the answer asks for a time that ends before it starts")
    return start, end


def _comment(event: Event) -> str:
    text = " ".join(str(comment) for comment in listed(event, "COMMENT"))
    words = "".join(c for c in text if c.isprintable() or c.isspace()).split()
    return " ".join(words)[:LONGEST_COMMENT]

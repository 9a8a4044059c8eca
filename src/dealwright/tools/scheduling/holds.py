"""Holds: short-lived entries that keep a time while a meeting is being booked.

CalDAV takes overlapping events gladly, so nothing in it stops two bookings of one time. What it
does once only, however many ask, is to create an entry at an address. So time is divided into
cells, each with one address of its own, and whoever books creates the entry of every cell the
meeting and the room after it cover, the earliest first. Meetings in each other's way, whatever
their starts and lengths, share a cell, and only one of them gets it; whoever has the latest cell
of all gets the rest too, so one of them always wins. The holds are gone when the meeting stands in
the calendar, where the next who books looks after getting hold of the time.

A hold whose booking broke off stays until its time is over or the same meeting is booked again.
It is seen where it is, says what it is, and may be deleted by hand.
"""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Event

from dealwright.errors import BadInput
from dealwright.tools.scheduling.entries import calendar, main_event, parsed
from dealwright.tools.scheduling.slots import GRID

PREFIX = "dealwright-hold-"
TITLE = "Held for a meeting that is being booked"
NOTES = "Dealwright put this here for a moment. If it stays, it may be deleted."


def cells(start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Return the cells between two moments, in order; slots begin where cells do."""
    step = int(GRID.total_seconds())
    first = int(start.timestamp()) // step * step
    last = end.timestamp()
    return tuple(
        datetime.fromtimestamp(at, UTC) for at in range(first, int(last) + 1, step) if at < last
    )


def hold_uid(cell: datetime) -> str:
    """Return the UID of the one hold a cell can have."""
    return f"{PREFIX}{cell.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def is_hold(uid: str) -> bool:
    """Say whether an entry is a hold."""
    return uid.startswith(PREFIX)


def write_hold(cell: datetime, uid: str, at: datetime) -> bytes:
    """Return the entry that holds a cell for the meeting with a UID."""
    event = Event()
    event.add("UID", hold_uid(cell))
    event.add("DTSTAMP", at.astimezone(UTC))
    event.add("DTSTART", cell.astimezone(UTC))
    event.add("DTEND", cell.astimezone(UTC) + GRID)
    event.add("SUMMARY", TITLE)
    event.add("DESCRIPTION", NOTES)
    event.add("RELATED-TO", uid)
    return calendar(event).to_ical()


def held_for(stored: bytes) -> str:
    """Return the UID of the meeting a hold is for; empty where it cannot be read."""
    try:
        return str(main_event(parsed(stored)).get("RELATED-TO", ""))
    except BadInput:
        return ""

"""Entries: a meeting as it stands in a calendar file, and read back from one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from dealwright.errors import BadInput
from dealwright.tools.ports import Meeting
from dealwright.tools.scheduling.zones import rules

PRODUCT = "-//Dealwright//Dealwright//EN"
NOTHING: Mapping[str, str] = MappingProxyType({})
TO_ANSWER = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
WE_MAIL = {"SCHEDULE-AGENT": "CLIENT"}
WHAT_WE_SAY = (
    *("DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "SEQUENCE"),
    *("STATUS", "TRANSP", "ORGANIZER", "ATTENDEE"),
)
"""What a change writes anew; everything else in the entry is the owner's and stays."""
WHAT_AN_END_REPLACES = "DURATION"
LARGEST = 1_000_000
"""Bytes of one entry."""


def entry(meeting: Meeting, zone: str, at: datetime, more: Mapping[str, str] = NOTHING) -> Event:
    """Return the meeting as an event, in the clock of a zone. `at` is when this was written."""
    event = Event()
    event.add("UID", meeting.uid)
    event.add("DTSTAMP", at.astimezone(UTC))
    event.add("DTSTART", on_the_clock(meeting.start, zone))
    event.add("DTEND", on_the_clock(meeting.end, zone))
    event.add("SUMMARY", _plain(meeting.title))
    event.add("LOCATION", _plain(meeting.place))
    if meeting.notes:
        event.add("DESCRIPTION", _plain(meeting.notes))
    event.add("SEQUENCE", meeting.sequence)
    event.add("STATUS", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    _add_person(event, "ORGANIZER", meeting.organiser, {"CN": meeting.organiser_name})
    guest = {"CN": meeting.attendee_name, **TO_ANSWER, **more}
    _add_person(event, "ATTENDEE", meeting.attendee, guest)
    return event


def calendar(event: Event, method: str = "") -> Calendar:
    """Return a calendar file with one event and the rules of the zones it names."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    if method:
        made.add("METHOD", method)
    made.add_component(event)
    _tell_zones(made, event)
    return made


def kept(meeting: Meeting, zone: str, at: datetime) -> bytes:
    """Return the meeting as it is put into a calendar.

    A server may itself mail whomever it finds in an entry (RFC 6638); this one is told not to,
    because invitations leave through the outbox.
    """
    return calendar(entry(meeting, zone, at, WE_MAIL)).to_ical()


def rewritten(stored: bytes, meeting: Meeting, zone: str, at: datetime) -> bytes:
    """Return a stored entry with the meeting's new particulars; what the owner added stays.

    Raises:
        BadInput: what is stored cannot be read.

    """
    whole = parsed(stored)
    event, new = main_event(whole), entry(meeting, zone, at, WE_MAIL)
    event.pop(WHAT_AN_END_REPLACES, None)
    for name in WHAT_WE_SAY:
        event.pop(name, None)
        if name in new:
            event[name] = new[name]
    _tell_zones(whole, event)
    return whole.to_ical()


def read_meeting(stored: bytes, zone: str) -> Meeting:
    """Return the meeting a stored entry tells of, its times in UTC.

    Raises:
        BadInput: it cannot be read.

    """
    event = main_event(parsed(stored))
    try:
        start, end = moment(event.start, zone), moment(event.end, zone)
        sequence = int(event.get("SEQUENCE", 0))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(f"the entry has no usable time: {error}") from error
    guest = next(iter(listed(event, "ATTENDEE")), None)
    return Meeting(
        uid=str(event.get("UID", "")),
        start=start,
        end=end,
        title=str(event.get("SUMMARY", "")),
        place=str(event.get("LOCATION", "")),
        organiser=address_of(event.get("ORGANIZER")),
        organiser_name=told_of(event.get("ORGANIZER"), "CN"),
        attendee=address_of(guest),
        attendee_name=told_of(guest, "CN"),
        notes=str(event.get("DESCRIPTION", "")),
        sequence=sequence,
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def parsed(raw: bytes) -> Calendar:
    """Return a calendar file that was read whole.

    Raises:
        BadInput: it is none, or too large.

    """
    if len(raw) > LARGEST:
        raise BadInput(f"the calendar entry has {len(raw)} bytes; {LARGEST} at most are read")
    try:
        found = Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"this is no calendar entry: {str(error)[:120]}") from error
    if not isinstance(found, Calendar):
        raise BadInput(f"this is no calendar entry but a {found.name}")
    return found


def main_event(whole: Calendar) -> Event:
    """Return the event itself, not an exception to its recurrence.

    Raises:
        BadInput: there is none.

    """
    events = [event for event in whole.walk("VEVENT") if isinstance(event, Event)]
    first = next((event for event in events if "RECURRENCE-ID" not in event), None)
    if first is None:
        raise BadInput("the calendar entry tells of no event")
    return first


def listed(event: Event, name: str) -> list[object]:
    """Return all values of a property, which a file may hold never, once or often."""
    value: object = event.get(name)
    if isinstance(value, list):
        return cast("list[object]", value)
    return [] if value is None else [value]


def moment(value: date | datetime, zone: str) -> datetime:
    """Return a calendar's time in UTC; one without a zone is on the owner's clock."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone))
    return value.astimezone(UTC)


def on_the_clock(at: datetime, zone: str) -> datetime:
    """Return a moment on a zone's clock, or in UTC where that clock shows the time twice."""
    local = at.astimezone(ZoneInfo(zone))
    return at.astimezone(UTC) if local.fold else local


def address_of(value: object) -> str:
    """Return the mail address of a calendar user."""
    text = str(value or "")
    return text[7:] if text[:7].lower() == "mailto:" else text


def told_of(value: object, parameter: str) -> str:
    """Return what a parameter says of a calendar user: the name (CN), the answer (PARTSTAT)."""
    return str(getattr(value, "params", NOTHING).get(parameter, ""))


def _add_person(event: Event, name: str, address: str, told: Mapping[str, str]) -> None:
    # A quotation mark or a line break cannot be written in a parameter at all.
    clean = {key: _plain(text).replace('"', "'").replace("\n", " ") for key, text in told.items()}
    event.add(name, f"mailto:{_plain(address)}", {key: text for key, text in clean.items() if text})


def _tell_zones(whole: Calendar, event: Event) -> None:
    for zone in sorted(whole.get_missing_tzids()):
        whole.subcomponents.insert(0, rules(zone, moment(event.start, "UTC")))


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})

"""Occupied time: what stands in the way, read from the entries of a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from recurring_ical_events import of

from dealwright.errors import BadInput
from dealwright.tools.ports import Busy
from dealwright.tools.scheduling.entries import address_of, listed, moment, parsed, told_of

FLOATING = timedelta(days=1)
"""How far a time without a zone may lie from the same time in UTC, and a day besides."""
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
"""No calendar of a person repeats so; expanding it would take for ever."""


def occupied(
    entries: Iterable[bytes],
    start: datetime,
    end: datetime,
    owner: tuple[str, str],
    ignored: Callable[[str], bool],
) -> tuple[Busy, ...]:
    """Return the time the entries take between two moments, merged and in order.

    `owner` is the address and the zone of whose calendar it is: what they declined takes no time,
    and an entry without a zone is on their clock. Entries with an `ignored` UID are left out.

    Raises:
        BadInput: an entry cannot be read, so nobody knows what time it takes.

    """
    found: list[Busy] = []
    for raw in entries:
        found += _times(parsed(raw), (start, end), owner, ignored)
    return merged(found, start, end)


def merged(times: Iterable[Busy], start: datetime, end: datetime) -> tuple[Busy, ...]:
    """Return times cut to two moments, those that touch made one, in order."""
    whole: list[Busy] = []
    for time in sorted(times, key=lambda busy: busy.start):
        cut = Busy(start=max(time.start, start), end=min(time.end, end))
        if cut.start >= cut.end:
            continue
        if whole and cut.start <= whole[-1].end:
            last = whole.pop()
            cut = Busy(start=last.start, end=max(last.end, cut.end))
        whole.append(cut)
    return tuple(whole)


def _times(
    whole: Calendar,
    between: tuple[datetime, datetime],
    owner: tuple[str, str],
    ignored: Callable[[str], bool],
) -> Iterator[Busy]:
    address, zone = owner
    for event in _occurrences(whole, between):
        if ignored(str(event.get("UID", ""))) or not _takes_time(event, address):
            continue
        try:
            yield Busy(start=moment(event.start, zone), end=moment(event.end, zone))
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            raise BadInput(f"an entry of the calendar has no usable time: {error}") from error


def _occurrences(whole: Calendar, between: tuple[datetime, datetime]) -> Sequence[Event]:
    _refuse_what_never_ends(whole)
    try:
        found = of(whole).between(between[0] - FLOATING, between[1] + FLOATING)
    except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError) as error:
        raise BadInput(f"an entry of the calendar cannot be read: {str(error)[:120]}") from error
    return [event for event in found if isinstance(event, Event)]


def _refuse_what_never_ends(whole: Calendar) -> None:
    for event in whole.walk("VEVENT"):
        rules = event["RRULE"].to_ical().decode().upper() if "RRULE" in event else ""
        if any(f"FREQ={often}" in rules for often in TOO_OFTEN):
            raise BadInput("an entry of the calendar repeats more often than hourly")


def _takes_time(event: Event, address: str) -> bool:
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    guests = listed(event, "ATTENDEE")
    own = [guest for guest in guests if address_of(guest).lower() == address.lower()]
    return not any(told_of(guest, "PARTSTAT").upper() == "DECLINED" for guest in own)

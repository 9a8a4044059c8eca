"""Zones: the rules of a clock, told in the calendar file itself (VTIMEZONE, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

AROUND = timedelta(days=366)
"""How far around a moment a zone's rules are told."""
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def rules(zone: str, at: datetime) -> Timezone:
    """Return the rules of a zone for a year before and after a moment."""
    told = Timezone()
    told.add("TZID", zone)
    clock, start = ZoneInfo(zone), (at - AROUND).astimezone(UTC)
    told.add_component(_rule(clock, start, start))
    for before, after in _changes(clock, start, at.astimezone(UTC) + AROUND):
        told.add_component(_rule(clock, before, after))
    return told


def _changes(
    clock: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the last second before each change of the clock, and the first after it."""
    while start < end:
        before, after = start, start + DAY
        if _reading(clock, before) != _reading(clock, after):
            while after - before > SECOND:
                middle = before + (after - before) // 2
                middle = middle.replace(microsecond=0)
                same = _reading(clock, middle) == _reading(clock, before)
                before, after = (middle, after) if same else (before, middle)
            yield before, after
        start += DAY


def _reading(clock: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None]:
    local = at.astimezone(clock)
    return local.utcoffset(), local.tzname()


def _rule(clock: ZoneInfo, before: datetime, after: datetime) -> Component:
    """Return what holds from a moment on; it begins on the clock as it ran before."""
    was, now = before.astimezone(clock), after.astimezone(clock)
    offset = was.utcoffset() or timedelta()
    rule = TimezoneDaylight() if now.dst() else TimezoneStandard()
    rule.add("DTSTART", after.replace(tzinfo=None, microsecond=0) + offset)
    rule.add("TZOFFSETFROM", offset)
    rule.add("TZOFFSETTO", now.utcoffset() or timedelta())
    rule.add("TZNAME", now.tzname() or str(clock))
    return rule

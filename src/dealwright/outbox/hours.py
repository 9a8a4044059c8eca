"""Hours: when somebody may be written to, by the clock and the calendar of where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count
from zoneinfo import ZoneInfo

import holidays

MONDAY_TO_FRIDAY = range(5)
MOST_STEPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when until when, on which days."""

    opens: time
    closes: time
    every_day: bool


TOUCHES = Hours(opens=time(8), closes=time(18), every_day=False)
ANSWERS = Hours(opens=time(7), closes=time(21), every_day=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose clocks and whose calendar count."""

    zones: tuple[str, ...]
    """IANA names. Where nobody knows which of a country's, all of them."""
    country: str | None = None
    """ISO 3166-1 alpha-2; whose holidays and weekend are kept, if it is known."""


def zones_of(country: str) -> tuple[str, ...]:
    """Return the time zones a country keeps; none if it is unknown."""
    return _zones().get(country, ())


def next_open(now: datetime, place: Place, hours: Hours) -> datetime | None:
    """Return the first moment from now on that lies within the hours on every clock of a place.

    It is `now` itself when that is one. None: there is no such moment; the clocks lie too far
    apart, or no zone is known.
    """
    if not place.zones:
        return None
    moment = now.astimezone(UTC)
    for _ in range(MOST_STEPS):
        latest = max(_next_on_one_clock(moment, zone, place.country, hours) for zone in place.zones)
        if latest == moment:
            return moment
        moment = latest
    return None


def _next_on_one_clock(moment: datetime, zone: str, country: str | None, hours: Hours) -> datetime:
    clock = ZoneInfo(zone)
    today = moment.astimezone(clock).date()
    days = (today + timedelta(days=ahead) for ahead in count())
    # Compared in UTC: on the days clocks are changed, local differences are wrong by an hour.
    day = next(
        day
        for day in days
        if moment < datetime.combine(day, hours.closes, clock).astimezone(UTC)
        and (hours.every_day or _is_working_day(day, country))
    )
    return max(moment, datetime.combine(day, hours.opens, clock).astimezone(UTC))


def _is_working_day(day: date, country: str | None) -> bool:
    if day.weekday() not in MONDAY_TO_FRIDAY:
        return False
    return country is None or day not in _days_off(country, day.year)


@lru_cache(maxsize=1_000)
def _days_off(country: str, year: int) -> frozenset[date]:
    try:
        calendar = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset()
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return frozenset(day for day in days if not calendar.is_working_day(day))


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found

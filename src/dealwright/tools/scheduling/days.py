"""Days: which ones nobody works, by a country's law and custom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files

from holidays import HolidayBase, country_holidays

WEEKEND = frozenset({5, 6})
"""Where nobody knows better: Saturday and Sunday."""
COMMENT = "#"


def country_of(zone: str) -> str | None:
    """Return the country (ISO 3166) a zone's city lies in, or None where nobody can tell."""
    return dict(_cities()).get(zone)


def zones_in(country: str) -> tuple[str, ...]:
    """Return the time zones of a country (ISO 3166); none where nobody knows it."""
    return tuple(zone for zone, where in _cities() if where == country)


def holiday(country: str | None) -> Callable[[date], bool]:
    """Return the test whether a day is a public holiday in a country; an unknown one has none."""
    calendar = _holidays(country)
    return lambda day: calendar is not None and day in calendar


def weekend(country: str | None) -> Callable[[date], bool]:
    """Return the test whether a day is at the weekend of a country."""
    calendar = _holidays(country)
    days: Collection[int] = WEEKEND if calendar is None else calendar.weekend
    return lambda day: day.weekday() in days


def _holidays(country: str | None) -> HolidayBase | None:
    try:
        return None if country is None else country_holidays(country.upper())
    except NotImplementedError:
        return None


@lru_cache(maxsize=1)
def _cities() -> tuple[tuple[str, str], ...]:
    return tuple(_lines())


def _lines() -> Iterator[tuple[str, str]]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith(COMMENT):
            country, _, zone = line.split("\t")[:3]
            yield zone, country

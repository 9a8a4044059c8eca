"""Days and spans of days that a sentence names, counted from the day it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from dealwright.agents.staff.reading.time_words import Token

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MID, _LATE = 15, 25
_MONTHS = 12
_LONGEST_MONTH = 31
_QUARTERS = 4
_LAST_CENTURY = 2000
"""Smaller numbers after a month are no years."""
_MOST_AHEAD = 60
"""Nobody counts further ahead: `in 1999 days` is no day."""
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?\.?")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, and where they stand among the tokens."""

    first: date
    last: date
    start: int
    stop: int
    before: str
    """The tag just before: `until`, `after` …"""
    kind: str
    """What was named: `weekday`, `season` …"""


@dataclass(frozen=True, slots=True)
class _Place:
    """A place among the tokens, and today."""

    tokens: Sequence[Token]
    at: int
    today: date

    def tag(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].tag if 0 <= place < len(self.tokens) else ""

    def text(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def number(self, ahead: int = 0) -> int | None:
        if self.tag(ahead) == "number":
            told = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|er|\.|º|°)?", self.text(ahead))
            return int(told[1]) if told else None
        counted = re.fullmatch(r"n(\d+)", self.tag(ahead))
        return int(counted[1]) if counted else None


_Found = tuple[date, date, int] | None
"""First day, last day, how many tokens."""


def spans(tokens: Sequence[Token], today: date) -> tuple[Span, ...]:
    """Return the days a sentence names, in its order."""
    return tuple(_spans(tokens, today))


def _spans(tokens: Sequence[Token], today: date) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        place = _Place(tokens, at, today)
        hits = ((kind, found) for kind, rule in _RULES.items() if (found := rule(place)))
        hit = next(hits, None)
        if hit is None:
            at += 1
            continue
        kind, (first, last, length) = hit
        yield Span(first, last, at, at + length, _tag_before(tokens, at), kind)
        at += length


def _tag_before(tokens: Sequence[Token], at: int) -> str:
    for token in reversed(tokens[max(0, at - 2) : at]):
        if token.tag in {"until", "after", "before"}:
            return token.tag
        if token.tag != "the":
            return ""
    return ""


def _iso(place: _Place) -> _Found:
    try:
        day = date.fromisoformat(place.text())
    except ValueError:
        return None
    return day, day, 1


def _numeric(place: _Place) -> _Found:
    told = _NUMERIC.fullmatch(place.text()) if place.tag() == "number" else None
    if not told or place.tag(1) == "oclock":
        return None
    day, month = int(told[1]), int(told[2])
    if month > _MONTHS >= day:
        day, month = month, day
    clock = "." in place.text() and not told[3] and not place.text().endswith(".")
    if clock and (place.tag(-1) in {"at", "about", "between", "and"} or month > _MONTHS):
        return None
    year = int(told[3]) % 100 + 2000 if told[3] else None
    found = _date(place.today, day, month, year)
    return (found, found, 1) if found else None


def _day_month(place: _Place) -> _Found:
    """`3 December`, `le 3 décembre 2027`, `December 3rd`."""
    day, month, length = place.number(), _month(place.tag(1)), 2
    if day is not None and month is None and _month(place.tag(2)) and _joins(place.text(1)):
        month, length = _month(place.tag(2)), 3
    if day is None and _month(place.tag()) and place.number(1) and place.tag(1) != "the":
        month, day = _month(place.tag()), place.number(1)
    if day is None or month is None or day > _LONGEST_MONTH:
        return None
    year = place.number(length)
    if year is None and _joins(place.text(length)):
        year, length = place.number(length + 1), length + bool(place.number(length + 1))
    named = year if year and year > _LAST_CENTURY else None
    found = _date(place.today, day, month, named)
    return (found, found, length + bool(named)) if found else None


def _joins(word: str) -> bool:
    return word in {"of", "de", "di", "del", "d", ","}


def _day_only(place: _Place) -> _Found:
    """`the 25th`, `am 25.`, `dia 25`."""
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)", place.text())
    if place.tag(-1) == "at" or (not ordinal and place.tag(-1) != "the"):
        return None
    day = place.number()
    if (
        place.tag() != "number"
        or not day
        or day > _LONGEST_MONTH
        or place.tag(1) in {"oclock", "half"}
    ):
        return None
    month = place.today.month + (day <= place.today.day)
    found = _date(place.today, day, (month - 1) % _MONTHS + 1, place.today.year + (month > _MONTHS))
    return (found, found, 1) if found else None


def _relative(place: _Place) -> _Found:
    told = re.fullmatch(r"rel(\d)", place.tag())
    if not told:
        return None
    day = place.today + int(told[1]) * _DAY
    return day, day, 1


def _weekday(place: _Place) -> _Found:
    """`Tuesday`, `next Tuesday`, `Thursday next week`, `a week from Monday`."""
    told = re.fullmatch(r"wd(\d)", place.tag())
    if not told:
        return None
    monday = place.today - place.today.weekday() * _DAY
    ahead = (int(told[1]) - place.today.weekday() - 1) % 7 + 1
    day = place.today + ahead * _DAY
    length = 1
    week = next((n for n in (-1, 1, -2) if place.tag(n).startswith("wk")), None)
    if week is not None:
        day = monday + int(place.tag(week)[2]) * _WEEK + int(told[1]) * _DAY
        length += week == 1
    elif "next" in {place.tag(-1), place.tag(1)}:
        day = monday + _WEEK + int(told[1]) * _DAY
        length += place.tag(1) == "next"
    elif "tail" in {place.tag(-1), place.tag(1)}:
        day += _WEEK
    return day, day, length


def _week(place: _Place) -> _Found:
    told = re.fullmatch(r"wk(\d)", place.tag())
    if not told or any(place.tag(ahead).startswith("wd") for ahead in (-1, 1, 2)):
        return None
    monday = place.today + (7 * int(told[1]) - place.today.weekday()) * _DAY
    return max(monday, place.today), monday + 4 * _DAY, 1


def _in_so_many(place: _Place) -> _Found:
    """`in three weeks`, `in half a year`."""
    if place.tag() != "in":
        return None
    said = [place.tag(ahead) for ahead in (1, 2)]
    if "halfyear" in said:
        return _later(place.today, months=6, length=said.index("halfyear") + 2)
    if said == ["half", "year"]:
        return _later(place.today, months=6, length=3)
    many = place.number(1)
    if many is None or many > _MOST_AHEAD:
        return None
    if said[1] in {"day", "week"}:
        day = place.today + many * (_DAY if said[1] == "day" else _WEEK)
        return day, day, 3
    months = {"month": many, "quarter": 3 * many, "year": 12 * many}.get(said[1])
    return _later(place.today, months=months, length=3) if months else None


def _later(today: date, *, months: int, length: int) -> _Found:
    count = today.month - 1 + months
    day = min(today.day, 28)
    found = date(today.year + count // 12, count % 12 + 1, day)
    return found, found, length


def _part_of_month(place: _Place) -> _Found:
    """`March`, `mid February`, `the end of April 2027`."""
    part = place.tag() if place.tag() in {"begin", "mid", "end", "half"} else ""
    ahead = 1 if part else 0
    if part and place.tag(1) in {"the", "other"} and _month(place.tag(2)):
        ahead = 2
    month = _month(place.tag(ahead))
    if month is None or (part == "half" and not ahead):
        return None
    named = place.number(ahead + 1)
    skip = 0
    if named is None and _joins(place.text(ahead + 1)):
        named, skip = place.number(ahead + 2), 1
    year = named if named and named > _LAST_CENTURY else None
    first, last = _month_of(place.today, month, year)
    if part in {"mid", "half"}:
        first, last = first.replace(day=_MID), first.replace(day=_LATE - 1)
    if part == "end":
        first = first.replace(day=_LATE)
    return first, last, ahead + 1 + (1 + skip if year else 0)


def _quarter(place: _Place) -> _Found:
    """`Q2`, `the second quarter`, `the second half of next year`."""
    short = re.fullmatch(r"([qh])([1-4])", place.text())
    number = place.number()
    if short:
        months, part, length = 3 if short[1] == "q" else 6, int(short[2]), 1
    elif number and place.tag(1) in {"quarter", "halfyear"} and number <= _QUARTERS:
        months, part, length = 3 if place.tag(1) == "quarter" else 6, number, 2
    else:
        return None
    year = place.today.year
    first = date(year, (part - 1) * months % 12 + 1, 1)
    if first <= place.today:
        first = first.replace(year=year + 1)
    said_too = [place.tag(length + ahead) for ahead in range(4)]
    if "next" in said_too and "year" in said_too:
        length += 1 + max(said_too.index("next"), said_too.index("year"))
    return first, _end_of_months(first, months), length


def _next_long(place: _Place) -> _Found:
    """`next month`, `the coming quarter`, `l'année prochaine`."""
    units: Mapping[str, int] = {"month": 1, "quarter": 3, "halfyear": 6, "year": 12}
    if place.tag() == "next" and place.tag(1) in units:
        months = units[place.tag(1)]
    elif place.tag() in units and place.tag(1) == "next":
        months = units[place.tag()]
    else:
        return None
    begun = (place.today.month - 1) // months * months + months
    first = date(place.today.year + begun // 12, begun % 12 + 1, 1)
    return first, _end_of_months(first, months), 2


def _season(place: _Place) -> _Found:
    month = _SEASONS.get(place.tag())
    if month is None:
        return None
    first = date(place.today.year, month, 1)
    if first <= place.today:
        first = first.replace(year=first.year + 1)
    return first, _end_of_months(first, 3), 1


def _feast(place: _Place) -> _Found:
    if place.tag() == "xmas":
        year = place.today.year
        return date(year, 12, 24), date(year + 1, 1, 6), 1
    if place.tag() == "easter":
        monday = _easter(place.today.year) + _DAY
        if monday <= place.today:
            monday = _easter(place.today.year + 1) + _DAY
        return monday - 3 * _DAY, monday, 1
    return None


_RULES: Mapping[str, Callable[[_Place], _Found]] = MappingProxyType(
    {
        "iso": _iso,
        "day": _day_month,
        "numeric": _numeric,
        "relative": _relative,
        "weekday": _weekday,
        "week": _week,
        "after so many": _in_so_many,
        "month": _part_of_month,
        "quarter": _quarter,
        "next": _next_long,
        "season": _season,
        "feast": _feast,
        "day of month": _day_only,
    }
)


def _month(tag: str) -> int | None:
    told = re.fullmatch(r"m(\d+)", tag)
    return int(told[1]) if told else None


def _date(today: date, day: int, month: int, year: int | None) -> date | None:
    try:
        found = date(year or today.year, month, day)
    except ValueError:
        return None
    if year is None and found < today - 14 * _DAY:
        return _date(today, day, month, today.year + 1)
    return found


def _month_of(today: date, month: int, year: int | None) -> tuple[date, date]:
    first = date(year or today.year + (month < today.month), month, 1)
    return first, _end_of_months(first, 1)


def _end_of_months(first: date, months: int) -> date:
    count = first.month - 1 + months
    return date(first.year + count // 12, count % 12 + 1, 1) - _DAY


def _easter(year: int) -> date:
    """Return Easter Sunday after the anonymous Gregorian computation."""
    century, of_century = divmod(year, 100)
    moon = (
        19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)

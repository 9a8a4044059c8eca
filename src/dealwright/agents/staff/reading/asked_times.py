"""The times a reply asks for, the day somebody is back, the day to ask again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from dealwright.agents.staff.reading.days import Span, spans
from dealwright.agents.staff.reading.folding import Sentence
from dealwright.agents.staff.reading.hours import Hours, hours
from dealwright.agents.staff.reading.time_words import tokens
from dealwright.domain.reading import AskedTime

MOST_TIMES = 6
LONGEST_QUOTE = 300
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=21)
"""A longer span is no time for a meeting."""
_PASSING = frozenset({"season", "feast", "week"})
"""`After the summer` is when it is over; `after March` nobody says of the first of April."""


def asked_times(parts: Sequence[Sentence], language: str, written: date) -> tuple[AskedTime, ...]:
    """Return the times a reply asks for, in its order; a clock without a day says nothing."""
    found: list[AskedTime] = []
    for part in parts:
        told = tokens(part.said, language)
        days = [day for day in spans(told, written) if day.last - day.first <= _LONGEST]
        taken = frozenset(at for day in days for at in range(day.start, day.stop))
        if not days:
            continue
        clock = hours(told, taken, language)
        found += [_asked(part.said, day, clock) for day in days if day.last >= written]
    return tuple(dict.fromkeys(found))[:MOST_TIMES]


def returns_on(parts: Sequence[Sentence], language: str, written: date) -> date | None:
    """Return the first day somebody who is away can be reached again."""
    days = [
        span.last + _DAY if span.before == "until" else span.first
        for span in _all(parts, language, written)
    ]
    ahead = [day for day in days if day > written]
    return max(ahead, default=None)


def ask_again_on(parts: Sequence[Sentence], language: str, written: date) -> date | None:
    """Return the day from which a reply allows to ask again."""
    days = [
        span.last + _DAY if _is_over_first(span) else span.first
        for span in _all(parts, language, written)
    ]
    return next((day for day in reversed(days) if day > written), None)


def _is_over_first(span: Span) -> bool:
    end_of_month = span.kind == "month" and span.first.day > 1
    return bool(span.before) and (span.kind in _PASSING or end_of_month)


def _all(parts: Sequence[Sentence], language: str, written: date) -> Iterator[Span]:
    for part in parts:
        yield from spans(tokens(part.said, language), written)


def _asked(said: str, day: Span, clock: Hours | None) -> AskedTime:
    quote = " ".join(said.split())[:LONGEST_QUOTE]
    if clock is None:
        end = datetime.combine(day.last + _DAY, time())
        return AskedTime(quote=quote, start=datetime.combine(day.first, time()), end=end)
    return AskedTime(
        quote=quote,
        start=datetime.combine(day.first, clock.start),
        end=datetime.combine(day.last, clock.end),
        exact=clock.exact,
    )

"""Slots: the times a meeting can really be, the best of them first. Nothing here asks anybody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from dealwright.domain.connections import WEEKDAYS, CalendarConnection
from dealwright.domain.reading import AskedTime
from dealwright.tools.ports import Busy
from dealwright.tools.scheduling.choice import Candidate, Wish, choose
from dealwright.tools.scheduling.days import country_of, holiday, weekend

GRID = timedelta(minutes=15)
"""Slots begin on the quarter hour, unless somebody asked for another minute."""
EARLIEST, LATEST = time(8), time(18)
"""What is offered to somebody else without being asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time that can be offered."""

    start: datetime
    """In UTC."""
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Whom times are offered to."""

    zone: str
    country: str | None = None
    """ISO 3166; None: the zone's."""
    wished: Sequence[AskedTime] = ()
    """What they asked for, on the clock of their zone, dearest first."""
    taken: Sequence[Busy] = ()
    """Times not to be offered: refused already, or on offer to others."""


def margin(connection: CalendarConnection) -> timedelta:
    """Return how much is kept free between two meetings."""
    return timedelta(minutes=connection.buffer_minutes + connection.travel_minutes)


def span(connection: CalendarConnection, now: datetime) -> tuple[datetime, datetime]:
    """Return between which two moments slots can lie: what the calendar is to be asked for."""
    first = now + timedelta(hours=connection.notice_hours)
    last = now + timedelta(days=connection.days_ahead + 1)
    return first - margin(connection), last + margin(connection) + GRID


def offers(
    connection: CalendarConnection,
    busy: Sequence[Busy],
    now: datetime,
    prospect: Prospect,
    most: int = 3,
) -> tuple[Slot, ...]:
    """Return free slots, the best first; fewer than `most` only when there are no more.

    A slot lies in the owner's working hours and on a working day within 8:00–18:00 of the prospect,
    or is exactly what the prospect asked for; never on a holiday of either; and as far from other
    meetings as the connection says. Slots come near what was asked for, else spread over days and
    parts of the day, and none lies over another while others are left.
    """
    wishes = tuple(_wish(asked, prospect.zone) for asked in prospect.wished)
    length = timedelta(minutes=connection.minutes)
    fits = _test(connection, busy, prospect, wishes)
    first = now.astimezone(UTC) + timedelta(hours=connection.notice_hours)
    last_day = now.astimezone(ZoneInfo(connection.timezone)).date() + timedelta(
        days=connection.days_ahead
    )
    last = datetime.combine(last_day, time.max, ZoneInfo(connection.timezone)).astimezone(UTC)
    clock = ZoneInfo(prospect.zone)
    starts = sorted({*_grid(first, last), *(wish.start for wish in wishes if wish.exact)})
    candidates = [
        Candidate(start=start, end=start + length, local=start.astimezone(clock))
        for start in starts
        if first <= start <= last and fits(start)
    ]
    chosen = choose(candidates, wishes, most)
    return tuple(Slot(start=candidate.start, end=candidate.end) for candidate in chosen)


def _test(
    connection: CalendarConnection,
    busy: Sequence[Busy],
    prospect: Prospect,
    wishes: Sequence[Wish],
) -> Callable[[datetime], bool]:
    """Return the test whether a meeting may begin at a moment."""
    length = timedelta(minutes=connection.minutes)
    rules = (
        owner_works(connection, length),
        _suits(prospect, length, {wish.start for wish in wishes if wish.exact}),
        _free(busy, length, margin(connection)),
        _free(prospect.taken, length, timedelta()),
    )
    return lambda start: all(rule(start) for rule in rules)


def owner_works(connection: CalendarConnection, length: timedelta) -> Callable[[datetime], bool]:
    """Return the test whether the owner works at a moment and so long after it."""
    hours, days = connection.hours, {WEEKDAYS.index(day) for day in connection.hours.days}
    is_holiday = holiday(country_of(connection.timezone))

    def works(start: datetime) -> bool:
        on_clock = _on_clock(start, length, connection.timezone)
        if on_clock is None:
            return False
        day, begins, ends = on_clock
        inside = hours.start <= begins and ends <= hours.end
        return inside and day.weekday() in days and not is_holiday(day)

    return works


def _suits(
    prospect: Prospect, length: timedelta, asked: Collection[datetime]
) -> Callable[[datetime], bool]:
    country = prospect.country or country_of(prospect.zone)
    is_holiday, is_weekend = holiday(country), weekend(country)

    def suits(start: datetime) -> bool:
        on_clock = _on_clock(start, length, prospect.zone)
        if on_clock is None or is_holiday(on_clock[0]):
            return False
        day, begins, ends = on_clock
        return start in asked or (begins >= EARLIEST and ends <= LATEST and not is_weekend(day))

    return suits


def _on_clock(start: datetime, length: timedelta, zone: str) -> tuple[date, time, time] | None:
    """Return day, start and end on a zone's clock; None where that clock could be misread.

    It could where a meeting lasts over midnight or over a change of the clock, and in the hour
    that comes twice.
    """
    clock = ZoneInfo(zone)
    begins, ends = start.astimezone(clock), (start + length).astimezone(clock)
    twice = begins.replace(fold=0).utcoffset() != begins.replace(fold=1).utcoffset()
    if twice or begins.utcoffset() != ends.utcoffset() or begins.date() != ends.date():
        return None
    return begins.date(), begins.time(), ends.time()


def _free(busy: Sequence[Busy], length: timedelta, room: timedelta) -> Callable[[datetime], bool]:
    """Return the test whether nothing is in the way of a meeting, with room around it."""
    times = sorted(busy, key=lambda stretch: stretch.start)
    begins = [stretch.start for stretch in times]
    lasts = list(accumulate((stretch.end for stretch in times), max))

    def is_free(start: datetime) -> bool:
        before = bisect_left(begins, start + length + room)
        return before == 0 or lasts[before - 1] <= start - room

    return is_free


def _grid(first: datetime, last: datetime) -> Iterator[datetime]:
    step = int(GRID.total_seconds())
    moment = datetime.fromtimestamp(-(-first.timestamp() // step) * step, UTC)
    while moment <= last:
        yield moment
        moment += GRID


def _wish(asked: AskedTime, zone: str) -> Wish:
    start, end = (_read(at, ZoneInfo(zone)) for at in (asked.start, asked.end))
    return Wish(start=start, end=max(start, end), exact=asked.exact)


def _read(at: datetime, clock: ZoneInfo) -> datetime:
    """Return what somebody read from their clock; when it shows a time twice, the first."""
    aware = at if at.tzinfo else at.replace(tzinfo=clock)
    return aware.astimezone(UTC).replace(second=0, microsecond=0)

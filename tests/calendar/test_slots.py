"""Slots are free, in everybody's hours, right on the days the clocks change, and well spread."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.domain.connections import CalendarConnection
from dealwright.domain.reading import AskedTime
from dealwright.tools.ports import Busy
from dealwright.tools.scheduling.slots import Prospect, Slot, offers, span
from tests.calendar.builders import DAY, NOW, a_connection

ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York", "America/St_Johns"),
    *("America/Los_Angeles", "America/Santiago", "Australia/Sydney", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Jerusalem"),
)
CHANGES = {
    "Europe/Berlin": (date(2027, 3, 28), date(2027, 10, 31)),
    "Europe/London": (date(2027, 3, 28), date(2027, 10, 31)),
    "Europe/Lisbon": (date(2026, 3, 29), date(2027, 10, 31)),
    "America/New_York": (date(2027, 3, 14), date(2027, 11, 7)),
    "America/Los_Angeles": (date(2027, 3, 14), date(2027, 11, 7)),
    "America/St_Johns": (date(2027, 3, 14), date(2027, 11, 7)),
    "America/Santiago": (date(2027, 9, 5), date(2027, 4, 4)),
    "Australia/Sydney": (date(2027, 10, 3), date(2027, 4, 4)),
    "Australia/Lord_Howe": (date(2027, 10, 3), date(2027, 4, 4)),
    "Pacific/Auckland": (date(2027, 9, 26), date(2027, 4, 4)),
    "Africa/Cairo": (date(2027, 4, 30), date(2027, 10, 29)),
    "Asia/Jerusalem": (date(2027, 3, 26), date(2027, 10, 31)),
}
ALL_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def all_starts(c: CalendarConnection, busy: list[Busy], now: datetime, zone: str) -> set[datetime]:
    """Return every start there is, minute arithmetic only, by reading both clocks plainly."""
    length = timedelta(minutes=c.minutes)
    room = timedelta(minutes=c.buffer_minutes + c.travel_minutes)
    at = datetime(now.year, now.month, now.day, tzinfo=UTC)
    last = local(now, c.timezone).date() + timedelta(days=c.days_ahead)
    found: set[datetime] = set()
    while local(at, c.timezone).date() <= last:
        inside = True
        for where, opens, closes in (
            (c.timezone, c.hours.start, c.hours.end),
            (zone, time(8), time(18)),
        ):
            a, b = local(at, where), local(at + length, where)
            steady = a.utcoffset() == b.utcoffset()
            around = (timedelta(minutes=sign * by) for sign in (1, -1) for by in (30, 60))
            twice = any(local(at + by, where).time() == a.time() for by in around)
            inside &= a.date() == b.date() and opens <= a.time() and b.time() <= closes
            inside &= steady and not twice
        inside &= ALL_WEEK[local(at, c.timezone).weekday()] in c.hours.days
        inside &= local(at, zone).weekday() < 5
        inside &= at >= now + timedelta(hours=c.notice_hours)
        inside &= all(b.end + room <= at or at + length + room <= b.start for b in busy)
        if inside:
            found.add(at)
        at += timedelta(minutes=15)
    return found


def a_stretch(day: int, minute: int, minutes: int) -> tuple[timedelta, timedelta]:
    return timedelta(days=day, minutes=minute), timedelta(minutes=minutes)


def a_moment(zone: str, which: int, before: int) -> datetime:
    midnight = datetime.combine(CHANGES[zone][which], time(0), tzinfo=UTC)
    return midnight - timedelta(days=before, hours=7, minutes=before * 17)


stretches = st.builds(a_stretch, st.integers(-1, 5), st.integers(0, 1440), st.integers(1, 900))
moments = st.builds(
    a_moment, st.sampled_from(sorted(CHANGES)), st.integers(0, 1), st.integers(0, 2)
)


# A country of no holidays, so that the plain reading above need not know any.
NOWHERE = "AQ"


@settings(max_examples=30)
@given(
    owner=st.sampled_from(("Etc/GMT-1", "Etc/UTC", "Etc/GMT+8")),
    zone=st.sampled_from(ZONES),
    now=moments,
    shape=st.tuples(st.integers(5, 90), st.integers(0, 60), st.integers(0, 30), st.integers(0, 30)),
    opens=st.integers(0, 16),
    relative=st.lists(stretches, max_size=8),
)
def test_slots_are_exactly_what_a_plain_reading_of_both_clocks_allows(
    owner: str,
    zone: str,
    now: datetime,
    shape: tuple[int, int, int, int],
    opens: int,
    relative: list[tuple[timedelta, timedelta]],
) -> None:
    busy = [Busy(start=now + start, end=now + start + length) for start, length in relative]
    minutes, buffer, travel, notice = shape
    connection = a_connection(
        timezone=owner,
        minutes=minutes,
        buffer_minutes=buffer,
        travel_minutes=travel,
        notice_hours=notice,
        days_ahead=3,
        hours={"days": ALL_WEEK, "start": time(opens), "end": time(opens + 7)},
    )
    found = offers(connection, busy, now, Prospect(zone=zone, country=NOWHERE))
    allowed = all_starts(connection, busy, now, zone)
    assert {slot.start for slot in found} <= allowed
    assert len({slot.start for slot in found}) == len(found) == min(3, len(allowed))
    assert all(slot.end - slot.start == timedelta(minutes=minutes) for slot in found)
    start, end = span(connection, now)
    assert all(start <= slot.start and slot.end <= end for slot in found)


def wish(day: date, start: time, end: time | None = None) -> AskedTime:
    last = datetime.combine(day, end or start)
    return AskedTime(quote="x", start=datetime.combine(day, start), end=last, exact=end is None)


def asked(day: int, hour: int, to: int | None = None, *, minute: int = 0) -> AskedTime:
    return wish(date(2026, 11, day), time(hour, minute), None if to is None else time(to))


@pytest.mark.parametrize("zone", sorted(CHANGES))
@pytest.mark.parametrize("which", [0, 1])
def test_on_the_day_the_clock_changes_hours_are_those_of_the_clock(zone: str, which: int) -> None:
    day = CHANGES[zone][which]
    noon = datetime.combine(day, time(12), ZoneInfo(zone))
    assert (noon - timedelta(hours=36)).utcoffset() != noon.utcoffset()
    connection = a_connection(
        timezone=zone,
        hours={"days": ALL_WEEK, "start": time(0), "end": time(23, 59)},
        notice_hours=0,
        buffer_minutes=0,
        days_ahead=1,
        minutes=60,
    )
    wished = [wish(day, time(hour, minute)) for hour in range(20) for minute in (0, 30)]
    midnight = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    prospect = Prospect(zone=zone, country=NOWHERE, wished=wished)
    found = offers(connection, [], midnight, prospect, 200)
    found = tuple(slot for slot in found if local(slot.start, zone).date() == day)
    starts = [local(slot.start, zone) for slot in found]
    assert {time(9), time(10), time(17)} <= {a.time() for a in starts}
    for slot, a in zip(found, starts, strict=True):
        b = local(slot.end, zone)
        assert b.replace(tzinfo=None) - a.replace(tzinfo=None) == timedelta(hours=1)
        assert a.replace(fold=0).utcoffset() == a.replace(fold=1).utcoffset()


def said(found: tuple[Slot, ...], zone: str = "Europe/Berlin") -> list[str]:
    return [f"{local(slot.start, zone):%a %d %H:%M}" for slot in found]


def berlin(*wished: AskedTime, busy: tuple[Busy, ...] = (), **more: Any) -> list[str]:
    prospect = Prospect(zone="Europe/Berlin", wished=wished)
    return said(offers(a_connection(**more), busy, NOW, prospect))


def test_without_a_wish_slots_lie_on_different_days_and_parts_of_them() -> None:
    assert berlin() == ["Mon 23 09:00", "Tue 24 13:00", "Wed 25 09:00"]


def test_the_time_that_was_asked_for_comes_first() -> None:
    assert berlin(asked(26, 15)) == ["Thu 26 15:00", "Fri 27 09:00", "Wed 25 16:30"]
    assert berlin(asked(26, 15, minute=10))[0] == "Thu 26 15:10"


def test_slots_lie_in_the_span_that_was_asked_for() -> None:
    assert all(slot.startswith("Thu 26") for slot in berlin(asked(26, 13, 16)))
    assert berlin(asked(25, 9, 12), asked(27, 13, 16))[:2] == ["Wed 25 09:00", "Fri 27 13:00"]


def test_what_was_asked_for_and_is_taken_is_followed_by_what_is_near() -> None:
    two = datetime(2026, 11, 26, 13, tzinfo=UTC)
    taken = Busy(start=two, end=two + timedelta(minutes=90))
    found = berlin(asked(26, 15), busy=(taken,))
    assert found == ["Thu 26 16:00", "Fri 27 09:00", "Wed 25 16:30"]


def test_an_hour_somebody_asks_for_exactly_may_be_outside_their_usual_hours() -> None:
    late: dict[str, Any] = {"hours": {"start": "09:00", "end": "21:00"}}
    assert berlin(asked(26, 19), **late)[0] == "Thu 26 19:00"
    assert berlin(asked(26, 19))[0] != "Thu 26 19:00"


def test_no_slot_on_a_holiday_of_either_side() -> None:
    thanksgiving = Prospect(zone="America/New_York", wished=[asked(26, 9)])
    found = offers(a_connection(), [], NOW, thanksgiving, 30)
    assert not [slot for slot in found if local(slot.start, "America/New_York").day == 26]
    christmas = Prospect(zone="Europe/Berlin", country="JP")
    eve = datetime(2026, 12, 23, 18, tzinfo=UTC)
    found = offers(a_connection(hours={"days": ALL_WEEK}), [], eve, christmas, 200)
    assert not {local(slot.start, "Europe/Berlin").day for slot in found} & {25, 26}


def test_the_weekend_is_the_one_of_the_prospects_country() -> None:
    connection = a_connection(timezone="Etc/UTC", hours={"days": ALL_WEEK}, days_ahead=8)
    days = {
        zone: {
            f"{local(slot.start, zone):%a}"
            for slot in offers(connection, [], NOW, Prospect(zone=zone), 500)
        }
        for zone in ("Asia/Dubai", "Asia/Riyadh", "Europe/Paris")
    }
    assert days["Asia/Riyadh"] == {"Sun", "Mon", "Tue", "Wed", "Thu"}
    assert days["Europe/Paris"] == {"Mon", "Tue", "Wed", "Thu", "Fri"}


def test_what_was_refused_is_not_offered_again() -> None:
    first = offers(a_connection(), [], NOW, Prospect(zone="Europe/Berlin"))
    taken = [Busy(start=slot.start, end=slot.end) for slot in first]
    again = offers(a_connection(), [], NOW, Prospect(zone="Europe/Berlin", taken=taken))
    assert said(again) == ["Mon 23 09:30", "Tue 24 13:30", "Wed 25 09:30"]


def test_three_are_found_where_only_three_fit_side_by_side() -> None:
    free = (10, 11.5)
    day = NOW.replace(day=24, hour=0)
    busy = (
        Busy(start=NOW, end=day + timedelta(hours=free[0] - 1)),
        Busy(start=day + timedelta(hours=free[1] - 1), end=NOW + 20 * DAY),
    )
    found = berlin(asked(24, 10, minute=15), busy=busy, buffer_minutes=0)
    assert sorted(found) == ["Tue 24 10:00", "Tue 24 10:30", "Tue 24 11:00"]


def test_a_meeting_never_begins_in_the_hour_that_comes_twice() -> None:
    connection = a_connection(
        timezone="Europe/Berlin",
        minutes=30,
        notice_hours=0,
        days_ahead=1,
        hours={"days": ALL_WEEK, "start": time(1), "end": time(4)},
    )
    night = date(2026, 10, 25)
    wished = [wish(night, time(hour, minute)) for hour in (1, 2, 3) for minute in (0, 15, 30, 45)]
    now = datetime(2026, 10, 24, 20, tzinfo=UTC)
    found = offers(connection, [], now, Prospect(zone="Europe/Berlin", wished=wished), 20)
    assert {slot[-5:] for slot in said(found)} == {
        *("01:00", "01:15", "01:30", "01:45"),
        *("03:00", "03:15", "03:30"),
    }


def test_not_even_what_is_asked_for_is_sooner_than_the_notice() -> None:
    monday = NOW + 2 * DAY - timedelta(hours=3)
    wished = Prospect(zone="Europe/Berlin", wished=[asked(23, 11)])
    found = offers(a_connection(notice_hours=4), [], monday, wished)
    assert said(found)[0] == "Mon 23 14:00"

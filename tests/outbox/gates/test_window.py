"""The window: 40 zones, every change of the clocks, every weekday, holidays and long weekends."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from holidays import HolidayBase

from dealwright.domain.lead import Lead
from dealwright.domain.situation import Held, Passed
from dealwright.outbox.hours import ANSWERS, TOUCHES, Place, next_open, zones_of
from tests.outbox.gates.builders import a_situation, asked

ZONES = {
    "Europe/Berlin": "DE", "Europe/London": "GB", "Europe/Lisbon": "PT", "Europe/Dublin": "IE",
    "Europe/Athens": "GR", "Europe/Helsinki": "FI", "Europe/Istanbul": "TR", "Europe/Kyiv": "UA",
    "Atlantic/Azores": "PT", "Atlantic/Reykjavik": "IS", "Atlantic/Canary": "ES",
    "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US",
    "America/Phoenix": "US", "America/Los_Angeles": "US", "America/Anchorage": "US",
    "Pacific/Honolulu": "US", "America/St_Johns": "CA", "America/Halifax": "CA",
    "America/Mexico_City": "MX", "America/Sao_Paulo": "BR", "America/Santiago": "CL",
    "America/Asuncion": "PY", "America/Caracas": "VE", "Africa/Casablanca": "MA",
    "Africa/Cairo": "EG", "Africa/Johannesburg": "ZA", "Asia/Jerusalem": "IL",
    "Asia/Riyadh": "SA", "Asia/Dubai": "AE", "Asia/Tehran": "IR", "Asia/Kolkata": "IN",
    "Asia/Kathmandu": "NP", "Asia/Tokyo": "JP", "Asia/Singapore": "SG",
    "Australia/Sydney": "AU", "Australia/Lord_Howe": "AU", "Pacific/Auckland": "NZ",
    "Pacific/Chatham": "NZ", "Pacific/Kiritimati": "KI",
}  # fmt: skip
MOMENTS = int(os.environ.get("DEALWRIGHT_TEST_MOMENTS", "6000"))
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


IN_ORDER = a_situation()


def days_clocks_change(zone: str) -> list[datetime]:
    """Return the midnights (UTC) in three years after which a zone's clocks are changed."""
    clock = ZoneInfo(zone)
    midnights = [YEAR + timedelta(days=number) for number in range(3 * 365)]
    offsets = [midnight.astimezone(clock).utcoffset() for midnight in midnights]
    pairs = pairwise(offsets)
    return [midnights[number] for number, (one, other) in enumerate(pairs) if one != other]


@cache
def calendar_of(country: str) -> HolidayBase | None:
    known = country in holidays.list_supported_countries()
    return holidays.country_holidays(country, years=range(2025, 2030)) if known else None


def is_working_time(moment: datetime, zone: str, country: str) -> bool:
    """Say, without the code under test, whether people there are at work."""
    local, calendar = moment.astimezone(ZoneInfo(zone)), calendar_of(country)
    if not 8 <= local.hour < 18 or local.weekday() >= 5:
        return False
    if calendar is None:
        return True
    return local.weekday() not in calendar.weekend and local.date() not in calendar


def is_waking_time(moment: datetime, zone: str) -> bool:
    return 7 <= moment.astimezone(ZoneInfo(zone)).hour < 21


def moments(chance: random.Random) -> Iterator[tuple[datetime, str]]:
    """Yield moments, half of them within two days of a change of the clocks."""
    changes = {zone: days_clocks_change(zone) for zone in ZONES}
    for number in range(MOMENTS):
        zone = chance.choice(list(ZONES))
        around = changes[zone] or [YEAR]
        if number % 2:
            start, span = chance.choice(around) - timedelta(days=1), 3 * 86_400
        else:
            start, span = YEAR, 3 * 365 * 86_400
        yield start + timedelta(seconds=chance.randrange(span), microseconds=number % 3), zone


def judged(now: datetime, *, answers: bool = False, **lead: str | None) -> Passed | Held:
    told = Lead.model_validate({"company": "Somebody", **lead})
    verdict = asked("window", replace(IN_ORDER, now=now, lead=told, answers=answers))
    assert isinstance(verdict, Passed | Held)
    return verdict


def test_no_touch_leaves_outside_working_hours_in_any_zone_on_any_day() -> None:
    sent = outside = late = 0
    for now, zone in moments(random.Random(7)):
        country = ZONES[zone]
        verdict = judged(now, timezone=zone, country=country)
        assert isinstance(verdict, Passed) is is_working_time(now, zone, country), (now, zone)
        if isinstance(verdict, Passed):
            sent += 1
            continue
        opening = verdict.until
        assert opening is not None
        outside += not is_working_time(opening, zone, country)
        late += is_working_time(opening - TICK, zone, country)
        late += opening <= now
        halfway = now + (opening - now) / 2
        late += is_working_time(halfway, zone, country)
    sys.stdout.write(f"{MOMENTS} moments in {len(ZONES)} zones: {sent} sent at once\n")
    assert (outside, late) == (0, 0)
    assert sent > MOMENTS / 8


def test_answers_leave_while_people_are_awake_on_any_day() -> None:
    for now, zone in moments(random.Random(8)):
        verdict = judged(now, timezone=zone, country=ZONES[zone], answers=True)
        assert isinstance(verdict, Passed) is is_waking_time(now, zone), (now, zone)
        if isinstance(verdict, Held):
            assert verdict.until is not None
            assert is_waking_time(verdict.until, zone)
            assert not is_waking_time(verdict.until - TICK, zone)
            assert verdict.until - now <= timedelta(hours=11)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        # Clocks in Berlin went back the night before, and forward the night before.
        (datetime(2026, 10, 23, 18, tzinfo=UTC), datetime(2026, 10, 26, 7, tzinfo=UTC)),
        (datetime(2026, 3, 27, 18, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=UTC)),
        # Good Friday, Easter Monday; Christmas on a Friday; a Thursday's holiday.
        (datetime(2026, 4, 2, 16, tzinfo=UTC), datetime(2026, 4, 7, 6, tzinfo=UTC)),
        (datetime(2026, 12, 24, 17, tzinfo=UTC), datetime(2026, 12, 28, 7, tzinfo=UTC)),
        (datetime(2026, 5, 13, 16, tzinfo=UTC), datetime(2026, 5, 15, 6, tzinfo=UTC)),
    ],
)
def test_in_berlin_it_waits_until_exactly_eight_on_the_next_working_day(
    now: datetime, opening: datetime
) -> None:
    verdict = judged(now, timezone="Europe/Berlin", country="DE")
    assert isinstance(verdict, Held)
    assert verdict.until == opening


def test_the_window_opens_at_eight_and_closes_at_six_to_the_microsecond() -> None:
    eight, six = datetime(2026, 11, 3, 7, tzinfo=UTC), datetime(2026, 11, 3, 17, tzinfo=UTC)
    assert judged(eight, country="DE") == Passed()
    assert judged(six - TICK, country="DE") == Passed()
    assert isinstance(judged(eight - TICK, country="DE"), Held)
    assert isinstance(judged(six, country="DE"), Held)
    seven, nine = eight - timedelta(hours=1), six + timedelta(hours=3)
    assert judged(seven, answers=True, country="DE") == Passed()
    assert judged(nine - TICK, answers=True, country="DE") == Passed()
    assert isinstance(judged(seven - TICK, answers=True, country="DE"), Held)
    assert isinstance(judged(nine, answers=True, country="DE"), Held)


def test_a_country_with_one_zone_needs_no_zone() -> None:
    assert judged(datetime(2026, 11, 3, 7, tzinfo=UTC), country="DE") == Passed()
    assert isinstance(judged(datetime(2026, 11, 3, 6, 59, tzinfo=UTC), country="DE"), Held)


def test_in_a_wide_country_it_must_be_working_hours_everywhere() -> None:
    eastern_noon = datetime(2026, 11, 3, 17, tzinfo=UTC)
    verdict = judged(eastern_noon, country="US")
    assert isinstance(verdict, Held)
    opening = datetime(2026, 11, 3, 18, tzinfo=UTC)
    assert verdict.until == opening
    assert judged(opening, country="US") == Passed()
    for zone in ("America/New_York", "Pacific/Honolulu", "America/Los_Angeles"):
        assert is_working_time(opening, zone, "US")


def test_where_no_hour_suits_the_whole_country_a_person_enters_the_zone() -> None:
    verdict = judged(datetime(2026, 11, 3, 9, tzinfo=UTC), country="RU")
    assert verdict == Held(because="no hour suits all of RU: enter their time zone")


def test_a_touch_to_nowhere_waits_and_an_answer_keeps_to_our_own_clock() -> None:
    noon = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert "nobody knows what time it is" in str(judged(noon))
    assert judged(noon, answers=True) == Passed()
    night = judged(datetime(2026, 11, 3, 2, tzinfo=UTC), answers=True)
    assert isinstance(night, Held)
    assert night.until == datetime(2026, 11, 3, 6, tzinfo=UTC)
    assert isinstance(asked("window", a_situation(lead=None)), Held)
    nobody = a_situation(lead=None, mailbox=None, answers=True)
    assert isinstance(asked("window", nobody), Held)


def test_a_weekend_is_the_country_s_own_and_never_less_than_saturday_and_sunday() -> None:
    friday, sunday = datetime(2026, 11, 6, 9, tzinfo=UTC), datetime(2026, 11, 8, 9, tzinfo=UTC)
    assert judged(friday, country="DE") == Passed()
    assert isinstance(judged(friday, country="IL"), Held)
    assert isinstance(judged(sunday, country="IL"), Held)


def test_every_country_the_import_knows_has_its_zones() -> None:
    assert zones_of("DE")[0] == "Europe/Berlin"
    assert zones_of("ZZ") == ()
    assert next_open(YEAR, Place(zones=()), TOUCHES) is None
    assert next_open(YEAR, Place(zones=("UTC",)), ANSWERS) == YEAR + timedelta(hours=7)

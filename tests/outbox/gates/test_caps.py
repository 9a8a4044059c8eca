"""Caps hold exactly: the last allowed letter leaves, the one after it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dealwright.domain.connections import Connections, WarmUp
from dealwright.domain.situation import Held, Situation, Traffic
from dealwright.outbox.gates.under_cap import cap_on
from tests.outbox.gates.builders import (
    NOON,
    PUBLIC_URL,
    a_mailbox,
    a_situation,
    asked,
    holds,
    passes,
    with_traffic,
)

SECOND = timedelta(seconds=1)
MIDNIGHT_IN_BERLIN = datetime(2026, 11, 3, 23, tzinfo=UTC)


def until(situation: Situation) -> datetime | None:
    verdict = asked("under_cap", situation)
    assert isinstance(verdict, Held)
    return verdict.until


def test_a_mailbox_sends_its_daily_cap_and_not_one_more() -> None:
    assert passes("under_cap", with_traffic(mailbox_today=49))
    assert "ana@routewise.example has sent its 50" in holds(
        "under_cap", with_traffic(mailbox_today=50)
    )
    assert holds("under_cap", with_traffic(mailbox_today=51))


def test_a_domain_gets_200_a_day_and_not_one_more() -> None:
    assert passes("under_cap", with_traffic(domain_today=199))
    assert "200 letters" in holds("under_cap", with_traffic(domain_today=200))


def test_a_person_gets_three_touches_in_30_days_and_not_one_more() -> None:
    assert passes("under_cap", with_traffic(person_30_days=2))
    assert "3 letters within 30 days" in holds("under_cap", with_traffic(person_30_days=3))


def test_two_touches_are_two_days_apart_to_the_second() -> None:
    def after(gap: timedelta) -> Situation:
        return with_traffic(last_touch=NOON - gap)

    assert passes("under_cap", after(timedelta(days=2)))
    early = after(timedelta(days=2) - SECOND)
    assert "less than two days" in holds("under_cap", early)
    assert until(early) == NOON + SECOND


def test_answers_count_for_the_mailbox_but_not_for_the_person() -> None:
    busy = Traffic(person_30_days=9, last_touch=NOON)
    assert passes("under_cap", a_situation(answers=True, traffic=busy))
    for full in (Traffic(mailbox_today=50), Traffic(domain_today=200)):
        assert holds("under_cap", a_situation(answers=True, traffic=full))


def test_daily_caps_begin_anew_at_midnight_of_the_mailbox() -> None:
    for traffic in (Traffic(mailbox_today=50), Traffic(domain_today=200)):
        assert until(a_situation(traffic=traffic)) == MIDNIGHT_IN_BERLIN
        late = a_situation(traffic=traffic, now=MIDNIGHT_IN_BERLIN - SECOND)
        assert until(late) == MIDNIGHT_IN_BERLIN
        assert until(a_situation(traffic=traffic, now=MIDNIGHT_IN_BERLIN)) == (
            MIDNIGHT_IN_BERLIN + timedelta(days=1)
        )


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 25), 25), (date(2026, 3, 29), 23)])
def test_on_days_clocks_change_the_mailbox_s_day_is_longer_or_shorter(
    day: date, hours: int
) -> None:
    begins = datetime(day.year, day.month, day.day - 1, 12, tzinfo=UTC)
    midnight = until(a_situation(traffic=Traffic(mailbox_today=50), now=begins))
    assert midnight is not None
    following = until(a_situation(traffic=Traffic(mailbox_today=50), now=midnight))
    assert following == midnight + timedelta(hours=hours)


def test_a_new_mailbox_grows_into_its_cap() -> None:
    growth = WarmUp(starts_on=date(2026, 11, 2), first_day=5, daily_step=3)
    mailbox = a_mailbox(warm_up=growth, per_day=20)
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(8)]
    assert [cap_on(mailbox, day) for day in days] == [0, 5, 8, 11, 14, 17, 20, 20]
    assert cap_on(a_mailbox(per_day=20), days[0]) == 20


def test_the_growing_cap_is_kept_exactly_on_the_mailbox_s_own_day() -> None:
    growth = WarmUp(starts_on=date(2026, 11, 2), first_day=5, daily_step=3)
    mailbox = a_mailbox(warm_up=growth)
    connections = Connections(public_url=PUBLIC_URL, mailboxes=(mailbox,))

    def on(now: datetime, sent: int) -> bool:
        traffic = Traffic(mailbox_today=sent)
        situation = a_situation(now=now, mailbox=mailbox, connections=connections, traffic=traffic)
        return passes("under_cap", situation)

    assert on(MIDNIGHT_IN_BERLIN - SECOND, 7)
    assert not on(MIDNIGHT_IN_BERLIN - SECOND, 8)
    assert on(MIDNIGHT_IN_BERLIN, 10)
    assert not on(MIDNIGHT_IN_BERLIN, 11)


def test_a_cap_of_none_and_no_mailbox_send_nothing() -> None:
    assert holds("under_cap", a_situation(mailbox=a_mailbox(per_day=0)))
    assert "no mailbox" in holds("under_cap", a_situation(mailbox=None))


@pytest.mark.parametrize(
    ("bounces", "complaints", "stops"),
    [(0, 0, False), (2, 0, False), (3, 0, True), (0, 1, False), (0, 2, False), (0, 3, True)],
)
def test_a_mailbox_that_bounces_or_annoys_stops(
    bounces: int, complaints: int, *, stops: bool
) -> None:
    situation = with_traffic(failed_of_last_50=bounces, complaints_of_last_1000=complaints)
    assert bool(holds("reputation", situation)) is stops
    assert passes("reputation", situation) is not stops


def test_the_first_complaint_in_a_thousand_is_a_warning() -> None:
    assert "warning: 1 complaints" in str(
        asked("reputation", with_traffic(complaints_of_last_1000=1))
    )
    assert "warning" not in str(asked("reputation", with_traffic(failed_of_last_50=2)))

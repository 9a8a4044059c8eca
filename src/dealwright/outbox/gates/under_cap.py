"""Under cap: no mailbox, no company and no person gets more than is decent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dealwright.domain.connections import Mailbox
from dealwright.domain.situation import Held, Passed, Situation, Verdict

PER_DOMAIN_AND_DAY = 200
PER_PERSON_IN_30_DAYS = 3
SHORTEST_GAP = timedelta(days=2)


def under_cap(situation: Situation) -> Verdict:
    """Hold what would go over a cap; answers to a person's own message count for no person."""
    mailbox, traffic = situation.mailbox, situation.traffic
    if mailbox is None:
        return Held(because="no mailbox is chosen to send from")
    zone = ZoneInfo(mailbox.timezone)
    today = situation.now.astimezone(zone).date()
    tomorrow = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    cap = cap_on(mailbox, today)
    if traffic.mailbox_today >= cap:
        return Held(because=f"{mailbox.address} has sent its {cap} for today", until=tomorrow)
    if traffic.domain_today >= PER_DOMAIN_AND_DAY:
        because = f"{PER_DOMAIN_AND_DAY} letters have gone to their domain today"
        return Held(because=because, until=tomorrow)
    return Passed() if situation.answers else _for_the_person(situation)


def cap_on(mailbox: Mailbox, day: date) -> int:
    """Return how many letters may leave a mailbox on a day of its own zone."""
    growth = mailbox.warm_up
    if growth is None:
        return mailbox.per_day
    if day < growth.starts_on:
        return 0
    grown = growth.first_day + growth.daily_step * (day - growth.starts_on).days
    return min(mailbox.per_day, grown)


def _for_the_person(situation: Situation) -> Verdict:
    traffic = situation.traffic
    if traffic.person_30_days >= PER_PERSON_IN_30_DAYS:
        return Held(because=f"they got {traffic.person_30_days} letters within 30 days")
    if traffic.last_touch is None:
        return Passed()
    earliest = traffic.last_touch + SHORTEST_GAP
    if situation.now < earliest:
        return Held(because="their last letter is less than two days old", until=earliest)
    return Passed()

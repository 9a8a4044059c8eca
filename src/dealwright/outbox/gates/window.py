"""Window: people are written to while they are at work, by their own clock."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Situation, Verdict
from dealwright.outbox.hours import ANSWERS, TOUCHES, Place, next_open, zones_of


def window(situation: Situation) -> Verdict:
    """Hold a touch until working hours, and an answer until nobody sleeps.

    Who does not say where in a country they are is written to when it is working hours everywhere
    in it. Where even the country is unknown, an answer keeps to our own clock and a touch waits.
    """
    place = _place(situation)
    if not place.zones:
        return Held(because="nobody knows what time it is where they are: enter a zone or country")
    opening = next_open(situation.now, place, ANSWERS if situation.answers else TOUCHES)
    if opening is None:
        return Held(because=f"no hour suits all of {place.country}: enter their time zone")
    if opening > situation.now:
        what = "an answer" if situation.answers else "a letter"
        return Held(because=f"it is no time for {what} where they are", until=opening)
    return Passed()


def _place(situation: Situation) -> Place:
    lead = situation.lead
    country = lead.country if lead else None
    if lead is not None and lead.timezone:
        return Place(zones=(lead.timezone,), country=country)
    if country and (zones := zones_of(country)):
        return Place(zones=zones, country=country)
    if situation.answers and situation.mailbox is not None:
        return Place(zones=(situation.mailbox.timezone,), country=country)
    return Place(zones=(), country=country)

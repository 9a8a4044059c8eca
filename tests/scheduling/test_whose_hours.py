"""A meeting can only be when its owner works, whoever put the time on offer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dealwright.clock import WindableClock
from dealwright.domain.connections import CalendarConnection
from dealwright.domain.conversation import Offered
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, Sender
from dealwright.domain.scheduling import Decision, Scheduling
from dealwright.outbox.meetings import Booking, arranged
from dealwright.tools.access import ToolCall
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.connectors.calendar_slots import CalendarSlots
from tests.agents.talks import a_conversation, ours, theirs
from tests.calendar.builders import HALF_HOUR, NOW, a_connection
from tests.scheduling.builders import a_meeting
from tests.servers_calendar import SECRET, CalendarServer

BERLIN = Lead(company="Nordfracht", country="DE", language="de")
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""Ten in the morning in Berlin."""
NEVER = (
    (TUESDAY - timedelta(days=2), HALF_HOUR),
    (TUESDAY.replace(hour=2), HALF_HOUR),
    (TUESDAY.replace(hour=15, minute=45), HALF_HOUR),
    (TUESDAY, timedelta(hours=6)),
    (TUESDAY, timedelta(minutes=5)),
    (TUESDAY - timedelta(days=7), HALF_HOUR),
)
"""A Sunday, a night, past the evening, a whole day, no time at all, last week."""


def a_booking(
    start: datetime, length: timedelta, decision: Decision = Decision.BOOK, *, by_hand: bool = False
) -> Booking:
    sender = Sender(name="Anna", company="Seller", postal_address="1 Dock Street, Leeds")
    connection: CalendarConnection = a_connection()
    told = {"decision": decision, "message": 2, "because": "they agreed", "language": "en"}
    return Booking(
        case_id="c1",
        scheduling=Scheduling.model_validate({**told, "start": start, "end": start + length}),
        before=a_meeting() if decision is Decision.MOVE else None,
        connection=connection,
        offer=Offer(product="Routes", helps_with="plan routes", ask="Shall we?", sender=sender),
        company="Acme",
        attendee="sam@c.example",
        attendee_name="Sam",
        by_hand=by_hand,
        now=NOW,
    )


@pytest.mark.parametrize("decision", [Decision.BOOK, Decision.MOVE])
def test_the_outbox_arranges_what_lies_in_the_owners_hours(decision: Decision) -> None:
    assert arranged(a_booking(TUESDAY, HALF_HOUR, decision)) is not None


@pytest.mark.parametrize("decision", [Decision.BOOK, Decision.MOVE])
@pytest.mark.parametrize(("start", "length"), NEVER)
def test_the_outbox_arranges_nothing_outside_them(
    start: datetime, length: timedelta, decision: Decision
) -> None:
    assert arranged(a_booking(start, length, decision)) is None


def test_a_person_of_ours_may_meet_whenever_they_like() -> None:
    assert arranged(a_booking(*NEVER[0], by_hand=True)) is not None


@pytest.mark.parametrize(("start", "length"), NEVER[:-1])
async def test_what_a_letter_offered_is_no_time_if_the_owner_never_works_then(
    radicale: CalendarServer, start: datetime, length: timedelta
) -> None:
    clock = WindableClock(NOW)
    connection = a_connection(radicale.work, buffer_minutes=0)
    slots = CalendarSlots(connection, CalDavCalendar(connection, SECRET, clock), clock)
    wrong = Offered(start=start, end=start + length, words="then")
    right = Offered(start=TUESDAY, end=TUESDAY + HALF_HOUR, words="on Tuesday")
    letter = ours().model_copy(update={"offered": (wrong, right)})
    call = ToolCall(
        workspace="w",
        case_id="c",
        agent="scheduler",
        tool="calendar",
        slots={"lead": BERLIN, "conversation": a_conversation(letter, theirs())},
    )
    on_offer = [one for one in (await slots(call)).sources if one.url == "calendar:offered"]
    (only,) = on_offer
    assert datetime.fromisoformat(only.text.partition("/")[0]) == TUESDAY

"""What agents are told of a calendar: on the lead's own clock, whatever the clocks do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dealwright.clock import WindableClock
from dealwright.connected import free_times
from dealwright.domain.conversation import Offered
from dealwright.domain.lead import Lead
from dealwright.domain.material import Source
from dealwright.domain.reading import AskedTime, Meaning
from dealwright.errors import Misconfigured, NotThere, TryAgain
from dealwright.settings import Settings
from dealwright.tools.access import ToolCall
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.connectors.calendar_slots import CalendarSlots
from tests.agents.talks import a_conversation, a_reading, ours, theirs
from tests.calendar.builders import a_connection, an_event, put
from tests.scheduling.builders import a_meeting
from tests.servers_calendar import SECRET, USER, CalendarServer

OCTOBER = datetime(2026, 10, 22, 12, tzinfo=UTC)
"""Between this Thursday and the next, clocks go back in Europe and not yet in America."""
BERLIN = Lead(company="Nordfracht", country="DE", language="de")
AT_THREE = datetime(2026, 10, 27, 15, tzinfo=UTC).replace(tzinfo=None)
HALF_HOUR = timedelta(minutes=30)


def a_call(lead: Lead = BERLIN, asked: datetime = AT_THREE, *offers: Offered) -> ToolCall:
    letter = ours().model_copy(update={"offered": offers})
    times = (AskedTime(quote="Dienstag um 15 Uhr", start=asked, end=asked, exact=True),)
    slots = {
        "lead": lead,
        "conversation": a_conversation(letter, theirs()),
        "reading": a_reading(Meaning.MEETING, language="de", times=times),
    }
    return ToolCall(workspace="w", case_id="c", agent="scheduler", tool="calendar", slots=slots)


async def told(server: CalendarServer, call: ToolCall) -> list[Source]:
    clock = WindableClock(OCTOBER)
    connection = a_connection(server.work, timezone="America/New_York", buffer_minutes=0)
    calendar = CalDavCalendar(connection, SECRET, clock)
    return list((await CalendarSlots(connection, calendar, clock)(call)).sources)


async def test_what_they_ask_for_is_read_on_their_clock_on_days_clocks_differ(
    radicale: CalendarServer,
) -> None:
    asked, *others = await told(radicale, a_call())
    assert asked.url == "calendar:asked"
    assert asked.text == "2026-10-27T15:00:00+01:00/2026-10-27T15:30:00+01:00"
    assert asked.title == "Dienstag, 27. Oktober, 15:00–15:30 Uhr (Ihre Zeit, Europe/Berlin)"
    assert [source.url for source in others] == ["calendar:free"] * 2


async def test_what_is_in_the_way_there_is_in_the_way_here(radicale: CalendarServer) -> None:
    in_new_york = datetime(2026, 10, 27, 14, tzinfo=UTC)
    await put(f"{radicale.home}x.ics", radicale, an_event("x", start=in_new_york))
    await put(f"{radicale.work}x.ics", radicale, an_event("x", start=in_new_york))
    assert "calendar:asked" not in {each.url for each in await told(radicale, a_call())}


async def test_who_may_live_by_several_clocks_is_told_the_owners_and_books_none_by_asking(
    radicale: CalendarServer,
) -> None:
    somewhere = Lead(company="Acme", country="US")
    sources = await told(radicale, a_call(somewhere))
    assert {source.url for source in sources} == {"calendar:free"}
    assert all(source.title.endswith(" Uhr (America/New_York)") for source in sources)


async def test_a_time_on_offer_is_told_while_it_is_free_and_not_offered_twice(
    radicale: CalendarServer,
) -> None:
    starts = [datetime(2026, 10, day, 14, tzinfo=UTC) for day in (26, 27)]
    offers = [Offered(start=start, end=start + HALF_HOUR, words="x") for start in starts]
    await put(f"{radicale.work}x.ics", radicale, an_event("x", start=starts[0]))
    sources = await told(radicale, a_call(BERLIN, AT_THREE, *offers))
    on_offer = [source.text for source in sources if source.url == "calendar:offered"]
    assert on_offer == ["2026-10-27T15:00:00+01:00/2026-10-27T15:30:00+01:00"]
    assert on_offer[0] not in {s.text for s in sources if s.url != "calendar:offered"}


async def test_how_a_meeting_stands_is_told_though_no_calendar_answers() -> None:
    meeting = a_meeting(start=AT_THREE.replace(tzinfo=UTC), end=AT_THREE.replace(tzinfo=UTC))
    call = a_call()
    slots = {"lead": BERLIN, "conversation": call.slots["conversation"], "meeting": meeting}
    clock, nowhere = WindableClock(OCTOBER), a_connection()
    tool = CalendarSlots(nowhere, CalDavCalendar(nowhere, SECRET, clock), clock)
    (own,) = (await tool(replace(call, slots=slots))).sources
    assert (own.url, own.text[:16]) == ("calendar:meeting", "2026-10-27T16:00")
    with pytest.raises(TryAgain):
        await tool(call)


async def test_without_a_calendar_there_are_no_times(tmp_path: Path) -> None:
    settings = Settings(connections=tmp_path / "connections.yaml")
    with pytest.raises(NotThere, match="no calendar is connected"):
        await free_times(settings, WindableClock(OCTOBER))(a_call())


async def test_a_calendar_without_its_password_says_where_one_goes(tmp_path: Path) -> None:
    lines = [
        "calendar:",
        "  id: anna",
        "  url: http://127.0.0.1:1/",
        f"  user: {USER}",
        "  owner: Anna Vogel",
        "  address: anna@seller.example",
        "  timezone: Europe/Berlin",
    ]
    path = tmp_path / "connections.yaml"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(Misconfigured, match="DEALWRIGHT_SECRETS__ANNA"):
        await free_times(Settings(connections=path), WindableClock(OCTOBER))(a_call())

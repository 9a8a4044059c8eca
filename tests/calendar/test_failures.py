"""What is known after a calendar server failed, and how it is settled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dealwright.clock import WindableClock
from dealwright.errors import (
    ConnectorFailed,
    Forbidden,
    Misconfigured,
    NotThere,
    OutcomeUnknown,
    TryAgain,
)
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.ports import Meeting
from tests.calendar.builders import (
    DAY,
    NOW,
    TUESDAY,
    a_calendar,
    a_connection,
    a_meeting,
    called_off,
    moved,
)
from tests.calendar.fault_proxy import Fault, FaultProxy, Instead, Plan, before
from tests.servers_calendar import KINDS, SECRET, CalendarServer, free_port, running

MULTISTATUS = (
    '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response>'
    "<href>/x.ics</href><propstat><prop><getetag>1</getetag><C:calendar-data>{}</C:calendar-data></prop>"
    "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
)
XML = "Content-Type: application/xml\r\n"
NONSENSE = {
    "a web page": Instead(),
    "broken XML": Instead("207 Multi-Status", "<multistatus", XML),
    "an entry that is none": Instead("207 Multi-Status", MULTISTATUS.format("hello"), XML),
    "an event without a time": Instead(
        "207 Multi-Status",
        MULTISTATUS.format("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR\n"),
        XML,
    ),
    "an error": Instead("500 Internal Server Error"),
    "leave me alone": Instead("503 Service Unavailable"),
    "somewhere else": Instead("302 Found", headers="Location: http://127.0.0.1:1/\r\n"),
}


@pytest.fixture
async def proxy(server: CalendarServer) -> AsyncGenerator[FaultProxy]:
    """A proxy before the server."""
    async with before(server.url) as started:
        yield started


def through(proxy: FaultProxy, server: CalendarServer, patience: int = 30) -> CalDavCalendar:
    connection = a_connection(proxy.url + urlsplit(server.work).path, buffer_minutes=0)
    return CalDavCalendar(connection, SECRET, WindableClock(NOW), patience)


def when(method: str, part: str, fault: Fault | Instead) -> Plan:
    return lambda m, path: fault if m == method and part in path else Fault.NONE


async def test_a_server_that_is_not_there_is_asked_again() -> None:
    calendar = CalDavCalendar(a_connection(f"http://127.0.0.1:{free_port()}/"), SECRET)
    for asked in (
        calendar.busy(TUESDAY, TUESDAY + DAY),
        calendar.book(a_meeting()),
        calendar.change(moved(a_meeting(), DAY)),
        calendar.find("meeting-1"),
    ):
        with pytest.raises(TryAgain, match="not there"):
            await asked


async def test_a_booking_whose_answer_was_lost_is_found(
    server: CalendarServer, proxy: FaultProxy
) -> None:
    proxy.plan = when("PUT", "meeting-1", Fault.NO_ANSWER)
    with pytest.raises(OutcomeUnknown):
        await through(proxy, server).book(a_meeting())
    assert proxy.seen.count(("PUT", f"{urlsplit(server.work).path}meeting-1.ics")) == 1
    assert await a_calendar(server).find("meeting-1") is not None
    await a_calendar(server).book(a_meeting())
    await a_calendar(server).change(called_off(a_meeting()))
    assert await a_calendar(server).busy(TUESDAY, TUESDAY + DAY) == ()


async def test_a_booking_that_never_arrived_is_not_found_and_its_time_stays_held(
    server: CalendarServer, proxy: FaultProxy
) -> None:
    proxy.plan = when("PUT", "meeting-1", Fault.NEVER_ARRIVES)
    with pytest.raises(OutcomeUnknown):
        await through(proxy, server).book(a_meeting())
    calendar = a_calendar(server)
    assert await calendar.find("meeting-1") is None
    assert len(await calendar.busy(TUESDAY, TUESDAY + DAY)) == 1
    with pytest.raises(NotThere):
        await calendar.book(a_meeting("meeting-2"))
    await calendar.book(a_meeting())
    await calendar.change(called_off(a_meeting()))
    await calendar.book(a_meeting("meeting-2"))


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
async def test_a_held_time_can_be_given_up(server: CalendarServer, proxy: FaultProxy) -> None:
    proxy.plan = when("PUT", "meeting-1", Fault.NEVER_ARRIVES)
    with pytest.raises(OutcomeUnknown):
        await through(proxy, server).book(a_meeting())
    with pytest.raises(NotThere):
        await a_calendar(server).change(called_off(a_meeting()))
    assert await a_calendar(server).busy(TUESDAY, TUESDAY + DAY) == ()


@pytest.mark.parametrize("fault", [Fault.NEVER_ARRIVES, Fault.NO_ANSWER])
async def test_a_hold_that_may_stand_books_nothing(
    server: CalendarServer, proxy: FaultProxy, fault: Fault
) -> None:
    proxy.plan = when("PUT", "hold", fault)
    with pytest.raises(TryAgain):
        await through(proxy, server).book(a_meeting())
    assert await a_calendar(server).busy(TUESDAY, TUESDAY + DAY) == ()
    await a_calendar(server).book(a_meeting("meeting-2"))


@pytest.mark.parametrize("fault", [Fault.NEVER_ARRIVES, Fault.NO_ANSWER])
async def test_a_change_whose_answer_was_lost_is_made_once(
    server: CalendarServer, proxy: FaultProxy, fault: Fault
) -> None:
    await a_calendar(server).book(a_meeting())
    proxy.plan = when("PUT", "meeting-1", fault)
    with pytest.raises(OutcomeUnknown):
        await through(proxy, server).change(moved(a_meeting(), DAY))
    found = await a_calendar(server).find("meeting-1")
    assert found is not None
    assert (found.start == TUESDAY + DAY) is (fault is Fault.NO_ANSWER)
    await a_calendar(server).change(moved(a_meeting(), DAY))
    await a_calendar(server).change(called_off(moved(a_meeting(), DAY), sequence=2))
    assert await a_calendar(server).busy(TUESDAY, TUESDAY + 3 * DAY) == ()


async def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    enough = asyncio.Event()

    async def never(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await enough.wait()
        writer.close()

    async with await asyncio.start_server(never, "127.0.0.1", 0) as silent:
        url = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}/"
        with pytest.raises(TryAgain):
            await CalDavCalendar(a_connection(url), SECRET, patience=1).find("meeting-1")
        enough.set()


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
@pytest.mark.parametrize("what", NONSENSE)
async def test_no_sense_is_made_of_nonsense(
    server: CalendarServer, proxy: FaultProxy, what: str
) -> None:
    calendar = through(proxy, server)
    proxy.plan = when("GET", "", NONSENSE[what])
    with pytest.raises(TryAgain):
        await calendar.find("meeting-1")
    proxy.plan = when("REPORT", "", NONSENSE[what])
    with pytest.raises(TryAgain):
        await calendar.busy(TUESDAY, TUESDAY + DAY)
    with pytest.raises(TryAgain):
        await calendar.book(a_meeting())
    assert not [path for method, path in proxy.seen if method == "PUT" and "meeting-1" in path]


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
@pytest.mark.parametrize("what", ["a web page", "an error", "leave me alone", "somewhere else"])
async def test_a_booking_answered_with_nonsense_is_not_taken_for_one(
    server: CalendarServer, proxy: FaultProxy, what: str
) -> None:
    proxy.plan = when("PUT", "meeting-1", NONSENSE[what])
    with pytest.raises(TryAgain):
        await through(proxy, server).book(a_meeting())
    assert await a_calendar(server).find("meeting-1") is None
    assert await a_calendar(server).busy(TUESDAY, TUESDAY + DAY) == ()


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
async def test_a_gateway_that_gave_up_waiting_settles_nothing(
    server: CalendarServer, proxy: FaultProxy
) -> None:
    proxy.plan = when("PUT", "meeting-1", Instead("504 Gateway Timeout"))
    with pytest.raises(OutcomeUnknown):
        await through(proxy, server).book(a_meeting())


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
async def test_an_entry_without_a_version_is_not_changed(
    server: CalendarServer, proxy: FaultProxy
) -> None:
    proxy.plan = when("GET", "meeting-1", Instead(body="x"))
    with pytest.raises(TryAgain, match="version"):
        await through(proxy, server).change(moved(a_meeting(), DAY))


@pytest.mark.parametrize("shared_server", ["radicale"], indirect=True)
async def test_a_server_that_does_not_let_us_in_is_named_as_such(
    proxy: FaultProxy, server: CalendarServer
) -> None:
    challenge = 'WWW-Authenticate: Basic realm="x"\r\n'
    for status in ("401 Unauthorized", "403 Forbidden"):
        proxy.plan = when("GET", "", Instead(status, headers=challenge))
        with pytest.raises(Forbidden):
            await through(proxy, server).book(a_meeting())


def test_the_secret_goes_nowhere_else() -> None:
    unsafe: tuple[dict[str, Any], ...] = (
        {"url": "http://calendar.example/anna/"},
        {"url": "https://a.example/anna/", "also_busy": ("https://b.example/anna/",)},
        {"url": "https://a.example/anna/", "also_busy": ("http://a.example/anna/",)},
    )
    for said in unsafe:
        with pytest.raises(Misconfigured):
            CalDavCalendar(a_connection(**said), SECRET)


@pytest.mark.parametrize("kind", KINDS)
async def test_killed_in_the_middle_nothing_is_booked_twice_or_lost(
    kind: str, tmp_path: Path
) -> None:
    wanted = [a_meeting(f"m{n}", TUESDAY + (n // 2) * DAY) for n in range(6)]
    async with running(kind, tmp_path) as server:

        async def book(meeting: Meeting) -> ConnectorFailed | None:
            try:
                await a_calendar(server, patience=5).book(meeting)
            except ConnectorFailed as failure:
                return failure
            return None

        bookings = asyncio.gather(*map(book, wanted))
        await asyncio.sleep(0.4)
        await server.stop()
        said = await bookings
        await server.start()
        for meeting, answer in zip(wanted, said, strict=True):
            found = await a_calendar(server).find(meeting.uid)
            if not isinstance(answer, OutcomeUnknown):
                assert (found is not None) is (answer is None)
        again = [await book(meeting) for meeting in wanted]
        there = [m for m in wanted if await a_calendar(server).find(m.uid)]
    assert {type(answer) for answer in again} <= {type(None), NotThere}
    assert [m for m, answer in zip(wanted, again, strict=True) if answer is None] == there
    assert len({m.start for m in there}) == len(there) == 3

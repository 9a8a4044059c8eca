"""What every CalDAV server has to do for us, tried on real ones."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.errors import NotThere
from dealwright.tools.ports import Busy, Meeting
from tests.calendar.builders import (
    DAY,
    HALF_HOUR,
    TUESDAY,
    a_calendar,
    a_meeting,
    an_event,
    called_off,
    entries,
    moved,
    put,
)
from tests.servers_calendar import CalendarServer

SIXTEEN = range(16)


async def bookings(server: CalendarServer, meetings: list[Meeting]) -> list[Meeting]:
    """Book all at once, each over a connection of its own; return those that were booked."""
    calendars = [a_calendar(server) for _ in meetings]
    wishes = (calendar.book(m) for calendar, m in zip(calendars, meetings, strict=True))
    said = await asyncio.gather(*wishes, return_exceptions=True)
    failures = [answer for answer in said if answer is not None]
    assert all(isinstance(failure, NotThere) for failure in failures), failures
    return [m for m, answer in zip(meetings, said, strict=True) if answer is None]


async def test_what_is_booked_is_found_whole(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    found = await calendar.find(meeting.uid)
    assert found == replace(meeting, organiser_name="Anna 'Ace' Vogel, Seller")
    assert await calendar.busy(TUESDAY - DAY, TUESDAY + DAY) == (
        Busy(start=meeting.start, end=meeting.end),
    )


async def test_what_was_never_booked_is_not_found(server: CalendarServer) -> None:
    await a_calendar(server).book(a_meeting("one-and-only"))
    assert await a_calendar(server).find("one") is None


async def test_of_sixteen_who_want_one_slot_one_gets_it(server: CalendarServer) -> None:
    booked = await bookings(server, [a_meeting(f"m{n}") for n in SIXTEEN])
    assert await entries(server) == [f"{m.uid}.ics" for m in booked]
    assert len(booked) == 1


async def test_of_sixteen_overlapping_slots_one_is_booked(server: CalendarServer) -> None:
    wanted = [a_meeting(f"m{n}", TUESDAY + timedelta(minutes=n), 16 + 3 * n) for n in SIXTEEN]
    booked = await bookings(server, wanted)
    assert await entries(server) == [f"{m.uid}.ics" for m in booked]
    assert len(booked) == 1


async def test_slots_apart_are_all_booked_at_once(server: CalendarServer) -> None:
    wanted = [a_meeting(f"m{n}", TUESDAY + n * timedelta(minutes=45)) for n in range(3)]
    assert await bookings(server, wanted) == wanted


async def test_the_buffer_between_two_meetings_is_kept(server: CalendarServer) -> None:
    calendar = a_calendar(server, buffer_minutes=10)
    await calendar.book(a_meeting())
    for start in (TUESDAY + timedelta(minutes=39), TUESDAY - timedelta(minutes=39)):
        with pytest.raises(NotThere, match="taken"):
            await calendar.book(a_meeting("too-close", start))
    await calendar.book(a_meeting("after", TUESDAY + timedelta(minutes=40)))


async def test_booking_twice_is_one_booking(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.book(meeting)
    assert await entries(server) == ["meeting-1.ics"]


async def test_booking_one_meeting_many_times_at_once_is_one_booking(
    server: CalendarServer,
) -> None:
    assert len(await bookings(server, [a_meeting()] * 4)) == 4
    assert await entries(server) == ["meeting-1.ics"]
    assert await a_calendar(server).find("meeting-1") is not None


async def test_a_meeting_at_another_address_is_the_same_meeting(server: CalendarServer) -> None:
    await put(f"{server.work}elsewhere.ics", server, an_event("meeting-1"))
    calendar = a_calendar(server)
    found = await calendar.find("meeting-1")
    assert found is not None
    await calendar.book(a_meeting())
    await calendar.change(called_off(a_meeting()))
    assert await entries(server) == ["elsewhere.ics"]
    assert await calendar.busy(TUESDAY, TUESDAY + DAY) == ()


@pytest.mark.parametrize("collection", ["work", "home"])
async def test_a_foreign_event_takes_the_time(server: CalendarServer, collection: str) -> None:
    url = {"work": server.work, "home": server.home}[collection]
    await put(f"{url}dentist.ics", server, an_event("dentist"))
    with pytest.raises(NotThere, match="taken"):
        await a_calendar(server, also_busy=(server.home,)).book(a_meeting())
    assert await a_calendar(server, also_busy=(server.home,)).find("meeting-1") is None
    assert len(await a_calendar(server, also_busy=(server.home,)).busy(TUESDAY, TUESDAY + DAY)) == 1


async def test_a_refused_booking_leaves_nothing_behind(server: CalendarServer) -> None:
    await put(f"{server.home}dentist.ics", server, an_event("dentist", hours=0.25))
    with pytest.raises(NotThere):
        await a_calendar(server, also_busy=(server.home,)).book(a_meeting())
    later = TUESDAY + timedelta(minutes=25)
    await a_calendar(server, also_busy=(server.home,)).book(a_meeting("meeting-2", later))
    assert await entries(server) == ["meeting-2.ics"]


async def test_a_move_frees_the_old_time_and_takes_the_new(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.change(moved(meeting, DAY))
    found = await calendar.find(meeting.uid)
    assert found is not None
    assert (found.start, found.sequence) == (meeting.start + DAY, 1)
    await calendar.book(a_meeting("meeting-2"))
    with pytest.raises(NotThere):
        await calendar.book(a_meeting("meeting-3", TUESDAY + DAY))


async def test_a_move_by_less_than_its_length_is_not_in_its_own_way(
    server: CalendarServer,
) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.change(moved(meeting, HALF_HOUR / 2))
    assert await calendar.busy(TUESDAY, TUESDAY + DAY) == (
        Busy(start=TUESDAY + HALF_HOUR / 2, end=TUESDAY + HALF_HOUR * 1.5),
    )


async def test_nothing_is_moved_onto_another_meeting(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.book(a_meeting("meeting-2", TUESDAY + DAY))
    with pytest.raises(NotThere, match="taken"):
        await calendar.change(moved(meeting, DAY))
    found = await calendar.find(meeting.uid)
    assert found is not None
    assert found.start == meeting.start


async def test_of_three_moved_to_one_slot_one_gets_there(server: CalendarServer) -> None:
    meetings = [a_meeting(f"m{n}", TUESDAY + n * DAY) for n in range(1, 4)]
    for meeting in meetings:
        await a_calendar(server).book(meeting)
    wishes = [replace(m, start=TUESDAY, end=TUESDAY + HALF_HOUR, sequence=1) for m in meetings]
    calendars = [a_calendar(server) for _ in wishes]
    said = await asyncio.gather(
        *(calendar.change(m) for calendar, m in zip(calendars, wishes, strict=True)),
        return_exceptions=True,
    )
    assert [type(answer) for answer in said if answer is not None] == [NotThere] * 2
    found = [await calendars[0].find(m.uid) for m in meetings]
    assert [f.start for f in found if f].count(TUESDAY) == 1


async def test_cancelling_frees_the_slot(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.change(called_off(meeting))
    await calendar.change(called_off(meeting))
    found = await calendar.find(meeting.uid)
    assert found is not None
    assert found.cancelled
    assert await calendar.busy(TUESDAY, TUESDAY + DAY) == ()
    await calendar.book(a_meeting("meeting-2"))
    with pytest.raises(NotThere, match="cancelled"):
        await calendar.book(meeting)


async def test_a_stale_change_is_refused(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    await calendar.book(meeting)
    await calendar.change(moved(meeting, DAY, sequence=2))
    for stale in (moved(meeting, 2 * DAY, sequence=1), moved(meeting, 2 * DAY, sequence=2)):
        with pytest.raises(NotThere, match="changed"):
            await calendar.change(stale)
    await calendar.change(moved(meeting, DAY, sequence=2))
    found = await calendar.find(meeting.uid)
    assert found is not None
    assert found.start == meeting.start + DAY


async def test_of_changes_made_at_once_what_stands_is_one_that_was_made(
    server: CalendarServer,
) -> None:
    meeting = a_meeting()
    await a_calendar(server).book(meeting)
    changes = [moved(meeting, n * DAY) for n in range(1, 4)]
    said = await asyncio.gather(
        *(a_calendar(server).change(change) for change in changes), return_exceptions=True
    )
    made = [change.start for change, answer in zip(changes, said, strict=True) if answer is None]
    assert {type(answer) for answer in said if answer is not None} == {NotThere}
    found = await a_calendar(server).find(meeting.uid)
    assert found is not None
    assert found.start in made


async def test_what_is_not_there_cannot_be_changed(server: CalendarServer) -> None:
    with pytest.raises(NotThere, match="no such meeting"):
        await a_calendar(server).change(moved(a_meeting(), DAY))


async def test_what_the_owner_added_to_a_meeting_stays(server: CalendarServer) -> None:
    calendar, meeting = a_calendar(server), a_meeting()
    mine = an_event(
        "meeting-1",
        "CATEGORIES:Important",
        "X-OWN:kept",
        "DURATION:PT1H",
        "DTSTART:20261124T090000Z",
    )
    await put(f"{server.work}meeting-1.ics", server, mine)
    await calendar.change(moved(meeting, DAY))
    async with server.client() as client:
        stored = (await client.get(f"{server.work}meeting-1.ics")).text
    assert "X-OWN:kept" in stored
    assert "DURATION" not in stored
    assert "SCHEDULE-AGENT=CLIENT" in stored.replace("\r\n ", "").replace("\n ", "")

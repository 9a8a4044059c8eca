"""What stands in the way, over several calendars, as real servers tell it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dealwright.tools.ports import Busy
from tests.calendar.builders import DAY, TUESDAY, a_calendar, an_event, put
from tests.servers_calendar import CalendarServer

MONDAY, SUNDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)
BERLIN = ("BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "END:VTIMEZONE")


def hours(day: int, start: float, end: float) -> Busy:
    midnight = MONDAY + (day - 23) * DAY
    return Busy(start=midnight + timedelta(hours=start), end=midnight + timedelta(hours=end))


FREE = {
    "transparent": ("TRANSP:TRANSPARENT",),
    "cancelled": ("STATUS:CANCELLED",),
    "declined by the owner": ("ATTENDEE;PARTSTAT=DECLINED:MAILTO:Anna@Seller.example",),
    "without a length": ("DTSTART:20261124T090000Z", "DTEND:20261124T090000Z"),
    "long over": ("DTSTART:20261101T090000Z", "DTEND:20261101T100000Z"),
}
TAKEN = {
    "plain": ((), [hours(24, 9, 10)]),
    "tentative": (("STATUS:TENTATIVE",), [hours(24, 9, 10)]),
    "declined by somebody else": (
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:bert@buyer.example",),
        [hours(24, 9, 10)],
    ),
    "all day in the owner's zone": (
        ("DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261126"),
        [hours(24, 23, 47)],
    ),
    "all day without an end": (("DTSTART;VALUE=DATE:20261125",), [hours(24, 23, 47)]),
    "on the owner's own clock": (
        ("DTSTART:20261125T100000", "DTEND:20261125T110000"),
        [hours(25, 9, 10)],
    ),
    "in another zone": (
        ("DTSTART;TZID=America/New_York:20261125T100000", "DURATION:PT90M"),
        [hours(25, 15, 16.5)],
    ),
    "weekly since spring, on a clock that has changed": (
        (
            "DTSTART;TZID=Europe/Berlin:20260602T100000",
            "DTEND;TZID=Europe/Berlin:20260602T103000",
            "RRULE:FREQ=WEEKLY;BYDAY=TU,TH",
            "EXDATE;TZID=Europe/Berlin:20261126T100000",
        ),
        [hours(24, 9, 9.5)],
    ),
    "every day three times": (
        ("DTSTART:20261124T090000Z", "DTEND:20261124T093000Z", "RRULE:FREQ=DAILY;COUNT=3"),
        [hours(24, 9, 9.5), hours(25, 9, 9.5), hours(26, 9, 9.5)],
    ),
}


async def test_what_leaves_the_owner_free_takes_no_time(server: CalendarServer) -> None:
    for number, lines in enumerate(FREE.values()):
        await put(f"{server.home}e{number}.ics", server, an_event(f"e{number}", *lines))
    assert await a_calendar(server, also_busy=(server.home,)).busy(MONDAY, SUNDAY) == ()


async def test_every_kind_of_entry_takes_its_time(server: CalendarServer) -> None:
    calendar = a_calendar(server, also_busy=(server.home,))
    found: dict[str, list[Busy]] = {}
    for what, (lines, _) in TAKEN.items():
        await put(f"{server.home}e.ics", server, an_event("e", *lines))
        found[what] = list(await calendar.busy(MONDAY, SUNDAY))
    assert found == {what: times for what, (_, times) in TAKEN.items()}


async def test_one_meeting_of_a_series_moved_is_busy_where_it_is(server: CalendarServer) -> None:
    series = an_event("s", "RRULE:FREQ=DAILY;COUNT=3")
    moved = an_event("s", "RECURRENCE-ID:20261125T090000Z", start=TUESDAY + timedelta(hours=30))
    exception = moved.split("PRODID:-//Somebody//Else//EN\r\n")[1]
    await put(f"{server.work}s.ics", server, series.replace("END:VCALENDAR\r\n", "") + exception)
    assert list(await a_calendar(server, also_busy=(server.home,)).busy(MONDAY, SUNDAY)) == [
        hours(24, 9, 10),
        hours(25, 15, 16),
        hours(26, 9, 10),
    ]


async def test_times_of_all_calendars_are_merged_and_cut(server: CalendarServer) -> None:
    await put(f"{server.home}a.ics", server, an_event("a", hours=2))
    await put(f"{server.work}b.ics", server, an_event("b", start=TUESDAY + timedelta(hours=2)))
    await put(f"{server.work}c.ics", server, an_event("c", start=TUESDAY + timedelta(hours=5)))
    start, end = TUESDAY + timedelta(minutes=30), TUESDAY + timedelta(hours=5, minutes=15)
    assert list(await a_calendar(server, also_busy=(server.home,)).busy(start, end)) == [
        Busy(start=start, end=TUESDAY + timedelta(hours=3)),
        Busy(start=TUESDAY + timedelta(hours=5), end=end),
    ]

"""Meetings, connections and foreign entries for the tests of the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dealwright.clock import WindableClock
from dealwright.domain.connections import CalendarConnection
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.ports import Meeting
from tests.servers_calendar import SECRET, USER, CalendarServer

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)


def a_meeting(uid: str = "meeting-1", start: datetime = TUESDAY, minutes: int = 30) -> Meeting:
    return Meeting(
        uid=uid,
        start=start,
        end=start + timedelta(minutes=minutes),
        title="Routes, and how to plan them; a talk",
        place="by telephone",
        organiser="anna@seller.example",
        organiser_name='Anna "Ace" Vogel, Seller',
        attendee="bert@buyer.example",
        attendee_name="Bert Çelik",
        notes="He has 40 vans.\nAsks about tolls.",
    )


def moved(meeting: Meeting, by: timedelta, sequence: int = 1) -> Meeting:
    return replace(meeting, start=meeting.start + by, end=meeting.end + by, sequence=sequence)


def called_off(meeting: Meeting, sequence: int = 1) -> Meeting:
    return replace(meeting, cancelled=True, sequence=sequence)


def a_connection(url: str = "http://127.0.0.1:1/", **more: Any) -> CalendarConnection:
    said = {
        "id": "anna",
        "url": url,
        "user": USER,
        "owner": "Anna Vogel",
        "address": "anna@seller.example",
        "timezone": "Europe/Berlin",
        **more,
    }
    return CalendarConnection.model_validate(said)


def a_calendar(server: CalendarServer, patience: int = 30, **more: Any) -> CalDavCalendar:
    connection = a_connection(server.work, **{"buffer_minutes": 0, **more})
    return CalDavCalendar(connection, SECRET, WindableClock(NOW), patience)


def an_event(uid: str, *lines: str, start: datetime = TUESDAY, hours: float = 1) -> str:
    """Return what somebody else's program puts into a calendar; `lines` may say it all anew."""
    times = (
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{start + timedelta(hours=hours):%Y%m%dT%H%M%SZ}",
    )
    own = () if any(line.startswith("DTSTART") for line in lines) else times
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//EN", "BEGIN:VEVENT")
    body = (f"UID:{uid}", "DTSTAMP:20260101T000000Z", "SUMMARY:Something", *own, *lines)
    return "\r\n".join((*head, *body, "END:VEVENT", "END:VCALENDAR", ""))


async def put(url: str, server: CalendarServer, event: str) -> None:
    """Put an entry in as any other calendar program would."""
    async with server.client() as client:
        answer = await client.put(url, content=event, headers={"Content-Type": "text/calendar"})
        assert answer.status_code in {201, 204}, (answer.status_code, answer.text)


async def entries(server: CalendarServer) -> list[str]:
    """Return the names of what lies in the collection for bookings."""
    async with server.client() as client:
        answer = await client.request("PROPFIND", server.work, headers={"Depth": "1"})
    hrefs = [part.split("<")[0] for part in answer.text.replace("ns0:", "").split("href>")[1:]]
    return sorted({href.rsplit("/", 1)[1] for href in hrefs if href.endswith(".ics")})

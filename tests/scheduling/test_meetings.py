"""Meetings end to end: a reply, an offer, a choice, an entry in a real calendar, a letter."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dealwright.domain.campaign import Autonomy
from dealwright.domain.conversation import Cursor, Direction, MessageKind
from dealwright.domain.scheduling import MeetingState
from dealwright.errors import OverrideRefused
from dealwright.store.appointments import Answered
from dealwright.store.messages import NewMessage
from dealwright.store.questions import Bound
from dealwright.tools.ports import Delivered, Meeting
from dealwright.triggers.mailbox import MailWatch
from tests.calendar.builders import entries
from tests.outbox.post_office import the_campaign
from tests.scheduling.diary import Diary, a_diary
from tests.servers_calendar import CalendarServer

ASK = "Yes, can we have a call next week?"
TUESDAY_AT_10 = "Can we meet on Tuesday 10 November at 10:00?"
AT_10 = datetime.fromisoformat("2026-11-10T10:00:00-05:00")


async def states(diary: Diary, kind: str = "meeting") -> list[str]:
    return [intent.state for intent in await diary.post.intents() if intent.kind == kind]


async def booked(diary: Diary, number: int = 0) -> Meeting | None:
    """Return what stands in the calendar under the first UID of a lead."""
    return await diary.calendar.find(f"{diary.post.cases[number]}.1@seller.example")


async def test_three_free_times_are_offered_and_the_one_they_take_is_booked(
    database_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(database_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, ASK)
        offer = diary.letters()[-1]
        on_offer = (await diary.conversation(case)).on_offer
        assert len(on_offer) == 3
        assert [each.start for each in on_offer] == sorted(each.start for each in on_offer)
        assert all(each.words in offer.text for each in on_offer)
        assert offer.calendar == ""
        assert await diary.meeting(case) is None

        await diary.hears(case, "The second one works for me.", 2)
        meeting, stored = await diary.meeting(case), await booked(diary)
        assert meeting is not None
        assert stored is not None
        assert (meeting.state, meeting.start) == (MeetingState.BOOKED, on_offer[1].start)
        assert stored.start == on_offer[1].start
        assert stored.attendee == "sam@c0.example"
        told = diary.letters()[-1]
        assert on_offer[1].words in told.text
        assert "METHOD:REQUEST" in told.calendar
        assert len(diary.letters()) == 3
        (row,) = await diary.post.store.appointments.of_case(case)
        assert (row["state"], row["uid"]) == ("booked", meeting.uid)


async def test_a_meeting_is_moved_called_off_and_booked_anew(
    sqlite_url: str, server: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, server, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, TUESDAY_AT_10)
        await diary.hears(case, "Sorry, something came up. Can we move it to Thursday 14:00?", 2)
        moved = await booked(diary)
        assert moved is not None
        assert (f"{moved.start.astimezone(AT_10.tzinfo):%H:%M}", moved.sequence) == ("14:00", 1)
        assert "SEQUENCE:1" in diary.letters()[-1].calendar
        await diary.hears(case, "Please cancel our meeting.", 3)
        gone, meeting = await booked(diary), await diary.meeting(case)
        assert gone is None or gone.cancelled
        assert meeting is not None
        assert (meeting.state, meeting.stands) == (MeetingState.CANCELLED, False)
        assert "METHOD:CANCEL" in diary.letters()[-1].calendar
        await diary.hears(case, TUESDAY_AT_10, 4)
        meeting = await diary.meeting(case)
        assert meeting is not None
        assert (meeting.state, meeting.number) == (MeetingState.BOOKED, 2)
        assert await states(diary) == ["done"] * 4
        keys = [m.key for m in (await diary.conversation(case)).messages if m.direction == "out"]
        assert keys == ["first_touch", *(f"confirmation:{n}" for n in range(1, 5))]


@pytest.mark.parametrize(
    ("calendar", "place"),
    [
        ({}, "telefonisch"),
        ({"place": "by video", "places": {"de": "per Video", "fr": "en visio"}}, "per Video"),
        ({"place": "by video", "places": {"fr": "en visio"}}, "by video"),
    ],
)
async def test_where_a_meeting_is_stands_in_the_leads_language(
    sqlite_url: str,
    server: CalendarServer,
    tmp_path: Path,
    calendar: dict[str, Any],
    place: str,
) -> None:
    async with a_diary(sqlite_url, server, tmp_path, **calendar) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, "Können wir am Dienstag, 10. November um 10 Uhr telefonieren?")
        stored, told = await booked(diary), diary.letters()[-1]
        assert stored is not None
        assert stored.place == place
        assert f"LOCATION:{place}" in told.calendar
        assert f"Ort: {place}." in told.text
        assert "Dienstag" in told.text


async def test_a_time_that_was_only_named_is_not_booked(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, "Can we meet on Tuesday? Not at 10:00, though.")
        assert await states(diary) == []
        assert await entries(radicale) == []


async def approve(diary: Diary) -> str:
    """Say yes to the one thing that waits; return which."""
    (ask,) = await diary.post.store.desk.approvals("pending")
    bound = None
    snapshot = await diary.post.store.cases.snapshot(ask.case_id)
    if (snapshot.slots[ask.slot].value or {}).get("variants"):
        shown = await diary.post.outbox.preview(ask.case_id, ask.slot)
        bound = Bound(letter=shown.letter.digest, variant=1)
    await diary.post.store.desk.decide(
        ask.id, "approved", who="Ana", digest=ask.digest, bound=bound
    )
    await diary.settle()
    return ask.slot


async def test_in_an_assisted_campaign_a_person_approves_offer_booking_and_letter(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        assisted = the_campaign(Autonomy.ASSISTED, {})
        await diary.post.store.intake.campaign("default", "meet", assisted)
        await diary.hears(case, ASK)
        assert len(diary.letters()) == 1
        assert await approve(diary) == "scheduling"
        assert len(diary.letters()) == 2
        await diary.hears(case, "The first one works.", 2)
        assert await entries(radicale) == []
        assert await approve(diary) == "scheduling"
        assert await states(diary) == ["done"]
        assert len(diary.letters()) == 2
        assert await approve(diary) == "confirmation"
        assert "METHOD:REQUEST" in diary.letters()[-1].calendar


async def test_who_did_not_come_is_offered_other_times_once(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        missed = diary.post.store.appointments.missed
        with pytest.raises(OverrideRefused, match="no meeting"):
            await missed(case, who="Ana")
        await diary.hears(case, TUESDAY_AT_10)
        with pytest.raises(OverrideRefused, match="begins only"):
            await missed(case, who="Ana")
        diary.post.clock.wind(9 * 86_400)  # the day before is a holiday
        await missed(case, who="Ana")
        cursor = Cursor(validity=1, uid=1)
        await diary.post.store.messages.take("default", "ana", [], cursor)  # the mail was read
        await diary.settle()
        assert "missed each other" in diary.letters()[-1].text
        assert len(diary.letters()) == 3
        await diary.hears(case, "Sorry! The first one works.", 2)
        meeting = await diary.meeting(case)
        assert meeting is not None
        assert (meeting.state, meeting.number) == (MeetingState.BOOKED, 2)
        diary.post.clock.wind(15 * 86_400)
        await missed(case, who="Ana")
        await diary.settle()
        assert len(diary.letters()) == 4
        assert [task.kind for task in await diary.post.store.desk.tasks()] == ["call"]


async def test_a_no_from_their_calendar_is_a_persons_and_a_strangers_no_is_nothing(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, TUESDAY_AT_10)
        meeting = await diary.meeting(case)
        assert meeting is not None
        no = Answered(uid=meeting.uid, sequence=0, yes=False, comment="No time after all")
        message = NewMessage(
            identity="<answer@calendar>",
            kind=MessageKind.REPLY,
            in_reply_to=diary.post.wire.arrived[-1][0],
            address="mallory@c9.example",
            at=diary.post.clock.now(),
            answered=no,
        )
        take, cursor = diary.post.store.messages.take, Cursor(validity=1, uid=9)
        yes = replace(
            message, identity="<y@c>", address="sam@c0.example", answered=replace(no, yes=True)
        )
        await take("default", "ana", [yes], cursor)
        await diary.settle()
        assert (await diary.meeting(case)) == meeting
        assert (await diary.conversation(case)).waiting_for is Direction.IN
        await take("default", "ana", [replace(message, address="sam@c0.example")], cursor)
        await diary.settle()
        declined = await diary.meeting(case)
        assert declined is not None
        assert (declined.state, declined.stands) == (MeetingState.DECLINED, True)
        (task,) = await diary.post.store.desk.tasks()
        assert "No time after all" in task.because
        assert len(diary.letters()) == 2
        await take("default", "ana", [replace(message, identity="<x@c>")], cursor)
        assert (await diary.conversation(case)).messages[-1].kind is MessageKind.REPLY


async def test_a_no_is_read_from_the_mail_it_comes_in(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, TUESDAY_AT_10)
        meeting = await diary.meeting(case)
        assert meeting is not None
        watch = MailWatch(
            store=diary.post.store,
            workspace="default",
            folders={"ana": Inbox(a_no(meeting.uid, diary.post.wire.arrived[-1][0]))},
            own=frozenset({"ana@routewise.example"}),
            opts_out=lambda _: False,
            leaver=nobody_leaves,
            clock=diary.post.clock,
        )
        assert (await watch.look()).taken == 1
        declined = await diary.meeting(case)
        assert declined is not None
        assert declined.state is MeetingState.DECLINED


async def nobody_leaves(_: str) -> str | None:
    return None


def a_no(uid: str, about: str) -> bytes:
    """Return how a calendar program says no."""
    lines = (
        "From: Sam <sam@c0.example>",
        "To: ana@routewise.example",
        "Subject: Declined: our meeting",
        "Message-ID: <no@c0.example>",
        f"In-Reply-To: {about}",
        "MIME-Version: 1.0",
        "Content-Type: text/calendar; method=REPLY; charset=utf-8",
        "",
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Theirs//EN", "METHOD:REPLY"),
        *("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261103T160000Z", "SEQUENCE:0"),
        "ATTENDEE;PARTSTAT=DECLINED:mailto:sam@c0.example",
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines).encode()


@dataclass
class Inbox:
    """An inbox with one message."""

    raw: bytes

    async def unread(self, after: Cursor | None, most: int) -> tuple[list[Delivered], Cursor]:
        new = [Delivered(uid=99, raw=self.raw)] if after is None or after.uid < 99 else []
        return new, Cursor(validity=1, uid=99)

    async def keep_copy(self, raw: bytes) -> None:
        raise AssertionError(raw)

    async def was_sent(self, message_id: str) -> bool:
        raise AssertionError(message_id)

    async def wait(self, seconds: float) -> None:
        raise AssertionError(seconds)


async def test_a_person_says_on_the_command_line_that_somebody_did_not_come(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        await diary.hears(diary.post.cases[0], TUESDAY_AT_10)
    first, again = [await asyncio.to_thread(no_show, sqlite_url) for _ in range(2)]
    assert (first.returncode, again.returncode) == (0, 4)
    assert "other times are offered" in first.stderr
    assert "no meeting with this lead stands" in again.stderr


def no_show(database: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dealwright", "no-show", "c0.example", "--database", database]
    return subprocess.run(command, check=False, capture_output=True, text=True)

"""Meetings end to end: a reply, an offer, a choice, an entry in a real calendar, a letter."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dealwright.domain.campaign import Autonomy
from dealwright.domain.conversation import Cursor, Direction, MessageKind
from dealwright.domain.intent import IntentState
from dealwright.domain.scheduling import MeetingState
from dealwright.errors import NotThere, OutcomeUnknown, OverrideRefused, TryAgain
from dealwright.store.appointments import Answered
from dealwright.store.intents import Settled
from dealwright.store.messages import NewMessage
from dealwright.store.questions import Bound
from dealwright.tools.ports import Busy, Calendar, Meeting
from tests.calendar.builders import an_event, entries, put
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
    database_url: str, server: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(database_url, server, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, ASK)
        offer = diary.letters()[-1]
        on_offer = (await diary.conversation(case)).on_offer
        assert len(on_offer) == 3
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


async def test_a_time_that_was_only_named_is_not_booked(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, "Can we meet on Tuesday? Not at 10:00, though.")
        assert await states(diary) == []
        assert await entries(radicale) == []


async def test_sixteen_who_take_one_time_make_one_meeting_and_fifteen_new_offers(
    sqlite_url: str, server: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, server, tmp_path, leads=16) as diary:
        await diary.settle()
        diary.post.clock.wind(600)
        for case in diary.post.cases:
            await diary.post.hears(case, TUESDAY_AT_10)
        await diary.settle()
        meetings = [await diary.meeting(case) for case in diary.post.cases]
        standing = [m for m in meetings if m and m.state is MeetingState.BOOKED]
        taken = [m for m in meetings if m and m.state is MeetingState.TAKEN]
        assert (len(standing), len(taken)) == (1, 15)
        assert sorted(await states(diary)) == ["done", *["failed"] * 15]
        assert len(await entries(server)) == 1
        for number, meeting in enumerate(meetings):
            assert meeting is not None
            letter = diary.letters(number)[-1]
            assert ("METHOD:REQUEST" in letter.calendar) is meeting.stands
            if not meeting.stands:
                on_offer = (await diary.conversation(diary.post.cases[number])).on_offer
                assert len(on_offer) == 3
                assert AT_10 not in {each.start for each in on_offer}
        assert await diary.post.store.desk.tasks() == []


async def test_a_time_that_was_taken_before_they_took_it_is_replaced_by_others(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, ASK)
        first = (await diary.conversation(case)).on_offer
        foreign = an_event("foreign", start=first[0].start.astimezone(UTC))
        await put(f"{radicale.work}foreign.ics", radicale, foreign)
        await diary.hears(case, "The first one works.", 2)
        assert await states(diary) == []
        assert "has been taken in the meantime" in diary.letters()[-1].text
        assert first[0].start not in {
            each.start for each in (await diary.conversation(case)).on_offer
        }


async def test_saying_it_twice_books_once(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        await diary.hears(case, ASK)
        for number in (2, 3):
            await diary.post.hears(case, "The second one works for me.", number=number)
        await diary.settle()
        await diary.hears(case, "The second one works for me.", 4)
        assert await states(diary) == ["done"]
        assert len(diary.letters()) == 3


async def test_whoever_dies_between_booking_and_writing_it_down_is_found_out_by_the_uid(
    sqlite_url: str, server: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, server, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        diary.post.clock.wind(600)
        await diary.post.hears(case, TUESDAY_AT_10)
        await diary.post.work()
        (claimed,) = await diary.post.outbox.claim()
        performer = diary.post.outbox.performers[claimed.intent.kind]
        await performer.perform(claimed.intent, claimed.body)
        diary.post.clock.wind(3600)
        await diary.settle()
        assert await states(diary) == ["done"]
        meeting = await diary.meeting(case)
        assert meeting is not None
        assert (meeting.state, meeting.start) == (MeetingState.BOOKED, AT_10)
        assert "METHOD:REQUEST" in diary.letters()[-1].calendar


async def test_while_nobody_knows_how_a_meeting_stands_no_other_is_begun(
    sqlite_url: str, radicale: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        diary.post.clock.wind(600)
        await diary.post.hears(case, TUESDAY_AT_10)
        await diary.post.work()
        (claimed,) = await diary.post.outbox.claim()
        diary.post.clock.wind(3600)
        await diary.settle()
        assert await states(diary) == ["unknown"]
        note = "Is there any news?"
        await diary.post.store.messages.lead(case, who="Ana", takes=True)
        await diary.post.store.messages.lead(case, who="Ana", takes=False)
        await diary.hears(case, note, 2)
        await diary.settle()
        assert await entries(radicale) == []
        told = Settled(state=IntentState.FAILED, result="it is not there")
        await diary.post.store.intents.resolve(claimed.intent.id, told, by="person:Ana")
        await diary.settle()
        assert await states(diary) == ["failed"]


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


class Broken:
    """A calendar that does what it is told, then fails as it is told."""

    def __init__(self, inner: Calendar, error: Exception, *, acts: bool) -> None:
        self.inner, self.error, self.acts = inner, error, acts
        self.calls = 0

    async def busy(self, start: datetime, end: datetime) -> list[Busy]:
        return list(await self.inner.busy(start, end))

    async def book(self, meeting: Meeting) -> None:
        self.calls += 1
        if self.acts:
            await self.inner.book(meeting)
        if self.calls == 1:
            raise self.error
        await self.inner.book(meeting)

    async def change(self, meeting: Meeting) -> None:
        await self.inner.change(meeting)

    async def find(self, uid: str) -> Meeting | None:
        return await self.inner.find(uid)


@pytest.mark.parametrize(
    ("acts", "error", "state"),
    [
        (False, TryAgain("away"), "done"),
        (True, OutcomeUnknown("dropped"), "done"),
        (True, RuntimeError("a mistake"), "done"),
        (False, OutcomeUnknown("dropped"), "unknown"),
        (False, NotThere("the time is taken"), "failed"),
    ],
)
async def test_an_unclear_booking_is_never_repeated_and_found_by_its_uid(
    sqlite_url: str,
    radicale: CalendarServer,
    tmp_path: Path,
    *,
    acts: bool,
    error: Exception,
    state: str,
) -> None:
    async with a_diary(sqlite_url, radicale, tmp_path) as diary:
        await diary.settle()
        (case,) = diary.post.cases
        performers = diary.post.outbox.performers
        kind = next(each for each in performers if each == "meeting")
        broken = Broken(diary.calendar, error, acts=acts)
        object.__setattr__(performers[kind], "calendar", broken)
        await diary.hears(case, TUESDAY_AT_10)
        for _ in range(2):
            diary.post.clock.wind(3600)
            await asyncio.sleep(0)
            await diary.settle()
        assert await states(diary) == [state]
        assert len(await entries(radicale)) == (state == "done")
        assert broken.calls == (2 if isinstance(error, TryAgain) else 1)

"""Meetings in trouble: many want one time, others are quicker, processes die, servers break."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dealwright.domain.intent import IntentKind, IntentState
from dealwright.domain.scheduling import MeetingState
from dealwright.errors import NotThere, OutcomeUnknown, TryAgain
from dealwright.outbox.meetings import MeetingPerformer
from dealwright.store.intents import Settled
from dealwright.tools.ports import Busy, Calendar, Meeting
from tests.calendar.builders import an_event, entries, put
from tests.scheduling.diary import Diary, a_diary
from tests.servers_calendar import CalendarServer

ASK = "Yes, can we have a call next week?"
TUESDAY_AT_10 = "Can we meet on Tuesday 10 November at 10:00?"
AT_10 = datetime.fromisoformat("2026-11-10T10:00:00-05:00")


async def states(diary: Diary, kind: str = "meeting") -> list[str]:
    return [intent.state for intent in await diary.post.intents() if intent.kind == kind]


async def test_sixteen_who_take_one_time_make_one_meeting_and_fifteen_new_offers(
    sqlite_url: str, server: CalendarServer, tmp_path: Path
) -> None:
    async with a_diary(sqlite_url, server, tmp_path, leads=16) as diary:
        await diary.settle()
        diary.post.clock.wind(600)
        for case in diary.post.cases:
            await diary.post.hears(case, TUESDAY_AT_10)
        await diary.post.work()
        # Four acts at a time each: so all sixteen ask the server together.
        await asyncio.gather(*(diary.post.outbox.work() for _ in range(4)))
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
        for takes in (True, False):
            await diary.post.store.messages.lead(case, who="Ana", takes=takes)
        await diary.settle()
        newest = (await diary.post.intents())[-1]
        assert (newest.kind, newest.state) == ("meeting", "ready")
        assert "nobody knows yet" in newest.held
        assert await entries(radicale) == []
        told = Settled(state=IntentState.FAILED, result="it is not there")
        await diary.post.store.intents.resolve(claimed.intent.id, told, by="person:Ana")
        diary.post.clock.wind(3600)
        await diary.settle()
        assert await states(diary) == ["failed", "void"]
        assert len((await diary.conversation(case)).on_offer) == 3


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
    async with a_diary(sqlite_url, radicale, tmp_path) as opened:
        diary = opened
        await diary.settle()
        (case,) = diary.post.cases
        broken = Broken(diary.calendar, error, acts=acts)
        outbox = diary.post.outbox
        performers = {**outbox.performers, IntentKind.MEETING: MeetingPerformer(broken)}
        post = replace(diary.post, outbox=replace(outbox, performers=performers))
        diary = replace(diary, post=post)
        await diary.hears(case, TUESDAY_AT_10)
        for _ in range(2):
            diary.post.clock.wind(3600)
            await asyncio.sleep(0)
            await diary.settle()
        assert await states(diary) == [state]
        assert len(await entries(radicale)) == (state == "done")
        assert broken.calls == (2 if isinstance(error, TryAgain) else 1)

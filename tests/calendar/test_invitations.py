"""Invitations go out whole, and what comes back is read or refused, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from dealwright.errors import BadInput
from dealwright.tools.ports import Busy, Meeting
from dealwright.tools.scheduling.entries import read_meeting
from dealwright.tools.scheduling.holds import cells
from dealwright.tools.scheduling.invitation import Answer, cancel, read_reply, request
from dealwright.tools.scheduling.occupied import occupied
from dealwright.tools.scheduling.zones import rules
from tests.calendar.builders import DAY, HALF_HOUR, NOW, TUESDAY, a_meeting, an_event, called_off

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")


def as_text(raw: bytes) -> str:
    return raw.decode().replace("\r\n ", "")


def a_reply(status: str = "ACCEPTED", *more: str, method: str = "REPLY") -> bytes:
    guest = f"ATTENDEE;PARTSTAT={status}:mailto:bert@buyer.example"
    event = an_event("meeting-1", guest, "SEQUENCE:2", *more)
    return event.replace("VERSION:2.0", f"VERSION:2.0\r\nMETHOD:{method}").encode()


def taken(raw: bytes) -> tuple[Busy, ...]:
    owner = ("anna@seller.example", "UTC")
    return occupied([raw], NOW, NOW + 9 * DAY, owner, lambda _: False)


@pytest.mark.parametrize("zone", ZONES)
def test_an_invitation_says_everything_about_the_meeting(zone: str) -> None:
    raw = request(a_meeting(), zone, NOW)
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "REQUEST"
    assert [str(found["TZID"]) for found in calendar.walk("VTIMEZONE")] == [zone]
    assert f"DTSTART;TZID={zone}:" in as_text(raw)
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert "SCHEDULE-AGENT" not in as_text(raw)
    assert read_meeting(raw, zone) == replace(
        a_meeting(), organiser_name="Anna 'Ace' Vogel, Seller"
    )
    assert raw == request(a_meeting(), zone, NOW)


def test_a_cancellation_names_the_meeting_and_a_new_sequence() -> None:
    raw = cancel(called_off(a_meeting(), sequence=3), "Europe/Berlin", NOW)
    for line in ("METHOD:CANCEL", "UID:meeting-1", "SEQUENCE:3", "STATUS:CANCELLED"):
        assert f"\r\n{line}\r\n" in as_text(raw)


@pytest.mark.parametrize("meeting", [a_meeting(), called_off(a_meeting(), sequence=0)])
def test_what_is_still_on_is_not_called_off(meeting: Meeting) -> None:
    with pytest.raises(BadInput):
        cancel(meeting, "Europe/Berlin", NOW)


@given(text=st.text(max_size=60), hour=st.integers(0, 24 * 400), zone=st.sampled_from(ZONES))
def test_no_text_breaks_out_of_its_line_and_no_time_is_bent(
    text: str, hour: int, zone: str
) -> None:
    start = NOW + timedelta(hours=hour)
    named = replace(a_meeting("u", start), title=text, place=text, attendee_name=text, notes=text)
    raw = request(named, zone, NOW)
    read = read_meeting(raw, zone)
    assert (read.start, read.end) == (named.start, named.end)
    names = [line.split(b":")[0].split(b";")[0] for line in raw.replace(b"\r\n ", b"").splitlines()]
    assert names.count(b"ATTENDEE") == names.count(b"UID") == names.count(b"ORGANIZER") == 1
    assert names.count(b"BEGIN") == names.count(b"END")
    assert read.attendee == "bert@buyer.example"


@pytest.mark.parametrize("status", ["ACCEPTED", "declined", "Tentative"])
def test_an_answer_is_read(status: str) -> None:
    reply = read_reply(a_reply(status, "COMMENT:Looking\\n forward\\, Bert"))
    assert (reply.uid, reply.sequence, reply.attendee) == ("meeting-1", 2, "bert@buyer.example")
    assert reply.answer is Answer(status.lower())
    assert reply.comment == "Looking forward, Bert"


def test_another_time_asked_for_is_read_in_utc() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20261125T160000"
    reply = read_reply(a_reply("TENTATIVE", start, "DURATION:PT45M", method="COUNTER"))
    assert reply.answer is Answer.COUNTER
    assert reply.start == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert reply.end == datetime(2026, 11, 25, 15, 45, tzinfo=UTC)


REFUSED = {
    "no file": b"Yes, gladly!",
    "an invitation": request(a_meeting(), "Europe/Berlin", NOW),
    "a calendar without an event": b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
    "no answer yet": a_reply("NEEDS-ACTION"),
    "passed on to somebody else": a_reply("DELEGATED"),
    "two people": a_reply("ACCEPTED", "ATTENDEE;PARTSTAT=DECLINED:mailto:eve@evil.example"),
    "no number": a_reply().replace(b"SEQUENCE:2", b"SEQUENCE:two"),
    "no UID": a_reply().replace(b"UID:meeting-1\r\n", b""),
    "a long UID": a_reply().replace(b"meeting-1", b"m" * 201),
    "ends before it starts": a_reply(
        "TENTATIVE", "DTSTART:20261125T160000Z", "DTEND:20261125T150000Z", method="COUNTER"
    ),
    "two megabytes": a_reply("ACCEPTED", "COMMENT:" + "x" * 2_000_000),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_answer_is_refused(what: str) -> None:
    with pytest.raises(BadInput):
        read_reply(REFUSED[what])


@given(cut=st.integers(0, 300), put=st.binary(max_size=20), kind=st.sampled_from(["a", "b"]))
def test_whatever_comes_back_is_read_or_refused(cut: int, put: bytes, kind: str) -> None:
    whole = a_reply("ACCEPTED", "RRULE:FREQ=DAILY;COUNT=3", method="COUNTER")
    broken = whole[:cut] + put + whole[cut + (len(put) if kind == "a" else 0) :]
    for read in (read_reply, taken):
        try:
            read(broken)
        except BadInput:
            continue


@pytest.mark.parametrize("often", ["SECONDLY", "MINUTELY"])
def test_an_entry_that_never_ends_repeating_is_not_expanded(often: str) -> None:
    endless = an_event("e", f"RRULE:FREQ={often}").encode()
    with pytest.raises(BadInput, match="more often"):
        taken(endless)


@pytest.mark.parametrize(
    "zone", [*ZONES, "Europe/London", "America/Santiago", "Africa/Casablanca", "Asia/Tokyo"]
)
def test_the_rules_of_a_zone_tell_every_change_of_its_clock(zone: str) -> None:
    clock = ZoneInfo(zone)
    onsets: list[tuple[datetime, timedelta]] = []
    for rule in rules(zone, NOW).subcomponents:
        before: timedelta = rule["TZOFFSETFROM"].td
        onsets.append((rule["DTSTART"].dt.replace(tzinfo=UTC) - before, rule["TZOFFSETTO"].td))
    at = NOW - timedelta(days=365)
    while at < NOW + timedelta(days=365):
        told = [offset for onset, offset in onsets if onset <= at][-1]
        assert told == at.astimezone(clock).utcoffset(), at
        at += timedelta(minutes=30)


@given(
    start=st.integers(0, 3000),
    minutes=st.integers(1, 480),
    other=st.integers(0, 3000),
    length=st.integers(1, 480),
)
def test_meetings_over_each_other_share_a_cell(
    start: int, minutes: int, other: int, length: int
) -> None:
    a, b = TUESDAY + timedelta(minutes=start), TUESDAY + timedelta(minutes=other)
    a_end, b_end = a + timedelta(minutes=minutes), b + timedelta(minutes=length)
    shared = set(cells(a, a_end)) & set(cells(b, b_end))
    assert shared or not (a < b_end and b < a_end)
    assert list(cells(a, a_end)) == sorted(cells(a, a_end))


def test_meetings_after_each_other_on_the_grid_share_none() -> None:
    assert not set(cells(TUESDAY, TUESDAY + HALF_HOUR)) & set(
        cells(TUESDAY + HALF_HOUR, TUESDAY + 2 * HALF_HOUR)
    )
    assert date(2026, 11, 24) == cells(TUESDAY, TUESDAY + HALF_HOUR)[0].date()


def test_a_meeting_in_the_hour_that_comes_twice_is_told_in_utc() -> None:
    second_time = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    raw = request(a_meeting("u", second_time), "Europe/Berlin", NOW)
    assert "DTSTART:20261025T011500Z" in as_text(raw)
    assert read_meeting(raw, "Europe/Berlin").start == second_time

"""The grammar of time: what is asked for, counted from Tuesday 17 November 2026."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.agents.staff.reading.asked_times import ask_again_on, asked_times, returns_on
from dealwright.agents.staff.reading.corpus import OWN, WRITTEN_AT, Reply, written_replies
from dealwright.agents.staff.reading.cues import LANGUAGES
from dealwright.agents.staff.reading.folding import sentences

DAY = WRITTEN_AT.date()


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "11ish on Friday works", "2026-11-20T11:00", "2026-11-20T11:00"),
        ("en", "A week from Monday at 9", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("en", "Sometime the week after next", "2026-11-30T00:00", "2026-12-05T00:00"),
        ("en", "Mid December", "2026-12-15T00:00", "2026-12-25T00:00"),
        ("en", "Tomorrow evening after seven", "2026-11-18T19:00", "2026-11-18T22:00"),
        ("en", "Between 2 and 4 pm on Thursday", "2026-11-19T14:00", "2026-11-19T16:00"),
        ("en", "Wed 3-5pm", "2026-11-18T15:00", "2026-11-18T17:00"),
        ("de", "Donnerstag zwischen 13 und 15 Uhr", "2026-11-19T13:00", "2026-11-19T15:00"),
        ("de", "am 30.11. um 14.30 Uhr", "2026-11-30T14:30", "2026-11-30T14:30"),
        ("de", "Mittwoch halb elf", "2026-11-18T10:30", "2026-11-18T10:30"),
        ("fr", "jeudi en huit à 14h30", "2026-11-26T14:30", "2026-11-26T14:30"),
        ("nl", "volgende week dinsdag om half drie", "2026-11-24T14:30", "2026-11-24T14:30"),
        ("pt", "dia 2 de dezembro às 15h", "2026-12-02T15:00", "2026-12-02T15:00"),
        ("it", "venerdì prossimo alle 16", "2026-11-27T16:00", "2026-11-27T16:00"),
        ("es", "el lunes por la mañana", "2026-11-23T08:00", "2026-11-23T12:00"),
    ],
)
def test_a_time_is_read(language: str, text: str, start: str, end: str) -> None:
    (first, *_) = asked_times(sentences(text), language, DAY)
    assert (first.start, first.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "After the summer please.", "2027-09-01"),
        ("en", "Ping me after Christmas.", "2027-01-07"),
        ("en", "Maybe in Q2.", "2027-04-01"),
        ("en", "This may be something for us in May.", "2027-05-01"),
        ("de", "Nach Ostern gern.", "2027-03-30"),
        ("fr", "Relancez-moi mi-février.", "2027-02-15"),
        ("it", "Mi scriva tra tre settimane.", "2026-12-08"),
    ],
)
def test_the_day_to_ask_again_is_read(language: str, text: str, day: str) -> None:
    assert ask_again_on(sentences(text), language, DAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("authors", "least"), [(frozenset({OWN}), 0.97), (frozenset({"w1", "w2"}), 0.75)]
)
def test_the_times_of_the_corpus_are_read_as_they_were_meant(
    authors: frozenset[str], least: float
) -> None:
    read = [
        found
        for reply in written_replies()
        if reply.author in authors and (found := read_rightly(reply)) is not None
    ]
    assert len(read) > 80
    assert sum(read) / len(read) >= least


def read_rightly(reply: Reply) -> bool | None:
    parts = sentences(reply.text)
    if reply.time:
        found = asked_times(parts, reply.language, DAY)
        return bool(found) and found[0].start == reply.time
    if reply.returns_on:
        return returns_on(parts, reply.language, DAY) == reply.returns_on
    if reply.ask_again_on:
        return ask_again_on(parts, reply.language, DAY) == reply.ask_again_on
    return None


@given(
    text=st.text(st.characters(exclude_categories=("C",)), max_size=80)
    | st.from_regex(r"([0-9]{1,4}[./: -]?[a-z]{0,9} ?){1,6}", fullmatch=True),
    language=st.sampled_from(LANGUAGES),
    day=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
def test_any_text_has_its_times_read(text: str, language: str, day: date) -> None:
    parts = sentences(text)
    for found in asked_times(parts, language, day):
        assert found.start.date() >= day or found.end.date() >= day
    for ahead in (returns_on(parts, language, day), ask_again_on(parts, language, day)):
        assert ahead is None or ahead > day

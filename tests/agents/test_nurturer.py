"""The cadence: when the next letter is due, that it says something new, and that it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.grounding import faults_of, grounds_of
from dealwright.agents.staff.letters import never_to_the_silenced, only_where_it_is_open
from dealwright.agents.staff.nurturer import follow_up, planned, resume, resumed
from dealwright.agents.staff.wording import WORDINGS
from dealwright.agents.staff.writer import cites_only_what_it_was_given, no_address_of_its_own
from dealwright.domain.conversation import Conversation, Message, MessageKind, Standing
from dealwright.domain.follow_up import FollowUp, Next
from dealwright.domain.lead import Lead
from dealwright.domain.reading import Meaning, Reading
from tests.agents.builders import a_dossier, a_lead
from tests.agents.corpus.companies import an_offer, translated
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

TUESDAY = 4
"""Days before the day of the tests, a Saturday."""


def followed(conversation: Conversation, lead: Lead | None = None) -> FollowUp:
    language = (lead and lead.language) or "en"
    offer = translated("en", language) if language != "en" else an_offer()
    packet = a_talk(conversation, lead=lead, offer=offer)
    made = planned(packet, follow_up(packet))
    assert faults_of(made, grounds_of(packet)) == ()
    for check in (only_where_it_is_open, no_address_of_its_own, cites_only_what_it_was_given):
        assert check(packet, made) is None
    return made


def resumption(conversation: Conversation, reading: Reading, lead: Lead | None = None) -> FollowUp:
    packet = a_talk(conversation, reading, lead=lead)
    made = resumed(packet, resume(packet))
    assert faults_of(made, grounds_of(packet)) == ()
    assert never_to_the_silenced(packet, made) is None
    return made


def days_until(made: FollowUp, last: Message) -> int:
    assert made.not_before is not None
    return (made.not_before.date() - last.at.date()).days


@pytest.mark.parametrize("language", WORDINGS)
def test_three_letters_follow_a_first_touch_and_then_it_is_over(language: str) -> None:
    lead = a_lead(language=language)
    messages = [ours(ago=60)]
    gaps: list[int] = []
    while (made := followed(a_conversation(*messages), lead)).move is Next.LETTER:
        assert made.language == language
        assert made.number == len(messages)
        assert made.last is (made.number == 3)
        gaps.append(days_until(made, messages[-1]))
        body = made.variants[0].body
        assert all(s.text not in m.text for m in messages for s in made.variants[0].sentences[1:])
        messages.append(ours(f"follow_up:{len(messages)}", body, ago=60 - sum(gaps)))
    assert len(messages) == 4
    assert [gap >= least for gap, least in zip(gaps, (3, 7, 14), strict=True)] == [True] * 3
    assert max(gaps) <= 16, "a weekend later at most"
    assert made.why == "the cadence is over"


def test_a_fact_is_told_once() -> None:
    first = followed(a_conversation(ours(ago=TUESDAY)))
    text = first.variants[0].body
    assert "second depot" in text
    second = followed(a_conversation(ours(ago=20), ours("follow_up:2", text, ago=TUESDAY)))
    assert "second depot" not in second.variants[0].body
    assert "night shift" in second.variants[0].body


def test_somebody_who_wrote_before_hears_sooner() -> None:
    cold = a_conversation(ours(ago=TUESDAY))
    warm = a_conversation(ours(ago=9), theirs(ago=5), ours("answer:3", "Thanks.", ago=TUESDAY))
    assert days_until(followed(cold), cold.messages[-1]) > days_until(
        followed(warm), warm.messages[-1]
    )


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin", "no/zone"])
def test_it_is_due_on_a_working_morning_where_the_lead_is(zone: str) -> None:
    lead = a_lead().model_copy(update={"timezone": zone})
    for ago in range(10, 17):
        moment = followed(a_conversation(ours(ago=ago)), lead).not_before
        assert moment is not None
        assert moment.weekday() < 5
        assert 9 <= moment.hour < 11
        assert moment.tzinfo is not None


def test_after_two_unanswered_letters_a_person_is_given_words_for_a_call() -> None:
    assert followed(a_conversation(ours(ago=9))).errands() == ()
    made = followed(a_conversation(ours(ago=9), ours("follow_up:2", "Again.", ago=5)))
    assert [errand.kind for errand in made.errands()] == ["call"]
    assert "Routewise" in str(made.errands()[0].context["words"])


@pytest.mark.parametrize(
    ("conversation", "why"),
    [
        (a_conversation(ours(), theirs()), "a reply stands unanswered"),
        (a_conversation(ours(), standing=Standing.OPTED_OUT), "the conversation is opted_out"),
        (a_conversation(ours(), standing=Standing.TAKEN_OVER), "the conversation is taken_over"),
        (a_conversation(ours(), theirs(), ours("", "By hand.")), "a person of ours wrote last"),
        (a_conversation(ours(), theirs(), ours("booking:3", "At ten.")), "a person of ours wrote"),
        (a_conversation(*[ours()] * 4), "the cadence is over"),
        (a_conversation(), "a person of ours wrote last, or nobody did"),
    ],
)
def test_it_stops_where_it_is_not_its_turn(conversation: Conversation, why: str) -> None:
    made = followed(conversation)
    assert made.move is Next.STOP
    assert made.why.startswith(why)
    assert made.not_before is None


def test_a_letter_into_a_conversation_that_waits_for_us_or_is_closed_is_caught() -> None:
    made = followed(a_conversation(ours(ago=5)))
    assert only_where_it_is_open(a_talk(a_conversation(ours(), theirs())), made) is not None
    closed = a_conversation(ours(), standing=Standing.COMPLAINED)
    assert only_where_it_is_open(a_talk(closed), made) is not None


def test_with_nothing_left_to_tell_it_is_short_and_still_clean() -> None:
    bare = an_offer().model_copy(update={"proof_points": ()})
    packet = a_talk(a_conversation(ours(ago=5)), offer=bare, dossier=a_dossier())
    made = planned(packet, follow_up(packet))
    assert faults_of(made, grounds_of(packet)) == ()


def test_out_of_office_resumes_after_the_day_of_return() -> None:
    away = theirs("Away until 1 December.", kind=MessageKind.AUTO_REPLY, ago=1)
    talk = a_conversation(ours(ago=1), away)
    returns = date(2026, 12, 1)
    made = resumption(talk, a_reading(Meaning.OUT_OF_OFFICE, returns_on=returns))
    assert made.not_before is not None
    assert made.not_before.date() == returns + timedelta(days=1)
    assert made.answers is None
    unknown = resumption(talk, a_reading(Meaning.OUT_OF_OFFICE))
    assert days_until(unknown, talk.messages[-1]) >= 3


def test_not_now_comes_back_on_the_day_that_was_asked_for() -> None:
    talk = a_conversation(ours(ago=3), theirs("Ask me in March."))
    made = resumption(talk, a_reading(Meaning.NOT_NOW, ask_again_on=date(2027, 3, 1)))
    assert made.not_before is not None
    assert made.not_before.date() == date(2027, 3, 1)
    assert made.answers == 2
    assert days_until(resumption(talk, a_reading(Meaning.NOT_NOW)), talk.messages[-1]) >= 90


def test_a_date_years_away_is_not_waited_for() -> None:
    talk = a_conversation(ours(), theirs())
    made = resumption(talk, a_reading(Meaning.NOT_NOW, ask_again_on=date(2036, 3, 1)))
    assert made.move is Next.STOP


def test_somebody_away_after_the_goodbye_is_left_alone() -> None:
    machine = theirs("Away.", kind=MessageKind.AUTO_REPLY)
    talk = a_conversation(*[ours()] * 4, machine)
    assert resumption(talk, a_reading(Meaning.OUT_OF_OFFICE, message=5)).move is Next.STOP


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["ours", "theirs", "machine", "delay", "hand"]), max_size=8),
    st.sampled_from(Standing),
    st.integers(0, 400),
)
def test_in_every_conversation_it_writes_only_after_silence(
    said: list[str], standing: Standing, ago: int
) -> None:
    made_of = {
        "ours": ours("follow_up:1", ago=ago),
        "hand": ours("", ago=ago),
        "theirs": theirs(ago=ago),
        "machine": theirs(kind=MessageKind.AUTO_REPLY, ago=ago),
        "delay": theirs(kind=MessageKind.DELAY, ago=ago),
    }
    talk = a_conversation(*(made_of[word] for word in said), standing=standing)
    packet = a_talk(talk)
    made = planned(packet, follow_up(packet))
    letters = made.move is Next.LETTER
    assert letters is bool(made.variants)
    own = [word for word in said if word in {"ours", "hand", "theirs"}]
    assert letters is (standing is Standing.OPEN and own[-1:] == ["ours"] and 0 < talk.touches < 4)
    if letters:
        assert made.not_before is not None
        assert made.not_before > datetime.combine(talk.ours[-1].at.date(), datetime.min.time(), UTC)

"""What the scheduler decides and what letters about meetings say, without store and calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from dealwright.agents.delivery import delivered
from dealwright.agents.staff.times_reviewer import review
from dealwright.agents.staff.wording import MEETINGS
from dealwright.domain.conversation import Conversation, Message, Offered
from dealwright.domain.draft import Draft, Verdict
from dealwright.domain.facts import SourceKind
from dealwright.domain.letter import Letter
from dealwright.domain.material import Material, Source
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading
from dealwright.domain.scheduling import (
    Appointment,
    Confirmation,
    Decision,
    MeetingState,
    Scheduling,
)
from dealwright.errors import AgentFailed, BadAnswer, BadInput, CheckFailed
from dealwright.outbox.foreign import foreign_in
from dealwright.outbox.meetings import invitation, meeting_of
from dealwright.runtime import read_department
from dealwright.tools.mail.mime import build
from dealwright.tools.mail.parsing import parse
from dealwright.tools.scheduling.slots import Slot
from dealwright.tools.scheduling.words import in_words
from tests.agents.builders import TODAY, a_lead
from tests.agents.corpus.companies import an_offer
from tests.agents.talks import a_conversation, a_reading, ours, theirs
from tests.scheduling.builders import HALF_HOUR, START, a_meeting

SALES = read_department("sales")


def a_source(number: int, kind: str = "free", hours: int = 0, language: str = "en") -> Source:
    start = START + timedelta(hours=hours)
    return Source(
        number=number,
        url=f"calendar:{kind}",
        kind=SourceKind.RECORD,
        title=in_words(Slot(start=start, end=start + HALF_HOUR), "Europe/Berlin", language),
        text=f"{start.isoformat()}/{(start + HALF_HOUR).isoformat()}",
        observed_at=START,
    )


def an_offered(hours: int = 0) -> Offered:
    source = a_source(1, hours=hours)
    start = START + timedelta(hours=hours)
    return Offered(start=start, end=start + HALF_HOUR, words=source.title)


def a_packet(agent: str, sources: tuple[Source, ...] = (), **slots: object) -> Packet:
    talk = a_conversation(ours(), theirs("Can we talk?"))
    given = {"lead": a_lead(), "offer": an_offer(), "conversation": talk, **slots}
    material = {"calendar": Material(sources=sources)}
    return Packet(agent=agent, today=TODAY, slots=given, material=material)


def worked(agent: str, packet: Packet, answer: Mapping[str, object] | None = None) -> object:
    """Return what an agent delivers, by its twin or with an answer put into its mouth."""
    known = SALES.agents[agent]
    assert known.twin is not None
    return delivered(known, packet, known.twin(packet) if answer is None else answer)


def scheduled(packet: Packet, answer: Mapping[str, object] | None = None) -> Scheduling:
    product = worked("scheduler", packet, answer)
    assert isinstance(product, Scheduling)
    return product


def reviewed(draft: Draft) -> Verdict:
    return review(Packet(agent="r", today=TODAY, slots={"letter": draft})).verdict


def talked(text: str, *offers: Message) -> Conversation:
    return a_conversation(ours(), *offers, theirs(text))


def offering(*hours: int) -> Message:
    letter = ours("times:1", "Times.")
    return letter.model_copy(update={"offered": tuple(an_offered(each) for each in hours)})


@pytest.mark.parametrize("language", MEETINGS)
def test_an_offer_says_each_free_time_once_in_their_language(language: str) -> None:
    sources = tuple(a_source(n, hours=n, language=language) for n in (1, 2, 3))
    packet = a_packet("scheduler", sources, reading=a_reading(Meaning.MEETING, language=language))
    product = scheduled(packet)
    body = product.variants[0].body
    assert product.language == language
    assert [f"{n}. {s.title}" in body.split("\n") for n, s in enumerate(sources, 1)] == [True] * 3
    assert "{" not in body
    assert foreign_in(body) is None
    assert reviewed(product) is Verdict.PASS


def test_times_are_offered_in_their_order_however_the_calendar_tells_them() -> None:
    sources = (a_source(1, hours=30), a_source(2, "asked", hours=2), a_source(3, hours=-1))
    packet = a_packet("scheduler", sources, reading=a_reading(Meaning.MEETING, sure=False))
    product = scheduled(packet)
    offers = [an_offered(hours) for hours in (-1, 2, 30)]
    assert list(product.offers) == offers
    numbered = [f"{n}. {each.words}" for n, each in enumerate(offers, 1)]
    assert [line for line in product.variants[0].body.split("\n") if line[:1].isdigit()] == numbered


@pytest.mark.parametrize("language", MEETINGS)
@pytest.mark.parametrize("state", sorted(set(MeetingState) - {MeetingState.DECLINED}))
def test_whatever_becomes_of_a_meeting_they_are_told_in_their_language(
    state: MeetingState, language: str
) -> None:
    sources = (a_source(1, "meeting", language=language), a_source(2, hours=1, language=language))
    talk = a_conversation(ours().model_copy(update={"language": language}), theirs("Ok"))
    product = worked(
        "confirmer", a_packet("confirmer", sources, conversation=talk, meeting=a_meeting(state))
    )
    assert isinstance(product, Confirmation)
    anew = state in {MeetingState.TAKEN, MeetingState.NO_SHOW}
    body = product.variants[0].body
    assert (sources[1].title in body, sources[0].title in body) == (anew, not anew)
    assert product.language == language
    assert "{" not in body
    assert foreign_in(body) is None
    assert reviewed(product) is Verdict.PASS


def test_an_address_as_the_place_is_in_the_invitation_alone() -> None:
    meeting = a_meeting(place="https://meet.example/anna")
    packet = a_packet("confirmer", (a_source(1, "meeting"),), meeting=meeting)
    product = worked("confirmer", packet)
    assert isinstance(product, Confirmation)
    assert "meet.example" not in product.variants[0].body
    file = invitation(
        meeting_of(meeting, "a@seller.example", "b@c.example", "B"), "Europe/Berlin", START
    )
    assert "meet.example" in file


@pytest.mark.parametrize(
    "change",
    [
        ("12:30", "12:45"),
        ("1. ", "1. 9:00 or "),
        ("free", "free: www.acme.example"),
        ("13:00–13:30", "13:00"),
    ],
)
def test_a_letter_with_any_other_time_number_or_address_is_sent_back(
    change: tuple[str, str],
) -> None:
    sources = tuple(a_source(n, hours=n) for n in (1, 2))
    product = scheduled(a_packet("s", sources, reading=a_reading(Meaning.MEETING)))
    old, new = change
    (variant,) = product.variants
    assert old in variant.body
    told = [s.model_copy(update={"text": s.text.replace(old, new)}) for s in variant.sentences]
    other = variant.model_copy(update={"sentences": tuple(told)})
    assert reviewed(product) is Verdict.PASS
    assert reviewed(product.model_copy(update={"variants": (other,)})) is Verdict.REVISE


@pytest.mark.parametrize(
    ("conversation", "reading", "sources", "meeting", "decision"),
    [
        (
            talked("1", offering(0, 1)),
            a_reading(message=3),
            (a_source(1, "offered"),),
            None,
            "book",
        ),
        (talked("1", offering(0, 1)), a_reading(message=3), (a_source(1),), None, "offer"),
        (talked("Ok", offering(0, 1)), a_reading(message=3), (a_source(1),), None, "person"),
        (talked("None of them."), a_reading(Meaning.MEETING), (a_source(1),), None, "offer"),
        (talked("Call me"), a_reading(Meaning.MEETING), (), None, "person"),
        (
            talked("None fits, sorry", offering(0), offering(1)),
            a_reading(Meaning.MEETING, message=4),
            (a_source(1),),
            None,
            "person",
        ),
        (talked("Cancel it"), a_reading(Meaning.MEETING), (), a_meeting(), "cancel"),
        (
            talked("Cancel it"),
            a_reading(Meaning.MEETING, sure=False),
            (a_source(1),),
            a_meeting(),
            "person",
        ),
        (talked("Cancel it"), a_reading(Meaning.MEETING), (a_source(1),), None, "offer"),
        (
            talked("Please move it"),
            a_reading(Meaning.MEETING),
            (a_source(1),),
            a_meeting(),
            "offer",
        ),
        (
            talked("Great, thanks"),
            a_reading(Meaning.MEETING),
            (a_source(1),),
            a_meeting(),
            "person",
        ),
        (
            talked("1", offering(0)),
            a_reading(message=3),
            (a_source(1, "offered"),),
            a_meeting(),
            "nothing",
        ),
        (
            talked("1", offering(1)),
            a_reading(message=3),
            (a_source(1, "offered", hours=1),),
            a_meeting(),
            "move",
        ),
    ],
)
def test_what_is_decided(
    conversation: Conversation,
    reading: Reading,
    sources: tuple[Source, ...],
    meeting: Appointment | None,
    decision: str,
) -> None:
    slots = {"conversation": conversation, "reading": reading}
    more = {"meeting": meeting} if meeting else {}
    product = scheduled(a_packet("scheduler", sources, **slots, **more))
    assert product.decision == decision
    assert bool(product.errands()) is (product.decision is Decision.PERSON)


@pytest.mark.parametrize(
    ("reading", "meeting", "answer", "error"),
    [
        (a_reading(Meaning.MEETING), None, {"decision": "book", "slot": 1}, BadAnswer),
        (a_reading(Meaning.MEETING), None, {"decision": "book", "slot": 9}, BadAnswer),
        (a_reading(Meaning.MEETING), None, {"decision": "book"}, BadAnswer),
        (a_reading(Meaning.MEETING), None, {"decision": "book", "slot": 4}, BadAnswer),
        (a_reading(Meaning.MEETING), None, {"decision": "move", "slot": 2}, CheckFailed),
        (a_reading(Meaning.MEETING), None, {"decision": "cancel"}, CheckFailed),
        (a_reading(Meaning.MEETING), a_meeting(), {"decision": "book", "slot": 2}, CheckFailed),
        (a_reading(Meaning.OPT_OUT), None, {"decision": "book", "slot": 2}, CheckFailed),
        (a_reading(Meaning.COMPLAINT), None, {"decision": "offer"}, CheckFailed),
        (
            a_reading(Meaning.MEETING),
            None,
            {"decision": "book", "slot": 2, "start": "x"},
            BadAnswer,
        ),
    ],
)
def test_whatever_a_brain_says_only_what_was_agreed_changes_the_calendar(
    reading: Reading,
    meeting: Appointment | None,
    answer: Mapping[str, object],
    error: type[AgentFailed],
) -> None:
    sources = (a_source(1), a_source(2, "offered"), a_source(3, "asked"), a_source(4, "meeting"))
    more = {"meeting": meeting} if meeting else {}
    packet = a_packet("scheduler", sources, reading=reading, **more)
    with pytest.raises(error):
        scheduled(packet, {"because": "I say so", **answer})


def test_without_a_free_time_nobody_is_offered_any() -> None:
    packet = a_packet("confirmer", meeting=a_meeting(MeetingState.NO_SHOW))
    with pytest.raises(ValueError, match="no time is free"):
        worked("confirmer", packet)


def test_a_letter_carries_the_invitation_as_a_calendar_part() -> None:
    meeting = meeting_of(a_meeting(), "anna@seller.example", "bert@buyer.example", "Bert Çelik")
    letter = Letter(
        to="bert@buyer.example",
        to_name="Bert",
        sender="ana@seller.example",
        sender_name="Ana",
        subject="Our meeting",
        text="It is booked.",
        html="<p>It is booked.</p>",
        language="en",
        calendar=invitation(meeting, "Europe/Berlin", START),
    )
    raw = build(letter, "<1@seller.example>", START)
    parts = list(message_from_bytes(raw, policy=policy.default).walk())
    kinds = [part.get_content_type() for part in parts]
    assert kinds == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    assert parts[-1].get_param("method") == "REQUEST"
    assert b"UID:u.1@seller.example" in parse(raw).calendar
    assert replace(letter, calendar="").digest != letter.digest
    with pytest.raises(BadInput, match="what is asked"):
        build(replace(letter, calendar="BEGIN:VCALENDAR"), "<1@seller.example>", START)

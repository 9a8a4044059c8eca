"""Builders of conversations and readings: what was written, and what a reply means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dealwright.domain.conversation import (
    Conversation,
    Direction,
    Message,
    MessageKind,
    Standing,
)
from dealwright.domain.dossier import Dossier
from dealwright.domain.facts import Point
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead, a_packet
from tests.agents.corpus.companies import an_offer

NOON = time(12, tzinfo=UTC)
NEWS = a_fact(
    "news.1",
    Point.NEWS,
    "Nordfracht opens second depot in Bremen",
    published_on=TODAY - timedelta(days=20),
)
JOB = a_fact("jobs.1", Point.HIRING, "Dispatcher, night shift")


def ours(
    key: str = "first_touch", text: str = "Hello Jana, one question.", *, ago: int = 0
) -> Message:
    """Return a letter of ours, so many days old."""
    return _message(Direction.OUT, MessageKind.TOUCH, text, ago).model_copy(update={"key": key})


def theirs(
    text: str = "Tell me more.", *, kind: MessageKind = MessageKind.REPLY, ago: int = 0
) -> Message:
    """Return what the person wrote, or a machine of theirs, so many days ago."""
    return _message(Direction.IN, kind, text, ago)


def _message(direction: Direction, kind: MessageKind, text: str, ago: int) -> Message:
    at = datetime.combine(TODAY - timedelta(days=ago), NOON)
    return Message(number=1, direction=direction, kind=kind, at=at, subject="A question", text=text)


def a_conversation(*messages: Message, standing: Standing = Standing.OPEN) -> Conversation:
    """Return a conversation of these messages, counted as the store counts."""
    touches, replies, waiting = 0, 0, Direction.IN
    for message in messages:
        if message.direction is Direction.OUT:
            touches, waiting = touches + 1, Direction.IN
        elif message.kind is MessageKind.REPLY:
            touches, replies, waiting = 0, replies + 1, Direction.OUT
    return Conversation(
        standing=standing,
        waiting_for=waiting,
        touches=touches,
        replies=replies,
        messages=tuple(
            message.model_copy(update={"number": number})
            for number, message in enumerate(messages, start=1)
        ),
    )


def a_reading(
    main: Meaning = Meaning.INTERESTED,
    *others: Meaning,
    message: int = 2,
    sure: bool = True,
    language: str = "en",
    **more: object,
) -> Reading:
    """Return what the second message means, or whichever is named."""
    return Reading.model_validate(
        {
            "message": message,
            "main": main,
            "meanings": (main, *others),
            "confidence": 0.97 if sure else 0.4,
            "sure": sure,
            "language": language,
            **more,
        }
    )


def also(reading: Reading, **more: object) -> Reading:
    """Return the reading with more in it."""
    return Reading.model_validate({**reading.model_dump(), **more})


def a_talk(
    conversation: Conversation,
    reading: Reading | None = None,
    *,
    lead: Lead | None = None,
    offer: Offer | None = None,
    dossier: Dossier | None = None,
    today: date = TODAY,
    **slots: object,
) -> Packet:
    """Return what an agent of a conversation is given."""
    given: dict[str, object] = {
        "lead": lead or a_lead(),
        "offer": offer or an_offer(),
        "dossier": dossier or a_dossier(NEWS, JOB, triggers=("news.1",)),
        "conversation": conversation,
        **slots,
    }
    if reading is not None:
        given["reading"] = reading
    return a_packet("an_agent", slots=given, today=today)

"""Scheduling: what is arranged about a meeting, how it stands, and what is written of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from dealwright.domain.conversation import MOST_OFFERED, Offered
from dealwright.domain.draft import Draft, Variant
from dealwright.domain.escalation import Escalation
from dealwright.domain.product import Errand, Line, Word, WorkProduct


class Decision(StrEnum):
    """What is to be done about a meeting."""

    OFFER = "offer"
    """Real free times are offered; nothing is booked."""
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    PERSON = "person"
    """A person of ours arranges it."""
    NOTHING = "nothing"
    """It is arranged as they say already."""


ACTS = frozenset({Decision.BOOK, Decision.MOVE, Decision.CANCEL})
"""What changes the calendar."""


class Arrangement(WorkProduct):
    """What a brain hands in: a decision and a number. Times and words are code's."""

    decision: Decision
    slot: int | None = Field(default=None, ge=1, le=200)
    """The number of the free time to book or to move to, as the calendar told it."""
    because: Line


class Scheduling(Draft):
    """What is to be done about a meeting because of one message."""

    fewest_words: ClassVar[int] = 8
    names_a_fact: ClassVar[bool] = False

    variants: tuple[Variant, ...] = Field(default=(), max_length=1)
    """The letter that offers times; no other decision has words."""
    decision: Decision
    message: int = Field(ge=1)
    """The message it is about; void once anybody has written after it."""
    start: datetime | None = None
    end: datetime | None = None
    offers: tuple[Offered, ...] = Field(default=(), max_length=MOST_OFFERED)
    because: Line
    escalation: Escalation | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        offer = self.decision is Decision.OFFER
        if bool(self.variants) is not offer or bool(self.offers) is not offer:
            raise ValueError("an offer has times and words, and nothing else has any")
        timed = self.decision in {Decision.BOOK, Decision.MOVE}
        if timed is not (self.start is not None and self.end is not None):
            raise ValueError("what is booked has a start and an end, and nothing else has one")
        if (self.escalation is None) is (self.decision is Decision.PERSON):
            raise ValueError("what is a person's is handed to one")
        return self

    def errands(self) -> tuple[Errand, ...]:
        return (self.escalation.errand,) if self.escalation else ()


class MeetingState(StrEnum):
    """What became of a meeting last."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    TAKEN = "taken"
    """Somebody else was quicker; what stood before stands."""
    DECLINED = "declined"
    """They answered the invitation with no; a person asks why."""
    NO_SHOW = "no_show"
    """They did not come."""


class Appointment(WorkProduct):
    """A meeting with the person of a case, as the calendar has it. The world writes it."""

    uid: str = Field(max_length=200)
    """The same one however often it is moved (RFC 5545)."""
    number: int = Field(default=1, ge=1)
    """1, 2, 3 …: a new one after one that was cancelled or missed."""
    state: MeetingState
    stands: bool
    """It is in the calendar and may be moved or cancelled."""
    start: datetime
    end: datetime
    sequence: int = Field(default=0, ge=0)
    title: Line
    place: Line
    language: str = Field(default="", pattern="^([a-z]{2})?$")
    """The one it was last arranged in, which the place is worded in; empty: not known."""
    calendar: Word
    """The id of the connection it is booked in."""
    organiser: Word
    """Whom they meet."""
    message: int = Field(ge=1)
    """The message of theirs it was last arranged by."""
    after: int = Field(ge=1)
    """The newest message when it last changed."""
    missed: int = Field(default=0, ge=0)
    """How often they did not come."""
    at: datetime
    """When it last changed."""

    def brief(self) -> str:
        standing = "stands" if self.stands else "does not stand"
        return f"{self.state}: {self.start:%Y-%m-%d %H:%M %Z}, {self.place}; {standing}"


class Confirmation(Draft):
    """The letter about a meeting that changed; code adds the invitation for calendars."""

    fewest_words: ClassVar[int] = 8
    names_a_fact: ClassVar[bool] = False

    state: MeetingState
    agreed: Offered | None = None
    """The time it is about, as the letter says it; None where it names only others."""
    offers: tuple[Offered, ...] = Field(default=(), max_length=MOST_OFFERED)
    """The times it offers instead."""

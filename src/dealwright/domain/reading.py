"""A reading: what a reply means, and how sure the reader is."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from dealwright.domain.product import Line, Word, WorkProduct


class Meaning(StrEnum):
    """What a person wants who wrote back."""

    INTERESTED = "interested"
    """Wants to hear more; names no time and asks nothing in particular."""
    MEETING = "meeting"
    """Wants to talk, accepts or proposes a time, or moves or cancels one."""
    QUESTION = "question"
    """Asks what approved facts may answer."""
    PRICE = "price"
    """Asks for a price, a quote or a discount."""
    TECHNICAL = "technical"
    """Asks for depth no sales letter gives: interfaces, security, data protection, contracts."""
    COMPETITOR = "competitor"
    """Has, uses or compares with another product."""
    OBJECTION = "objection"
    """Says what speaks against it, without closing the door."""
    NOT_NOW = "not_now"
    """Later, or at a time."""
    NOT_INTERESTED = "not_interested"
    """No, without asking never to be written to again."""
    OPT_OUT = "opt_out"
    """Must not be written to again."""
    REFERRAL = "referral"
    """Names somebody else to talk to."""
    WRONG_PERSON = "wrong_person"
    """Is not responsible, or has left, and names nobody."""
    OUT_OF_OFFICE = "out_of_office"
    """Away, by hand or by machine."""
    COMPLAINT = "complaint"
    """Angry, or threatens with a lawyer, an authority or a public word."""


class Sentiment(StrEnum):
    """The tone of a reply."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Objection(StrEnum):
    """What speaks against it."""

    BUDGET = "budget"
    TIMING = "timing"
    NEED = "need"
    AUTHORITY = "authority"
    TRUST = "trust"
    COMPETITOR = "competitor"
    EFFORT = "effort"
    """Too much work to change."""


class AskedTime(WorkProduct):
    """A time somebody asked for, in the writer's own zone; never booked from this alone."""

    quote: Line
    """The words it was read from."""
    start: datetime
    """Without a zone: as the writer reads a clock."""
    end: datetime
    """The end of the span in which the start would suit, e.g. noon for `in the morning`."""
    exact: bool = False
    """A clock time was named."""


class Candidate(WorkProduct):
    """Somebody a reply names; a person decides whether to write there."""

    quote: Line
    name: Word | None = None
    title: Line | None = None
    address: str | None = Field(default=None, max_length=254)
    """As written; shown to a person, never written to by itself."""


class Reading(WorkProduct):
    """What the newest message of a conversation means."""

    message: int = Field(ge=1)
    """The number of the message that was read."""
    main: Meaning
    """What has to be acted on first."""
    meanings: tuple[Meaning, ...] = Field(min_length=1, max_length=4)
    """Everything it says, the main one first."""
    confidence: float = Field(ge=0, le=1)
    """Calibrated probability that `main` is right."""
    sure: bool = False
    """The confidence keeps the error contract, so that the department may act without a person."""
    language: str = Field(pattern="^[a-z]{2}$")
    sentiment: Sentiment = Sentiment.NEUTRAL
    objection: Objection | None = None
    asks: tuple[Line, ...] = Field(default=(), max_length=6)
    """The sentences that ask something."""
    times: tuple[AskedTime, ...] = Field(default=(), max_length=6)
    returns_on: date | None = None
    """The first day somebody who is away can be reached again."""
    ask_again_on: date | None = None
    """The day from which `not now` ends."""
    candidate: Candidate | None = None
    why: Line = "read by rules"
    """What it was read from, in words."""

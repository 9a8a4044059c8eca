"""A conversation: what was written to a person and what the person wrote back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from pydantic import Field, model_validator

from dealwright.domain.product import Line, Text, WorkProduct

MOST_MESSAGES = 40
"""Older ones stay in the store; agents see the newest."""
MOST_OFFERED = 6


class Direction(StrEnum):
    """Who wrote."""

    OUT = "out"
    """We did."""
    IN = "in"
    """They did, or a machine of theirs."""


class MessageKind(StrEnum):
    """What a message is, told by its headers and structure alone."""

    TOUCH = "touch"
    """Ours."""
    REPLY = "reply"
    """A person's."""
    AUTO_REPLY = "auto_reply"
    """A machine's: out of office, a ticket number (RFC 3834)."""
    BOUNCE = "bounce"
    """It was not delivered, for good (RFC 3464, 5.x.x)."""
    DELAY = "delay"
    """It is not delivered yet (4.x.x); nothing follows from it."""
    COMPLAINT = "complaint"
    """Reported as unwanted (RFC 5965)."""
    CALENDAR = "calendar"
    """A calendar program's answer to our invitation (RFC 5546)."""


PASSING = frozenset({MessageKind.DELAY, MessageKind.CALENDAR})
"""What changes nothing about whose turn it is, and is read by nobody."""


class Offered(WorkProduct):
    """A time that was offered to somebody, on their own clock."""

    start: datetime
    end: datetime
    words: Line
    """As the letter says it."""


class Message(WorkProduct):
    """One message, without quoted text, signature and attachments."""

    number: int = Field(ge=1)
    """1, 2, 3 … within the conversation; cited as `message.<number>`."""
    direction: Direction
    kind: MessageKind
    at: datetime
    subject: str = Field(default="", max_length=300)
    text: Text = ""
    language: str | None = Field(default=None, pattern="^[a-z]{2}$")
    key: str = Field(default="", max_length=120)
    """Which step of ours it was: `first_touch`, `follow_up:2`; empty for theirs."""
    offered: tuple[Offered, ...] = Field(default=(), max_length=MOST_OFFERED)
    """The times our letter offers, in its order."""

    @property
    def step(self) -> str:
        """The step's name alone: `follow_up`; empty for theirs and for what a person wrote."""
        return self.key.partition(":")[0]


class Standing(StrEnum):
    """How a conversation stands, whatever else is said in it."""

    OPEN = "open"
    OPTED_OUT = "opted_out"
    UNDELIVERABLE = "undeliverable"
    COMPLAINED = "complained"
    TAKEN_OVER = "taken_over"
    """A person of ours leads it; no agent writes into it."""


class Conversation(WorkProduct):
    """What an agent may know of the exchange with one person; a new version with every message."""

    standing: Standing = Standing.OPEN
    waiting_for: Direction = Direction.IN
    """Whose turn it is: `out` when a person's message stands unanswered, otherwise `in`."""
    touches: int = Field(default=0, ge=0)
    """Messages of ours since the person last wrote."""
    replies: int = Field(default=0, ge=0)
    """Messages the person wrote, machines not counted."""
    messages: tuple[Message, ...] = Field(default=(), max_length=MOST_MESSAGES)
    """The newest last."""
    last: int = Field(default=0, ge=0)
    """The number of the newest message that is read; follows from `messages`."""
    last_kind: MessageKind | None = None
    """What the newest message is that is read; follows from `messages`."""
    began: Direction = Direction.OUT
    """Who wrote first."""
    proven: bool = True
    """We wrote first, or somebody wrote to us from the address: false while all that we have is a
    form, which anybody can fill in with anybody's address."""

    @model_validator(mode="before")
    @classmethod
    def _knows_its_end(cls, told: object) -> object:
        """Fill in what routes ask of the newest message, so that they need not read them all."""
        if not isinstance(told, dict):
            return told
        fields = cast("Mapping[str, object]", told)
        messages = fields.get("messages")
        if not isinstance(messages, list | tuple) or not messages:
            return fields
        read = map(Message.model_validate, reversed(cast("Sequence[object]", messages)))
        newest = next((m for m in read if m.kind not in PASSING), None)
        if newest is None:
            return fields
        return {**fields, "last": newest.number, "last_kind": newest.kind}

    @property
    def newest(self) -> Message | None:
        """The newest message a person or a machine of theirs wrote, if there is one."""
        spoken = {MessageKind.REPLY, MessageKind.AUTO_REPLY}
        return next((m for m in reversed(self.messages) if m.kind in spoken), None)

    @property
    def ours(self) -> tuple[Message, ...]:
        """What we wrote, the newest last."""
        return tuple(m for m in self.messages if m.direction is Direction.OUT)

    @property
    def on_offer(self) -> tuple[Offered, ...]:
        """The times our newest letter with any offers."""
        return next((m.offered for m in reversed(self.ours) if m.offered), ())

    @property
    def replies_unanswered(self) -> tuple[Message, ...]:
        """What the person wrote since we did, machines not counted."""
        last = self.ours[-1].number if self.ours else 0
        theirs = (m for m in self.messages if m.number > last)
        return tuple(m for m in theirs if m.kind is MessageKind.REPLY)

    def brief(self) -> str:
        """Return how it stands, then the messages, the newest first for those with little room."""
        lines = [f"{self.standing}; {self.touches} of ours unanswered"]
        lines += [
            f"message.{m.number} ({'us' if m.direction is Direction.OUT else m.kind}, "
            f"{m.at:%Y-%m-%d}): {m.subject}\n{m.text}"
            for m in reversed(self.messages)
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a folder was read; void when its UIDVALIDITY has changed."""

    validity: int
    uid: int

"""A follow-up: the next letter to somebody who has not answered, when, and why; or none."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from dealwright.domain.draft import Draft, Variant
from dealwright.domain.product import Errand, Line, Text


class Next(StrEnum):
    """What comes next."""

    LETTER = "letter"
    STOP = "stop"
    """Nothing: the cadence is over, or it is not ours to go on."""


class FollowUp(Draft):
    """A letter for later, or the reason why there is none."""

    fewest_words: ClassVar[int] = 20
    names_a_fact: ClassVar[bool] = False

    variants: tuple[Variant, ...] = Field(default=(), max_length=4)
    move: Next = Next.LETTER
    after: int = Field(ge=1)
    """The newest message when it was written; void once anybody has written after it."""
    number: int = Field(default=0, ge=0, le=40)
    """Which letter in a row it is that nobody answered, the first touch not counted."""
    last: bool = False
    """It says goodbye."""
    answers: int | None = Field(default=None, ge=1)
    """The message of theirs that asked us to come back; None: nobody asked."""
    not_before: datetime | None = None
    """The earliest moment, in working hours of the reader's own zone."""
    why: Line
    """Why then, or why not."""
    spoken: Text = ""
    """Words for another channel: two letters went unanswered, so a person calls or writes."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        letter = self.move is Next.LETTER
        if bool(self.variants) is not letter or (self.not_before is not None) is not letter:
            raise ValueError("a letter has words and a moment; where it stops there is neither")
        return self

    def errands(self) -> tuple[Errand, ...]:
        if not self.spoken or self.not_before is None:
            return ()
        return (
            Errand(
                kind="call",
                key=f"message.{self.after}",
                because="two letters went unanswered: call, or write where else they read",
                due_on=self.not_before.date(),
                context={"words": self.spoken, "language": self.language},
            ),
        )

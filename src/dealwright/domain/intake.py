"""An intake: the answer to somebody who wrote to us first, and what is known of them by then."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from dealwright.domain.answer import Outcome
from dealwright.domain.draft import Draft, Variant
from dealwright.domain.product import Errand, Line, WorkProduct


class Topic(StrEnum):
    """What has to be known before people meet, in the order in which it is asked."""

    NEED = "need"
    """What they want it for: whether it fits."""
    BUDGET = "budget"
    URGENCY = "urgency"
    AUTHORITY = "authority"
    """Who decides."""


class Known(WorkProduct):
    """What somebody said about a topic."""

    quote: Line
    """In their words."""
    message: int = Field(ge=1)
    """The number of the message it was read from."""


class Intake(Draft):
    """What we answer, what we ask, and what we know."""

    fewest_words: ClassVar[int] = 8
    names_a_fact: ClassVar[bool] = False

    variants: tuple[Variant, ...] = Field(default=(), max_length=4)
    move: Outcome = Outcome.LETTER
    answers: int = Field(ge=1)
    """The number of the message it answers; void once anybody has written after it."""
    need: Known | None = None
    budget: Known | None = None
    urgency: Known | None = None
    authority: Known | None = None
    asks: Topic | None = None
    """The one thing the letter asks."""
    ready: bool = False
    """Nothing is left to ask, or they want to meet: it is the scheduler's turn, or a person's."""
    unanswered: Line | None = None
    """What a person of ours has to answer."""
    due_on: date

    @model_validator(mode="after")
    def _letters_have_words(self) -> Self:
        if bool(self.variants) is not (self.move is Outcome.LETTER):
            raise ValueError("an intake is a letter, or it is for a person and has no words")
        if self.asks is not None and getattr(self, self.asks) is not None:
            raise ValueError(f"{self.asks} is known and need not be asked")
        return self

    @property
    def known(self) -> dict[str, str]:
        """What is known, topic by topic, each with the message it stands in."""
        told = ((topic, getattr(self, topic)) for topic in Topic)
        return {
            str(topic): f"{known.quote} [message.{known.message}]"
            for topic, known in told
            if isinstance(known, Known)
        }

    def errands(self) -> tuple[Errand, ...]:
        errands: list[Errand] = []
        if self.unanswered is not None:
            errands.append(self._errand("escalate", f"message.{self.answers}", self.unanswered))
        if self.ready:
            errands.append(
                self._errand("handover", "handover", "they wrote to us first and are ready to talk")
            )
        return tuple(errands)

    def _errand(self, kind: str, key: str, because: str) -> Errand:
        return Errand(
            kind=kind, key=key, because=because, due_on=self.due_on, context={"known": self.known}
        )

"""An answer to what a person wrote, or the reason why a person of ours has to give it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from dealwright.domain.draft import Draft, Variant
from dealwright.domain.escalation import Escalation
from dealwright.domain.product import Errand, Line, WorkProduct


class Outcome(StrEnum):
    """What came of it."""

    LETTER = "letter"
    PERSON = "person"
    """What was asked cannot be answered from approved facts: nothing is written."""


class Reply(WorkProduct):
    """What a brain hands in: the words, or why there are none. The rest is code's."""

    language: str = Field(pattern="^[a-z]{2}$")
    variants: tuple[Variant, ...] = Field(default=(), max_length=2)
    unanswerable: Line | None = None
    """What is asked that no approved fact answers; then nothing is written."""


class Answer(Draft):
    """An answer, or an escalation; never both."""

    fewest_words: ClassVar[int] = 8
    names_a_fact: ClassVar[bool] = False

    variants: tuple[Variant, ...] = Field(default=(), max_length=4)
    move: Outcome = Outcome.LETTER
    answers: int = Field(ge=1)
    """The number of the message it answers; void once anybody has written after it."""
    escalation: Escalation | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        letter = self.move is Outcome.LETTER
        if bool(self.variants) is not letter or (self.escalation is None) is not letter:
            raise ValueError("an answer is a letter, or a person has to give it")
        return self

    def errands(self) -> tuple[Errand, ...]:
        return (self.escalation.errand,) if self.escalation else ()

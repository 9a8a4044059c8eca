"""A first touch as the writer hands it in, and what the reviewer says of it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from dealwright.domain.dossier import FactId
from dealwright.domain.product import Heading, Line, WorkProduct


class Role(StrEnum):
    """What a sentence does; only a claim has to rest on something."""

    GREETING = "greeting"
    CLAIM = "claim"
    QUESTION = "question"


class Sentence(WorkProduct):
    """One sentence and what it rests on."""

    text: Line
    role: Role = Role.CLAIM
    rests_on: tuple[FactId, ...] = Field(default=(), max_length=6)
    """Fact ids of the dossier, or `proof.<id>`."""


class Variant(WorkProduct):
    """One way to say it."""

    subject: Heading
    sentences: tuple[Sentence, ...] = Field(min_length=2, max_length=12)
    links: tuple[str, ...] = Field(default=(), max_length=3)
    """Link ids of the campaign, never addresses."""

    @property
    def body(self) -> str:
        """The message as it is read: greeting, paragraph, question, each on its own.

        A sentence that begins with a line break stands on a line of its own.
        """
        parts: dict[Role, list[str]] = {role: [] for role in Role}
        for sentence in self.sentences:
            parts[sentence.role].append(sentence.text)
        joined = (" ".join(texts) for texts in parts.values() if texts)
        return "\n\n".join(joined).replace(" \n", "\n")


class Draft(WorkProduct):
    """A first touch in several variants, not yet sent, not yet approved."""

    fewest_words: ClassVar[int] = 50
    """What a stranger reads has to say something; an answer may be short."""
    names_a_fact: ClassVar[bool] = True
    """Each variant has to rest on a fact of the company."""

    language: str = Field(pattern="^[a-z]{2}$")
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=4)


class Verdict(StrEnum):
    """What becomes of a draft."""

    PASS = "pass"
    REVISE = "revise"


class Fault(WorkProduct):
    """One thing wrong with a draft."""

    variant: int = Field(ge=1, le=4)
    rule: str = Field(max_length=40)
    """`grounding`, `length`, `readability`, `forbidden`, `tone`, `personal`, `address`."""
    reason: Line


class Review(WorkProduct):
    """The reviewer's verdict: it passes when one variant has no fault at least."""

    verdict: Verdict
    best: int | None = Field(default=None, ge=1, le=4)
    """The variant to show first; None when none passes."""
    faults: tuple[Fault, ...] = Field(default=(), max_length=60)

    def brief(self) -> str:
        return "\n".join([self.verdict, *(f"variant {f.variant}: {f.reason}" for f in self.faults)])

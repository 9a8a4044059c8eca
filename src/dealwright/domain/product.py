"""What every work product is: frozen, bounded, strict about what it does not know."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of character nobody sees."""


def plain(text: str) -> str:
    """Return the text if it holds no control characters besides newline and tab.

    Raises:
        ValueError: the text holds one; it could hide or forge something where it is shown.

    """
    if text.isprintable():
        return text
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValueError(f"a control character (U+{ord(character):04X}) is not allowed here")
    return text


def one_line(text: str) -> str:
    """Return the text if it is plain and has no line break or tab, as a mail header needs it.

    Raises:
        ValueError: it is not.

    """
    if "\n" in text or "\t" in text:
        raise ValueError("a line break is not allowed here")
    return plain(text)


def open_to_see(text: str) -> str:
    """Return the text without what hides its other words, or turns them round, where it is read."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDING)


Word = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(plain)]
Heading = Annotated[str, StringConstraints(min_length=3, max_length=120), AfterValidator(one_line)]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(plain)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something a product asks of a person, besides deciding about the product itself."""

    kind: str
    """`escalate`, `call`, `referral`, `estimate`."""
    key: str
    """Unique within (case, kind): asked twice, it is one task."""
    because: str
    due_on: date | None = None
    """The last day on which it is of use."""
    context: Mapping[str, object] = field(default_factory=dict[str, object])


class WorkProduct(BaseModel):
    """A value that stands in a slot. Unknown fields are refused, and nothing changes it later."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def brief(self) -> str:
        """Return the product as a model is shown it: compact, without what is empty."""
        return self.model_dump_json(exclude_none=True, exclude_defaults=True)

    def questions(self) -> tuple[str, ...]:
        """Return what only a person can decide about the product, one sentence each."""
        return ()

    def errands(self) -> tuple[Errand, ...]:
        """Return what a person has to do because of the product."""
        return ()

"""The closing brief: what the person who closes has to know, line by line with its source."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dealwright.domain.product import Line, WorkProduct


class Sensitivity(StrEnum):
    """How much the price matters, as far as anybody said."""

    UNKNOWN = "unknown"
    ASKED = "asked"
    """A price was asked for."""
    HIGH = "high"
    """Money was named as what speaks against it."""


class BriefLine(WorkProduct):
    """One line, and what it rests on."""

    text: Line
    rests_on: tuple[str, ...] = Field(min_length=1, max_length=6)
    """`message.<number>`, or the id of a fact or a proof point."""


class ClosingBrief(WorkProduct):
    """Everything for the conversation that closes; nothing in it is without a source."""

    pain: BriefLine | None = None
    """The primary one; None: nothing says which."""
    competitors: tuple[BriefLine, ...] = Field(default=(), max_length=6)
    objections: tuple[BriefLine, ...] = Field(default=(), max_length=8)
    """Raised or implied."""
    price: Sensitivity = Sensitivity.UNKNOWN
    price_lines: tuple[BriefLine, ...] = Field(default=(), max_length=4)
    known: tuple[BriefLine, ...] = Field(default=(), max_length=6)
    """The facts that matter most."""
    history: tuple[BriefLine, ...] = Field(min_length=1, max_length=12)
    """What was said, the newest last."""
    to_ask: tuple[BriefLine, ...] = Field(default=(), max_length=6)
    """What to ask, each because of something."""

    @property
    def lines(self) -> tuple[BriefLine, ...]:
        """Every line there is."""
        parts = (self.competitors, self.objections, self.price_lines, self.known)
        first = (self.pain,) if self.pain else ()
        return (*first, *(x for part in parts for x in part), *self.history, *self.to_ask)

"""A course: who deals with a reply, drawn from its reading by one table."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dealwright.domain.escalation import Escalation
from dealwright.domain.product import Errand, Line, WorkProduct
from dealwright.domain.reading import Meaning

SILENCED = frozenset({Meaning.OPT_OUT, Meaning.COMPLAINT, Meaning.NOT_INTERESTED})
"""Whoever said one of these gets no letter of ours in return, whatever else was said."""


class Move(StrEnum):
    """What happens next."""

    ANSWER = "answer"
    """The reply handler answers."""
    OBJECTION = "objection"
    """The objection handler answers."""
    INTAKE = "intake"
    """The front desk answers somebody who wrote to us first."""
    MEET = "meet"
    """The scheduler arranges a meeting."""
    RESUME = "resume"
    """Written to again on a later day."""
    PERSON = "person"
    """A person of ours takes it from here; nothing is written."""
    SILENCE = "silence"
    """Nothing is written."""


class Course(WorkProduct):
    """What happens about one reply."""

    message: int = Field(ge=1)
    """The reply's number."""
    move: Move
    because: Line
    escalation: Escalation | None = None
    """What the person is given, when it is one's turn."""

    def errands(self) -> tuple[Errand, ...]:
        return (self.escalation.errand,) if self.escalation else ()

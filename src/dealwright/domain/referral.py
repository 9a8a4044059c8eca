"""A referral: whom a reply names instead, for a person to decide about."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from dealwright.domain.product import Errand, Line, WorkProduct
from dealwright.domain.reading import Candidate


class Referral(WorkProduct):
    """Somebody else to talk to, or the question who that may be. Nobody is written to."""

    message: int = Field(ge=1)
    """The reply that says so."""
    because: Line
    due_on: date
    candidate: Candidate | None = None
    """None: the reply says that it is somebody else's, and names nobody."""

    def errands(self) -> tuple[Errand, ...]:
        named = self.candidate.model_dump(mode="json", exclude_none=True) if self.candidate else {}
        return (
            Errand(
                kind="referral",
                key=f"message.{self.message}",
                because=self.because,
                due_on=self.due_on,
                context={"message": self.message, "candidate": named},
            ),
        )

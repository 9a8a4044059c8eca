"""Who the campaign is for, and how well a lead fits: explicit weights, never a guess."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dealwright.domain.dossier import FactId
from dealwright.domain.facts import Point
from dealwright.domain.product import Line, Text, Word, WorkProduct


class Tier(StrEnum):
    """How soon a person should care."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Met(StrEnum):
    """Whether a criterion is met. A missing fact is unknown, never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Criterion(WorkProduct):
    """One thing the ideal customer is or has, with what it is worth."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    says: Line
    """The criterion as a person reads it: `between 50 and 500 employees`."""
    weight: int = Field(ge=1, le=100)
    point: Point
    """The dossier point that answers it."""
    any_of: tuple[Word, ...] = Field(default=(), max_length=60)
    """Met when the point's value names one of these."""
    at_least: float | None = None
    at_most: float | None = None
    """Met when the number in the point's value lies between, both ends included."""
    present: bool = False
    """Met when the point is known at all."""
    must: bool = False
    """A lead that fails it is cold, whatever else it scores."""


class IdealCustomer(WorkProduct):
    """The ideal customer profile: weighted criteria and where the tiers begin."""

    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=30)
    hot_from: int = Field(default=70, ge=1, le=100)
    warm_from: int = Field(default=40, ge=1, le=100)

    def brief(self) -> str:
        return "\n".join(f"{c.id} (weight {c.weight}): {c.says}" for c in self.criteria)


class Judgement(WorkProduct):
    """One criterion, judged on facts."""

    criterion: str = Field(max_length=40)
    met: Met
    evidence: tuple[FactId, ...] = Field(default=(), max_length=5)
    """Facts it was judged on; empty only when unknown."""


class Judgements(WorkProduct):
    """The qualifier's answer. It never holds a number: the score is arithmetic."""

    judgements: tuple[Judgement, ...] = Field(max_length=30)
    reasoning: Text
    """Two or three sentences that name the company."""


class Qualification(WorkProduct):
    """How well a lead fits the campaign."""

    score: int = Field(ge=0, le=100)
    """Weight met over weight known, shrunk towards the middle by what is unknown."""
    tier: Tier
    known: int = Field(ge=0, le=100)
    """Percent of the weight that could be judged."""
    judgements: tuple[Judgement, ...] = Field(max_length=30)
    reasoning: Text

    def brief(self) -> str:
        judged = ", ".join(f"{j.criterion}={j.met}" for j in self.judgements)
        return f"{self.tier}, score {self.score} ({self.known} % known): {judged}"

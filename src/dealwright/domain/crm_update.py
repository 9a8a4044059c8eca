"""A CRM update: the few fields of a lead that the department keeps, worked out by code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from dealwright.domain.product import Line, Text, WorkProduct
from dealwright.domain.qualification import Tier


class Stage(StrEnum):
    """How far it has come."""

    CONTACTED = "contacted"
    REPLIED = "replied"
    INTERESTED = "interested"
    MEETING = "meeting"
    LATER = "later"
    LOST = "lost"
    UNREACHABLE = "unreachable"


class CrmUpdate(WorkProduct):
    """What the system of record is told; a connection allows these fields, or fewer."""

    score: int = Field(ge=0, le=100)
    tier: Tier
    stage: Stage
    source: Line
    """How the lead came to us."""
    next_step: Line
    last_contact: date
    """The day of the newest message, whoever wrote it."""
    summary: Text

    @property
    def fields(self) -> dict[str, str]:
        """The fields as text, as connectors write them."""
        return {name: str(value) for name, value in self.model_dump(mode="json").items()}

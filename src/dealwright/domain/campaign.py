"""A campaign as its YAML file says it: who it is for, what it says, how far it may go alone."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from dealwright.domain.offer import SLUG, Offer
from dealwright.domain.product import WorkProduct
from dealwright.domain.qualification import IdealCustomer


class Autonomy(StrEnum):
    """How much leaves without a person."""

    SHADOW = "shadow"
    """Nothing leaves."""
    ASSISTED = "assisted"
    """What a person approves leaves."""
    AUTONOMOUS = "autonomous"
    """What passes the gates leaves."""


class Budget(WorkProduct):
    """Caps on what models may cost, in US dollars; a call that could pass one is not made."""

    per_lead: Decimal = Field(default=Decimal("0.10"), ge=0)
    per_day: Decimal = Field(default=Decimal(20), ge=0)
    total: Decimal = Field(default=Decimal(200), ge=0)


class Campaign(WorkProduct):
    """Everything a person decides about a campaign."""

    name: str = Field(pattern=SLUG)
    autonomy: Autonomy = Autonomy.SHADOW
    icp: IdealCustomer
    offer: Offer
    budget: Budget = Budget()

"""A campaign as its YAML file says it: who it is for, what it says, how far it may go alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field

from dealwright.domain.estimate import PriceBook
from dealwright.domain.offer import SLUG, Offer
from dealwright.domain.product import Line, WorkProduct
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


Basis = Literal["consent", "contract", "inquiry", "published", "legitimate_interest"]
"""The ground on which somebody may be written to."""


class Lawful(WorkProduct):
    """On what ground the campaign's leads may be written to, where a lead has none of its own.

    Whether the ground is enough in a lead's country is the law's word, not the campaign's.
    """

    basis: Basis
    evidence: Line
    """Where it is recorded, so that somebody can check: a list, a register, a form."""
    since: date
    until: date | None = None
    subscribers: Literal["company", "sole_trader"] = "company"
    """Who they are: companies and their people, or people who trade under their own name."""


class Campaign(WorkProduct):
    """Everything a person decides about a campaign."""

    name: str = Field(pattern=SLUG)
    autonomy: Autonomy = Autonomy.SHADOW
    icp: IdealCustomer
    offer: Offer
    budget: Budget = Budget()
    prices: PriceBook | None = None
    """What stands in the file that `offer.price_book` names."""
    lawful: Lawful | None = None
    """None: only leads with a ground of their own are written to."""

"""A campaign for tests that only need one to be there."""

from __future__ import annotations

from dealwright.domain.campaign import Campaign
from dealwright.domain.facts import Point
from dealwright.domain.offer import Offer, Sender
from dealwright.domain.qualification import Criterion, IdealCustomer


def a_campaign(name: str = "spring") -> Campaign:
    """Return a campaign."""
    criterion = Criterion(
        id="industry", says="moves freight", weight=10, point=Point.INDUSTRY, any_of=("freight",)
    )
    return Campaign(
        name=name,
        icp=IdealCustomer(criteria=(criterion,)),
        offer=Offer(
            product="Routewise",
            helps_with="plan routes",
            ask="Shall we talk?",
            sender=Sender(name="Ada", company="Routewise", postal_address="1 Dock Street, Leeds"),
        ),
    )

"""Builders of what the store is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dealwright.clock import TimeOrderedIds, WindableClock
from dealwright.domain.campaign import Campaign
from dealwright.domain.case import Lease, SlotStatus
from dealwright.domain.facts import FactSheet, Point
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, Sender
from dealwright.domain.qualification import Criterion, IdealCustomer
from dealwright.domain.run import Outcome, Run, Step, Usage
from dealwright.store.intake import NewLead
from dealwright.store.store import Store

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_campaign(name: str = "spring", *, ask: str = "Shall we talk?", weight: int = 3) -> Campaign:
    """Return a small campaign."""
    size = Criterion(id="size", says="any size", weight=weight, point=Point.SIZE, present=True)
    sender = Sender(name="Ana", company="Routewise", postal_address="Street 1, Town")
    offer = Offer(product="Routewise", helps_with="plan routes", ask=ask, sender=sender)
    return Campaign(name=name, icp=IdealCustomer(criteria=(size,)), offer=offer)


def a_lead(number: int = 1, **fields: object) -> NewLead:
    """Return the lead on one line of a file."""
    email = f"ana@co{number}.example"
    told: dict[str, object] = {
        "company": f"Company {number}",
        "domain": f"co{number}.example",
        "first_name": "Ana",
        "last_name": f"Nr{number}",
        **fields,
    }
    return NewLead(
        lead=Lead.model_validate(told),
        email=email,
        email_key=email,
        line=number + 1,
        source="leads.csv",
    )


@dataclass
class World:
    """An open store with its clock, and one campaign in it."""

    store: Store
    clock: WindableClock
    ids: TimeOrderedIds
    campaign: str = ""

    async def leads(self, count: int = 1) -> list[str]:
        """Take in leads, and return their cases."""
        taken = await self.store.intake.leads(
            "acme", self.campaign, [a_lead(number) for number in range(1, count + 1)]
        )
        return [one.case_id for one in taken]

    async def lease(self, limit: int = 1) -> list[Lease]:
        """Claim what is due."""
        return await self.store.cases.claim_due(
            self.clock.now(), limit, lease_for=MINUTE, worker="w"
        )

    def step(self, case_id: str, slot: str = "site", version: int = 1, **fields: object) -> Step:
        """Return what one agent call leaves behind."""
        outcome = fields.get("outcome", Outcome.DONE)
        assert isinstance(outcome, Outcome)
        usage = fields.get("usage", Usage())
        assert isinstance(usage, Usage)
        failed = outcome not in (Outcome.DONE, Outcome.REUSED)
        run = Run(
            id=self.ids.new(),
            case_id=case_id,
            agent=f"{slot}_reader",
            slot=slot,
            fingerprint=str(fields.get("fingerprint", f"print of {slot} {version}")),
            because=f"there is no {slot} yet",
            brain="twin",
            outcome=outcome,
            inputs={"lead": 1},
            material="digest",
            product=None if failed else a_sheet(str(fields.get("value", "Hull"))),
            usage=usage,
            started_at=self.clock.now(),
        )
        return Step(
            run=run,
            status=SlotStatus.FAILED if failed else SlotStatus.DONE,
            version=version,
            material=b'{"site":{"sources":[]}}',
            facts=() if failed else FactSheet.model_validate(run.product).facts,
        )


def a_sheet(value: str) -> dict[str, object]:
    """Return a reading agent's product with one fact."""
    fact = {
        "id": "site.1",
        "point": "headquarters",
        "value": value,
        "kind": "page",
        "source": "https://co1.example/",
        "quote": f"We are in {value}",
        "observed_at": "2026-11-02T09:00:00Z",
        "confidence": 0.9,
    }
    return {"facts": [fact], "sources": ["https://co1.example/"]}

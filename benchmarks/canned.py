"""The sales department with canned material and brains that answer after a fixed delay."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Thought
from dealwright.domain.campaign import Campaign
from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source, Stated
from dealwright.domain.offer import Offer, ProofPoint, Sender
from dealwright.domain.packet import Packet
from dealwright.domain.qualification import Criterion, IdealCustomer
from dealwright.tools.access import ToolCall

OBSERVED = datetime(2026, 11, 20, 9, tzinfo=UTC)

SITE = "https://northway.example/"

PAGES: dict[str, tuple[tuple[Point, str, str], ...]] = {
    "company_site": (
        (Point.COMPANY, "Northway Freight", "Northway Freight"),
        (Point.INDUSTRY, "freight forwarding", "We are a freight forwarding company"),
        (Point.SIZE, "120", "Our 120 people"),
        (Point.HEADQUARTERS, "Leeds", "Head office: Leeds"),
        (Point.FOUNDED, "1998", "Founded in 1998"),
        (Point.OFFERING, "regional haulage", "We offer regional haulage"),
    ),
    "news_feed": (
        (Point.NEWS, "Northway opens a depot in Hull", "Northway opens a depot in Hull"),
    ),
    "job_board": ((Point.HIRING, "route planner", "Route planner, Leeds"),),
    "technology": ((Point.TECHNOLOGY, "HubSpot", "js.hs-scripts.com"),),
    "record": ((Point.INDUSTRY, "freight forwarding", "freight forwarding"),),
}


def material(tool: str) -> Material:
    """Return what a tool brings: one source that states a few things."""
    record = tool == "record"
    source = Source(
        number=1,
        url="record:import" if record else SITE,
        kind=SourceKind.RECORD if record else SourceKind.PAGE,
        page="home",
        title="Northway Freight",
        text=". ".join(quote for _, _, quote in PAGES[tool]),
        stated=tuple(Stated(point=p, value=v, quote=q) for p, v, q in PAGES[tool]),
        observed_at=OBSERVED,
        published_on=date(2026, 11, 2),
    )
    return Material(sources=(source,))


class CannedTools:
    """Brings the same material every time, at once."""

    def __init__(self) -> None:
        self._material = {tool: material(tool) for tool in PAGES}

    async def call(self, call: ToolCall) -> Material:
        return self._material[call.tool]


class CannedBrain:
    """Answers what the twin answered the first time, after a delay."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._answers: dict[str, object] = {}
        self.calls = 0

    def identity(self, agent: Agent) -> str:
        return f"canned:{agent.name}"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        self.calls += 1
        await asyncio.sleep(self._seconds)
        if agent.name not in self._answers:
            if agent.twin is None:
                raise LookupError(f"{agent.name} has no twin for {account.case_id}")
            self._answers[agent.name] = agent.twin(packet)
        return Thought(answer=self._answers[agent.name], brain="twin")


def campaign() -> Campaign:
    """Return a campaign that Northway fits."""
    return Campaign(
        name="benchmark",
        icp=IdealCustomer(
            criteria=(
                Criterion(
                    id="industry",
                    says="moves freight",
                    weight=60,
                    point=Point.INDUSTRY,
                    any_of=("freight", "freight forwarding"),
                ),
                Criterion(
                    id="size",
                    says="between 50 and 500 people",
                    weight=40,
                    point=Point.SIZE,
                    at_least=50,
                    at_most=500,
                ),
            )
        ),
        offer=Offer(
            product="Routewise, route planning for regional carriers",
            helps_with="plan routes in minutes instead of hours",
            ask="Would a short call next week make sense?",
            proof_points=(
                ProofPoint(id="fuel", text="Carriers that use Routewise save 11 % of their fuel."),
            ),
            sender=Sender(
                name="Ada Stone",
                company="Routewise",
                postal_address="1 Dock Street, Leeds LS1 1AA, United Kingdom",
            ),
        ),
    )


def lead() -> Lead:
    """Return the lead every benchmark case is about."""
    return Lead(
        company="Northway Freight",
        domain="northway.example",
        website=SITE,
        first_name="Sam",
        last_name="Reed",
        title="Head of Operations",
        country="GB",
        language="en",
    )

"""What the tests of the tools share: a day that never ends, and sites served on loopback."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from dealwright.clock import WindableClock
from dealwright.domain.lead import Lead
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company, News, Person
from dealwright.tools.access import ToolCall
from dealwright.tools.fetch import Limits
from dealwright.tools.pages import PagesInMemory
from dealwright.tools.web import Web, open_web

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
QUICK = Limits(page_bytes=500_000, seconds=0.7, connect_seconds=0.5)


@dataclass(frozen=True, slots=True)
class World:
    """Sites, and a web that leads to them."""

    sites: CompanySites
    web: Web
    pages: PagesInMemory
    clock: WindableClock


Opened = Callable[..., AbstractAsyncContextManager[World]]


@asynccontextmanager
async def a_world(*companies: Company, limits: Limits = QUICK) -> AsyncGenerator[World]:
    clock = WindableClock(NOON)
    pages = PagesInMemory(clock)
    async with (
        CompanySites(companies, today=NOON.date()) as sites,
        open_web(sites.guard, pages, clock, limits) as web,
    ):
        yield World(sites, web, pages, clock)


@pytest.fixture
def world() -> Opened:
    return a_world


@pytest.fixture
def carrier() -> Company:
    return Company(
        name="Harrow Freight Ltd",
        domain="harrow.example",
        language="en",
        country="United Kingdom",
        code="GB",
        city="Leeds",
        industry="Road freight",
        offering="temperature-controlled road freight for food producers",
        founded=1987,
        employees=240,
        fit="hot",
        person=Person(first="Sarah", last="Whitcombe", title="CEO", mailbox="sarah"),
        leaders=(("Tom Harrow", "Managing Director"),),
        customers=("Dales Dairy", "Booth & Finch"),
        locations=("Bristol", "Glasgow"),
        jobs=("HGV driver", "Transport planner"),
        news=(
            News(days_ago=12, title="Harrow opens a depot in Glasgow", body="We opened a depot."),
            News(days_ago=700, title="Harrow turns thirty-seven", body="We had cake."),
        ),
        technology=("WordPress", "Webfleet"),
    )


def a_call(tool: str, lead: Lead, workspace: str = "acme") -> ToolCall:
    return ToolCall(
        workspace=workspace, case_id="c1", agent="site_reader", tool=tool, slots={"lead": lead}
    )


def lead_at(company: Company) -> Lead:
    return Lead(
        company=company.name,
        domain=company.domain,
        website=f"http://{company.domain}/",
        language=company.language,
    )

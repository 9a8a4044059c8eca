"""A few companies' leads, and how they stand after a run that nothing disturbed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from tests.scenarios.office import Finished, Market, at_work, companies, leads_of, work

DOMAINS = (
    "nordwind-spedition.example",
    "harrow-freight.example",
    "transports-lemaire.example",
    "penalara-logistica.example",
    "alpin-transporte.example",
    "harbourline.example",
    "calder-pallets.example",
    "talleres-moncada.example",
)


@pytest.fixture(scope="session")
def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture(scope="session")
def market(today: date, tmp_path_factory: pytest.TempPathFactory) -> Market:
    """Return a few companies, most of them worth writing to."""
    few = companies(*DOMAINS)
    return Market(few, leads_of(few, tmp_path_factory.mktemp("leads")), today)


@pytest.fixture(scope="session")
def undisturbed(market: Market, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Finished]:
    """Return how each lead stands when every source answered and every agent was well."""
    database = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'dealwright.db'}"

    async def worked() -> Mapping[str, Finished]:
        async with market.sites() as sites, at_work(database, sites) as runtime:
            return await work(runtime, market.leads)

    finished = asyncio.run(worked())
    assert len(finished) == len(DOMAINS)
    assert all(lead.carried_through and not lead.failed for lead in finished.values())
    return finished

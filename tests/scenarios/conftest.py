"""A few companies' leads, and how they stand after a run that nothing disturbed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.store.intake import NewLead
from tests.scenarios.office import Finished, at_work, companies, leads_of, work

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
def few() -> tuple[Company, ...]:
    return companies(*DOMAINS)


@pytest.fixture(scope="session")
def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture(scope="session")
def leads(few: tuple[Company, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[NewLead, ...]:
    return leads_of(few, tmp_path_factory.mktemp("leads"))


@pytest.fixture(scope="session")
def undisturbed(
    few: tuple[Company, ...],
    leads: tuple[NewLead, ...],
    today: date,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Finished]:
    """Return how each lead stands when every source answered and every agent was well."""
    database = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'dealwright.db'}"

    async def worked() -> Mapping[str, Finished]:
        sites = CompanySites(few, today=today)
        async with sites, at_work(database, sites) as runtime:
            return await work(runtime, leads)

    finished = asyncio.run(worked())
    assert len(finished) == len(DOMAINS)
    assert all(lead.carried_through and not lead.failed for lead in finished.values())
    return finished

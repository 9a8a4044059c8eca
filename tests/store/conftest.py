"""An open store on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dealwright.clock import TimeOrderedIds, WindableClock
from dealwright.store.store import Store
from tests.store.builders import START, World, a_campaign


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """A store with one campaign."""
    clock = WindableClock(START)
    ids = TimeOrderedIds(clock)
    async with Store.open(database_url, clock, ids) as store:
        campaign = await store.intake.campaign("acme", "sales", a_campaign())
        yield World(store, clock, ids, campaign)

"""A real calendar server of each kind, with two empty calendars for every test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import cast

import pytest

from tests.servers_calendar import KINDS, CalendarServer


@pytest.fixture(scope="session", params=KINDS)
def shared_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CalendarServer]:
    """A server that runs as long as the tests do."""
    kind = cast("str", request.param)
    started = CalendarServer(kind, tmp_path_factory.mktemp(kind))
    asyncio.run(started.start())
    yield started
    asyncio.run(started.stop())


@pytest.fixture
async def server(shared_server: CalendarServer) -> CalendarServer:
    """Two empty calendars on a server of each kind."""
    return await shared_server.fresh()

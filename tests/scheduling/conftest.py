"""Real calendar servers, with two empty calendars for every test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.servers_calendar import KINDS, CalendarServer


@pytest.fixture(scope="session", params=KINDS)
def shared_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CalendarServer]:
    """A server of each kind that runs as long as the tests do."""
    kind = cast("str", request.param)
    yield from _running(kind, tmp_path_factory.mktemp(kind))


@pytest.fixture(scope="session")
def shared_radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    """One server, for what does not depend on the calendar's kind."""
    yield from _running("radicale", tmp_path_factory.mktemp("alone"))


@pytest.fixture
async def server(shared_server: CalendarServer) -> CalendarServer:
    """Two empty calendars on a server of each kind."""
    return await shared_server.fresh()


@pytest.fixture
async def radicale(shared_radicale: CalendarServer) -> CalendarServer:
    """Two empty calendars on one server."""
    return await shared_radicale.fresh()


def _running(kind: str, folder: Path) -> Iterator[CalendarServer]:
    started = CalendarServer(kind, folder)
    asyncio.run(started.start())
    yield started
    asyncio.run(started.stop())

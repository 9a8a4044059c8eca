"""Servers that models are asked through: one that speaks the protocols, one that breaks them."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.llm.broken_server import BrokenServer
from tests.llm.wire_server import PROGRAM, WireServer, started


@pytest.fixture(scope="session")
def server_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    if shutil.which("node") is None or not PROGRAM.exists():
        pytest.skip(
            "the wire-protocol server is not installed: these tests need Node 20 or newer, "
            "and once `npm ci --prefix tests/llm`"
        )
    with started(tmp_path_factory.mktemp("scripts")) as server:
        yield server


@pytest.fixture
def wire(server_of_the_session: WireServer) -> WireServer:
    server_of_the_session.reset()
    return server_of_the_session


@pytest_asyncio.fixture
async def broken() -> AsyncIterator[BrokenServer]:
    async with BrokenServer() as server:
        yield server

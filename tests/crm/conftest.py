"""Every system of record a test of the conformance suite runs against."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.crm.tryton_server import Office, a_tryton, prepared
from tests.crm.worlds import FileWorld, HubSpotWorld, TrytonWorld, World
from tests.servers_crm import HubSpot, a_hubspot


@pytest.fixture(scope="session")
def tryton_port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """A Tryton of this process's own, for all its tests; each has people of its own.

    Where pytest keeps a cache, the prepared database is kept in it from one run to the next.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    if request.config.pluginmanager.hasplugin("cacheprovider"):
        folder = request.config.cache.mkdir("tryton")
    with a_tryton(prepared(folder), tmp_path_factory.mktemp("tryton")) as port:
        yield port


@pytest.fixture(scope="session")
def office(tryton_port: int) -> Office:
    """The people who work in Tryton."""
    office = Office(tryton_port)
    office.open()
    return office


@pytest.fixture
def file_world(tmp_path: Path) -> FileWorld:
    return FileWorld(tmp_path)


@pytest.fixture
def tryton_world(office: Office, tryton_port: int) -> TrytonWorld:
    return TrytonWorld(office, f"http://127.0.0.1:{tryton_port}/crm")


@pytest.fixture
def hubspot() -> Iterator[HubSpot]:
    with a_hubspot() as account:
        yield account


@pytest.fixture
def hubspot_world(hubspot: HubSpot) -> HubSpotWorld:
    return HubSpotWorld(hubspot)


@pytest.fixture(params=["file", "tryton", "hubspot"])
def world(request: pytest.FixtureRequest) -> World:
    """Each system of record in turn."""
    return cast("World", request.getfixturevalue(f"{request.param}_world"))

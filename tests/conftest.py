"""Real databases for every test that wants one: SQLite files, and one Postgres per session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import cast

import psycopg
import pytest
from hypothesis import settings

from tests.postgres import a_database, a_server

NUMBERS = count(1)

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("curious", deadline=None)
settings.load_profile("steady" if os.environ.get("CI") else "curious")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A Postgres of this session's own."""
    with a_server() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database on the session's Postgres."""
    name = f"test_{next(NUMBERS)}"
    yield a_database(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)".encode())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'dealwright.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind the store works with."""
    return cast("str", request.getfixturevalue(f"{request.param}_url"))

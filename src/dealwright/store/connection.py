"""Database addresses, and engines that open them the same way everywhere."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from dealwright.errors import Misconfigured
from dealwright.store.driver import Driver

if TYPE_CHECKING:
    from sqlalchemy import URL

DEFAULT = "sqlite:///dealwright.db"
KEPT_PLANS = "-c enable_seqscan=off -c jit=off"
"""What reads a whole table is the best plan while that is empty, and is kept while it grows."""
FAST_DISK = "-c random_page_cost=1.1 -c jit=off"
"""To look a few rows up is cheaper than to read a table, also where nobody has counted it yet."""
KNOWN = "write sqlite:///file.db or postgresql://user@host/name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is."""

    url: URL
    path: Path | None
    """The SQLite file; None on Postgres."""

    @property
    def shown(self) -> str:
        """The address as messages may show it, without a password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def address(text: str) -> Address:
    """Return what a database address means.

    Raises:
        Misconfigured: it is none, or names a kind of database that is not supported.

    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise Misconfigured(f"{text!r} is no database address: {KNOWN}") from None
    match url.get_backend_name():
        case "sqlite":
            if not url.database or url.database == ":memory:":
                raise Misconfigured(f"a SQLite database needs a file: {KNOWN}")
            return Address(url, Path(url.database).expanduser())
        case "postgresql" | "postgres":
            _need_driver()
            return Address(url.set(drivername="postgresql+psycopg"), None)
        case other:
            raise Misconfigured(f"a database of the kind {other!r} is not supported: {KNOWN}")


def writer(where: Address) -> Engine:
    """Return an engine whose transactions write and are on disk when they commit.

    Raises:
        Misconfigured: the folder is missing, or the file may not be written to.

    """
    if where.path is None:
        return _postgres(where, "READ COMMITTED", KEPT_PLANS)
    if not where.path.parent.is_dir():
        raise Misconfigured(f"the folder {where.path.parent} does not exist; make it first")
    if where.path.exists() and not os.access(where.path, os.W_OK):
        raise Misconfigured(f"{where.path} is read-only; change its permissions or copy it")
    return _beginning(_sqlite(where.path, "rwc"), "BEGIN IMMEDIATE")


def reader(where: Address) -> Engine:
    """Return an engine whose transactions see one moment of the database and change nothing.

    Raises:
        Misconfigured: there is no database yet.

    """
    if where.path is None:
        return _postgres(where, "REPEATABLE READ", FAST_DISK)
    if not where.path.is_file():
        raise Misconfigured(f"there is no database at {where.path} yet; `dealwright run` makes it")
    return _beginning(_sqlite(where.path, "ro"), "BEGIN")


def _beginning(engine: Engine, words: str) -> Engine:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        Driver(connection).count(words)

    return engine


def _need_driver() -> None:
    if find_spec("psycopg") is None:
        raise Misconfigured(
            "Postgres needs the driver that comes with the extra `postgres`: "
            "install dealwright[postgres], or use a SQLite database"
        )


def reach(engine: Engine, where: Address) -> None:
    """Make sure that the database answers.

    Raises:
        Misconfigured: it does not; the message says what the driver said.

    """
    try:
        with engine.connect():
            return
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise Misconfigured(f"the database {where.shown} cannot be opened: {reason}") from None


def _postgres(where: Address, isolation: str, settings: str) -> Engine:
    return create_engine(
        where.url,
        poolclass=QueuePool,
        pool_size=2,
        pool_pre_ping=True,
        isolation_level=isolation,
        connect_args={
            "options": f"-c synchronous_commit=on -c timezone=UTC {settings}",
            "connect_timeout": 10,
        },
        json_serializer=_dumps,
        json_deserializer=from_json,
    )


def _sqlite(path: Path, mode: str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=30,
        )
        if mode == "rwc":
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA wal_autocheckpoint=4000")
            # What undoes half a statement need not be on the disk.
            connection.execute("PRAGMA temp_store=MEMORY")
        else:
            connection.execute("PRAGMA wal_autocheckpoint=0")
            connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA cache_size=-16384")
        return connection

    return create_engine(
        "sqlite://",
        creator=connect,
        poolclass=NullPool,
        json_serializer=_dumps,
        json_deserializer=from_json,
    )


def _dumps(value: object) -> str:
    return to_json(value).decode()

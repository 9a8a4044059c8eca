"""The store: everything anybody knows, behind one door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from dealwright.errors import DealwrightError
from dealwright.store import connection as connections
from dealwright.store.appointments import Appointments
from dealwright.store.archive import Archive
from dealwright.store.cases import Cases
from dealwright.store.desk import Desk
from dealwright.store.exclusive import Exclusive
from dealwright.store.footprint import Footprints
from dealwright.store.forms import Forms
from dealwright.store.hearings import Hearings
from dealwright.store.inquiries import Inquiries
from dealwright.store.intake import Intake
from dealwright.store.intents import Intents
from dealwright.store.journal import Journal
from dealwright.store.lane import Lane
from dealwright.store.limits import Limits
from dealwright.store.messages import Messages
from dealwright.store.migrate import check, migrate
from dealwright.store.pages import Pages
from dealwright.store.purse import Purse
from dealwright.store.screenings import Screenings
from dealwright.store.suppressions import Suppressions
from dealwright.store.views import Views
from dealwright.store.work import Look, Work

if TYPE_CHECKING:
    from dealwright.clock import Clock, Ids
    from dealwright.store.connection import Address


class Store:
    """The shared context store of all departments."""

    def __init__(
        self, writer: Lane[Work], reader: Lane[Look], archive: Archive, clock: Clock
    ) -> None:
        self.cases = Cases(writer, reader, clock)
        self.intake = Intake(writer)
        self.journal = Journal(writer, archive)
        self.purse = Purse(writer)
        self.desk = Desk(writer, reader, clock)
        self.views = Views(reader, archive)
        self.pages = Pages(writer, reader, clock)
        self.limits = Limits(writer)
        self.intents = Intents(writer, reader, clock)
        self.messages = Messages(writer, reader)
        self.appointments = Appointments(writer, reader)
        self.inquiries = Inquiries(writer)
        self.suppressions = Suppressions(writer, reader)
        self.footprints = Footprints(reader)
        self.hearings = Hearings(writer, reader)
        self.screenings = Screenings(writer, reader, clock)
        self._archive = archive

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, clock: Clock, ids: Ids, *, writing: bool = True
    ) -> AsyncGenerator[Store]:
        """Open a database, and bring its schema up to date when writing.

        Raises:
            DatabaseInUse: another process writes to this SQLite file.
            Misconfigured: the address, the database or its schema cannot be used.

        """
        where = connections.address(url)
        async with AsyncExitStack() as stack:
            written = await asyncio.to_thread(_prepared, where, stack) if writing else None
            reading = await asyncio.to_thread(_readable, where, stack)
            if written:
                forms = Forms(written.dialect)
                writer = Lane(
                    "dealwright-writer", written, lambda bare: Work(bare, forms, clock, ids)
                )
            else:
                writer = Lane("dealwright-writer", reading, _refused)
            stack.push_async_callback(writer.close)
            reader = Lane("dealwright-reader", reading, Look)
            stack.push_async_callback(reader.close)
            yield cls(writer, reader, Archive(reading), clock)

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncGenerator[None]:
        """Hold a name that no other process on this database holds at the same time.

        On SQLite there is no other process that writes.
        """
        async with self._archive.connected() as connection:
            if connection.dialect.name == "postgresql":
                lock = text("select pg_advisory_xact_lock(hashtext(:name))")
                await asyncio.to_thread(connection.execute, lock, {"name": name})
            yield


def _prepared(where: Address, stack: AsyncExitStack) -> Engine:
    """Return an engine that writes to an up-to-date schema, and is this process's alone."""
    engine = connections.writer(where)
    if where.path is not None:
        stack.callback(Exclusive(where.path).close)
    stack.callback(engine.dispose)
    connections.reach(engine, where)
    migrate(engine, where)
    return engine


def _readable(where: Address, stack: AsyncExitStack) -> Engine:
    engine = connections.reader(where)
    stack.callback(engine.dispose)
    connections.reach(engine, where)
    check(engine, where)
    return engine


def _refused(connection: Connection) -> Work:
    del connection
    raise DealwrightError("the store was opened for reading only")

"""The store: everything anybody knows, behind one door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from dealwright.errors import DatabaseInUse, DealwrightError
from dealwright.store import connection as connections
from dealwright.store.appointments import Appointments
from dealwright.store.archive import Archive
from dealwright.store.cases import Cases
from dealwright.store.desk import Desk
from dealwright.store.exclusive import Exclusive, Pen
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
    from pathlib import Path

    from dealwright.clock import Clock, Ids
    from dealwright.store.connection import Address


class Store:
    """The shared context store of all departments."""

    def __init__(
        self,
        writer: Lane[Work],
        reader: Lane[Look],
        archive: Archive,
        clock: Clock,
        *,
        taker: Lane[Work] | None = None,
        sole: bool = False,
    ) -> None:
        self.cases = Cases(writer, reader, clock, taker or writer)
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
        self.sole = sole
        """No other process works on this database while this one does."""
        self._archive = archive

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, clock: Clock, ids: Ids, *, writing: bool = True, beside: bool = False
    ) -> AsyncGenerator[Store]:
        """Open a database, and bring its schema up to date when writing.

        Args:
            url: where it is.
            clock: what time it is.
            ids: where new ids come from.
            writing: whether anything shall be changed.
            beside: on SQLite, go on where another process works on the file.

        Raises:
            DatabaseInUse: another process works on this SQLite file.
            Misconfigured: the address, the database or its schema cannot be used.

        """
        where = connections.address(url)
        async with AsyncExitStack() as stack:
            written = (
                await asyncio.to_thread(_written, where, stack, beside=beside) if writing else None
            )
            reading = await asyncio.to_thread(_readable, where, stack)
            if written:
                writer = _lane("dealwright-writer", written, clock, ids)
            else:
                writer = Lane("dealwright-writer", reading, _refused)
            stack.push_async_callback(writer.close)
            reader = Lane("dealwright-reader", reading, Look)
            stack.push_async_callback(reader.close)
            taker = None
            if written and where.path is None:
                # Where many may write at once, who looks for work waits for nobody who writes.
                taker = _lane("dealwright-taker", written, clock, ids)
                stack.push_async_callback(taker.close)
            sole = written is not None and written.sole
            yield cls(writer, reader, Archive(reading), clock, taker=taker, sole=sole)

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


@dataclass(frozen=True, slots=True)
class _Written:
    """An engine that writes, and what its process may do with it."""

    engine: Engine
    pen: Pen | None
    sole: bool


def _lane(name: str, written: _Written, clock: Clock, ids: Ids) -> Lane[Work]:
    forms = Forms(written.engine.dialect)
    return Lane(name, written.engine, lambda bare: Work(bare, forms, clock, ids), written.pen)


def _written(where: Address, stack: AsyncExitStack, *, beside: bool) -> _Written:
    """Return an engine that writes to an up-to-date schema."""
    engine = connections.writer(where)
    pen = sole = None
    if where.path is not None:
        pen = Pen(where.path)
        stack.callback(pen.close)
        sole = _alone(where.path, stack, beside=beside)
    stack.callback(engine.dispose)
    with pen or nullcontext():
        connections.reach(engine, where)
        if sole is not False:
            migrate(engine, where)
    return _Written(engine, pen, sole or False)


def _alone(database: Path, stack: AsyncExitStack, *, beside: bool) -> bool:
    """Take the file for this process; say whether it got it, if it may also go on beside."""
    try:
        stack.callback(Exclusive(database).close)
    except DatabaseInUse:
        if not beside:
            raise
        return False
    return True


def _readable(where: Address, stack: AsyncExitStack) -> Engine:
    engine = connections.reader(where)
    stack.callback(engine.dispose)
    connections.reach(engine, where)
    check(engine, where)
    return engine


def _refused(connection: Connection) -> Work:
    del connection
    raise DealwrightError("the store was opened for reading only")

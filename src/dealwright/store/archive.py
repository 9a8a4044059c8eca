"""The archive: long looks at the whole database, each on a connection and a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")

AT_ONCE = 500
"""Rows handed over together."""


class Archive:
    """Reads long without holding anybody up; what it sees is one moment."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def read(self, look: Callable[[Connection], T]) -> T:
        """Return what a function finds."""

        def run() -> T:
            with self._engine.connect() as connection, connection.begin():
                return look(connection)

        return await asyncio.to_thread(run)

    async def stream(self, look: Callable[[Connection], Iterator[T]]) -> AsyncIterator[T]:
        """Yield what a generator finds, some rows at a time."""
        async with self.connected() as connection:
            rows = look(connection)
            while part := await asyncio.to_thread(lambda: list(islice(rows, AT_ONCE))):
                for row in part:
                    yield row

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[Connection]:
        """Give a connection of its own for a while."""
        connection = await asyncio.to_thread(self._engine.connect)
        try:
            yield connection
        finally:
            await asyncio.to_thread(connection.close)

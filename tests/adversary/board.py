"""A notice board: an HTTP server that writes down every request, whatever it asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PATH = "/board"


@dataclass(frozen=True, slots=True)
class Pinned:
    """One notice as it came in."""

    path: str
    title: str
    text: str


@dataclass(slots=True)
class Board:
    """What was pinned to it."""

    port: int = 0
    pinned: list[Pinned] = field(default_factory=list[Pinned])

    @property
    def url(self) -> str:
        """Its address as a person would configure it."""
        return f"json://127.0.0.1:{self.port}{PATH}"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Write down one request, and say yes."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = [line for line in head.split("\r\n") if line.lower().startswith("content-length")]
        told = json.loads(await reader.readexactly(int(lines[0].split(":")[1])))
        self.pinned.append(Pinned(head.split(" ")[1], told["title"], told["message"]))
        writer.write(ANSWER)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def a_board() -> AsyncGenerator[Board]:
    """Put one up."""
    board = Board()
    server = await asyncio.start_server(board.take, "127.0.0.1", 0, limit=2**20)
    board.port = server.sockets[0].getsockname()[1]
    async with server:
        yield board

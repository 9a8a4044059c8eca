"""A line to a server that can hold a request up, or be cut once it has got through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self


class Line:
    """Carries bytes both ways."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._carrying: set[asyncio.Task[None]] = set()
        self.cut_after = b""
        """Bytes of a request whose answer is lost; empty: none is."""
        self.held_up_by = b""
        """Bytes of a request that is held up until something else has happened; empty: none."""
        self.meanwhile: Callable[[], object] = list[object]
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        await self._server.wait_closed()

    def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self._carrying.add(asyncio.create_task(self._carry(near, back)))

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, out = await asyncio.open_connection("127.0.0.1", self._target)
        lost = asyncio.Event()
        to = asyncio.create_task(self._there(near, out, lost))
        try:
            while (piece := await far.read(65_536)) and not lost.is_set():
                back.write(piece)
                await back.drain()
        except ConnectionError:
            pass
        finally:
            to.cancel()
            back.close()
            out.close()

    async def _there(
        self, near: asyncio.StreamReader, out: asyncio.StreamWriter, lost: asyncio.Event
    ) -> None:
        with suppress(ConnectionError):
            while piece := await near.read(65_536):
                if self.held_up_by and self.held_up_by in piece:
                    self.held_up_by = b""
                    await asyncio.to_thread(self.meanwhile)
                if self.cut_after and self.cut_after in piece:
                    self.cut_after = b""
                    lost.set()
                out.write(piece)
                await out.drain()
        out.close()

"""A server that answers in ways no provider should: it gives back exactly the bytes it is told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Bytes:
    """An HTTP response as it goes out."""

    body: bytes
    status: str = "200 OK"
    kind: str = "application/json"
    claimed: int | None = None
    """The length it claims to have, if not its own."""
    pause: float = 0
    """Seconds before each byte."""


def page(text: str) -> Bytes:
    """Return a web page, as a hotel's network puts in a provider's place."""
    return Bytes(text.encode(), kind="text/html")


HANG_UP = Bytes(b"", claimed=-1)
"""Not a byte: the connection is dropped once the request has arrived."""


class BrokenServer:
    """Plays one response after the other, the last one for ever."""

    def __init__(self) -> None:
        self.requests: list[dict[str, object]] = []
        self.script: list[Bytes] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
            self.requests.append(json.loads(await reader.readexactly(length)))
            response = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            if response is not HANG_UP:
                await self._send(writer, response)
        except ConnectionError:
            pass  # the other side has had enough, as it should
        finally:
            writer.close()

    async def _send(self, writer: asyncio.StreamWriter, response: Bytes) -> None:
        length = len(response.body) if response.claimed is None else response.claimed
        head = f"HTTP/1.1 {response.status}\r\ncontent-type: {response.kind}\r\n"
        writer.write(f"{head}content-length: {length}\r\nconnection: close\r\n\r\n".encode())
        step = 1 if response.pause else len(response.body)
        for start in range(0, len(response.body), step or 1):
            await asyncio.sleep(response.pause)
            writer.write(response.body[start : start + step])
            await writer.drain()

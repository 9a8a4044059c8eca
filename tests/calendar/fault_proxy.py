"""A proxy before a calendar server that loses, breaks or replaces chosen answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum

import httpx

from tests.servers_calendar import NO_ROOTS


class Fault(Enum):
    """What becomes of a request."""

    NONE = "it passes"
    NEVER_ARRIVES = "the connection breaks before the server has it"
    NO_ANSWER = "the server does it, and the connection breaks"


@dataclass(frozen=True, slots=True)
class Instead:
    """An answer that does not come from the server."""

    status: str = "200 OK"
    body: str = "<html><body>Welcome to the hotel!</body></html>"
    headers: str = "Content-Type: text/html\r\n"


Plan = Callable[[str, str], Fault | Instead]
"""Method and path → what happens."""


def no_fault(_method: str, _path: str) -> Fault | Instead:
    return Fault.NONE


@dataclass(slots=True)
class FaultProxy:
    """Passes requests on, except where its plan says otherwise."""

    server: str
    plan: Plan = no_fault
    seen: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests."""
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # whoever asked has gone
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = lines[0].split(" ")
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        lengths = {key.lower(): value for key, value in headers.items()}
        body = await reader.readexactly(int(lengths.get("content-length", "0")))
        self.seen.append((method, path))
        fault = self.plan(method, path)
        if fault is Fault.NEVER_ARRIVES:
            return False
        if isinstance(fault, Instead):
            head = f"HTTP/1.1 {fault.status}\r\n{fault.headers}Content-Length: {len(fault.body)}"
            writer.write(f"{head}\r\n\r\n{fault.body}".encode())
            await writer.drain()
            return True
        async with httpx.AsyncClient(trust_env=False, timeout=60, verify=NO_ROOTS) as client:
            answer = await client.request(method, self.server + path, headers=headers, content=body)
        if fault is Fault.NO_ANSWER:
            return False
        kept = {"etag", "content-type", "www-authenticate"}
        told = "".join(f"{k}: {v}\r\n" for k, v in answer.headers.items() if k in kept)
        head = f"HTTP/1.1 {answer.status_code} X\r\n{told}Content-Length: {len(answer.content)}"
        writer.write(f"{head}\r\n\r\n".encode() + answer.content)
        await writer.drain()
        return True


@asynccontextmanager
async def before(server: str) -> AsyncGenerator[FaultProxy]:
    """Start a proxy before a server's address; stop it at the end."""
    proxy = FaultProxy(server)
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        listener.close()

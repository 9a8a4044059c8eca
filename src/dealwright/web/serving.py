"""Serving: the public doors over HTTP, until told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from dealwright.errors import Misconfigured
from dealwright.web.doors import Doors
from dealwright.web.public import public

MOST_AT_ONCE = 200
"""Calls answered at the same time; who comes on top is asked to come again (503)."""
LONGEST_HEAD = 16_000
"""Bytes of a request before its body."""
IDLE = 5
"""Seconds a caller may stay connected and say nothing."""
FAREWELL = 5
"""Seconds for calls under way when the doors close."""


class QuietServer(uvicorn.Server):
    """A server that leaves Ctrl-C to whoever started it."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        Misconfigured: somebody else does, or the host is not this machine's.

    """
    try:
        return socket.create_server((host, port), family=_family(host), backlog=512)
    except OSError as error:
        raise Misconfigured(f"nobody can listen at {host}:{port}: {error}") from error


async def serve(doors: Doors, door: socket.socket, ended: asyncio.Event) -> None:
    """Answer at the public doors until the event is set; close the socket then."""
    config = uvicorn.Config(
        public(doors),
        log_level="warning",
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_AT_ONCE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=FAREWELL,
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    ending = asyncio.create_task(ended.wait())
    try:
        await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        ending.cancel()
        await serving
        door.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET

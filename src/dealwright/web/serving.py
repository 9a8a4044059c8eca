"""Serving: the public doors over HTTP, until told to end."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from dealwright.web.doors import Doors
from dealwright.web.public import public


class QuietServer(uvicorn.Server):
    """A server that leaves Ctrl-C to whoever started it."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


async def serve(doors: Doors, host: str, port: int, ended: asyncio.Event) -> None:
    """Answer at the public doors until the event is set."""
    config = uvicorn.Config(
        public(doors), host=host, port=port, log_level="warning", lifespan="off"
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve())
    ending = asyncio.create_task(ended.wait())
    await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    ending.cancel()
    await serving

"""A crowd of worlds: one process plays several of them together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.adversary.runs import Figures, Plan, Served, Stage
from tests.servers_calendar import CalendarServer

AT_ONCE = 3
"""Worlds under way at a time: most of each is waiting for disks and servers."""


def portion(
    server: CalendarServer, empty: Path, controls: dict[Plan, Served], numbers: Sequence[int]
) -> list[Figures]:
    """Play these, in a process of its own."""
    return asyncio.run(together(Stage(server, empty, controls), numbers))


async def together(stage: Stage, numbers: Sequence[int]) -> list[Figures]:
    """Play these."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Figures:
        async with room:
            return await stage.run(number)

    return await asyncio.gather(*map(one, numbers))

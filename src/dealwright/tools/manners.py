"""Manners: no host is asked for more than two pages at once, nor faster than it likes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dealwright.clock import Clock

AT_ONCE = 2
MOST_HOSTS = 1000


@dataclass(slots=True)
class Host:
    """One host and who is asking it."""

    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_at: float = 0.0
    visitors: int = 0


class Manners:
    """Lets requests through, host by host."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    @property
    def known(self) -> int:
        """How many hosts are remembered."""
        return len(self._hosts)

    @asynccontextmanager
    async def visit(self, name: str, delay: float) -> AsyncGenerator[None]:
        """Wait until the host may be asked, and hold one of its places meanwhile."""
        host = self._host(name)
        host.visitors += 1
        try:
            async with host.places:
                async with host.turn:
                    wait = host.next_at - self._clock.monotonic()
                    if wait > 0:
                        await self._clock.sleep(wait)
                    host.next_at = self._clock.monotonic() + delay
                yield
        finally:
            host.visitors -= 1

    def _host(self, name: str) -> Host:
        host = self._hosts.setdefault(name, Host())
        self._hosts.move_to_end(name)
        while len(self._hosts) > MOST_HOSTS:
            oldest = next(iter(self._hosts))
            if self._hosts[oldest].visitors:
                break
            del self._hosts[oldest]
        return host

"""The room: how many cases have agents at work at the same time in one process, and who is next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count
from math import ceil

from dealwright.domain.case import Lease

MOST_AHEAD = 0.25
"""Cases at hand for each place, at the most."""


class Room:
    """So many places for cases whose agents work; who waits at the door is at hand for the next.

    As many cases are at hand as places became free between two looks at what is due, so that no
    place waits for a look where turns are short, and little is kept from other workers where they
    are long.
    """

    def __init__(
        self,
        places: int,
        *,
        patience: float | None = None,
        on_free: Callable[[], None] = lambda: None,
    ) -> None:
        """`patience`: seconds a case waits for a place; `on_free`: call it when more may come."""
        self._places = places
        self._patience = patience
        self._on_free = on_free
        self._inside: set[Lease] = set()
        self._coming: set[Lease] = set()
        self._door: list[tuple[int, int, Lease, asyncio.Future[bool]]] = []
        self._arrival = count()
        self._ahead = self._freed = 0
        self._open = self._waiting = True

    @property
    def at_hand(self) -> int:
        """How many cases wait for a place, or are on their way to the door."""
        return len(self._coming)

    def wanted(self) -> int:
        """Return how many more cases should be taken now."""
        self._ahead = min(max(self._freed, self._ahead), ceil(self._places * MOST_AHEAD))
        self._freed = 0
        self._waiting = self._open
        return self._missing()

    def expect(self, lease: Lease) -> None:
        """Count a case in that is on its way."""
        self._coming.add(lease)

    async def enter(self, lease: Lease) -> bool:
        """Wait for a place, the urgent ones in front; False: there is none, put the case back."""
        if lease in self._inside:
            return True
        if not self._open:
            return False
        self._coming.add(lease)
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        heappush(self._door, (-lease.priority, next(self._arrival), lease, answer))
        self._admit()
        if not self._waiting:
            self.turn_away()
        if not answer.done():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    return await answer
            self._ahead = 0
            return lease in self._inside
        return answer.result()

    def leave(self, lease: Lease) -> None:
        """Make place: no agent works on this case any more. Leaving twice does no harm."""
        if lease in self._inside:
            self._inside.remove(lease)
            self._freed += 1
            self._admit()
        self._coming.discard(lease)
        if self._missing():
            self._on_free()

    def turn_away(self) -> None:
        """Send away who waits or would have to, until more are wanted: others may have places."""
        self._ahead = self._freed = 0
        self._waiting = False
        while self._door:
            *_, answer = heappop(self._door)
            if not answer.done():
                answer.set_result(False)

    def close(self) -> None:
        """Let nobody in any more."""
        self._open = False
        self.turn_away()

    def _missing(self) -> int:
        """Return how many more may come; none while half of those at hand are still there."""
        missing = self._places + self._ahead - len(self._inside) - len(self._coming)
        return missing if self._open and 2 * missing > self._ahead else 0

    def _admit(self) -> None:
        while self._door and len(self._inside) < self._places:
            *_, lease, answer = heappop(self._door)
            if not answer.done():
                self._coming.discard(lease)
                self._inside.add(lease)
                answer.set_result(True)

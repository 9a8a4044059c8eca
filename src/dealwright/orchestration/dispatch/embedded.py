"""The embedded dispatcher: one process, one asyncio loop, no server.

The case rows are the queue. A bell only says that looking now is worth it; a lost bell costs one
poll, a doubled one nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from math import ceil

import structlog

from dealwright.clock import Clock
from dealwright.domain.case import Lease
from dealwright.errors import LeaseLost
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.store.store import Store

LOG = structlog.get_logger(__name__)

MOST_AHEAD = 0.25
"""Cases taken ahead for each seat, at the most."""


class EmbeddedDispatcher:
    """Takes due cases, some at a time, and lets the turn work each."""

    def __init__(self, store: Store, turn: Turn, clock: Clock, capacity: Capacity) -> None:
        self._store = store
        self._turn = turn
        self._clock = clock
        self._capacity = capacity
        self._bell = asyncio.Event()
        self._turns: set[asyncio.Task[None]] = set()
        self._at_work: set[Lease] = set()
        self._ready: deque[Lease] = deque()
        self._ahead = self._freed = 0
        self._stopping = False

    async def ring(self, case_ids: Sequence[str]) -> None:
        """Say that these cases have changed."""
        await self._store.cases.ring(case_ids)
        self.wake()

    def wake(self) -> None:
        """Look at what is due now, not at the next poll."""
        self._bell.set()

    def stop(self) -> None:
        """Take no new case; those under way finish what they do."""
        self._stopping = True
        self._bell.set()

    async def work(self, *, until_idle: bool = False) -> None:
        """Work cases until stopped, or until nothing is due and nothing is under way."""
        try:
            while not self._stopping:
                self._bell.clear()
                self._look_ahead()
                room = self._room()
                leases = await self._claim(room)
                self._ready = deque(sorted((*self._ready, *leases), key=_urgency))
                self._fill()
                if len(leases) < room:
                    await self._put_back()
                if until_idle and not self._turns:
                    return
                again = self._room() or self._ready or leases
                if not await self._rung(self._capacity.poll if again else None):
                    self._ahead = 0
                    await self._put_back()
            await self._put_back()
            if self._turns:
                await asyncio.wait(self._turns)
        finally:
            left = list(self._turns)
            for turn in left:
                turn.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _look_ahead(self) -> None:
        """Take as many ahead as seats have become free between two looks.

        So no seat waits for a look where turns are short; where they are long, little is kept
        from other workers.
        """
        most = ceil(self._capacity.concurrency * MOST_AHEAD)
        self._ahead = min(max(self._freed, self._ahead), most)
        self._freed = 0

    def _room(self) -> int:
        """Return how many cases to take now."""
        taken = len(self._at_work) + len(self._ready)
        return max(0, self._capacity.concurrency + self._ahead - taken)

    def _fill(self) -> None:
        """Let turns begin while there are seats and cases."""
        while self._ready and len(self._at_work) < self._capacity.concurrency:
            lease = self._ready.popleft()
            if lease.until > self._clock.now():
                self._begin(lease)

    def _begin(self, lease: Lease) -> None:
        """Let the turn work a case; the next one may begin while this one is put down."""

        def at_rest() -> None:
            if lease in self._at_work:
                self._at_work.discard(lease)
                self._freed += 1
                if not self._stopping:
                    self._fill()
                if self._room():
                    self._bell.set()

        def ended(turn: asyncio.Task[None]) -> None:
            at_rest()
            self._turns.discard(turn)
            _report(turn)
            if not self._turns:
                self._bell.set()

        self._at_work.add(lease)
        turn = asyncio.create_task(self._turn.take(lease, at_rest))
        turn.add_done_callback(ended)
        self._turns.add(turn)

    async def _put_back(self) -> None:
        """Leave what was taken and has no seat yet to others, who may have free ones."""
        while self._ready:
            with suppress(LeaseLost):
                await self._store.cases.finish(self._ready.popleft(), self._clock.now())

    async def _claim(self, free: int) -> Sequence[Lease]:
        if free <= 0:
            return ()
        return await self._store.cases.claim_due(
            self._clock.now(),
            free,
            lease_for=self._capacity.lease_for,
            worker=self._capacity.worker,
            workspace=self._capacity.workspace,
            department=self._capacity.department,
        )

    async def _rung(self, seconds: float | None) -> bool:
        """Wait until the bell rings or it is time to look again; say whether it rang."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self._bell.wait()
        return False


def _urgency(lease: Lease) -> int:
    """Sort what is urgent first, and otherwise leave what was taken first in front."""
    return -lease.priority


def _report(turn: asyncio.Task[None]) -> None:
    """Say that a turn broke. Its case stays due: the lease runs out, and it is taken again."""
    if not turn.cancelled() and (error := turn.exception()):
        LOG.error("turn.broke", exc_info=error)

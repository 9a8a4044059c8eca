"""The embedded dispatcher: one process, one asyncio loop, no server.

The case rows are the queue. A bell only says that looking now is worth it; a lost bell costs one
poll, a doubled one nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog

from dealwright.clock import Clock
from dealwright.domain.case import Lease
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.store.store import Store

LOG = structlog.get_logger(__name__)


class EmbeddedDispatcher:
    """Takes due cases, some at a time, and lets the turn work each."""

    def __init__(self, store: Store, turn: Turn, clock: Clock, capacity: Capacity) -> None:
        self._store = store
        self._turn = turn
        self._clock = clock
        self._capacity = capacity
        self._bell = asyncio.Event()
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
        busy: set[asyncio.Task[None]] = set()

        def ended(turn: asyncio.Task[None]) -> None:
            busy.discard(turn)
            _report(turn)
            self._bell.set()

        try:
            while not self._stopping:
                self._bell.clear()
                leases = await self._claim(self._capacity.concurrency - len(busy))
                for lease in leases:
                    turn = asyncio.create_task(self._turn.take(lease))
                    turn.add_done_callback(ended)
                    busy.add(turn)
                if until_idle and not busy:
                    return
                free = len(busy) < self._capacity.concurrency
                await self._wait(self._capacity.poll if free or leases else None)
            if busy:
                await asyncio.wait(busy)
        finally:
            left = list(busy)
            for turn in left:
                turn.cancel()
            await asyncio.gather(*left, return_exceptions=True)

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

    async def _wait(self, seconds: float | None) -> None:
        """Wait until a case is done, the bell rings, or it is time to look again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._bell.wait()


def _report(turn: asyncio.Task[None]) -> None:
    """Say that a turn broke. Its case stays due: the lease runs out, and it is taken again."""
    if not turn.cancelled() and (error := turn.exception()):
        LOG.error("turn.broke", exc_info=error)

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
from dealwright.orchestration.room import Room
from dealwright.orchestration.turn import Turn
from dealwright.store.store import Store

LOG = structlog.get_logger(__name__)

SOON = 0.1
"""When to look again after something was found, as a share of the longest pause."""


class EmbeddedDispatcher:
    """Takes due cases, some at a time, and lets the turn work each."""

    def __init__(self, store: Store, turn: Turn, clock: Clock, capacity: Capacity) -> None:
        self._store = store
        self._turn = turn
        self._clock = clock
        self._capacity = capacity
        self._bell = asyncio.Event()
        self._turns: set[asyncio.Task[None]] = set()
        self._room = Room(capacity.concurrency, patience=capacity.poll, on_free=self.wake)
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
        pause = soon = self._capacity.poll * SOON
        rung = False
        try:
            while not self._stopping:
                self._bell.clear()
                found = await self._look()
                if until_idle and not self._turns:
                    return
                pause = soon if found or rung else min(2 * pause, self._capacity.poll)
                rung = await self._rung(pause)
            self._room.close()
            if self._turns:
                await asyncio.wait(self._turns)
        finally:
            left = list(self._turns)
            for turn in left:
                turn.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _begin(self, lease: Lease) -> None:
        """Let the turn work a case."""

        def ended(turn: asyncio.Task[None]) -> None:
            self._turns.discard(turn)
            _report(turn)
            if not self._turns:
                self._bell.set()

        self._room.expect(lease)
        turn = asyncio.create_task(self._turn.take(lease, self._room))
        turn.add_done_callback(ended)
        self._turns.add(turn)

    async def _look(self) -> bool:
        """Take as many cases as are wanted; say whether there were any.

        What is at hand when no more are due may be what others have places for.
        """
        now, cases, own = self._clock.now(), self._store.cases, self._capacity
        whose = {"workspace": own.workspace, "department": own.department}
        wanted, leases = self._room.wanted(), list[Lease]()
        if wanted:
            leases = await cases.claim_due(
                now, wanted, lease_for=own.lease_for, worker=own.worker, **whose
            )
            none_left = len(leases) < wanted
        else:
            none_left = self._room.at_hand > 0 and not await cases.due(now, 1, **whose)
        for lease in leases:
            self._begin(lease)
        if none_left:
            self._room.turn_away()
        return bool(leases)

    async def _rung(self, seconds: float) -> bool:
        """Wait until the bell rings or it is time to look again; say whether it rang."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self._bell.wait()
        return False


def _report(turn: asyncio.Task[None]) -> None:
    """Say that a turn broke. Its case stays due: the lease runs out, and it is taken again."""
    if not turn.cancelled() and (error := turn.exception()):
        LOG.error("turn.broke", exc_info=error)

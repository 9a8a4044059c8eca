"""The distributed dispatcher: Procrastinate on Postgres carries doorbells to any number of workers.

A job says "look at this case" and nothing else. Correctness is the case's lease, so jobs need no
running lock: a second look finds the lease taken and leaves. A job lost with a dead worker is rung
again by the sweeper as soon as the case's lease has run out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from dealwright.clock import Clock
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.store.store import Store

QUEUE = "dealwright"
MOST_RUNG = 500
"""Cases rung in one sweep."""


class DistributedDispatcher:
    """Rings and answers doorbells; the same turn as in the embedded dispatcher."""

    def __init__(
        self, store: Store, turn: Turn, clock: Clock, capacity: Capacity, database: str
    ) -> None:
        self._store = store
        self._turn = turn
        self._clock = clock
        self._capacity = capacity
        self._app = App(connector=PsycopgConnector(conninfo=database, max_size=8))
        self._look = self._app.task(name="dealwright.look", queue=QUEUE)(self._answer)
        self._stopping = asyncio.Event()

    async def ring(self, case_ids: Sequence[str]) -> None:
        """Say that these cases have changed."""
        await self._store.cases.ring(case_ids)
        await self._defer(case_ids)

    def stop(self) -> None:
        """Take no new case; those under way finish what they do."""
        self._stopping.set()

    async def work(self, *, until_idle: bool = False) -> None:
        """Answer doorbells until stopped, or until no case is due or under way anywhere."""
        async with self._app.open_async():
            await self._prepare()
            worker = asyncio.create_task(
                self._app.run_worker_async(
                    queues=[QUEUE],
                    name=self._capacity.worker,
                    concurrency=self._capacity.concurrency,
                    fetch_job_polling_interval=self._capacity.poll,
                    delete_jobs="always",
                    install_signal_handlers=False,
                )
            )
            try:
                await self._sweep(until_idle=until_idle)
            finally:
                worker.cancel()
                await asyncio.gather(worker, return_exceptions=True)

    async def _prepare(self) -> None:
        """Create the queue's tables where they are missing; one worker does, the others wait."""
        if not await self._app.check_connection_async():
            async with self._store.alone("procrastinate"):
                if not await self._app.check_connection_async():
                    await self._app.schema_manager.apply_schema_async()

    async def _sweep(self, *, until_idle: bool) -> None:
        """Ring for whatever is due and nobody's, a dead worker's cases included."""
        while not self._stopping.is_set():
            now = self._clock.now()
            due = await self._store.cases.due(
                now,
                MOST_RUNG,
                workspace=self._capacity.workspace,
                department=self._capacity.department,
            )
            await self._defer(due)
            if until_idle and not await self._store.cases.unfinished(now):
                return
            try:
                await asyncio.wait_for(self._stopping.wait(), self._capacity.poll)
            except TimeoutError:
                continue

    async def _defer(self, case_ids: Sequence[str]) -> None:
        for case_id in case_ids:
            try:
                await self._look.configure(queueing_lock=case_id).defer_async(case_id=case_id)
            except AlreadyEnqueued:
                continue

    async def _answer(self, case_id: str) -> None:
        lease = await self._store.cases.claim(
            case_id,
            self._clock.now(),
            lease_for=self._capacity.lease_for,
            worker=self._capacity.worker,
            department=self._capacity.department,
        )
        if lease is not None:
            await self._turn.take(lease)

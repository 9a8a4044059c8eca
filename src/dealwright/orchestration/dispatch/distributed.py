"""The distributed dispatcher: any number of workers over one Postgres, woken by Procrastinate.

Each worker takes due cases itself, exactly as the embedded dispatcher does; the leases keep them
apart. The queue carries doorbells only: a job says "something has changed, look now" and names no
case, so one that is lost, doubled or late costs at most the time until the next look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from dealwright.clock import Clock
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.store.store import Store

LOG = structlog.get_logger(__name__)

QUEUE = "dealwright"
DOORBELL = "look"
"""One doorbell waits at the most: who answers it looks at everything that is due."""


class DistributedDispatcher:
    """Rings and answers doorbells across processes and machines."""

    def __init__(
        self, store: Store, turn: Turn, clock: Clock, capacity: Capacity, database: str
    ) -> None:
        self._store = store
        self._capacity = capacity
        self._cases = EmbeddedDispatcher(store, turn, clock, capacity)
        self._app = App(connector=PsycopgConnector(conninfo=database, max_size=4))
        self._look = self._app.task(name="dealwright.look", queue=QUEUE)(self._answer)

    async def ring(self, case_ids: Sequence[str]) -> None:
        """Say that these cases have changed; some worker looks at once."""
        await self._store.cases.ring(case_ids)
        async with self._app.open_async():
            await self._prepare()
            await self._press()

    def stop(self) -> None:
        """Take no new case; those under way finish what they do."""
        self._cases.stop()

    async def work(self, *, until_idle: bool = False) -> None:
        """Work what is due, for ever or until nothing is due and nothing is under way here."""
        listener = asyncio.create_task(self._listen())
        try:
            await self._cases.work(until_idle=until_idle)
        finally:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)

    async def _listen(self) -> None:
        """Answer doorbells. Work waits for none of it, and goes on by looking where it breaks."""
        try:
            async with self._app.open_async():
                await self._prepare()
                await self._app.run_worker_async(
                    queues=[QUEUE],
                    name=self._capacity.worker,
                    delete_jobs="always",
                    install_signal_handlers=False,
                )
        except Exception:  # whatever it was, what is due is found at the next look
            LOG.exception("doorbells.broke")

    async def _prepare(self) -> None:
        """Create the queue's tables where they are missing; one worker does, the others wait."""
        if not await self._app.check_connection_async():
            async with self._store.alone("procrastinate"):
                if not await self._app.check_connection_async():
                    await self._app.schema_manager.apply_schema_async()

    async def _press(self) -> None:
        try:
            await self._look.configure(queueing_lock=DOORBELL).defer_async()
        except AlreadyEnqueued:
            return

    async def _answer(self) -> None:
        self._cases.wake()

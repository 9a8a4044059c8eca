"""A lane: one thread with one connection that serves all who wait in one transaction.

Writing so is group commit: a hundred callers share one fsync. Reading so is batch loading: a
hundred callers share one query. Each order is decided for itself; a refusal is an answer like any
other. Only when the transaction itself breaks is every order of the batch done again alone.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from dealwright.errors import DealwrightError

MOST_TOGETHER = 200
"""Orders that share a transaction."""
ATTEMPTS = 4
"""How often an order is tried alone while the database deadlocks or is away."""
PAUSE = 0.05
"""Seconds before an order is tried alone again, times the attempts so far."""


class Transaction(Protocol):
    """What one transaction offers to the orders in it."""

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what is done inside if it raises, and nothing else."""
        ...

    def close(self) -> None:
        """Write what is left to write before the commit."""
        ...


W = TypeVar("W", bound=Transaction)
Order = TypeVar("Order")
R = TypeVar("R")

Together = Callable[[W, Sequence[Order]], Sequence[R | DealwrightError]]
"""Does many orders of one kind; returns an answer or a refusal for each, in their order."""


@dataclass(frozen=True, slots=True)
class _Unit:
    together: Callable[..., Sequence[object]]
    order: object
    answer: asyncio.Future[object]
    loop: asyncio.AbstractEventLoop


class Lane(Generic[W]):
    """A queue of orders and the thread that serves it."""

    def __init__(
        self,
        name: str,
        engine: Engine,
        begin: Callable[[Connection], W],
        turn: AbstractContextManager[None] | None = None,
    ) -> None:
        """Start the thread; each transaction is done inside `turn`."""
        self._engine = engine
        self._begin = begin
        self._turn = turn or nullcontext()
        self._queue: SimpleQueue[_Unit | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def put(self, together: Together[W, Order, R], order: Order) -> asyncio.Future[R]:
        """Have an order done together with whatever else waits; return where the answer will be.

        Raises:
            DealwrightError: the store is closed.

        """
        if self._closed:
            raise DealwrightError("the store is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[object] = loop.create_future()
        self._queue.put(_Unit(together, order, answer, loop))
        return cast("asyncio.Future[R]", answer)

    async def do(self, together: Together[W, Order, R], order: Order) -> R:
        """Have an order done together with whatever else waits.

        Raises:
            DealwrightError: the order was refused.

        """
        return await self.put(together, order)

    async def act(self, act: Callable[[W], R]) -> R:
        """Have one act done in the next transaction; if it raises, nothing of it stays."""
        return cast("R", await self.do(_singly, act))

    async def close(self) -> None:
        """Serve what waits, then end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    def _serve(self) -> None:
        ended = False
        while not ended:
            units = [self._queue.get()]
            with suppress(Empty):
                while len(units) < MOST_TOGETHER:
                    units.append(self._queue.get_nowait())
            waiting = [unit for unit in units if unit is not None]
            ended = len(waiting) < len(units)
            if waiting:
                _tell(waiting, self._all(waiting))
        self._disconnect()

    def _all(self, units: Sequence[_Unit]) -> Sequence[object]:
        if len(units) > 1:
            with suppress(Exception):
                return self._once(units)
        return [self._alone(unit) for unit in units]

    def _alone(self, unit: _Unit) -> object:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once([unit])[0]
            except OperationalError as error:
                if attempt == ATTEMPTS:
                    return error
                threading.Event().wait(PAUSE * attempt)
            except Exception as error:  # whatever broke belongs to the caller, not to the thread
                return error
        raise AssertionError("unreachable")

    def _once(self, units: Sequence[_Unit]) -> Sequence[object]:
        """Do the orders, those of one kind together, in one transaction."""
        kinds: dict[Callable[..., Sequence[object]], list[int]] = {}
        for place, unit in enumerate(units):
            kinds.setdefault(unit.together, []).append(place)
        answers: list[object] = [None] * len(units)
        try:
            with self._turn, self._connected().begin():
                work = self._begin(self._connected())
                for together, places in kinds.items():
                    done = together(work, [units[place].order for place in places])
                    for place, answer in zip(places, done, strict=True):
                        answers[place] = answer
                work.close()
        except DBAPIError:
            self._disconnect()
            raise
        return answers

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None


def _singly(work: Transaction, acts: Sequence[Callable[..., object]]) -> Sequence[object]:
    answers: list[object] = []
    for act in acts:
        try:
            with work.attempt():
                answers.append(act(work))
        except DealwrightError as refusal:
            answers.append(refusal)
    return answers


def _tell(units: Sequence[_Unit], answers: Sequence[object]) -> None:
    """Hand out the answers, with one wake-up for each event loop."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[object], object]]] = {}
    for unit, answer in zip(units, answers, strict=True):
        loops.setdefault(unit.loop, []).append((unit.answer, answer))
    for loop, told in loops.items():
        with suppress(RuntimeError):  # the loop was closed; nobody waits any more
            loop.call_soon_threadsafe(_settle, told)


def _settle(told: Sequence[tuple[asyncio.Future[object], object]]) -> None:
    for future, answer in told:
        if future.done():
            continue
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)

"""Stopping: the first Ctrl-C lets what is under way finish, the second ends it at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from dealwright.cli.output import say
from dealwright.orchestration.dispatch.collector import calm_collector

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stoppable(Protocol):
    """What ends by itself soon after it was told to."""

    def stop(self) -> None:
        """Begin nothing new; finish what is under way."""
        ...


@dataclass(slots=True)
class _Stopper:
    """Counts how often somebody asked to stop."""

    dispatcher: Stoppable
    work: asyncio.Task[None]
    asked: int = 0

    def ask(self) -> None:
        """Stop gently, or at once when asked again."""
        self.asked += 1
        if self.asked == 1:
            say("Stopping: what is under way is finished first. Ctrl-C again stops at once.")
            self.dispatcher.stop()
        else:
            self.work.cancel()


async def until_stopped(dispatcher: Stoppable, work: Coroutine[Any, Any, None]) -> bool:
    """Work until the work ends or somebody stops it; say whether it was stopped."""
    task = asyncio.create_task(work)
    stopper = _Stopper(dispatcher, task)
    loop = asyncio.get_running_loop()
    for each in SIGNALS:
        _listen(loop, each, stopper)
    try:
        with calm_collector():
            await task
    except asyncio.CancelledError:
        if not stopper.asked:
            raise
    finally:
        for each in SIGNALS:
            _ignore(loop, each)
    return stopper.asked > 0


def _listen(loop: asyncio.AbstractEventLoop, each: signal.Signals, stopper: _Stopper) -> None:
    try:
        loop.add_signal_handler(each, stopper.ask)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        return


def _ignore(loop: asyncio.AbstractEventLoop, each: signal.Signals) -> None:
    try:
        loop.remove_signal_handler(each)
    except (NotImplementedError, RuntimeError, ValueError):
        return

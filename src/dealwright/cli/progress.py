"""Progress: what a department at work is doing right now, live on a terminal, else line by line."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from rich.live import Live
from rich.text import Text

from dealwright.cli.output import ERR, counted, say
from dealwright.clock import Clock
from dealwright.domain.money import shown
from dealwright.orchestration.turn import Happening

LIVE_EVERY = 0.1
LINE_EVERY = 5.0
"""Seconds between two lines where nobody watches a terminal."""


@dataclass(slots=True)
class Tally:
    """What has happened so far; a runtime's watcher."""

    leads: int = 0
    """Turns that ended."""
    calls: int = 0
    """Agent calls that were worked, reused ones not counted."""
    reused: int = 0
    failed: int = 0
    cost: int = 0
    """Micro-dollars."""
    running: Counter[str] = field(default_factory=Counter[str])
    finished: Counter[str] = field(default_factory=Counter[str])
    steps: list[Happening] = field(default_factory=list[Happening])
    """The ended agent calls in their order."""

    def watch(self, happening: Happening) -> None:
        """Take note of something that happened."""
        if not happening.agent:
            self.leads += 1
        elif not happening.ended:
            self.running[happening.agent] += 1
        else:
            self._ended(happening)

    def _ended(self, happening: Happening) -> None:
        self.running[happening.agent] -= 1
        self.finished[happening.agent] += 1
        self.cost += happening.cost
        self.reused += happening.outcome == "reused"
        self.calls += happening.outcome != "reused"
        self.failed += happening.outcome not in {"done", "reused"}
        self.steps.append(happening)

    def line(self, due: int, seconds: float) -> str:
        """Return how far it is, in one line."""
        of = f"{self.leads} of {counted(max(due, self.leads), 'lead')}"
        rate = self.leads / seconds if seconds else 0.0
        parts = [of, f"{rate:.1f} leads/s", counted(self.calls, "agent call")]
        if self.failed:
            parts.append(f"{self.failed} failed")
        return " · ".join([*parts, shown(self.cost), f"{seconds:.0f} s"])

    def now_running(self) -> str:
        """Return which agents are at work, in one line."""
        busy = [f"{agent} {count}" for agent, count in self.running.most_common() if count > 0]
        return "at work: " + (", ".join(busy) or "nobody")

    def so_far(self) -> str:
        """Return how often each agent has finished, in one line."""
        return "finished: " + ", ".join(f"{a} {n}" for a, n in self.finished.most_common())


@asynccontextmanager
async def watched(tally: Tally, due: int, clock: Clock) -> AsyncGenerator[None]:
    """Show the tally for as long as the block runs."""
    showing = _live if ERR.is_terminal else _lines
    task = asyncio.create_task(showing(tally, due, clock))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _live(tally: Tally, due: int, clock: Clock) -> None:
    begun = clock.monotonic()

    def picture() -> Text:
        lines = [tally.line(due, clock.monotonic() - begun), tally.now_running()]
        return Text("\n".join([*lines, tally.so_far()] if tally.finished else lines))

    with Live(picture(), console=ERR, auto_refresh=False, transient=True) as live:
        while True:
            await clock.sleep(LIVE_EVERY)
            live.update(picture(), refresh=True)


async def _lines(tally: Tally, due: int, clock: Clock) -> None:
    begun = clock.monotonic()
    while True:
        await clock.sleep(LINE_EVERY)
        say(tally.line(due, clock.monotonic() - begun))

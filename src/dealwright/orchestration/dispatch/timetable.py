"""The timetable: at the moments a department names, its open cases are looked at again.

Each tick happens once, however many processes keep the timetable; ticks missed while nothing ran
collapse into one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from dealwright.clock import Clock
from dealwright.orchestration.department import Department, Tick
from dealwright.orchestration.router import asked_anew
from dealwright.store.store import Store

AT_ONCE = 100
"""Cases that are looked at together."""
LOOK_BACK = timedelta(days=8)
"""A tick older than this is not made up for."""


class Timetable:
    """Keeps the timetables of the departments of one workspace."""

    def __init__(
        self, departments: Iterable[Department], store: Store, clock: Clock, workspace: str
    ) -> None:
        self._departments = tuple(departments)
        self._store = store
        self._clock = clock
        self._workspace = workspace

    async def keep(self) -> None:
        """Ring at every tick, for ever."""
        while True:
            await self.tick()
            await self._clock.sleep(30)

    async def tick(self) -> Sequence[str]:
        """Ring for every tick that is due and not yet rung; return the cases that were rung."""
        rung: list[str] = []
        now = self._clock.now()
        for department in self._departments:
            for entry in department.timetable:
                moment = last_tick(entry, now)
                name = f"{department.name}/{entry.name}"
                if moment and await self._store.limits.tick(self._workspace, name, moment):
                    rung += await self.ring(department, entry)
        return rung

    async def ring(
        self, department: Department, entry: Tick, *, by: str = "system"
    ) -> Sequence[str]:
        """Ring the cases of a department that a line is about; return them."""
        cases, because = self._store.cases, entry.because
        if entry.condition is None and not entry.renew:
            return await cases.ring_all(self._workspace, department.name, because=because, by=by)
        rung: list[str] = []
        known = await cases.of(self._workspace, department.name)
        for first in range(0, len(known), AT_ONCE):
            part = known[first : first + AT_ONCE]
            for snapshot in await asyncio.gather(*map(cases.snapshot, part)):
                anew = asked_anew(department, entry, snapshot)
                if anew is None:
                    continue
                for slot, version in anew.items():
                    await cases.renew(snapshot.case.id, slot, version, because=because, by=by)
                rung.append(snapshot.case.id)
        await cases.ring(rung)
        return rung


def last_tick(entry: Tick, now: datetime) -> datetime | None:
    """Return the newest moment up to now at which the entry was due; None when that is long ago."""
    local = now.astimezone(ZoneInfo(entry.timezone))
    latest = next(CronSim(entry.cron, local + timedelta(minutes=1), reverse=True))
    latest = latest.astimezone(now.tzinfo)
    return latest if now - LOOK_BACK <= latest <= now else None


def next_tick(entry: Tick, now: datetime) -> datetime:
    """Return the first moment after now at which the entry is due, in its own time zone."""
    return next(CronSim(entry.cron, now.astimezone(ZoneInfo(entry.timezone))))


async def kept(timetable: Timetable, work: asyncio.Task[None]) -> None:
    """Keep the timetable for as long as the work lasts."""
    keeping = asyncio.create_task(timetable.keep())
    try:
        await work
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

"""Limits: rates and clock ticks that all workers share, and that no restart resets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from dealwright.store.schema import BUCKET, TICK
from dealwright.store.work import Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane

EVERYBODY = ""
"""A provider counts the requests of a key, whichever workspace they are for."""


class Limits:
    """Token buckets, and a memory of which tick of a timetable was acted on."""

    def __init__(self, writer: Lane[Work]) -> None:
        self._writer = writer

    async def take(
        self, key: str, per_minute: float, burst: int = 1, now: datetime | None = None
    ) -> float:
        """Take one token; return 0, or the seconds after which to ask again."""

        def act(work: Work) -> float:
            moment = now or work.now
            row = {"workspace_id": EVERYBODY, "key": key, "tokens": burst, "filled_at": moment}
            work.add_missing(BUCKET, row)
            mine = (BUCKET.c.workspace_id == EVERYBODY, BUCKET.c.key == key)
            query = select(BUCKET.c.tokens, BUCKET.c.filled_at).where(*mine).with_for_update()
            left, filled_at = work.connection.execute(query).one()
            passed = max(moment - filled_at, timedelta(0))
            tokens = min(burst, left + passed.total_seconds() * per_minute / 60)
            if tokens < 1:
                return (1 - tokens) * 60 / per_minute
            work.connection.execute(
                update(BUCKET)
                .where(*mine)
                .values(tokens=tokens - 1, filled_at=max(moment, filled_at))
            )
            return 0.0

        return await self._writer.act(act)

    async def tick(self, workspace: str, name: str, fire_time: datetime) -> bool:
        """Say whether this tick is the caller's to act on: true once, for one caller."""

        def act(work: Work) -> bool:
            row = {"workspace_id": workspace, "name": name, "fire_time": fire_time}
            return work.add_once(TICK, row)

        return await self._writer.act(act)

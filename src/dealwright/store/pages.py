"""Pages: what the web said lately, kept so that it need not be asked again."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from dealwright.store.schema import PAGE
from dealwright.store.work import Look, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dealwright.clock import Clock
    from dealwright.store.lane import Lane


class Pages:
    """A cache with an end for each page; workspaces do not see each other's."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look], clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def get(self, workspace: str, url: str) -> bytes | None:
        """Return a page that is still fresh."""
        return await self._reader.do(self._fresh, (workspace, url))

    async def put(self, workspace: str, url: str, body: bytes, ttl_seconds: float) -> None:
        """Keep a page for a while."""

        def act(work: Work) -> None:
            mine = (PAGE.c.workspace_id == workspace, PAGE.c.url == url)
            work.connection.execute(delete(PAGE).where(*mine))
            work.add_missing(
                PAGE,
                {
                    "workspace_id": workspace,
                    "url": url,
                    "fetched_at": work.now,
                    "expires_at": work.now + timedelta(seconds=ttl_seconds),
                    "body": packed,
                },
            )

        packed = zlib.compress(body, 1)
        await self._writer.act(act)

    async def forget_expired(self) -> int:
        """Drop pages that are no longer fresh; return how many."""

        def act(work: Work) -> int:
            old = delete(PAGE).where(PAGE.c.expires_at <= work.now)
            return work.connection.execute(old).rowcount

        return await self._writer.act(act)

    def _fresh(self, look: Look, wanted: Sequence[tuple[str, str]]) -> Sequence[bytes | None]:
        query = select(PAGE.c.workspace_id, PAGE.c.url, PAGE.c.body).where(
            PAGE.c.url.in_(sorted({url for _, url in wanted})),
            PAGE.c.workspace_id.in_(sorted({workspace for workspace, _ in wanted})),
            PAGE.c.expires_at > self._clock.now(),
        )
        found = {(row[0], row[1]): row[2] for row in look.connection.execute(query)}
        return [zlib.decompress(found[key]) if key in found else None for key in wanted]

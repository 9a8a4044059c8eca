"""The footprint: how far a workspace's journal has come, and whether anything ever left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from dealwright.store.contact_schema import INTENT
from dealwright.store.schema import CHAIN
from dealwright.store.work import Look

if TYPE_CHECKING:
    from dealwright.store.lane import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What tells one state of a database from an earlier one."""

    length: int
    """Events in the journal; it only grows."""
    sent: bool
    """Whether anything was ever claimed."""


class Footprints:
    """Reads them."""

    def __init__(self, reader: Lane[Look]) -> None:
        self._reader = reader

    async def of(self, workspace: str) -> Footprint:
        """Return a workspace's; an empty one where there is no such workspace."""

        def act(look: Look) -> Footprint:
            length = select(CHAIN.c.length).where(CHAIN.c.workspace_id == workspace)
            claimed = select(INTENT.c.id).where(
                INTENT.c.workspace_id == workspace, INTENT.c.claimed_at.is_not(None)
            )
            return Footprint(
                length=look.connection.execute(length).scalar() or 0,
                sent=look.connection.execute(claimed.limit(1)).first() is not None,
            )

        return await self._reader.act(act)

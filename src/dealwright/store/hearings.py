"""Hearings: what waits for people and nobody has told them of yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from dealwright.store.contact_schema import CURSOR
from dealwright.store.schema import APPROVAL, CASE, TASK
from dealwright.store.work import Look, Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane

NAME = "notices"
"""What the mark is called under which people were told last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for a person."""

    lead: str
    what: str
    """`approve draft`, or the task's kind."""
    because: str
    since: datetime
    deadline: datetime | None
    owner: str | None


class Hearings:
    """Who has to hear of what."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look]) -> None:
        self._writer = writer
        self._reader = reader

    async def unheard(self, workspace: str) -> list[Waiting]:
        """Return what has come up since people were told last, the oldest first."""

        def act(look: Look) -> list[Waiting]:
            mine = (CURSOR.c.workspace_id == workspace, CURSOR.c.mailbox == NAME)
            row = look.connection.execute(select(CURSOR.c.read_at).where(*mine)).first()
            since = row[0] if row else datetime.fromtimestamp(0, UTC)
            found = [*_tasks(look, workspace, since), *_approvals(look, workspace, since)]
            return sorted(found, key=lambda waiting: waiting.since)

        return await self._reader.act(act)

    async def heard(self, workspace: str, until: datetime) -> None:
        """Remember that people were told of everything up to a moment."""

        def act(work: Work) -> None:
            row = {"workspace_id": workspace, "mailbox": NAME, "validity": 0, "uid": 0}
            if not work.add_once(CURSOR, {**row, "read_at": until}):
                mine = (CURSOR.c.workspace_id == workspace, CURSOR.c.mailbox == NAME)
                work.connection.execute(update(CURSOR).where(*mine).values(read_at=until))

        await self._writer.act(act)


def _tasks(look: Look, workspace: str, since: datetime) -> list[Waiting]:
    query = (
        select(CASE.c.name, TASK)
        .join(TASK, TASK.c.case_id == CASE.c.id)
        .where(TASK.c.workspace_id == workspace, TASK.c.state == "open", TASK.c.opened_at > since)
    )
    return [
        Waiting(
            lead=row["name"],
            what=row["kind"],
            because=row["because"],
            since=row["opened_at"],
            deadline=row["deadline"],
            owner=row["owner"],
        )
        for row in look.connection.execute(query).mappings()
    ]


def _approvals(look: Look, workspace: str, since: datetime) -> list[Waiting]:
    query = (
        select(CASE.c.name, APPROVAL)
        .join(APPROVAL, APPROVAL.c.case_id == CASE.c.id)
        .where(
            APPROVAL.c.workspace_id == workspace,
            APPROVAL.c.state == "pending",
            APPROVAL.c.asked_at > since,
        )
    )
    return [
        Waiting(
            lead=row["name"],
            what=f"approve {row['slot']}",
            because=row["because"],
            since=row["asked_at"],
            deadline=row["expires_at"],
            owner=None,
        )
        for row in look.connection.execute(query).mappings()
    ]

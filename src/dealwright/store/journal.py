"""The journal: every act and every run, each event sealed with the one before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dealwright.store.verification import Verification, verify
from dealwright.store.work import Note, Work

if TYPE_CHECKING:
    from dealwright.store.archive import Archive
    from dealwright.store.lane import Lane


class Journal:
    """Append-only; the database refuses to change or to delete what stands in it."""

    def __init__(self, writer: Lane[Work], archive: Archive) -> None:
        self._writer = writer
        self._archive = archive

    async def append(
        self,
        workspace: str,
        actor: str,
        kind: str,
        because: str,
        *,
        case_id: str | None = None,
        body: Mapping[str, object] | None = None,
    ) -> None:
        """Write down that something was done, by whom and why.

        Raises:
            NotFound: there is no such workspace.

        """
        note = Note(
            workspace=workspace,
            actor=actor,
            kind=kind,
            because=because,
            case_id=case_id,
            body=dict(body or {}),
        )
        await self._writer.act(lambda work: work.note_known(note))

    async def verify(
        self, workspace: str | None = None, progress: Callable[[int], None] = lambda _: None
    ) -> Verification:
        """Recompute the chain of one workspace or of all, and every row an event speaks of."""
        return await self._archive.read(lambda connection: verify(connection, workspace, progress))

"""The office: what the outbox of one workspace works with, and which mailbox writes to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dealwright.domain.connections import Connections, Mailbox
from dealwright.orchestration.department import Department


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One workspace's connections and departments."""

    workspace: str
    connections: Connections
    departments: Mapping[str, Department]
    stop_file: Path | None = None
    """While this file is there, nothing leaves, whatever state the database is in."""

    def stopped(self) -> str | None:
        """Return that the file switch is on, as a sentence, or None."""
        if self.stop_file is not None and self.stop_file.exists():
            return f"the file {self.stop_file.name} stops everything; `dealwright start` removes it"
        return None

    def mailbox_for(self, case_id: str) -> Mailbox | None:
        """Return the mailbox that writes to a lead: always the same, and evenly shared out.

        Rendezvous hashing (Thaler and Ravishankar 1998): a mailbox that goes moves only its own.
        """
        return max(
            self.connections.mailboxes, key=lambda box: _weight(box.id, case_id), default=None
        )


def _weight(mailbox: str, case_id: str) -> bytes:
    return hashlib.sha256(f"{mailbox}\x1f{case_id}".encode()).digest()

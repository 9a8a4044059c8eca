"""Memory: what this machine remembers of the database it sends from, in a file beside it.

A backup that was restored, or a copy on another machine, does not know what has left since. Until
a person has looked, nothing leaves from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from dealwright.store.footprint import Footprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One workspace's memory."""

    file: Path
    database: Path | None
    """The database's own file; None where it is a server, which many machines use."""

    def doubt(self, footprint: Footprint) -> str | None:
        """Return why nothing may leave from this database, as a sentence, or None."""
        known = self._read()
        do = "look into the Sent folders, then say `dealwright start`"
        if known is None:
            copied = footprint.sent and self.database is not None
            return f"this database was copied here from somewhere else: {do}" if copied else None
        if known.get("database") != self._identity():
            return f"this is a copy of the database that sent from here: {do}"
        if cast("int", known["length"]) > footprint.length:
            return f"this database is older than what was sent from here, a backup: {do}"
        return None

    def keep(self, footprint: Footprint) -> None:
        """Remember how far the database has come; the file is replaced whole."""
        told = {"database": self._identity(), "length": footprint.length}
        written = self.file.with_suffix(".new")
        written.write_text(json.dumps(told), encoding="utf-8")
        written.replace(self.file)

    def _read(self) -> dict[str, object] | None:
        try:
            return cast("dict[str, object]", json.loads(self.file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError):
            return None

    def _identity(self) -> str:
        """Return what a file keeps when it is written to, and a copy of it does not have."""
        if self.database is None:
            return ""
        told = self.database.stat()
        return f"{told.st_dev}:{told.st_ino}"

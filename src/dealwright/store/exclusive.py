"""The lock beside a SQLite file: one process writes, and the system frees it when that one dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from dealwright.errors import DatabaseInUse, Misconfigured

if sys.platform == "win32":
    import msvcrt

    BEYOND = 1 << 30
    """The byte that is locked; far behind the text, which others must be able to read."""

    def _grab(file: IO[str]) -> None:
        file.seek(BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _grab(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Exclusive:
    """The right to write to one database file, held until it is closed."""

    def __init__(self, database: Path) -> None:
        """Take the lock.

        Raises:
            DatabaseInUse: another process has it; the message says which.
            Misconfigured: the folder does not let a lock file be made.

        """
        self._path = database.with_name(database.name + ".lock")
        try:
            self._file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise Misconfigured(
                f"the folder of {database} cannot be written to ({error.strerror})"
            ) from error
        try:
            _grab(self._file)
        except OSError:
            holder = self._holder()
            self._file.close()
            raise DatabaseInUse(
                f"{database} is being written to by {holder}. Wait for it to end, stop it, "
                "or move to Postgres, where many processes may work at once."
            ) from None
        self._sign()

    def close(self) -> None:
        """Let others write."""
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()

    def _sign(self) -> None:
        self._file.seek(0)
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n{' '.join(sys.argv)}\n")
        self._file.flush()

    def _holder(self) -> str:
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        match lines:
            case [pid, command, *_]:
                return f"process {pid} ({command[:200]})"
            case _:
                return "another process"

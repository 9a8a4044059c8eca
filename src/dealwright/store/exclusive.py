"""The two locks beside a SQLite file: one process works on it, and whoever writes holds the pen.

The system frees both when their holder dies.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from dealwright.errors import DatabaseInUse, Misconfigured

if sys.platform == "win32":
    import msvcrt

    BEYOND = 1 << 30
    """The byte that is locked; far behind the text, which others must be able to read."""

    def _grab(file: IO[str]) -> None:
        file.seek(BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _free(file: IO[str]) -> None:
        file.seek(BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _grab(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


LOOK = 0.005
"""Seconds between two looks whether the pen is free."""
LOOKS = 6_000
"""Half a minute of looks."""


class Exclusive:
    """The right to work on one database file, held until it is closed."""

    def __init__(self, database: Path) -> None:
        """Take the lock.

        Raises:
            DatabaseInUse: another process has it; the message says which.
            Misconfigured: the folder does not let a lock file be made.

        """
        self._path = _beside(database, ".lock")
        self._file = _opened(self._path, database)
        try:
            _grab(self._file)
        except OSError:
            self._file.close()
            raise DatabaseInUse(
                f"{database} is being worked on by {_holder(self._path)}. Wait for it to end, stop "
                "it, or move to Postgres, where many processes may work at once. What people say "
                "(`approve`, `pause` and the like) is taken beside it, and so is `import`."
            ) from None
        self._sign()

    def close(self) -> None:
        """Let others work."""
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()

    def _sign(self) -> None:
        self._file.seek(0)
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n{' '.join(sys.argv)}\n")
        self._file.flush()


class Pen:
    """The right to write one transaction: processes take turns, none writes beside another.

    SQLite takes turns, too, but up to 3.51.2 a commit that meets another process's checkpoint can
    spoil the file (its "WAL-reset" fault); with one pen they never meet.
    """

    def __init__(self, database: Path, looks: int = LOOKS) -> None:
        """Open the pen's file; after so many looks in vain, give up waiting for it.

        Raises:
            Misconfigured: the folder does not let it be made.

        """
        self._database = database
        self._looks = looks
        self._file = _opened(_beside(database, ".pen"), database)

    def __enter__(self) -> None:
        """Wait for the pen.

        Raises:
            DatabaseInUse: another process keeps it.

        """
        for _ in range(self._looks):
            with suppress(OSError):
                _grab(self._file)
                return
            threading.Event().wait(LOOK)
        raise DatabaseInUse(
            f"another process has been writing to {self._database} for {LOOK * self._looks:.0f} "
            "seconds without an end; see whether it hangs"
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the pen back."""
        _free(self._file)

    def close(self) -> None:
        """Close the pen's file."""
        self._file.close()


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


def _opened(path: Path, database: Path) -> IO[str]:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise Misconfigured(
            f"the folder of {database} cannot be written to ({error.strerror})"
        ) from error


def _holder(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    match lines:
        case [pid, command, *_]:
            return f"process {pid} ({command[:200]})"
        case _:
            return "another process"

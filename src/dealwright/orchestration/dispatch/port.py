"""The port every dispatcher fills: ring for a case, and work what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much one process takes on."""

    worker: str
    """The process's name in leases: host and process number."""
    concurrency: int = 32
    """Cases at the same time."""
    lease_for: timedelta = timedelta(seconds=60)
    """How long a case stays with a process that does not say it is alive."""
    poll: float = 1.0
    """Seconds between two looks at what is due, and for which a case waits for a place, at most."""
    workspace: str | None = None
    """The client whose cases are worked; everybody's when None."""
    department: str | None = None
    """The department whose cases are worked; all when None."""


class Dispatcher(Protocol):
    """Decides which case is looked at when; correctness is the case's lease, not the queue's."""

    async def ring(self, case_ids: Sequence[str]) -> None:
        """Say that these cases have changed; ringing twice or in vain does no harm."""
        ...

    async def work(self, *, until_idle: bool = False) -> None:
        """Work what is due, for ever or until nothing is due and nothing is under way."""
        ...

    def stop(self) -> None:
        """Take no new case; those under way finish what they do."""
        ...

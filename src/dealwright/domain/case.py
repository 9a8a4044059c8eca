"""A case and what stands in its slots: all the router ever sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SlotStatus(StrEnum):
    """How the newest version of a slot came to be."""

    DONE = "done"
    """An agent's product, or one that an import or a parent case gave."""
    FINAL = "final"
    """A person's product: no agent replaces it."""
    FAILED = "failed"
    """The agent tried with these inputs and delivered nothing; do not try again by itself."""
    RETRY = "retry"
    """A person asked for this step again; whatever stood here counts no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotState:
    """The newest version of one slot."""

    slot: str
    version: int
    """1, 2, 3 …; every write, a failure or a retry included, is a new version."""
    status: SlotStatus
    value: Mapping[str, object] | None = None
    """The product as JSON; None when failed or asked for again."""
    inputs: Mapping[str, int] = field(default_factory=dict[str, int])
    """Slot → version the agent worked from; 0 for an optional read that was absent."""
    by: str = ""
    """`agent:<name>`, `person:<name>` or `import`."""
    retries: int = 0
    """How often a person has asked for this step again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unit of work a department carries."""

    id: str
    workspace: str
    department: str
    kind: str
    """`lead` or `campaign`, or what the department says it works on."""
    name: str
    parent: str | None = None
    """The case this one belongs to; a lead's parent is its campaign."""
    paused: str | None = None
    """What is paused, as a sentence (the lead, its campaign, everything); None if nothing is."""
    priority: int = 0
    due_at: datetime | None = None
    """When somebody should look at it next; None when it waits for an event."""
    version: int = 0
    """Goes up with every change from outside the turn, so that a turn never sleeps through one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A case's recorded state at one moment; immutable, and the router's only input."""

    case: Case
    slots: Mapping[str, SlotState]
    """Newest version of each slot; those of the parent case under their own names."""
    now: datetime
    asked: frozenset[tuple[str, int]] = frozenset()
    """(slot, version) a person has already been asked to approve."""
    decided: frozenset[tuple[str, int]] = frozenset()
    """Those of them a person has said yes or no to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on a case until a moment; void as soon as the case's token has moved."""

    case_id: str
    token: int
    until: datetime
    version: int
    """The case's version when the lease was taken."""
    priority: int = 0
    """The case's; the highest is worked first."""

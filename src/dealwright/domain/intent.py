"""An intent: the durable wish to act on the world, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class IntentKind(StrEnum):
    """What is to be done, and so through which connector."""

    EMAIL = "email"
    MEETING = "meeting"
    CRM = "crm"
    NOTICE = "notice"


class IntentState(StrEnum):
    """ready → claimed → done, failed or unknown; void when it must no longer happen."""

    READY = "ready"
    """Waits for its moment and for its gates."""
    CLAIMED = "claimed"
    """On disk before the first byte leaves."""
    DONE = "done"
    FAILED = "failed"
    """It did not happen, for good."""
    UNKNOWN = "unknown"
    """It may have happened. Evidence settles it, or a person; nothing repeats it."""
    VOID = "void"
    """It never began and must not: the product changed, expired or was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A wish as the router sees it: what stands in this slot is to be done."""

    kind: IntentKind
    key: str
    """The step: at most one effect for (workspace, case, kind, key), for ever."""
    slot: str
    version: int
    because: str
    review: str = ""
    """The slot whose verdict vouches for it; empty where nothing has to be reviewed."""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A wish in the store."""

    id: str
    workspace: str
    case_id: str
    kind: IntentKind
    key: str
    slot: str
    version: int
    because: str
    review: str = ""
    state: IntentState
    not_before: datetime
    """The department's own wish: not earlier than this."""
    held: str = ""
    """Which gate holds it and why; empty when none did the last time."""
    attempts: int = 0
    token: int = 0
    """Fences off whoever claimed it before."""
    mailbox: str = ""
    message_id: str = ""
    digest: str = ""
    """Of the letter, or of whatever else was claimed."""
    made_at: datetime
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    result: str = ""
    """What happened, as a sentence."""
    evidence: Mapping[str, object] = field(default_factory=dict[str, object])
    """Which gates passed and on what ground; after the act, how it is known."""

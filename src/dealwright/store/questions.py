"""Questions to people: approvals and tasks as they are shown, and whether one still fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import RowMapping

from dealwright.domain.case import SlotState
from dealwright.domain.digests import digest_of
from dealwright.errors import OverrideRefused
from dealwright.store.schema import PRODUCT
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A question to a person: may exactly these bytes leave?"""

    id: str
    workspace: str
    case_id: str
    case_name: str
    slot: str
    version: int
    digest: str
    state: str
    """`pending`, `approved`, `rejected`, `expired`, or `stale`: a newer version stands."""
    because: str
    asked_at: datetime
    expires_at: datetime
    decided_by: str | None
    decided_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Something that waits for a person."""

    id: str
    workspace: str
    case_id: str
    case_name: str
    kind: str
    key: str
    because: str
    context: Mapping[str, object]
    deadline: datetime | None
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The letter a person saw when deciding."""

    letter: str
    """Its digest: what leaves must have the same."""
    variant: int


def refuse_unfit(work: Work, row: RowMapping, digest: str, bound: Bound | None) -> None:
    """Make sure that an approval may be decided, and is for these bytes.

    Raises:
        OverrideRefused: it is decided, expired or stale, or the bytes are not those.

    """
    slot, version = row["slot"], row["version"]
    other_letter = bound is not None and row["letter"] != bound.letter
    if row["state"] != "pending" and not (row["state"] == "approved" and other_letter):
        raise OverrideRefused(f"{row['decided_by']} has {row['state']} this already")
    if row["expires_at"] <= work.now:
        raise OverrideRefused(f"this approval expired at {row['expires_at']:%Y-%m-%d %H:%M} UTC")
    if digest != row["digest"]:
        raise OverrideRefused("these are not the bytes the approval is for; look at it again")
    state = _standing(work, row["case_id"], slot)
    if state is None or state.version != version:
        stands = f"version {state.version}" if state else "nothing"
        raise OverrideRefused(f"this is for version {version} of {slot}; now {stands} stands there")
    if digest_of(state.value) != digest:
        raise OverrideRefused(f"the {slot} was altered after the approval was asked for")


def _standing(work: Work, case_id: str, slot: str) -> SlotState | None:
    query = HISTORY.where(PRODUCT.c.case_id == case_id, PRODUCT.c.slot == slot, newest())
    return next((written.state for written in slots_of(work.connection, query)), None)


def approval_of(row: RowMapping, now: datetime) -> Approval:
    """Return the approval in a row."""
    state = row["state"]
    if state == "pending" and row["top"] != row["version"]:
        state = "stale"
    elif state == "pending" and row["expires_at"] <= now:
        state = "expired"
    return Approval(
        id=row["id"],
        workspace=row["workspace_id"],
        case_id=row["case_id"],
        case_name=row["case_name"],
        slot=row["slot"],
        version=row["version"],
        digest=row["digest"],
        state=state,
        because=row["because"],
        asked_at=row["asked_at"],
        expires_at=row["expires_at"],
        decided_by=row["decided_by"],
        decided_because=row["decided_because"],
    )


def task_of(row: RowMapping) -> OpenTask:
    """Return the task in a row."""
    return OpenTask(
        id=row["id"],
        workspace=row["workspace_id"],
        case_id=row["case_id"],
        case_name=row["case_name"],
        kind=row["kind"],
        key=row["key"],
        because=row["because"],
        context=cast("Mapping[str, object]", row["context"]),
        deadline=row["deadline"],
        state=row["state"],
        opened_at=row["opened_at"],
    )

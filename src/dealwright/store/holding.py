"""Holding: cases' rows, locked until the commit, and how far their slots have come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from dealwright.store.driver import Statement, among, packed
from dealwright.store.schema import CASE, WORKSPACE
from dealwright.store.snapshots import PARENT, TOPS, of_parent

if TYPE_CHECKING:
    from dealwright.store.work import Work

CASES = (
    select(
        CASE.c.id,
        CASE.c.workspace_id,
        CASE.c.lease_token,
        CASE.c.version,
        func.coalesce(
            CASE.c.paused_by, of_parent(PARENT.c.paused_by), WORKSPACE.c.paused_by
        ).is_not(None),
    )
    .join(WORKSPACE, WORKSPACE.c.id == CASE.c.workspace_id)
    .order_by(CASE.c.id)
    .with_for_update(key_share=True, of=CASE)
)
HOLD = Statement(*map(CASES.where, among(CASE.c.id, "ids")))


class Held(NamedTuple):
    """What a case's row says while it is locked."""

    workspace: str
    token: int
    version: int
    paused: bool
    """The case, its campaign or everything is."""


class Top(NamedTuple):
    """The newest version of a slot."""

    version: int = 0
    retries: int = 0


def hold(work: Work, case_ids: Iterable[str]) -> dict[str, Held]:
    """Return the rows of these cases, locked until the commit, always in the same order."""
    rows = work.ask(HOLD, {"ids": packed(sorted(set(case_ids)))})
    return {row[0]: Held(row[1], row[2], row[3], bool(row[4])) for row in rows}


def tops_of(work: Work, case_ids: Iterable[str]) -> dict[tuple[str, str], Top]:
    """Return the newest version of every slot of these cases."""
    ids = list(set(case_ids))
    return {
        (row[0], row[1]): Top(row[2], row[3]) for row in work.connection.execute(TOPS, {"ids": ids})
    }

"""Which cases are due and nobody's: the questions every look at the queue asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Select, bindparam, or_, select

from dealwright.store.columns import Moment
from dealwright.store.schema import CASE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

HIGHEST = (
    select(CASE.c.priority)
    .where(CASE.c.due_at.is_not(None))
    .order_by(CASE.c.priority.desc())
    .limit(1)
)
NEXT_LOWER = HIGHEST.where(CASE.c.priority < bindparam("level"))


def levels(connection: Connection) -> Iterator[int]:
    """Return the priorities waiting cases have, highest first, each by one look at the index."""
    level = connection.execute(HIGHEST).scalar()
    while level is not None:
        yield level
        level = connection.execute(NEXT_LOWER, {"level": level}).scalar()


def whose_of(workspace: str | None, department: str | None) -> dict[str, object]:
    """Return what a look at due cases is narrowed to."""
    told = {"workspace": workspace, "department": department}
    return {name: value for name, value in told.items() if value is not None}


def free_of(whose: Collection[str]) -> list[ColumnElement[bool]]:
    """Return what a due case that is nobody's fulfils, with `now` and the narrowing to be bound."""
    now = bindparam("now", type_=Moment)
    free = [CASE.c.due_at <= now, or_(CASE.c.lease_until.is_(None), CASE.c.lease_until <= now)]
    if "workspace" in whose:
        free.append(CASE.c.workspace_id == bindparam("workspace"))
    if "department" in whose:
        free.append(CASE.c.department == bindparam("department"))
    return free


@cache
def takable(whose: frozenset[str]) -> Select[str, int, int, int]:
    """Return the query for due cases of one level, locked until the commit."""
    return (
        select(CASE.c.id, CASE.c.lease_token, CASE.c.version, CASE.c.priority)
        .where(CASE.c.priority == bindparam("level"), *free_of(whose))
        .order_by(CASE.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(key_share=True, skip_locked=True)
    )

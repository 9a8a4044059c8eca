"""The list of leads a salesperson reads: tier, score, where it stands, what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, RowMapping, Select, func, select

from dealwright.store.schema import APPROVAL, CASE, COMPANY, PERSON, PRODUCT, RUN, TASK
from dealwright.store.snapshots import CASES, HISTORY, newest, pause_of, slots_of

QUALIFICATION = "qualification"
"""The slot tier and score are read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLead:
    """One line of the list."""

    id: str
    workspace: str
    department: str
    kind: str
    name: str
    campaign: str | None
    company: str | None
    domain: str | None
    email: str | None
    phone: str | None
    tier: str | None
    score: int | None
    why: str
    """The qualifier's reasoning."""
    status: str
    """`paused`, `under way`, `due`, `waits for approval`, `flagged`, `waits` or `at rest`."""
    paused: str | None
    due_at: datetime | None
    cost: int
    """Micro-dollars."""
    flags: int
    """Open tasks for people."""
    slots: Mapping[str, int]
    """Slot → newest version."""


def listed(connection: Connection, query: Select[str]) -> list[ListedLead]:
    """Return the cases a query names, in its order."""
    ids = list(connection.execute(query).scalars())
    lines: list[ListedLead] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        found = _lines(connection, part)
        lines += [found[case_id] for case_id in part]
    return lines


def _lines(connection: Connection, ids: Sequence[str]) -> dict[str, ListedLead]:
    query = (
        CASES.add_columns(
            CASE.c.lease_until.is_not(None).label("leased"),
            COMPANY.c.name.label("company"),
            COMPANY.c.domain,
            PERSON.c.email,
            PERSON.c.phone,
        )
        .outerjoin(PERSON, PERSON.c.id == CASE.c.person_id)
        .outerjoin(COMPANY, COMPANY.c.id == CASE.c.company_id)
        .where(CASE.c.id.in_(ids))
    )
    rows = {row["id"]: row for row in connection.execute(query).mappings()}
    costs = _counted(connection, select(RUN.c.case_id, func.sum(RUN.c.cost)), ids)
    flags = _counted(
        connection, select(TASK.c.case_id, func.count()).where(TASK.c.state == "open"), ids
    )
    asks = _counted(
        connection,
        select(APPROVAL.c.case_id, func.count()).where(APPROVAL.c.state == "pending"),
        ids,
    )
    versions: dict[str, dict[str, int]] = {case_id: {} for case_id in ids}
    newer = select(PRODUCT.c.case_id, PRODUCT.c.slot, func.max(PRODUCT.c.version))
    newer = newer.where(PRODUCT.c.case_id.in_(ids)).group_by(PRODUCT.c.case_id, PRODUCT.c.slot)
    for case_id, slot, version in connection.execute(newer):
        versions[case_id][slot] = version
    scored = HISTORY.where(PRODUCT.c.case_id.in_(ids), PRODUCT.c.slot == QUALIFICATION, newest())
    values = {row.case_id: row.state.value or {} for row in slots_of(connection, scored)}
    return {
        case_id: _line(
            row,
            values.get(case_id, {}),
            versions[case_id],
            (costs.get(case_id, 0), flags.get(case_id, 0), asks.get(case_id, 0)),
        )
        for case_id, row in rows.items()
    }


def _counted(connection: Connection, query: Select[str, int], ids: Sequence[str]) -> dict[str, int]:
    case_id = query.selected_columns[0]
    rows = connection.execute(query.where(case_id.in_(ids)).group_by(case_id))
    return {row[0]: int(row[1]) for row in rows}


def _line(
    row: RowMapping,
    scored: Mapping[str, object],
    slots: Mapping[str, int],
    counts: tuple[int, int, int],
) -> ListedLead:
    cost, flags, asks = counts
    paused = pause_of(row)
    return ListedLead(
        id=row["id"],
        workspace=row["workspace_id"],
        department=row["department"],
        kind=row["kind"],
        name=row["name"],
        campaign=row["parent_name"],
        company=row["company"],
        domain=row["domain"],
        email=row["email"],
        phone=row["phone"],
        tier=cast("str | None", scored.get("tier")),
        score=cast("int | None", scored.get("score")),
        why=str(scored.get("reasoning", "")),
        status=_status(row, paused, asks, flags),
        paused=paused,
        due_at=row["due_at"],
        cost=cost,
        flags=flags,
        slots=slots,
    )


def _status(row: RowMapping, paused: str | None, asks: int, flags: int) -> str:
    standing = (
        ("paused", paused is not None),
        ("under way", row["leased"]),
        ("due", row["due_at"] is not None),
        ("waits for approval", asks > 0),
        ("flagged", flags > 0),
    )
    return next((status for status, holds in standing if holds), "at rest")

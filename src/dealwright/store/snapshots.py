"""Snapshots: what stands recorded about many cases, read together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Integer, bindparam, func, select
from sqlalchemy import cast as as_type

from dealwright.domain.case import Case, SlotState, SlotStatus, Snapshot
from dealwright.errors import DealwrightError, NotFound
from dealwright.store.driver import Given, given, packed
from dealwright.store.schema import APPROVAL, CASE, PRODUCT, RUN, WORKSPACE

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, RowMapping, ScalarSelect, Select

    from dealwright.clock import Clock
    from dealwright.store.work import Look

T = TypeVar("T")

PARENT = CASE.alias("parent")
NEWER = PRODUCT.alias("newer")


def of_parent(column: Column[T]) -> ScalarSelect[T]:
    """Return a column of a case's parent, looked up by its key whatever the planner thinks."""
    return select(column).where(PARENT.c.id == CASE.c.parent_id).scalar_subquery()


CASES = select(
    CASE.c.id,
    CASE.c.workspace_id,
    CASE.c.department,
    CASE.c.kind,
    CASE.c.name,
    CASE.c.parent_id,
    CASE.c.priority,
    CASE.c.due_at,
    CASE.c.version,
    CASE.c.paused_by,
    CASE.c.paused_because,
    of_parent(PARENT.c.name).label("parent_name"),
    of_parent(PARENT.c.paused_by).label("parent_paused_by"),
    of_parent(PARENT.c.paused_because).label("parent_paused_because"),
    WORKSPACE.c.paused_by.label("all_paused_by"),
    WORKSPACE.c.paused_because.label("all_paused_because"),
).join(WORKSPACE, WORKSPACE.c.id == CASE.c.workspace_id)

SLOTS = select(
    PRODUCT.c.case_id,
    PRODUCT.c.slot,
    PRODUCT.c.version,
    PRODUCT.c.status,
    PRODUCT.c.value,
    RUN.c.product,
    PRODUCT.c.inputs,
    PRODUCT.c.by_whom,
    PRODUCT.c.retries,
)
"""Without the join to the run whose product a version may be."""

HISTORY = SLOTS.outerjoin(RUN, RUN.c.id == PRODUCT.c.run_id)


READ = CASES.where(CASE.c.id.in_(bindparam("ids", expanding=True)))
ASKED = select(APPROVAL.c.case_id, APPROVAL.c.slot, APPROVAL.c.version, APPROVAL.c.state).where(
    APPROVAL.c.case_id.in_(bindparam("ids", expanding=True))
)
TOPS = (
    select(
        PRODUCT.c.case_id,
        PRODUCT.c.slot,
        func.max(PRODUCT.c.version),
        func.max(PRODUCT.c.retries),
    )
    .where(PRODUCT.c.case_id.in_(bindparam("ids", expanding=True)))
    .group_by(PRODUCT.c.case_id, PRODUCT.c.slot)
)

Key = tuple[str, str, int]
"""Case, slot, version."""
MOST_KNOWN = 4096
"""Versions kept: some megabytes, and more than a hundred cases at work look at."""


def _versions(keys: Given) -> Select[*tuple[Any, ...]]:
    """Return the query for exactly the versions that keys name."""
    case_id, slot, version = keys.parts
    return SLOTS.select_from(
        keys.rows.join(
            PRODUCT,
            (PRODUCT.c.case_id == case_id)
            & (PRODUCT.c.slot == slot)
            & (PRODUCT.c.version == as_type(version, Integer)),
        ).outerjoin(RUN, RUN.c.id == PRODUCT.c.run_id)
    )


LITE, RICH = map(_versions, given("keys", 3))
FETCH: Mapping[str, Select[*tuple[Any, ...]]] = {"sqlite": LITE, "postgresql": RICH}


class Written(NamedTuple):
    """One row of a slot's history."""

    case_id: str
    slot: str
    version: int
    status: str
    value: Mapping[str, object] | None
    made: Mapping[str, object] | None
    """The product of the run the row names."""
    inputs: Mapping[str, int]
    by: str
    retries: int

    @property
    def state(self) -> SlotState:
        """The row as the router sees it."""
        status = SlotStatus(self.status)
        value = self.value if self.value is not None else self.made
        return SlotState(
            slot=self.slot,
            version=self.version,
            status=status,
            value=value if status in (SlotStatus.DONE, SlotStatus.FINAL) else None,
            inputs=self.inputs,
            by=self.by,
            retries=self.retries,
        )


def newest() -> ColumnElement[bool]:
    """Hold for the newest version of each slot."""
    later = select(NEWER.c.version).where(
        NEWER.c.case_id == PRODUCT.c.case_id,
        NEWER.c.slot == PRODUCT.c.slot,
        NEWER.c.version > PRODUCT.c.version,
    )
    return ~later.exists()


def slots_of(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[Written]:
    """Return rows of a query over `HISTORY`."""
    return [Written(*row) for row in connection.execute(query)]


class Snapshots:
    """Reads many cases at once, and what never changes only once.

    A version of a slot is never changed, so those read lately are kept.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[Key, SlotState] = {}

    def read(self, look: Look, case_ids: Sequence[str]) -> Sequence[Snapshot | DealwrightError]:
        """Return the snapshot of each case, or the refusal where there is no such case."""
        connection, wanted = look.connection, list(set(case_ids))
        rows = {row["id"]: row for row in connection.execute(READ, {"ids": wanted}).mappings()}
        parents = {row["parent_id"] for row in rows.values() if row["parent_id"]}
        slots = self._slots(connection, [*rows, *(parents - rows.keys())])
        asked: dict[str, set[tuple[str, int]]] = {}
        decided: dict[str, set[tuple[str, int]]] = {}
        for case_id, slot, version, state in connection.execute(ASKED, {"ids": wanted}):
            asked.setdefault(case_id, set()).add((slot, version))
            if state != "pending":
                decided.setdefault(case_id, set()).add((slot, version))
        now = self._clock.now()
        found = {
            case_id: Snapshot(
                case=_case(row),
                slots={**slots.get(row["parent_id"], {}), **slots.get(case_id, {})},
                now=now,
                asked=frozenset(asked.get(case_id, ())),
                decided=frozenset(decided.get(case_id, ())),
            )
            for case_id, row in rows.items()
        }
        return [found.get(name) or NotFound(f"there is no case {name}") for name in case_ids]

    def _slots(
        self, connection: Connection, owners: Sequence[str]
    ) -> dict[str, dict[str, SlotState]]:
        """Return the newest version of every slot of these cases."""
        newest_ones: list[Key] = [
            (row[0], row[1], row[2]) for row in connection.execute(TOPS, {"ids": owners})
        ]
        missing = [key for key in newest_ones if key not in self._known]
        if missing:
            self._fetch(connection, missing)
        slots: dict[str, dict[str, SlotState]] = {}
        for key in newest_ones:
            slots.setdefault(key[0], {})[key[1]] = self._known[key]
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return slots

    def _fetch(self, connection: Connection, missing: Sequence[Key]) -> None:
        query = FETCH[connection.dialect.name]
        for row in connection.execute(query, {"keys": packed(missing)}):
            written = Written(*row)
            self._known[written.case_id, written.slot, written.version] = written.state


def _case(row: RowMapping) -> Case:
    return Case(
        id=row["id"],
        workspace=row["workspace_id"],
        department=row["department"],
        kind=row["kind"],
        name=row["name"],
        parent=row["parent_id"],
        paused=pause_of(row),
        priority=row["priority"],
        due_at=row["due_at"],
        version=row["version"],
    )


def pause_of(row: RowMapping) -> str | None:
    """Return who paused what, as a sentence; the widest pause is named first."""
    if not (row["all_paused_by"] or row["parent_paused_by"] or row["paused_by"]):
        return None
    pauses = (
        ("all_paused", "everything"),
        ("parent_paused", f"the campaign {row['parent_name']}"),
        ("paused", f"this {row['kind']}"),
    )
    for column, what in pauses:
        if row[f"{column}_by"]:
            because = row[f"{column}_because"]
            return f"{row[f'{column}_by']} paused {what}" + (f": {because}" if because else "")
    return None

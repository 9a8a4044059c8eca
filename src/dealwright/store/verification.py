"""Verification: nothing in the journal, and nothing it speaks of, was altered, moved or removed.

What the chain cannot show is a database whose every hash was computed anew; keep a tip elsewhere
to see that, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Connection, Table, func, select

from dealwright.store.recording import PRODUCT_COLUMNS, RUN_COLUMNS, approval_seal
from dealwright.store.schema import APPROVAL, CHAIN, EVENT, PRODUCT, RUN
from dealwright.store.seals import seal
from dealwright.store.work import START, hash_of

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from dealwright.store.seals import Row

AT_ONCE = 500
"""Events compared with their rows together."""
MOST_PROBLEMS = 100
"""After so many, more would tell nothing new."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found."""

    ok: bool
    events: int
    problems: list[str]


class Sealed(NamedTuple):
    """What an event says about a row of another table."""

    seq: int
    seal: str


@dataclass(slots=True)
class Audit:
    """One workspace's verification under way."""

    connection: Connection
    workspace: str
    problems: list[str] = field(default_factory=list[str])
    runs: int = 0
    products: int = 0
    approvals: dict[str, Sealed] = field(default_factory=dict[str, Sealed])
    """The last word of the journal on each approval."""

    def blame(self, problem: str) -> None:
        """Write a problem down."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{self.workspace}: {problem}")


def verify(
    connection: Connection, workspace: str | None, progress: Callable[[int], None]
) -> Verification:
    """Recompute everything; `progress` is told how many events are done."""
    known = set(connection.execute(select(CHAIN.c.workspace_id)).scalars())
    known |= set(connection.execute(select(EVENT.c.workspace_id).distinct()).scalars())
    events, problems = 0, list[str]()
    for name in sorted(known if workspace is None else {workspace}):
        audit = Audit(connection, name)
        for part in _chain(audit):
            _compare_runs(audit, part)
            _compare_products(audit, part)
            _collect_approvals(audit, part)
            events += len(part)
            progress(events)
        _compare_approvals(audit)
        _count(audit, RUN, audit.runs)
        _count(audit, PRODUCT, audit.products)
        problems += audit.problems
    return Verification(not problems, events, problems)


def _chain(audit: Audit) -> Iterator[Sequence[dict[str, Any]]]:
    """Yield the events in order while their hashes are compared."""
    query = select(EVENT).where(EVENT.c.workspace_id == audit.workspace).order_by(EVENT.c.seq)
    seq, last = 0, START
    result = audit.connection.execution_options(yield_per=AT_ONCE).execute(query).mappings()
    for part in result.partitions(AT_ONCE):
        events = rows_of(part)
        for event in events:
            seq += 1
            if event["seq"] != seq:
                audit.blame(f"event {seq} is missing; {event['seq']} stands in its place")
                seq = event["seq"]
            elif event["prev_hash"] != last:
                audit.blame(f"event {seq} does not follow the event before it")
            if hash_of(event, event["prev_hash"]) != event["hash"]:
                audit.blame(f"event {seq} ({event['kind']}) was altered")
            last = event["hash"]
        yield events
    chain = select(CHAIN.c.length, CHAIN.c.tip).where(CHAIN.c.workspace_id == audit.workspace)
    found = audit.connection.execute(chain).one_or_none()
    if found is None or tuple(found) != (seq, last):
        audit.blame(f"the journal ends at event {seq}, which is not where it was left")


def _compare_runs(audit: Audit, events: Sequence[dict[str, Any]]) -> None:
    named = {said["id"]: event for event in events if (said := _said(event, "run"))}
    audit.runs += len(named)
    query = select(RUN).where(RUN.c.id.in_(sorted(named)))
    found = audit.connection.execute(query).mappings() if named else ()
    rows = {row["id"]: row for row in rows_of(found)}
    for run_id, event in named.items():
        row = rows.get(run_id)
        if row is None:
            audit.blame(f"run {run_id} is missing")
        elif seal(row, RUN_COLUMNS) != _said(event, "run").get("seal"):
            audit.blame(f"run {run_id} was altered")


def _compare_products(audit: Audit, events: Sequence[dict[str, Any]]) -> None:
    named: dict[tuple[str, str, int], str] = {}
    for event in events:
        for said in _products(event):
            case_id = cast("str | None", said.get("case", event["case_id"])) or ""
            key = (case_id, cast("str", said["slot"]), cast("int", said["version"]))
            named[key] = cast("str", said["seal"])
            audit.products += 1
    if not named:
        return
    query = select(PRODUCT).where(PRODUCT.c.case_id.in_(sorted({key[0] for key in named})))
    rows = {
        (row["case_id"], row["slot"], row["version"]): row
        for row in rows_of(audit.connection.execute(query).mappings())
    }
    for (case_id, slot, version), sealed in named.items():
        row = rows.get((case_id, slot, version))
        if row is None:
            audit.blame(f"version {version} of {slot} of case {case_id} is missing")
        elif seal(row, PRODUCT_COLUMNS) != sealed:
            audit.blame(f"version {version} of {slot} of case {case_id} was altered")


def _collect_approvals(audit: Audit, events: Sequence[dict[str, Any]]) -> None:
    for event in events:
        if said := _said(event, "approval"):
            audit.approvals[cast("str", said["id"])] = Sealed(
                event["seq"], cast("str", said["seal"])
            )


def _compare_approvals(audit: Audit) -> None:
    left = dict(audit.approvals)
    query = select(APPROVAL).where(APPROVAL.c.workspace_id == audit.workspace)
    for row in rows_of(audit.connection.execute(query).mappings()):
        sealed = left.pop(row["id"], None)
        if sealed is None:
            audit.blame(f"approval {row['id']} stands in no event")
        elif approval_seal(row) != sealed.seal:
            audit.blame(f"approval {row['id']} was altered after event {sealed.seq}")
    for approval in left:
        audit.blame(f"approval {approval} is missing")


def _count(audit: Audit, table: Table, named: int) -> None:
    query = select(func.count()).where(table.c.workspace_id == audit.workspace)
    rows = audit.connection.execute(query).scalar_one()
    if rows != named:
        audit.blame(f"there are {rows} rows in {table.name}, and the journal speaks of {named}")


def rows_of(found: Iterable[RowMapping]) -> list[dict[str, Any]]:
    """Return rows as plain dictionaries."""
    return [cast("dict[str, Any]", dict(row)) for row in found]


def _said(event: Mapping[str, Any], what: str) -> Row:
    """Return what an event says about a row of another table; nothing if it was forged."""
    body = event["body"]
    said = cast("Row", body).get(what) if isinstance(body, dict) else None
    return _whole(said, _KEYS[what])


def _products(event: Mapping[str, Any]) -> list[Row]:
    """Return what an event says about products: of one case, or, for a campaign, of its parts."""
    body = event["body"]
    many = cast("Row", body).get("products") if isinstance(body, dict) else None
    listed = cast("list[object]", many) if isinstance(many, list) else []
    said = [_said(event, "product"), *(_whole(one, _KEYS["product"]) for one in listed)]
    return [one for one in said if one]


_KEYS: Mapping[str, Mapping[str, type]] = {
    "run": {"id": str, "seal": str},
    "product": {"slot": str, "version": int, "seal": str},
    "approval": {"id": str, "seal": str},
}
"""What an event says of a row of each kind, if nobody forged it."""


def _whole(said: object, keys: Mapping[str, type]) -> Row:
    """Return what was said if it is all there; a forged event is blamed by its hash."""
    row: Row = cast("Row", said) if isinstance(said, dict) else {}
    return row if all(isinstance(row.get(key), kind) for key, kind in keys.items()) else {}

"""Work: one transaction of the writer, and the journal's chain it carries on."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json
from sqlalchemy import Connection, Table, bindparam, case, null, select, update

from dealwright.errors import NotFound
from dealwright.store.columns import Moment
from dealwright.store.contact_schema import ALL
from dealwright.store.driver import Driver, Statement, Values
from dealwright.store.schema import CASE, CHAIN, EVENT

if TYPE_CHECKING:
    from datetime import datetime

    from dealwright.clock import Clock, Ids
    from dealwright.store.forms import Forms

EVENT_COLUMNS = ("workspace_id", "seq", "at", "actor", "kind", "case_id", "because", "body")
"""What an event's hash covers, besides the hash before it."""

START = ""
"""What the first event of a workspace is sealed with."""

ORDER = {table: place for place, table in enumerate(ALL.sorted_tables)}
"""Tables in the order their foreign keys allow rows to be written."""

TIP = Statement.alike(
    select(CHAIN.c.length, CHAIN.c.tip)
    .where(CHAIN.c.workspace_id == bindparam("chained"))
    .with_for_update()
)
CARRY = Statement.alike(
    update(CHAIN)
    .where(CHAIN.c.workspace_id == bindparam("chained"))
    .values(length=bindparam("seq"), tip=bindparam("last"))
)

RING = (
    update(CASE)
    .where(CASE.c.id == bindparam("rung"))
    .values(
        version=CASE.c.version + 1,
        due_at=case(
            (CASE.c.kind == "campaign", null()),
            (CASE.c.due_at < bindparam("moment"), CASE.c.due_at),
            else_=bindparam("moment", type_=Moment),
        ),
    )
)
"""A campaign is never due itself: nobody works it, its leads are worked."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An event on its way to the journal."""

    workspace: str
    actor: str
    """`agent:<name>`, `person:<name>`, `import` or `system`."""
    kind: str
    because: str
    case_id: str | None = None
    body: Row = field(default_factory=dict[str, object])


class Look:
    """One transaction of a reader."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def attempt(self) -> Generator[None]:
        yield

    def close(self) -> None:
        """Leave everything as it is."""


class Work:
    """Collects rows and events, and writes them table by table."""

    def __init__(self, connection: Connection, forms: Forms, clock: Clock, ids: Ids) -> None:
        self._connection = connection
        self._driver = Driver(connection)
        self._forms = forms
        self._rows: dict[tuple[Table, bool], list[Row]] = {}
        self._notes: list[Note] = []
        self.ids = ids
        self.now: datetime = clock.now()

    @property
    def connection(self) -> Connection:
        """The connection, with every collected row in its table."""
        self.flush()
        return self._connection

    def ask(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement, with every collected row in its table."""
        self.flush()
        compiled = self._forms.compiled(statement)
        return self._driver.rows(compiled.sql, compiled.filled(values))

    def tell(self, statement: Statement, values: Values) -> None:
        """Do a statement, with every collected row in its table."""
        self.flush()
        compiled = self._forms.compiled(statement)
        self._driver.count(compiled.sql, compiled.filled(values))

    def add(self, table: Table, row: Row) -> None:
        """Write a row that is new."""
        self._rows.setdefault((table, False), []).append(row)

    def add_missing(self, table: Table, row: Row) -> None:
        """Write a row unless one with its key is there."""
        self._rows.setdefault((table, True), []).append(row)

    def add_once(self, table: Table, row: Row) -> bool:
        """Write a row now unless one with its key is there; say whether it was written."""
        self.flush()
        return self._forms.of(table, missing=True).fill(self._driver, [row]) > 0

    def note(self, note: Note) -> None:
        """Put an event into the journal."""
        self._notes.append(note)

    def note_known(self, note: Note) -> None:
        """Put an event into the journal of a workspace that may not exist.

        Raises:
            NotFound: it does not.

        """
        known = select(CHAIN.c.length).where(CHAIN.c.workspace_id == note.workspace)
        if self._connection.execute(known).first() is None:
            raise NotFound(f"there is no workspace {note.workspace!r}")
        self._notes.append(note)

    def touch(self, case_ids: Iterable[str], at: datetime | None = None) -> None:
        """Say that these cases were changed from outside, and have somebody look at them."""
        rung = [{"rung": case_id, "moment": at or self.now} for case_id in sorted(set(case_ids))]
        if rung:
            self.connection.execute(RING, rung)

    def flush(self) -> None:
        """Write the collected rows."""
        rows, self._rows = self._rows, {}
        for table, missing in sorted(rows, key=lambda key: ORDER[key[0]]):
            self._forms.of(table, missing=missing).fill(self._driver, rows[table, missing])

    @contextmanager
    def attempt(self) -> Generator[None]:
        """Undo what is done inside if it raises."""
        self.flush()
        noted = len(self._notes)
        try:
            with self._connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            self._rows = {}
            del self._notes[noted:]
            raise

    def close(self) -> None:
        """Write all rows, then the events, each sealed with the one before.

        The chain's tip is locked last and only until the commit.
        """
        self.flush()
        by_workspace: dict[str, list[Note]] = {}
        for note in self._notes:
            by_workspace.setdefault(note.workspace, []).append(note)
        for workspace in sorted(by_workspace):
            self._carry_on(workspace, by_workspace[workspace])
        self._notes = []

    def _carry_on(self, workspace: str, notes: Sequence[Note]) -> None:
        ((seq, last),) = self.ask(TIP, {"chained": workspace})
        rows: list[Row] = []
        for note in notes:
            seq += 1
            row = self._event(note, seq)
            row["prev_hash"], row["hash"] = last, hash_of(row, last)
            last = row["hash"]
            rows.append(row)
        self._forms.of(EVENT).fill(self._driver, rows)
        self.tell(CARRY, {"chained": workspace, "seq": seq, "last": last})

    def _event(self, note: Note, seq: int) -> dict[str, object]:
        return {
            "workspace_id": note.workspace,
            "seq": seq,
            "at": self.now,
            "actor": note.actor,
            "kind": note.kind,
            "case_id": note.case_id,
            "because": note.because,
            "body": note.body,
        }


def hash_of(event: Row, before: str) -> str:
    """Return the hash of an event that follows one with the hash `before`."""
    written = to_json([event[name] for name in EVENT_COLUMNS])
    return hashlib.sha256(written + before.encode()).hexdigest()

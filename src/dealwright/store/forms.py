"""Forms: how rows go into a table, worked out once per table instead of once per row.

Many rows go in one statement: on SQLite every step of a statement gives the interpreter away and
has to win it back, and on Postgres every statement is a message there and back.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol, cast

from sqlalchemy import Dialect, LargeBinary, Table

from dealwright.store.columns import Json, Moment, names_of, sortable
from dealwright.store.driver import Compiled, Statement, compiled, packed

if TYPE_CHECKING:
    from sqlalchemy import Column

    from dealwright.store.driver import Driver

MOST_VALUES = 32_000
"""Values one statement may carry; SQLite takes 32,766."""

Row = Mapping[str, object]
Convert = Callable[[object], object]
Converts = tuple[tuple[int, Convert], ...]
"""Where a value is not what the driver takes, and what makes it so."""


class Form(Protocol):
    """A way to insert rows into one table."""

    def fill(self, driver: Driver, rows: Sequence[Row]) -> int:
        """Insert rows; return how many were written."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Every value is a parameter: for SQLite."""

    before: str
    group: str
    """The placeholders of one row, in parentheses."""
    after: str
    names: tuple[str, ...]
    converts: Converts

    def fill(self, driver: Driver, rows: Sequence[Row]) -> int:
        most = MOST_VALUES // len(self.names)
        written = 0
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            sql = f"{self.before}{', '.join([self.group] * len(part))}{self.after}"
            written += driver.count(sql, _flat(part, self.names, self.converts))
        return written


@dataclass(frozen=True, slots=True)
class Packed:
    """All rows are one JSON parameter: for Postgres, whose driver is slow at many."""

    sql: str
    names: tuple[str, ...]
    converts: Converts

    def fill(self, driver: Driver, rows: Sequence[Row]) -> int:
        flat, width = _flat(rows, self.names, self.converts), len(self.names)
        lines = [
            dict(zip(self.names, flat[start : start + width], strict=True))
            for start in range(0, len(flat), width)
        ]
        return driver.count(self.sql, (packed(lines),))


class Forms:
    """The forms of one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._forms: dict[tuple[Table, bool], Form] = {}
        self._compiled: dict[Statement, Compiled] = {}

    def of(self, table: Table, *, missing: bool = False) -> Form:
        """Return the form of a table; with `missing`, rows whose key is there are passed over."""
        if (table, missing) not in self._forms:
            made = _packed if self._dialect.name == "postgresql" else _listed
            self._forms[table, missing] = made(table, self._dialect, missing=missing)
        return self._forms[table, missing]

    def compiled(self, statement: Statement) -> Compiled:
        """Return the text of a statement."""
        if statement not in self._compiled:
            self._compiled[statement] = compiled(statement, self._dialect)
        return self._compiled[statement]


def _listed(table: Table, dialect: Dialect, *, missing: bool) -> Listed:
    names = names_of(table)
    converts: list[tuple[int, Convert]] = []
    for place, column in enumerate(table.columns):
        match column.type:
            case Json():
                converts.append((place, _dumped))
            case Moment():
                converts.append((place, cast("Convert", sortable)))
            case other:
                if convert := other.dialect_impl(dialect).bind_processor(dialect):
                    converts.append((place, convert))
    return Listed(
        f"{_into(table, dialect)} VALUES ",
        f"({', '.join('?' * len(names))})",
        " ON CONFLICT DO NOTHING" if missing else "",
        names,
        tuple(converts),
    )


def _packed(table: Table, dialect: Dialect, *, missing: bool) -> Packed:
    quote = dialect.identifier_preparer.quote
    taken: list[str] = []
    given: list[str] = []
    converts: list[tuple[int, Convert]] = []
    for place, column in enumerate(table.columns):
        name, kind = quote(column.name), column.type.compile(dialect)
        match column.type:
            case Json():
                # As text, so that it is kept letter for letter.
                taken.append(f"{name}::{kind}")
                given.append(f"{name} text")
                converts.append((place, _dumped))
            case LargeBinary():
                taken.append(f"decode({name}, 'base64')")
                given.append(f"{name} text")
                converts.append((place, _based))
            case _:
                taken.append(name)
                given.append(f"{name} {kind}")
    words = [
        _into(table, dialect),
        f"SELECT {', '.join(taken)}",
        f"FROM json_to_recordset(%s::json) AS given({', '.join(given)})",
        "ON CONFLICT DO NOTHING" if missing else "",
    ]
    names = names_of(table)
    return Packed(" ".join(words), names, tuple(converts))


def _into(table: Table, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    columns: Sequence[Column[object]] = list(table.columns)
    return f"INSERT INTO {quote(table.name)} ({', '.join(quote(c.name) for c in columns)})"


def _flat(rows: Sequence[Row], names: tuple[str, ...], converts: Converts) -> list[object]:
    """Return the values of one row after the other."""
    pick = cast("Callable[[Row], tuple[object, ...]]", itemgetter(*names))
    flat: list[object] = []
    for row in rows:
        flat += pick(row)
    width = len(names)
    for place, convert in converts:
        flat[place::width] = map(convert, flat[place::width])
    return flat


def _dumped(value: object) -> object:
    return None if value is None else packed(value)


def _based(value: object) -> object:
    return None if value is None else b64encode(cast("bytes", value)).decode()

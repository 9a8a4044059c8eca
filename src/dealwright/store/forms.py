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

from pydantic_core import to_json
from sqlalchemy import Dialect, LargeBinary, Table

from dealwright.store.columns import Json, names_of

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

MOST_VALUES = 32_000
"""Values one statement may carry; SQLite takes 32,766."""

Row = Mapping[str, object]
Convert = Callable[[object], object]
Converts = tuple[tuple[int, Convert], ...]
"""Where a value is not what the driver takes, and what makes it so."""


class Form(Protocol):
    """A way to insert rows into one table."""

    def fill(self, connection: Connection, rows: Sequence[Row]) -> int:
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

    def fill(self, connection: Connection, rows: Sequence[Row]) -> int:
        most = MOST_VALUES // len(self.names)
        written = 0
        for start in range(0, len(rows), most):
            part = _values(rows[start : start + most], self.names, self.converts)
            sql = f"{self.before}{', '.join([self.group] * len(part))}{self.after}"
            flat = tuple(value for values in part for value in values)
            written += connection.exec_driver_sql(sql, flat).rowcount
        return written


@dataclass(frozen=True, slots=True)
class Packed:
    """All rows are one JSON parameter: for Postgres, whose driver is slow at many."""

    sql: str
    names: tuple[str, ...]
    converts: Converts

    def fill(self, connection: Connection, rows: Sequence[Row]) -> int:
        packed = [
            dict(zip(self.names, values, strict=True))
            for values in _values(rows, self.names, self.converts)
        ]
        return connection.exec_driver_sql(self.sql, (to_json(packed).decode(),)).rowcount


class Forms:
    """The forms of one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._forms: dict[tuple[Table, bool], Form] = {}

    def of(self, table: Table, *, missing: bool = False) -> Form:
        """Return the form of a table; with `missing`, rows whose key is there are passed over."""
        if (table, missing) not in self._forms:
            made = _packed if self._dialect.name == "postgresql" else _listed
            self._forms[table, missing] = made(table, self._dialect, missing=missing)
        return self._forms[table, missing]


def _listed(table: Table, dialect: Dialect, *, missing: bool) -> Listed:
    names = names_of(table)
    types = [column.type.dialect_impl(dialect) for column in table.columns]
    converts = [kind.bind_processor(dialect) for kind in types]
    return Listed(
        f"{_into(table, dialect)} VALUES ",
        f"({', '.join('?' * len(names))})",
        " ON CONFLICT DO NOTHING" if missing else "",
        names,
        tuple((place, convert) for place, convert in enumerate(converts) if convert),
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


def _values(rows: Sequence[Row], names: tuple[str, ...], converts: Converts) -> list[list[object]]:
    pick = cast("Callable[[Row], tuple[object, ...]]", itemgetter(*names))
    found: list[list[object]] = []
    for row in rows:
        values: list[object] = list(pick(row))
        for place, convert in converts:
            values[place] = convert(values[place])
        found.append(values)
    return found


def _dumped(value: object) -> object:
    return None if value is None else to_json(value).decode()


def _based(value: object) -> object:
    return None if value is None else b64encode(cast("bytes", value)).decode()

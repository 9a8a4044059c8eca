"""Forms: how rows go into a table, worked out once per table instead of once per row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = Mapping[str, object]
Convert = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Form:
    """The statement that inserts into one table, and what its columns' values become."""

    sql: str
    names: tuple[str, ...]
    converts: tuple[tuple[int, Convert], ...]
    """Where a value is not what the driver takes, and what makes it so."""
    by_name: bool
    """Whether the driver takes values by name rather than by place."""

    def fill(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Insert rows; return how many were written."""
        pick = cast("Callable[[Row], tuple[object, ...]]", itemgetter(*self.names))
        places: list[list[object]] = []
        for row in rows:
            values: list[object] = list(pick(row))
            for place, convert in self.converts:
                values[place] = convert(values[place])
            places.append(values)
        if self.by_name:
            named = [dict(zip(self.names, values, strict=True)) for values in places]
            return connection.exec_driver_sql(self.sql, named).rowcount
        return connection.exec_driver_sql(self.sql, [tuple(values) for values in places]).rowcount


class Forms:
    """The forms of one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._forms: dict[tuple[Table, bool], Form] = {}

    def of(self, table: Table, *, missing: bool = False) -> Form:
        """Return the form of a table; with `missing`, rows whose key is there are passed over."""
        if (table, missing) not in self._forms:
            self._forms[table, missing] = self._made(table, missing=missing)
        return self._forms[table, missing]

    def _made(self, table: Table, *, missing: bool) -> Form:
        by_name = self._dialect.name == "postgresql"
        statement = insert(table)
        if missing and by_name:
            statement = postgresql.insert(table).on_conflict_do_nothing()
        elif missing:
            statement = sqlite.insert(table).on_conflict_do_nothing()
        names = tuple(column.name for column in table.columns)
        types = [column.type.dialect_impl(self._dialect) for column in table.columns]
        converts = [kind.bind_processor(self._dialect) for kind in types]
        return Form(
            str(statement.compile(dialect=self._dialect)),
            names,
            tuple((place, convert) for place, convert in enumerate(converts) if convert),
            by_name,
        )

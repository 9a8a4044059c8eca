"""The driver: statements whose text never changes, handed to it as they are.

Around every statement SQLAlchemy looks into caches, calls listeners and builds result objects;
where the database answers in microseconds, that is most of what the statement costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json
from sqlalchemy import JSON, ColumnElement, Text, bindparam, func, literal_column, select
from sqlalchemy import cast as as_type
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, TableValuedAlias
    from sqlalchemy.sql.expression import ClauseElement

Values = Mapping[str, object]
Filling = Sequence[object] | Values
"""What goes with a text: by place on SQLite, by name on Postgres."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A statement with named parameters, as each kind of database takes it.

    Values and rows pass as they are: texts, numbers and nothing that needs a column's type.
    """

    sqlite: ClauseElement
    postgresql: ClauseElement

    @classmethod
    def alike(cls, statement: ClauseElement) -> Statement:
        """Return a statement that both take."""
        return cls(statement, statement)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as the text one kind of database takes."""

    sql: str
    order: Sequence[str] | None
    """The parameters in their places; None where they go by name."""
    constants: Values
    """The values that stand in the statement itself."""

    def filled(self, values: Values) -> Filling:
        """Return what goes with the text."""
        every = {**self.constants, **values}
        return every if self.order is None else tuple([every[name] for name in self.order])


def compiled(statement: Statement, dialect: Dialect) -> Compiled:
    """Return a statement as the text this kind of database takes."""
    postgres = dialect.name == "postgresql"
    made = (statement.postgresql if postgres else statement.sqlite).compile(dialect=dialect)
    order = getattr(made, "positiontup", None)
    return Compiled(str(made), order, made.params or {})


class Driver:
    """The driver's own cursor; what breaks is raised as SQLAlchemy would raise it."""

    def __init__(self, connection: Connection) -> None:
        self._engine = connection.engine
        self._cursor = connection.connection.cursor()
        self._broken: type[Exception] = self._engine.dialect.loaded_dbapi.Error

    def count(self, sql: str, values: Filling = ()) -> int:
        """Do something; return how many rows it touched."""
        try:
            self._cursor.execute(sql, values)
        except self._broken as error:
            raise self._told(sql, values, error) from error
        return self._cursor.rowcount

    def rows(self, sql: str, values: Filling) -> Sequence[Sequence[Any]]:
        """Return what is asked for."""
        try:
            self._cursor.execute(sql, values)
            return self._cursor.fetchall()
        except self._broken as error:
            raise self._told(sql, values, error) from error

    def _told(self, sql: str, values: Filling, error: Exception) -> BaseException:
        hidden, dialect = self._engine.hide_parameters, self._engine.dialect
        return DBAPIError.instance(sql, values, error, self._broken, hidden, dialect=dialect)


def packed(values: object) -> str:
    """Return many values as one parameter, so that their number does not change the text."""
    return to_json(values).decode()


def among(column: ColumnElement[str], name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Hold for texts that are in a packed parameter, on SQLite and on Postgres."""
    lite = func.json_each(bindparam(name, type_=Text)).table_valued("value")
    rich = func.json_array_elements_text(as_type(bindparam(name, type_=Text), JSON))
    # An array, and no set of rows: each of its texts is looked up in the index.
    array = func.array(select(rich).scalar_subquery())
    return column.in_(select(lite.c.value)), column == func.any(array)


@dataclass(frozen=True, slots=True)
class Given:
    """A packed parameter as a table: each of its values is a list of texts."""

    rows: TableValuedAlias
    parts: Sequence[ColumnElement[str]]


def given(name: str, width: int) -> tuple[Given, Given]:
    """Return a packed parameter as a table of so many columns, on SQLite and on Postgres."""
    lite = func.json_each(bindparam(name, type_=Text)).table_valued("value", name="wanted")
    rich = func.json_array_elements(as_type(bindparam(name, type_=Text), JSON)).table_valued(
        "value", name="wanted"
    )
    places = range(width)
    return (
        Given(lite, [func.json_extract(lite.c.value, literal_column(f"'$[{n}]'")) for n in places]),
        Given(
            rich,
            [func.json_array_element_text(rich.c.value, literal_column(str(n))) for n in places],
        ),
    )

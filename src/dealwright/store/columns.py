"""Column types that mean the same on SQLite and on Postgres."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, DateTime, String, Table
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine


def names_of(table: Table) -> tuple[str, ...]:
    """Return the names of a table's columns as plain text; SQLAlchemy's own are slow as keys."""
    return tuple(str(column.name) for column in table.columns)


def sortable(moment: datetime | None) -> str | None:
    """Return a moment as a text that sorts as time does."""
    return moment and moment.astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond; on SQLite a text that sorts as time does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        return sortable(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        del dialect
        match value:
            case str():
                return datetime.fromisoformat(value)
            case datetime():
                return value.astimezone(UTC)
            case _:
                return None


class Json(TypeDecorator[object]):
    """A JSON value, kept letter for letter as it was written; None is SQL's NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

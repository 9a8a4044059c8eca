"""Alembic's door: runs the migrations on the connection it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from alembic import context

if TYPE_CHECKING:
    from sqlalchemy import Connection

connection = cast("Connection", context.config.attributes["connection"])
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()

"""Brings a database to the schema this version of the program works with, or says why not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from dealwright.errors import Misconfigured

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

    from dealwright.store.connection import Address

HEAD = "0002"
"""The revision this program reads and writes."""

SCRIPTS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 4_711_001
"""The Postgres advisory lock that keeps two processes from migrating at once."""


def migrate(engine: Engine, where: Address) -> None:
    """Bring the schema up to date.

    Raises:
        Misconfigured: the database was written by a newer version of the program.

    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        found = revision(connection)
        if found == HEAD:
            return
        _refuse_newer(found, where)
        from alembic import command  # slow to import, and seldom needed

        command.upgrade(config(connection), "head")


def check(engine: Engine, where: Address) -> None:
    """Make sure that the schema can be read.

    Raises:
        Misconfigured: it is missing, older or newer.

    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    if found is None:
        raise Misconfigured(
            f"{where.shown} holds no department yet; `dealwright run` makes one", empty=True
        )
    _refuse_newer(found, where)
    raise Misconfigured(
        f"{where.shown} was written by an older version (schema {found}, this needs {HEAD}); "
        "any command that writes brings it up to date"
    )


def config(connection: Connection) -> Config:
    """Return Alembic's configuration for one open connection."""
    from alembic.config import Config  # slow to import, and seldom needed

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def revision(connection: Connection) -> str | None:
    """Return the schema revision a database has, if it has one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _refuse_newer(found: str | None, where: Address) -> None:
    if found is not None and found > HEAD:
        raise Misconfigured(
            f"{where.shown} was written by a newer version (schema {found}, this knows {HEAD}); "
            "update dealwright"
        )

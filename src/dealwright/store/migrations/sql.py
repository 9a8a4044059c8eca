"""Runs the frozen SQL of a revision on the database at hand."""

from __future__ import annotations

from pathlib import Path

from alembic import op

VERSIONS = Path(__file__).parent / "versions"


def run(revision: str) -> None:
    """Execute every statement of `r<revision>_<dialect>.sql`; blank lines part them."""
    connection = op.get_bind()
    script = VERSIONS / f"r{revision}_{connection.dialect.name}.sql"
    for statement in script.read_text(encoding="utf-8").split("\n\n"):
        connection.exec_driver_sql(statement)

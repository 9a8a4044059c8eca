"""The first schema."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, index and trigger."""
    dialect = op.get_bind().dialect.name
    script = Path(__file__).with_name(f"r0001_{dialect}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Refuse.

    Raises:
        NotImplementedError: always; restore a backup instead.

    """
    raise NotImplementedError("there is no way back; restore a backup")

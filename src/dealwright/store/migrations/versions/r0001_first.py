"""The first schema."""

from __future__ import annotations

from dealwright.store.migrations import sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, index and trigger."""
    sql.run(revision)


def downgrade() -> None:
    """Refuse.

    Raises:
        NotImplementedError: always; restore a backup instead.

    """
    raise NotImplementedError("there is no way back; restore a backup")

"""What leaves and what comes back: intents, messages, suppression, counts, appointments."""

from __future__ import annotations

from dealwright.store.migrations import sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add tables, and columns to those that stand."""
    sql.run(revision)


def downgrade() -> None:
    """Refuse.

    Raises:
        NotImplementedError: always; restore a backup instead.

    """
    raise NotImplementedError("there is no way back; restore a backup")

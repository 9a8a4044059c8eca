"""The tables of what leaves and what comes back: intents, messages, suppression, counts."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from dealwright.store.columns import Json, Moment
from dealwright.store.schema import METADATA, of_case, of_workspace, words

ALL = METADATA
"""Every table of the store, once this module is loaded."""

INTENT = Table(
    "intent",
    METADATA,
    Column("id", Text, primary_key=True),
    *of_case(),
    *words("kind", "key", "slot"),
    Column("version", Integer, nullable=False),
    *words("because", "review", "state"),
    Column("not_before", Moment, nullable=False),
    # When a claim should next consider it: later than `not_before` while a gate holds it.
    Column("look_at", Moment, nullable=False),
    Column("held", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("worker", Text),
    *words("mailbox", "message_id", "digest"),
    Column("body", Json),
    Column("made_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("settled_at", Moment),
    Column("result", Text, nullable=False),
    Column("evidence", Json, nullable=False),
    UniqueConstraint("workspace_id", "case_id", "kind", "key"),
)
Index(
    "intent_ready",
    INTENT.c.look_at,
    sqlite_where=INTENT.c.state == "ready",
    postgresql_where=INTENT.c.state == "ready",
)
Index(
    "intent_claimed",
    INTENT.c.lease_until,
    sqlite_where=INTENT.c.state == "claimed",
    postgresql_where=INTENT.c.state == "claimed",
)
Index("intent_case", INTENT.c.case_id)
Index("intent_message", INTENT.c.workspace_id, INTENT.c.message_id)

MESSAGE = Table(
    "message",
    METADATA,
    Column("id", Text, primary_key=True),
    *of_case(required=False),
    # 1, 2, 3 … within the case, as we learnt of them; 0 where the message is of no case.
    Column("number", Integer, nullable=False),
    *words("direction", "kind", "mailbox", "message_id", "in_reply_to", "address"),
    Column("at", Moment, nullable=False),
    Column("taken_at", Moment, nullable=False),
    *words("subject", "text", "language", "key", "intent_id", "about"),
    Column("body", Json, nullable=False),
    # The same message twice is one: its Message-ID, or a digest where it has none.
    Column("identity", Text, nullable=False),
    UniqueConstraint("workspace_id", "identity"),
)
Index("message_case", MESSAGE.c.case_id)

SUPPRESSION = Table(
    "suppression",
    METADATA,
    of_workspace(),
    *words("scope", "key", "reason", "source"),
    Column("at", Moment, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_because", Text),
    Column("lifted_at", Moment),
    PrimaryKeyConstraint("workspace_id", "scope", "key"),
    ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
)

TALLY = Table(
    "tally",
    METADATA,
    of_workspace(),
    *words("key", "day"),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key", "day"),
)

SWITCH = Table(
    "switch",
    METADATA,
    Column("name", Text, primary_key=True),
    *words("stopped_by", "because"),
    Column("at", Moment, nullable=False),
)

CURSOR = Table(
    "cursor",
    METADATA,
    of_workspace(),
    Column("mailbox", Text, nullable=False),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("read_at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "mailbox"),
)

APPOINTMENT = Table(
    "appointment",
    METADATA,
    Column("uid", Text, primary_key=True),
    *of_case(),
    *words("calendar", "state", "place"),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
)
Index("appointment_case", APPOINTMENT.c.case_id)

"""The tables of the context store. Every row names the workspace it belongs to.

A case's id belongs to one workspace for ever, so keys that begin with a case need not repeat the
workspace; the foreign keys carry both.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from dealwright.store.columns import Json, Moment

METADATA = MetaData()

UNTOLD = frozenset({"secret"})
"""Columns no export shows."""

APPEND_ONLY = ("event", "run", "product", "message")
"""Tables whose rows the database itself refuses to change or to delete."""


def words(*names: str) -> list[Column[str]]:
    """Return columns that always hold a text."""
    return [Column(name, Text, nullable=False) for name in names]


def of_workspace() -> Column[str]:
    """Return the column that says whose a row is."""
    return Column("workspace_id", Text, nullable=False)


def of_case(*, required: bool = True) -> list[Column[str] | ForeignKeyConstraint]:
    """Return the columns of a row that belongs to a case, and what they refer to."""
    return [
        of_workspace(),
        Column("case_id", Text, nullable=not required),
        ForeignKeyConstraint(["workspace_id", "case_id"], ["case.workspace_id", "case.id"]),
    ]


WORKSPACE = Table(
    "workspace",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("paused_by", Text),
    Column("paused_because", Text),
    Column("created_at", Moment, nullable=False),
    # What suppressed addresses and opt-out links are keyed with; made when first needed.
    Column("secret", Text),
)

CHAIN = Table(
    "chain",
    METADATA,
    Column("workspace_id", Text, primary_key=True),
    Column("length", BigInteger, nullable=False),
    Column("tip", Text, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
)

COMPANY = Table(
    "company",
    METADATA,
    Column("id", Text, primary_key=True),
    of_workspace(),
    Column("name", Text, nullable=False),
    Column("domain", Text),
    # Why nobody writes there, as the system of record has it, and when it was asked.
    Column("excluded", Text),
    Column("screened_at", Moment),
    UniqueConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "domain"),
    ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
)

PERSON = Table(
    "person",
    METADATA,
    Column("id", Text, primary_key=True),
    of_workspace(),
    Column("company_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email_key", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("provenance", Text, nullable=False),
    Column("subscriber", Text),
    Column("ground", Json),
    UniqueConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "email_key"),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["company.workspace_id", "company.id"]),
)

CASE = Table(
    "case",
    METADATA,
    Column("id", Text, primary_key=True),
    of_workspace(),
    *words("kind", "department", "name"),
    Column("parent_id", Text),
    Column("person_id", Text),
    Column("company_id", Text),
    Column("priority", Integer, nullable=False, default=0),
    Column("due_at", Moment),
    Column("version", Integer, nullable=False, default=0),
    Column("lease_token", Integer, nullable=False, default=0),
    Column("lease_until", Moment),
    Column("lease_by", Text),
    Column("paused_by", Text),
    Column("paused_because", Text),
    Column("autonomy", Text),
    Column("budget", Json),
    # On what ground a campaign's leads may be written to.
    Column("lawful", Json),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
    ForeignKeyConstraint(["workspace_id", "parent_id"], ["case.workspace_id", "case.id"]),
    ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["company.workspace_id", "company.id"]),
)
Index(
    "case_due",
    CASE.c.priority,
    CASE.c.due_at,
    sqlite_where=CASE.c.due_at.is_not(None),
    postgresql_where=CASE.c.due_at.is_not(None),
)
Index(
    "case_leased",
    CASE.c.lease_until,
    sqlite_where=CASE.c.lease_until.is_not(None),
    postgresql_where=CASE.c.lease_until.is_not(None),
)
Index("case_parent", CASE.c.parent_id)
Index("case_person", CASE.c.person_id)
Index("case_company", CASE.c.company_id)

MATERIAL = Table(
    "material",
    METADATA,
    of_workspace(),
    Column("digest", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "digest"),
)

RUN = Table(
    "run",
    METADATA,
    Column("id", Text, primary_key=True),
    *of_case(),
    *words("agent", "slot", "fingerprint", "because", "brain", "outcome"),
    Column("inputs", Json, nullable=False),
    Column("material", Text),
    Column("product", Json),
    *words("reasoning", "error"),
    Column("attempts", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost", BigInteger, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("reservation", Text),
    Column("started_at", Moment, nullable=False),
    Column("latency_ms", Integer, nullable=False),
    UniqueConstraint("case_id", "agent", "fingerprint", "workspace_id"),
)

PRODUCT = Table(
    "product",
    METADATA,
    *of_case(),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", Text, nullable=False),
    # NULL also where the run the row names holds the value: it is stored once.
    Column("value", Json),
    Column("inputs", Json, nullable=False),
    Column("run_id", Text),
    Column("by_whom", Text, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("case_id", "slot", "version"),
    ForeignKeyConstraint(["run_id"], ["run.id"]),
    sqlite_with_rowid=False,
)

FACT = Table(
    "fact",
    METADATA,
    *of_case(),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    *words("id", "point", "value", "source", "quote"),
    Column("observed_at", Moment, nullable=False),
    Column("confidence", Float, nullable=False),
    PrimaryKeyConstraint("case_id", "slot", "version", "id"),
    sqlite_with_rowid=False,
)

EVENT = Table(
    "event",
    METADATA,
    of_workspace(),
    Column("seq", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    *words("actor", "kind"),
    Column("case_id", Text),
    Column("because", Text, nullable=False),
    Column("body", Json, nullable=False),
    *words("prev_hash", "hash"),
    PrimaryKeyConstraint("workspace_id", "seq"),
    ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
)

SPEND = Table(
    "spend",
    METADATA,
    of_workspace(),
    *words("reservation", "scope", "kind", "debit", "credit"),
    Column("amount", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("campaign_id", Text),
    Column("case_id", Text),
    Column("run_id", Text),
    CheckConstraint("amount >= 0"),
    PrimaryKeyConstraint("reservation", "scope", "kind"),
)

RESERVATION = Table(
    "reservation",
    METADATA,
    Column("id", Text, primary_key=True),
    of_workspace(),
    Column("at", Moment, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("campaign_id", Text),
    Column("case_id", Text),
)

PURSE = Table(
    "purse",
    METADATA,
    of_workspace(),
    Column("scope", Text, nullable=False),
    Column("cap", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "scope"),
)

APPROVAL = Table(
    "approval",
    METADATA,
    Column("id", Text, primary_key=True),
    *of_case(),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    *words("digest", "state", "because"),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_because", Text),
    Column("decided_at", Moment),
    Column("letter", Text),
    Column("variant", Integer),
    UniqueConstraint("case_id", "slot", "version"),
)

TASK = Table(
    "task",
    METADATA,
    Column("id", Text, primary_key=True),
    *of_case(),
    *words("kind", "key", "because"),
    Column("context", Json, nullable=False),
    Column("deadline", Moment),
    Column("state", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_by", Text),
    Column("closed_because", Text),
    Column("owner", Text),
    UniqueConstraint("case_id", "kind", "key"),
)

PAGE = Table(
    "page",
    METADATA,
    of_workspace(),
    Column("url", Text, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "url"),
)

BUCKET = Table(
    "bucket",
    METADATA,
    of_workspace(),
    Column("key", Text, nullable=False),
    Column("tokens", Float, nullable=False),
    Column("filled_at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
)

TICK = Table(
    "tick",
    METADATA,
    of_workspace(),
    Column("name", Text, nullable=False),
    Column("fire_time", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "name", "fire_time"),
)

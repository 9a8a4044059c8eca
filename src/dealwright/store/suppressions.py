"""Suppression: who must not be written to. Permanent, kept as keyed hashes, read in every claim."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, select, text, update

from dealwright.domain.intent import IntentKind, IntentState
from dealwright.domain.mail_addresses import ascii_host, bare_host, email_key
from dealwright.errors import NotFound, OverrideRefused
from dealwright.store.contact_schema import INTENT, SUPPRESSION
from dealwright.store.schema import CASE, COMPANY, PERSON, WORKSPACE
from dealwright.store.seals import printable
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from dealwright.store.lane import Lane

Scope = Literal["address", "domain", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """One entry; what it covers stands in it as a keyed hash only."""

    scope: Scope
    key: str
    reason: str
    source: str
    at: datetime
    lifted_by: str | None
    lifted_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """Somebody is not to be written to any more."""

    workspace: str
    scope: Scope
    value: str
    """An address, a domain or a person's id, in any spelling."""
    reason: str
    source: str
    """Where it was said: `one-click`, `reply`, `bounce`, `complaint`, `person:anna`."""


class Suppressions:
    """The list nobody falls off by accident."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look]) -> None:
        self._writer = writer
        self._reader = reader

    async def suppress(self, opt_out: OptOut) -> bool:
        """Suppress for good; return whether that was new. Claims after the commit see it.

        Raises:
            NotFound: there is no such workspace.

        """
        return await self._writer.act(lambda work: suppress(work, opt_out))

    async def lift(self, opt_in: OptOut) -> None:
        """Take somebody off the list again; `source` names the person, `reason` is theirs.

        Raises:
            NotFound: nobody suppressed that.
            OverrideRefused: no reason is given.

        """
        if not opt_in.reason.strip():
            raise OverrideRefused("say why: lifting a suppression needs a reason for the record")

        def act(work: Work) -> None:
            claims_alone(work.connection, opt_in.workspace)
            key = key_of(secret_of(work, opt_in.workspace), opt_in.scope, opt_in.value)
            entry = _entry(opt_in.workspace, opt_in.scope, key)
            lifted = {
                "lifted_by": opt_in.source,
                "lifted_because": printable(opt_in.reason),
                "lifted_at": work.now,
            }
            mine = update(SUPPRESSION).where(*entry, SUPPRESSION.c.lifted_at.is_(None))
            if not work.connection.execute(mine.values(**lifted)).rowcount:
                raise NotFound(f"that {opt_in.scope} is not suppressed in {opt_in.workspace}")
            _say(work, opt_in, "suppression.lifted", key)

        await self._writer.act(act)

    async def why(self, workspace: str, address: str) -> str | None:
        """Return why nobody may write to an address, or None."""

        def act(work: Work) -> str | None:
            keys = {"address": address, "domain": address.rpartition("@")[2]}
            return why_suppressed(work, workspace, keys)

        return await self._writer.act(act)

    async def listed(self, workspace: str) -> list[Suppressed]:
        """Return every entry, the newest first."""

        def act(look: Look) -> list[Suppressed]:
            query = select(SUPPRESSION).where(SUPPRESSION.c.workspace_id == workspace)
            rows = look.connection.execute(query.order_by(SUPPRESSION.c.at.desc())).mappings()
            names = Suppressed.__dataclass_fields__
            return [Suppressed(**{name: row[name] for name in names}) for row in rows]

        return await self._reader.act(act)

    async def secret(self, workspace: str) -> bytes | None:
        """Return what opt-out links of a workspace are signed with; None while there are none."""

        def act(look: Look) -> bytes | None:
            query = select(WORKSPACE.c.secret).where(WORKSPACE.c.id == workspace)
            made = look.connection.execute(query).scalar()
            return bytes.fromhex(made) if made else None

        return await self._reader.act(act)


def claims_alone(connection: Connection, workspace: str) -> None:
    """Wait until no other transaction claims or suppresses in a workspace, until the commit.

    On SQLite there is one pen, and whoever holds it does one thing at a time.
    """
    if connection.dialect.name == "postgresql":
        lock = text("select pg_advisory_xact_lock(hashtext(:name))")
        connection.execute(lock, {"name": f"outbox:{workspace}"})


def suppress(work: Work, opt_out: OptOut) -> bool:
    """Suppress within a transaction, and void what was about to leave; say whether it was new."""
    workspace, scope = opt_out.workspace, opt_out.scope
    claims_alone(work.connection, workspace)
    key = key_of(secret_of(work, workspace), scope, opt_out.value)
    row = {
        "workspace_id": workspace,
        "scope": scope,
        "key": key,
        "reason": printable(opt_out.reason),
        "source": opt_out.source,
        "at": work.now,
        **dict.fromkeys(("lifted_by", "lifted_because", "lifted_at")),
    }
    new = work.add_once(SUPPRESSION, row)
    if not new:
        again = (*_entry(workspace, scope, key), SUPPRESSION.c.lifted_at.is_not(None))
        new = work.connection.execute(update(SUPPRESSION).where(*again).values(**row)).rowcount > 0
    _void(work, opt_out)
    if new:
        _say(work, opt_out, "suppression.added", key)
    return new


def why_suppressed(work: Work, workspace: str, values: Mapping[str, str]) -> str | None:
    """Return why one of these (scope → value) must not be written to, or None."""
    secret = secret_of(work, workspace)
    wanted = {key_of(secret, scope, value): scope for scope, value in values.items() if value}
    query = select(SUPPRESSION.c.key, SUPPRESSION.c.reason, SUPPRESSION.c.at).where(
        SUPPRESSION.c.workspace_id == workspace,
        SUPPRESSION.c.key.in_(list(wanted)),
        SUPPRESSION.c.lifted_at.is_(None),
    )
    found = work.connection.execute(query).first()
    return f"{found[1]} ({wanted[found[0]]}, {found[2]:%Y-%m-%d})" if found else None


def secret_of(work: Work, workspace: str) -> bytes:
    """Return a workspace's secret, made when it is needed for the first time.

    Raises:
        NotFound: there is no such workspace.

    """
    query = select(WORKSPACE.c.secret).where(WORKSPACE.c.id == workspace).with_for_update()
    row = work.connection.execute(query).first()
    if row is None:
        raise NotFound(f"there is no workspace {workspace!r}")
    if row[0] is None:
        made = secrets.token_hex(32)
        mine = update(WORKSPACE).where(WORKSPACE.c.id == workspace)
        work.connection.execute(mine.values(secret=made))
        return bytes.fromhex(made)
    return bytes.fromhex(row[0])


def key_of(secret: bytes, scope: str, value: str) -> str:
    """Return the keyed hash two spellings of the same value share."""
    match scope:
        case "address":
            plain = email_key(value.strip())
        case "domain":
            host = bare_host(value.strip().lower().removeprefix("@").removesuffix("."))
            plain = ascii_host(host) or host
        case _:
            plain = value
    return hmac.new(secret, f"{scope}:{plain}".encode(), hashlib.sha256).hexdigest()


def _entry(workspace: str, scope: str, key: str) -> Sequence[ColumnElement[bool]]:
    return (
        SUPPRESSION.c.workspace_id == workspace,
        SUPPRESSION.c.scope == scope,
        SUPPRESSION.c.key == key,
    )


def _void(work: Work, opt_out: OptOut) -> None:
    """Void what waits to leave to whoever this covers and is known by it."""
    waiting = update(INTENT).where(
        INTENT.c.case_id.in_(_cases(work, opt_out)),
        INTENT.c.kind == str(IntentKind.EMAIL),
        INTENT.c.state == str(IntentState.READY),
    )
    work.connection.execute(
        waiting.values(
            state=str(IntentState.VOID), result=printable(opt_out.reason), settled_at=work.now
        )
    )


def _cases(work: Work, opt_out: OptOut) -> Sequence[str]:
    """Return the cases of whoever this covers.

    One table at a time, each by its index: a young Postgres knows nothing yet of its tables' sizes
    and would join them row by row.
    """
    match opt_out.scope:
        case "address":
            known = PERSON.c.email_key == email_key(opt_out.value.strip())
            people = select(PERSON.c.id).where(PERSON.c.workspace_id == opt_out.workspace, known)
            mine = CASE.c.person_id.in_(work.connection.execute(people).scalars().all())
        case "domain":
            known = COMPANY.c.domain == bare_host(opt_out.value.strip().lower())
            firms = select(COMPANY.c.id).where(COMPANY.c.workspace_id == opt_out.workspace, known)
            mine = CASE.c.company_id.in_(work.connection.execute(firms).scalars().all())
        case "person":
            mine = CASE.c.person_id == opt_out.value
    query = select(CASE.c.id).where(CASE.c.workspace_id == opt_out.workspace, mine)
    return work.connection.execute(query).scalars().all()


def _say(work: Work, opt_out: OptOut, kind: str, key: str) -> None:
    work.note(
        Note(
            workspace=opt_out.workspace,
            actor=opt_out.source,
            kind=kind,
            because=printable(opt_out.reason),
            body={"scope": opt_out.scope, "key": key},
        )
    )

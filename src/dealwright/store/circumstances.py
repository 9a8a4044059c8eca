"""Circumstances: all the store knows that bears on an intent, read in the claim's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import RowMapping, func, or_, select

from dealwright.domain.case import Snapshot
from dealwright.domain.conversation import MessageKind
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.errors import DealwrightError
from dealwright.store.contact_schema import CURSOR, INTENT, MESSAGE, SWITCH, TALLY
from dealwright.store.messages import bounced
from dealwright.store.schema import APPROVAL, CASE, COMPANY, PERSON, PRODUCT
from dealwright.store.suppressions import secret_of, why_suppressed
from dealwright.store.work import Look, Work

if TYPE_CHECKING:
    from dealwright.store.snapshots import Snapshots

BEGUN = (str(IntentState.CLAIMED), str(IntentState.DONE), str(IntentState.UNKNOWN))
"""States in which something may have left."""
ANSWERS = "answers"
"""What an intent's evidence says of a letter that answers the person's own message."""
MONTH = timedelta(days=30)
EVERYTHING = "everything"
"""The switch that stops all workspaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a case is about, with what no agent sees."""

    id: str = ""
    name: str = ""
    address: str = ""
    provenance: str = ""
    subscriber: str | None = None
    ground: Mapping[str, object] | None = None
    company_domain: str = ""
    excluded: str | None = None
    screened_at: datetime | None = None
    """When the system of record was last asked about the company."""
    suppressed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of the question whether the product may leave."""

    state: str
    digest: str
    by: str
    at: datetime | None
    """When it was decided."""
    until: datetime
    variant: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The Message-IDs and subject of an exchange."""

    ids: tuple[str, ...] = ()
    """The oldest first."""
    answered: str = ""
    """The newest message that came in; empty when none did."""
    subject: str = ""
    """Of the newest message either side wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """One intent and what bears on it."""

    now: datetime
    intent: Intent
    snapshot: Snapshot
    secret: bytes
    autonomy: str
    stopped: str | None
    unsettled: str | None
    """That nobody knows yet how the case's meeting stands, where this is about it."""
    person: Person
    asked: Asked | None
    made_at: datetime | None
    thread: Thread
    company_replied_at: datetime | None
    letters: Sequence[datetime]
    """When letters to the person left within 30 days, answers not counted, the newest first."""
    read_at: Callable[[str], datetime | None]
    """Mailbox → when it was last read to its end."""
    counted: Callable[[str, str], int]
    """(what, day) → claims so far."""
    came_back: Callable[[str, MessageKind, int], int]
    """(mailbox, kind, of the last so many letters) → how many came back so."""


def circumstances(work: Work, row: RowMapping, snapshots: Snapshots) -> Circumstances:
    """Return what bears on the intent in a row.

    Raises:
        DealwrightError: its case cannot be read.

    """
    connection, case_id, workspace = work.connection, row["case_id"], row["workspace_id"]
    (snapshot,) = snapshots.read(Look(connection), [case_id])
    if isinstance(snapshot, DealwrightError):
        raise snapshot
    case = connection.execute(select(CASE).where(CASE.c.id == case_id)).mappings().one()
    terms = _terms(work, case)
    kin = _kin(work, case)
    return Circumstances(
        now=work.now,
        intent=intent_of(row),
        snapshot=snapshot,
        secret=secret_of(work, workspace),
        autonomy=terms.autonomy or "shadow",
        stopped=_stopped(work) or snapshot.case.paused,
        unsettled=_unsettled(work, row),
        person=_person(work, case, terms.lawful or {}),
        asked=_asked(work, row),
        made_at=_made_at(work, row),
        thread=_thread(work, case_id),
        company_replied_at=_company_replied(work, kin.company),
        letters=_letters(work, kin.person, row["id"], work.now - MONTH),
        read_at=lambda mailbox: _read_at(work, workspace, mailbox),
        counted=lambda key, day: _counted(work, workspace, key, day),
        came_back=lambda mailbox, kind, of: _came_back(work, workspace, mailbox, kind, of),
    )


def intent_of(row: RowMapping) -> Intent:
    """Return the intent in a row."""
    same = Intent.__dataclass_fields__.keys() - {"workspace", "kind", "state"}
    return Intent(
        workspace=row["workspace_id"],
        kind=IntentKind(row["kind"]),
        state=IntentState(row["state"]),
        **{name: row[name] for name in same},
    )


class _Terms(NamedTuple):
    """What a campaign decides for its leads."""

    autonomy: str | None
    lawful: Mapping[str, object] | None


def _terms(work: Work, case: RowMapping) -> _Terms:
    home = case["parent_id"] or case["id"]
    query = select(CASE.c.autonomy, CASE.c.lawful).where(CASE.c.id == home)
    return _Terms(*work.connection.execute(query).one())


def _stopped(work: Work) -> str | None:
    query = select(SWITCH.c.stopped_by, SWITCH.c.because).where(SWITCH.c.name == EVERYTHING)
    row = work.connection.execute(query).first()
    return f"{row[0]} stopped everything{f': {row[1]}' if row[1] else ''}" if row else None


def _unsettled(work: Work, row: RowMapping) -> str | None:
    """Return that another change of the case's meeting has begun and is not settled."""
    if row["kind"] != IntentKind.MEETING:
        return None
    query = select(INTENT.c.id).where(
        INTENT.c.case_id == row["case_id"],
        INTENT.c.kind == str(IntentKind.MEETING),
        INTENT.c.id != row["id"],
        INTENT.c.state.in_([str(IntentState.CLAIMED), str(IntentState.UNKNOWN)]),
    )
    known = work.connection.execute(query).first() is None
    return None if known else "nobody knows yet what became of this lead's meeting"


def _person(work: Work, case: RowMapping, lawful: Mapping[str, object]) -> Person:
    query = (
        select(PERSON, COMPANY.c.domain, COMPANY.c.excluded, COMPANY.c.screened_at)
        .join(COMPANY, COMPANY.c.id == PERSON.c.company_id)
        .where(PERSON.c.id == case["person_id"])
    )
    row = work.connection.execute(query).mappings().one_or_none()
    if row is None:
        return Person()
    address, domain = row["email"] or "", row["domain"] or ""
    covers = {
        "address": address,
        "domain": address.rpartition("@")[2] or domain,
        "person": row["id"],
    }
    return Person(
        id=row["id"],
        name=row["name"],
        address=address,
        provenance=row["provenance"],
        subscriber=row["subscriber"] or cast("str | None", lawful.get("subscribers")),
        ground=cast("Mapping[str, object] | None", row["ground"] or lawful or None),
        company_domain=domain,
        excluded=row["excluded"],
        screened_at=row["screened_at"],
        suppressed=why_suppressed(work, case["workspace_id"], covers)
        or why_suppressed(work, case["workspace_id"], {"domain": domain}),
    )


def _asked(work: Work, row: RowMapping) -> Asked | None:
    query = select(APPROVAL).where(
        APPROVAL.c.case_id == row["case_id"],
        APPROVAL.c.slot == row["slot"],
        APPROVAL.c.version == row["version"],
    )
    found = work.connection.execute(query).mappings().one_or_none()
    if found is None:
        return None
    expired = found["expires_at"] <= work.now
    return Asked(
        state="expired" if expired and found["state"] != "rejected" else found["state"],
        digest=found["letter"] or "",
        by=found["decided_by"] or "",
        at=found["decided_at"],
        until=found["expires_at"],
        variant=found["variant"],
    )


def _made_at(work: Work, row: RowMapping) -> datetime | None:
    query = select(PRODUCT.c.at).where(
        PRODUCT.c.case_id == row["case_id"],
        PRODUCT.c.slot == row["slot"],
        PRODUCT.c.version == row["version"],
    )
    return work.connection.execute(query).scalar()


def _thread(work: Work, case_id: str) -> Thread:
    columns = (MESSAGE.c.direction, MESSAGE.c.message_id, MESSAGE.c.subject, MESSAGE.c.kind)
    query = select(*columns).where(
        MESSAGE.c.case_id == case_id,
        MESSAGE.c.message_id != "",
        MESSAGE.c.kind.in_([str(MessageKind.TOUCH), str(MessageKind.REPLY)]),
    )
    rows = work.connection.execute(query.order_by(MESSAGE.c.number)).all()
    return Thread(
        ids=tuple(row[1] for row in rows),
        answered=next((row[1] for row in reversed(rows) if row[0] == "in"), ""),
        subject=rows[-1][2] if rows else "",
    )


class _Kin(NamedTuple):
    """Cases that have to do with a case."""

    person: Sequence[str]
    """Of the same person, the case itself among them."""
    company: Sequence[str]
    """Of anybody else at the company."""


def _kin(work: Work, case: RowMapping) -> _Kin:
    """Return the cases of the person and of the company.

    They are looked up apart from what is asked of them: a young Postgres knows nothing yet of its
    tables' sizes and would join them row by row.
    """
    person, company = case["person_id"], case["company_id"]
    if person is None:
        return _Kin([], [])
    query = select(CASE.c.id, CASE.c.person_id).where(
        or_(CASE.c.person_id == person, CASE.c.company_id == company)
    )
    rows = work.connection.execute(query).all()
    return _Kin(
        person=[row[0] for row in rows if row[1] == person],
        company=[row[0] for row in rows if row[1] != person],
    )


def _company_replied(work: Work, cases: Sequence[str]) -> datetime | None:
    """Return when anybody else at the company wrote last."""
    if not cases:
        return None
    query = select(func.max(MESSAGE.c.at)).where(
        MESSAGE.c.case_id.in_(cases), MESSAGE.c.kind == str(MessageKind.REPLY)
    )
    latest: object = work.connection.execute(query).scalar()
    return latest if isinstance(latest, datetime) else None


def _letters(work: Work, cases: Sequence[str], own: str, since: datetime) -> list[datetime]:
    query = (
        select(INTENT.c.claimed_at, INTENT.c.evidence)
        .where(
            INTENT.c.case_id.in_(cases),
            INTENT.c.id != own,
            INTENT.c.kind == str(IntentKind.EMAIL),
            INTENT.c.state.in_(BEGUN),
            INTENT.c.claimed_at > since,
        )
        .order_by(INTENT.c.claimed_at.desc())
    )
    rows = work.connection.execute(query)
    return [row[0] for row in rows if not cast("Mapping[str, object]", row[1]).get(ANSWERS)]


def _read_at(work: Work, workspace: str, mailbox: str) -> datetime | None:
    query = select(CURSOR.c.read_at).where(
        CURSOR.c.workspace_id == workspace, CURSOR.c.mailbox == mailbox
    )
    return work.connection.execute(query).scalar()


def _counted(work: Work, workspace: str, key: str, day: str) -> int:
    query = select(TALLY.c.count).where(
        TALLY.c.workspace_id == workspace, TALLY.c.key == key, TALLY.c.day == day
    )
    return work.connection.execute(query).scalar() or 0


def _came_back(work: Work, workspace: str, mailbox: str, kind: MessageKind, of: int) -> int:
    letters = (
        select(INTENT.c.id)
        .where(
            INTENT.c.workspace_id == workspace,
            INTENT.c.mailbox == mailbox,
            INTENT.c.state.in_(BEGUN),
        )
        .order_by(INTENT.c.claimed_at.desc())
        .limit(of)
    )
    return bounced(work, work.connection.execute(letters).scalars().all(), kind)

"""Messages: what came in and what went out, each once, and the conversation they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import RowMapping, func, select, update

from dealwright.domain.case import SlotStatus
from dealwright.domain.conversation import (
    MOST_MESSAGES,
    Conversation,
    Cursor,
    Direction,
    Message,
    MessageKind,
    Standing,
)
from dealwright.domain.mail_addresses import email_key
from dealwright.store.contact_schema import CURSOR, INTENT, MESSAGE
from dealwright.store.holding import Top, hold, tops_of
from dealwright.store.recording import next_product
from dealwright.store.schema import CASE, PERSON, PRODUCT
from dealwright.store.seals import printable
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.suppressions import OptOut, suppress
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane

SLOT = "conversation"

ENDS = {
    MessageKind.BOUNCE: (Standing.UNDELIVERABLE, "it bounced: the address does not exist"),
    MessageKind.COMPLAINT: (Standing.COMPLAINED, "reported as unwanted"),
}
"""Kinds of message that end a conversation, and suppress the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message as it was read from a mailbox."""

    identity: str
    """Its Message-ID, or a digest of it where it has none: the same twice is one."""
    kind: MessageKind
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Message-IDs a bounce or a complaint speaks of."""
    address: str = ""
    """Who wrote."""
    at: datetime
    subject: str = ""
    text: str = ""
    """The new words alone."""
    language: str | None = None
    opt_out: bool = False
    """The words ask never to be written to again."""
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    """What else is worth keeping: names of attachments, the bounce's status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a message."""

    identity: str
    new: bool
    case_id: str | None
    """None: it belongs to no lead we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One message of a conversation, for the conversation's next version."""

    case_id: str
    workspace: str
    by: str
    """`mailbox:<id>`, `outbox` or `person:<name>`."""
    standing: Standing | None = None
    """What the conversation becomes; None: what it was."""


class Messages:
    """The mail of all workspaces."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look]) -> None:
        self._writer = writer
        self._reader = reader

    async def take(
        self, workspace: str, mailbox: str, messages: Sequence[NewMessage], cursor: Cursor
    ) -> list[Taken]:
        """Take in what was read, with all that follows from it, and how far it was read."""

        def act(work: Work) -> list[Taken]:
            taken = [_take(work, workspace, mailbox, message) for message in messages]
            _read_to(work, workspace, mailbox, cursor)
            return taken

        return await self._writer.act(act)

    async def cursor(self, workspace: str, mailbox: str) -> Cursor | None:
        """Return how far a mailbox was read."""

        def act(look: Look) -> Cursor | None:
            query = select(CURSOR.c.validity, CURSOR.c.uid).where(
                CURSOR.c.workspace_id == workspace, CURSOR.c.mailbox == mailbox
            )
            row = look.connection.execute(query).first()
            return Cursor(validity=row[0], uid=row[1]) if row else None

        return await self._reader.act(act)

    async def known(self, workspace: str, identity: str) -> bool:
        """Say whether a message was taken in already."""

        def act(look: Look) -> bool:
            query = select(MESSAGE.c.id).where(
                MESSAGE.c.workspace_id == workspace, MESSAGE.c.identity == identity
            )
            return look.connection.execute(query).first() is not None

        return await self._reader.act(act)

    async def lead(self, case_id: str, *, who: str, takes: bool) -> None:
        """Let a person lead a conversation, or give it back to the department."""

        def act(work: Work) -> None:
            held = hold(work, [case_id])[case_id]
            standing = Standing.TAKEN_OVER if takes else Standing.OPEN
            by = f"person:{who}"
            spoken = Spoken(case_id=case_id, workspace=held.workspace, by=by, standing=standing)
            carry_on(work, spoken)
            kind = "conversation.taken_over" if takes else "conversation.given_back"
            work.note(
                Note(workspace=held.workspace, actor=by, kind=kind, because="", case_id=case_id)
            )

        await self._writer.act(act)


def carry_on(work: Work, spoken: Spoken) -> None:
    """Write the next version of a conversation from the messages that stand, and ring its case."""
    case_id = spoken.case_id
    history = HISTORY.where(PRODUCT.c.case_id == case_id, PRODUCT.c.slot == SLOT, newest())
    before = next((row.state.value for row in slots_of(work.connection, history)), None)
    query = select(MESSAGE).where(MESSAGE.c.case_id == case_id)
    rows = work.connection.execute(query.order_by(MESSAGE.c.number)).mappings().all()
    standing = spoken.standing or Standing((before or {}).get("standing", Standing.OPEN))
    value = conversation_of(rows, standing).model_dump(mode="json", exclude_defaults=True)
    note = next_product(
        work,
        spoken.workspace,
        case_id,
        tops_of(work, [case_id]).get((case_id, SLOT), Top()),
        slot=SLOT,
        status=str(SlotStatus.DONE),
        value=value,
        by_whom=spoken.by,
    )
    work.note(
        Note(
            workspace=spoken.workspace,
            actor=spoken.by,
            kind="conversation.carried_on",
            because=str(standing),
            case_id=case_id,
            body={"product": note},
        )
    )
    work.touch([case_id])


def conversation_of(rows: Sequence[RowMapping], standing: Standing) -> Conversation:
    """Return the conversation these messages make, in their order."""
    touches, replies, waiting = 0, 0, Direction.IN
    for row in rows:
        if row["direction"] == Direction.OUT:
            touches, waiting = touches + 1, Direction.IN
        elif row["kind"] == MessageKind.REPLY:
            touches, replies, waiting = 0, replies + 1, Direction.OUT
    told = [_message(row) for row in rows]
    return Conversation(
        standing=standing,
        waiting_for=waiting,
        touches=touches,
        replies=replies,
        messages=tuple(told[-MOST_MESSAGES:]),
    )


def add_message(work: Work, workspace: str, case_id: str | None, **told: object) -> bool:
    """Write a message; say whether it was new."""
    empty = ("in_reply_to", "language", "key", "intent_id", "about")
    row: dict[str, object] = {
        **dict.fromkeys(empty, ""),
        "id": work.ids.new(),
        "workspace_id": workspace,
        "case_id": case_id,
        "number": _next_number(work, case_id),
        "taken_at": work.now,
        "body": {},
        **told,
    }
    return work.add_once(MESSAGE, row)


def _next_number(work: Work, case_id: str | None) -> int:
    if case_id is None:
        return 0
    hold(work, [case_id])
    newest_one = select(func.max(MESSAGE.c.number)).where(MESSAGE.c.case_id == case_id)
    return (work.connection.execute(newest_one).scalar() or 0) + 1


def _take(work: Work, workspace: str, mailbox: str, message: NewMessage) -> Taken:
    case_id, intent_id = _belongs_to(work, workspace, message)
    new = add_message(
        work,
        workspace,
        case_id,
        direction=str(Direction.IN),
        kind=str(message.kind),
        mailbox=mailbox,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        address=message.address,
        at=message.at,
        subject=printable(message.subject)[:300],
        text=printable(message.text)[:4000],
        language=message.language or "",
        intent_id=intent_id,
        about=" ".join(message.about),
        body={"references": list(message.references), **message.facts},
        identity=message.identity,
    )
    if new and case_id is not None:
        standing = _consequences(work, workspace, case_id, message, ours=bool(intent_id))
        by = f"mailbox:{mailbox}"
        carry_on(work, Spoken(case_id=case_id, workspace=workspace, by=by, standing=standing))
    return Taken(identity=message.identity, new=new, case_id=case_id)


def _belongs_to(work: Work, workspace: str, message: NewMessage) -> tuple[str | None, str]:
    """Return the case a message belongs to, and the intent whose letter it speaks of."""
    named = [*message.about, message.in_reply_to, *reversed(message.references)]
    query = select(INTENT.c.message_id, INTENT.c.case_id, INTENT.c.id).where(
        INTENT.c.workspace_id == workspace,
        INTENT.c.message_id.in_([name for name in named if name]),
    )
    found = {row[0]: (row[1], row[2]) for row in work.connection.execute(query)}
    known = next((found[name] for name in named if name in found), None)
    if known is not None:
        return known
    if message.kind not in {MessageKind.REPLY, MessageKind.AUTO_REPLY} or not message.address:
        return None, ""
    latest = (
        select(CASE.c.id)
        .join(PERSON, PERSON.c.id == CASE.c.person_id)
        .where(CASE.c.workspace_id == workspace, PERSON.c.email_key == email_key(message.address))
        .order_by(CASE.c.created_at.desc(), CASE.c.id)
        .limit(1)
    )
    return work.connection.execute(latest).scalar(), ""


def _consequences(
    work: Work, workspace: str, case_id: str, message: NewMessage, *, ours: bool
) -> Standing | None:
    """Do what follows at once; return what the conversation becomes.

    A bounce or a complaint counts only if it speaks of a letter of ours: anybody can forge one.
    """
    ended = ENDS.get(message.kind) if ours else None
    if message.opt_out and message.kind is MessageKind.REPLY:
        ended = (Standing.OPTED_OUT, "asked in a reply not to be written to again")
    if ended is None:
        return None
    person = select(PERSON.c.email).join(CASE, CASE.c.person_id == PERSON.c.id)
    written_to = work.connection.execute(person.where(CASE.c.id == case_id)).scalar()
    for address in {written_to, message.address if message.opt_out else None} - {None, ""}:
        suppress(
            work,
            OptOut(
                workspace=workspace,
                scope="address",
                value=str(address),
                reason=ended[1],
                source=str(message.kind),
            ),
        )
    return ended[0]


def _read_to(work: Work, workspace: str, mailbox: str, cursor: Cursor) -> None:
    row = {
        "workspace_id": workspace,
        "mailbox": mailbox,
        "validity": cursor.validity,
        "uid": cursor.uid,
        "read_at": work.now,
    }
    if not work.add_once(CURSOR, row):
        mine = (CURSOR.c.workspace_id == workspace, CURSOR.c.mailbox == mailbox)
        work.connection.execute(update(CURSOR).where(*mine).values(**row))


def bounced(work: Work, intents: Iterable[str], kind: MessageKind) -> int:
    """Return how many of these letters came back in this way."""
    query = select(func.count(func.distinct(MESSAGE.c.intent_id))).where(
        MESSAGE.c.intent_id.in_(list(intents)), MESSAGE.c.kind == str(kind)
    )
    return work.connection.execute(query).scalar_one()


def _message(row: RowMapping) -> Message:
    return Message(
        number=row["number"],
        direction=Direction(row["direction"]),
        kind=MessageKind(row["kind"]),
        at=row["at"],
        subject=row["subject"],
        text=row["text"],
        language=row["language"] or None,
        key=row["key"],
    )

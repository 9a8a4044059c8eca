"""Messages: what came in and what went out, each once, and the conversation they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from dealwright.domain.conversation import Cursor, Direction, MessageKind, Standing
from dealwright.domain.mail_addresses import email_key
from dealwright.store.appointments import Answered, standing, take_answer
from dealwright.store.contact_schema import CURSOR, INTENT, MESSAGE
from dealwright.store.conversations import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Spoken,
    add_message,
    carry_on,
    legible,
    standing_of,
)
from dealwright.store.holding import hold
from dealwright.store.schema import CASE, PERSON
from dealwright.store.suppressions import OptOut, suppress
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane

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
    leaves: str = ""
    """The person whose own way out it is, told by the token in one of our letters."""
    answered: Answered | None = None
    """What a calendar program says to an invitation."""
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    """What else is worth keeping: names of attachments, the bounce's status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a message."""

    identity: str
    kind: MessageKind
    new: bool
    case_id: str | None
    """None: it belongs to no lead we know."""


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
            taken = [take_in(work, workspace, mailbox, message) for message in messages]
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

    async def leave(self, opt_out: OptOut) -> bool:
        """Suppress a person for good, and end every conversation with them; say if it was new.

        Raises:
            NotFound: there is no such workspace.

        """

        def act(work: Work) -> bool:
            new = suppress(work, opt_out)
            for case_id in _cases_of(work, opt_out.workspace, opt_out.value) if new else ():
                if standing_of(work, case_id) is not None:
                    ended = Standing.OPTED_OUT
                    carry_on(
                        work,
                        Spoken(
                            case_id=case_id,
                            workspace=opt_out.workspace,
                            by=opt_out.source,
                            standing=ended,
                        ),
                    )
            return new

        return await self._writer.act(act)

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


def take_in(
    work: Work,
    workspace: str,
    mailbox: str,
    message: NewMessage,
    *,
    case_id: str | None = None,
) -> Taken:
    """Take one message in, with all that follows from it; the same one twice is one.

    Without a case it is found by what the message answers, or by who wrote it.
    """
    known = (case_id, "") if case_id else _belongs_to(work, workspace, message)
    case_id, intent_id = known
    kind = _kind(work, case_id, message)
    new = add_message(
        work,
        workspace,
        case_id,
        direction=str(Direction.IN),
        kind=str(kind),
        mailbox=mailbox,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        address=message.address,
        at=message.at,
        subject=legible(message.subject, LONGEST_SUBJECT),
        text=legible(message.text, LONGEST_TEXT),
        language=message.language or "",
        intent_id=intent_id,
        about=" ".join(message.about),
        body={"references": list(message.references), **message.facts},
        identity=message.identity,
    )
    if new and case_id is not None:
        ended = consequences(work, workspace, case_id, message, ours=bool(intent_id))
        by = f"mailbox:{mailbox}"
        carry_on(work, Spoken(case_id=case_id, workspace=workspace, by=by, standing=ended))
    return Taken(identity=message.identity, kind=kind, new=new, case_id=case_id)


def _kind(work: Work, case_id: str | None, message: NewMessage) -> MessageKind:
    """Return what a message is; an answer to an invitation is known only beside the meeting."""
    answers = case_id is not None and invited(work, case_id, message)
    return MessageKind.CALENDAR if answers else message.kind


def invited(work: Work, case_id: str, message: NewMessage) -> bool:
    """Say whether a message answers the case's invitation and comes from whom we invited."""
    meeting = standing(work, case_id) if message.answered else None
    if meeting is None or message.answered is None or meeting.uid != message.answered.uid:
        return False
    person = select(PERSON.c.email_key).join(CASE, CASE.c.person_id == PERSON.c.id)
    key = work.connection.execute(person.where(CASE.c.id == case_id)).scalar()
    return bool(key) and key == email_key(message.address)


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
    if message.leaves:
        return next(iter(_cases_of(work, workspace, message.leaves)), None), ""
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


def consequences(
    work: Work, workspace: str, case_id: str, message: NewMessage, *, ours: bool
) -> Standing | None:
    """Do what follows at once; return what the conversation becomes.

    A bounce or a complaint counts only if it speaks of a letter of ours: anybody can forge one.
    """
    if message.leaves:
        return _left(work, workspace, message.leaves)
    if message.answered is not None and invited(work, case_id, message):
        take_answer(work, workspace, case_id, message.answered, by="calendar")
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


def _left(work: Work, workspace: str, person: str) -> Standing:
    why = "unsubscribed by the way out in a letter"
    told = OptOut(workspace=workspace, scope="person", value=person, reason=why, source="mailto")
    suppress(work, told)
    return Standing.OPTED_OUT


def _cases_of(work: Work, workspace: str, person: str) -> Sequence[str]:
    """Return the cases about a person, the newest first."""
    query = select(CASE.c.id).where(CASE.c.workspace_id == workspace, CASE.c.person_id == person)
    return (
        work.connection.execute(query.order_by(CASE.c.created_at.desc(), CASE.c.id)).scalars().all()
    )


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

"""The mailbox watcher: reads what came in, and passes it on. What it means, others say."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dealwright.clock import Clock
from dealwright.domain.conversation import MessageKind
from dealwright.errors import BadInput, ConnectorFailed
from dealwright.store.appointments import Answered
from dealwright.store.messages import NewMessage, Taken
from dealwright.store.store import Store
from dealwright.tools.mail.parsing import Parsed, parse
from dealwright.tools.ports import MailFolder

AT_ONCE = 50
"""Messages taken in within one transaction."""
PATIENCE = 60.0
"""Seconds to wait for a mailbox to say that something came."""
AFTER_TROUBLE = 15.0
"""Seconds before a mailbox that did not answer is asked again."""

OptsOut = Callable[[str], bool]
"""Says whether the words of a reply ask never to be written to again."""
Leaver = Callable[[str], Awaitable[str | None]]
"""Returns whose way out a token is that somebody sent back, or None."""
_WAY_OUT = re.compile(r"unsubscribe\s+([\w.=-]{20,1000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one look into the mailboxes brought."""

    taken: int = 0
    """New messages that belong to a lead."""
    strange: int = 0
    """New messages that belong to nobody we know."""
    kinds: Mapping[MessageKind, int]
    """How many of the lead's are of which kind."""
    troubles: Mapping[str, str]
    """Mailbox → why it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWatch:
    """Reads the mailboxes of one workspace."""

    store: Store
    workspace: str
    folders: Mapping[str, MailFolder]
    """Mailbox → its inbox."""
    own: frozenset[str]
    """Addresses of ours: what they wrote is no reply."""
    opts_out: OptsOut
    leaver: Leaver
    clock: Clock

    async def look(self) -> Read:
        """Read every mailbox to its end."""
        taken: list[Taken] = []
        troubles: dict[str, str] = {}
        for mailbox, folder in self.folders.items():
            try:
                taken += await self._read(mailbox, folder)
            except ConnectorFailed as error:
                troubles[mailbox] = str(error)
        new = [one for one in taken if one.new]
        kinds = Counter(one.kind for one in new if one.case_id is not None)
        taken_in = kinds.total()
        return Read(taken=taken_in, strange=len(new) - taken_in, kinds=kinds, troubles=troubles)

    async def keep(self, ended: asyncio.Event) -> None:
        """Read whenever something comes, and now and then, until told to end."""
        watches = [self._watch(mailbox, ended) for mailbox in self.folders]
        await asyncio.gather(*watches)

    async def _watch(self, mailbox: str, ended: asyncio.Event) -> None:
        folder = self.folders[mailbox]
        ending = asyncio.create_task(ended.wait())
        while not ended.is_set():
            try:
                await self._read(mailbox, folder)
                waiting = asyncio.create_task(folder.wait(PATIENCE))
            except ConnectorFailed:
                waiting = asyncio.create_task(self.clock.sleep(AFTER_TROUBLE))
            await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        ending.cancel()

    async def _read(self, mailbox: str, folder: MailFolder) -> list[Taken]:
        taken: list[Taken] = []
        cursor = await self.store.messages.cursor(self.workspace, mailbox)
        while True:
            delivered, after = await folder.unread(cursor, AT_ONCE)
            parsed = [await asyncio.to_thread(parse, one.raw) for one in delivered]
            new = [await self._message(one) for one in parsed if self._is_theirs(one)]
            taken += await self.store.messages.take(self.workspace, mailbox, new, after)
            if not delivered:
                return taken
            cursor = after

    def _is_theirs(self, message: Parsed) -> bool:
        return message.from_address.lower() not in self.own

    async def _message(self, parsed: Parsed) -> NewMessage:
        now = self.clock.now()
        said = parsed.said or parsed.text
        reply = parsed.kind is MessageKind.REPLY
        return NewMessage(
            identity=_identity(parsed),
            kind=parsed.kind,
            message_id=parsed.message_id,
            in_reply_to=parsed.in_reply_to,
            references=parsed.references,
            about=parsed.report.about if parsed.report else (),
            address=parsed.from_address,
            at=_not_later(parsed.date, now),
            subject=parsed.subject,
            text=said,
            leaves=await self._leaves(parsed.subject),
            opt_out=reply and self.opts_out(f"{parsed.subject}\n{said}"),
            answered=_answered(parsed.calendar),
            facts={
                "attachments": [[one.name, one.kind, one.size] for one in parsed.attachments],
                "calendar": parsed.calendar.decode("utf-8", "replace"),
            },
        )

    async def _leaves(self, subject: str) -> str:
        """Return who leaves by writing to the address in the head of a letter (RFC 2369)."""
        found = _WAY_OUT.search(subject)
        return (await self.leaver(found[1]) if found else None) or ""


def _answered(calendar: bytes) -> Answered | None:
    """Return what a calendar program says to an invitation, if that is what came."""
    if not calendar:
        return None
    from dealwright.tools.scheduling.invitation import Answer, read_reply

    try:
        reply = read_reply(calendar)
    except BadInput:
        return None
    other = f"{reply.start:%Y-%m-%d %H:%M} instead" if reply.start else ""
    return Answered(
        uid=reply.uid,
        sequence=reply.sequence,
        yes=reply.answer in {Answer.ACCEPTED, Answer.TENTATIVE},
        comment=" ".join(filter(None, (other, reply.comment))),
    )


def _identity(parsed: Parsed) -> str:
    """Return what two copies of a message share: some programs give all theirs the same id."""
    about = parsed.report.about if parsed.report else ()
    told = (parsed.from_address, str(parsed.date), parsed.subject, parsed.text, about)
    return f"{parsed.message_id} {sha256(repr(told).encode()).hexdigest()[:32]}".strip()


def _not_later(written: datetime | None, now: datetime) -> datetime:
    """Return when a message was written, as far as its sender's clock can be believed."""
    return min(written, now) if written is not None else now

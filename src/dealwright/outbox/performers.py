"""Performers: each does one kind of act through a port, and finds out whether it was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

from pydantic import TypeAdapter

from dealwright.domain.intent import Intent
from dealwright.domain.letter import Letter
from dealwright.domain.product import open_to_see
from dealwright.errors import Misconfigured, TryAgain
from dealwright.tools.mail.mime import build
from dealwright.tools.ports import Crm, CrmNote, CrmRecord, MailFolder, MailSender, Notifier

Body = Mapping[str, object]
LONGEST_FIELD = 2000
"""Signs a field of a system of record holds, on one line."""


class Performer(Protocol):
    """Does what an intent says."""

    async def perform(self, intent: Intent, body: Body) -> str:
        """Do it; return what happened, as a sentence.

        Raises:
            TryAgain: nothing happened.
            NotThere: it cannot happen, for good.
            Forbidden: we are not let in.
            OutcomeUnknown: it may have happened.

        """
        ...

    async def happened(self, intent: Intent, body: Body) -> bool:
        """Say whether there is evidence that it happened; no evidence proves nothing.

        Raises:
            TryAgain: whoever would know does not answer.

        """
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """One mailbox's way out, and the folder that remembers."""

    sender: MailSender
    folder: MailFolder | None


@dataclass(frozen=True, slots=True)
class EmailPerformer:
    """Sends letters."""

    posts: Mapping[str, Post]
    """Mailbox → how its letters leave."""

    async def perform(self, intent: Intent, body: Body) -> str:
        post = self._post(intent)
        letter, at = letter_in(body), intent.claimed_at or intent.made_at
        answer = await post.sender.send(letter, intent.message_id, at)
        if post.folder is not None:
            # The letter has left, whether or not its copy can be kept.
            with suppress(TryAgain):
                await post.folder.keep_copy(build(letter, intent.message_id, at))
        return f"handed over by {intent.mailbox}: {answer}"

    async def happened(self, intent: Intent, body: Body) -> bool:
        folder = self._post(intent).folder
        return folder is not None and await folder.was_sent(intent.message_id)

    def _post(self, intent: Intent) -> Post:
        post = self.posts.get(intent.mailbox)
        if post is None:
            raise Misconfigured(f"the connections name no mailbox {intent.mailbox!r} any more")
        return post


@dataclass(frozen=True, slots=True)
class CrmPerformer:
    """Writes what was found out into the system of record; the old values stay on record."""

    crm: Crm
    fields: Collection[str]
    """The only fields that may be written."""

    async def perform(self, intent: Intent, body: Body) -> str:
        record = record_in(body, self.fields)
        written = await self.crm.upsert(record)
        said = record.fields.get("summary", "")
        if said:
            note = CrmNote(at=intent.claimed_at or intent.made_at, text=said)
            await self.crm.remember(record.key, note, f"{record.key}:{intent.key}")
        changes = [
            f"{name}: {old or 'empty'} → {new}" for name, (old, new) in written.changed.items()
        ]
        return f"written to {written.id}: {'; '.join(changes) or 'nothing new'}"

    async def happened(self, intent: Intent, body: Body) -> bool:
        record = record_in(body, self.fields)
        found = await self.crm.find(address=record.address)
        return any(
            known.key == record.key
            and all(known.fields.get(name) == value for name, value in record.fields.items())
            for known in found
        )


@dataclass(frozen=True, slots=True)
class NoticePerformer:
    """Tells people of ours what was prepared for them."""

    notifiers: Sequence[Notifier]

    async def perform(self, intent: Intent, body: Body) -> str:
        product = cast("Mapping[str, object]", body["product"])
        lines = [f"{name}: {plainly(value)}" for name, value in product.items()]
        for notifier in self.notifiers:
            title = f"{body['name']}: {intent.because}"
            await notifier.tell(open_to_see(title), open_to_see("\n".join(lines)))
        return f"told by {len(self.notifiers)} of the connected services"

    async def happened(self, intent: Intent, body: Body) -> bool:
        return False


def plainly(value: object) -> str:
    """Return a part of a product as a person reads it."""
    match value:
        case list():
            return "".join(f"\n- {plainly(each)}" for each in cast("list[object]", value))
        case dict():
            return "; ".join(str(each) for each in cast("dict[str, object]", value).values())
        case _:
            return str(value)


def record_in(body: Body, allowed: Collection[str]) -> CrmRecord:
    """Return the record a claim wrote down, with the fields that may be written."""
    product = cast("Mapping[str, object]", body["product"])
    fields = {
        name: " ".join(open_to_see(str(value)).split())[:LONGEST_FIELD]
        for name, value in product.items()
        if name in allowed
    }
    return CrmRecord(
        key=str(body["lead"]),
        name=str(body["name"]),
        address=str(body["address"]),
        company=str(body["company"]),
        domain=str(body["domain"]),
        fields=fields,
    )


def letter_in(body: Body) -> Letter:
    """Return the letter a claim wrote down."""
    told = {name: body[name] for name in Letter.__dataclass_fields__ if name in body}
    return TypeAdapter(Letter).validate_python(told)

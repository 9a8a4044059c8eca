"""Tryton: parties, contact mechanisms, opportunities and notes over its JSON-RPC."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from dealwright.domain.connections import CrmConnection
from dealwright.errors import Changed, Misconfigured, NotThere, TryAgain
from dealwright.tools.crm import writing
from dealwright.tools.crm.parties import PREFIX, Desk, Note, Party, field, hosts
from dealwright.tools.crm.tryton import Session
from dealwright.tools.crm.wire import Wire
from dealwright.tools.ports import CrmNote, CrmRecord, Written

CUSTOMER = "Customer"
"""The party category, in whatever letter case, that makes a party a customer."""
TIMEOUT = 30.0

_ATTEMPTS = 30
_SOLD = ["confirmed", "processing", "done"]
_STILL_OPEN = ["lead", "opportunity", "converted"]
_SIGNED = re.compile(r"\n\n\(dealwright, ([0-9T:.+-]{19,40}), ([0-9a-f]{32})\)$")


class TrytonCrm:
    """Keeps people as parties of a Tryton database. The secret is the user's password."""

    def __init__(
        self, connection: CrmConnection, secret: str | None, timeout: float = TIMEOUT
    ) -> None:
        if not secret or not connection.user:
            raise Misconfigured("Tryton: the CRM needs a user, and that user's password as secret")
        self._wire = Wire("Tryton", connection.url, timeout)
        self._session = Session(self._wire, connection.user, secret)
        self._allowed = connection.fields
        self._one_note = asyncio.Lock()

    async def find(self, *, address: str = "", domain: str = "") -> Sequence[CrmRecord]:
        host = writing.host_of(domain)
        async with self._wire.client() as client:
            desk = Desk(self._session, client)
            found = [*await desk.by_address(address.strip()), *await desk.by_host(host)]
            parties = {party.id: party for party in found}
            if not parties:
                return ()
            sold = await desk.owners("sale.sale", parties, _SOLD)
            busy = await desk.owners("sale.opportunity", parties, _STILL_OPEN)
        return tuple(
            self._record(party, customer=party.id in sold, open_deal=party.id in busy)
            for party in parties.values()
        )

    async def upsert(self, record: CrmRecord) -> Written:
        wished = writing.writable(record, self._allowed)
        async with self._wire.client() as client:
            desk = Desk(self._session, client)
            for _ in range(_ATTEMPTS):
                known = await self._known(desk, wished)
                if known is None:
                    written = await _made(desk, wished)
                else:
                    written = await _changed(desk, known, wished)
                if written is not None:
                    return written
        raise TryAgain("Tryton: others keep changing the record")

    async def history(self, record_id: str) -> Sequence[CrmNote]:
        if not _is_id(record_id):
            return ()
        async with self._wire.client() as client:
            notes = await Desk(self._session, client).notes(int(record_id))
        return tuple(sorted(map(_told, notes), key=lambda note: note.at))

    async def remember(self, key: str, note: CrmNote, note_key: str) -> None:
        kept = writing.writable_note(note)
        receipt = writing.receipt(key, note_key)
        # Tryton has nothing unique to hold a note by: one after the other, and looked for first.
        async with self._one_note, self._wire.client() as client:
            desk = Desk(self._session, client)
            party = await desk.by_key(key)
            if party is None:
                raise NotThere(f"no record has the key {key}")
            signed = (_SIGNED.search(n.message or "") for n in await desk.notes(party.id))
            if any(found and found[2] == receipt for found in signed):
                return
            at = kept.at.astimezone(UTC).isoformat()
            await desk.note(party.id, f"{kept.text}\n\n(dealwright, {at}, {receipt})")

    async def undo(self, written: Written) -> None:
        writing.inside(written.changed, self._allowed)
        async with self._wire.client() as client:
            desk = Desk(self._session, client)
            party = await desk.by_id(int(written.id)) if _is_id(written.id) else None
            if party is None:
                raise NotThere(f"no record has the id {written.id}")
            old = writing.restored(party.texts(), written, self._allowed)
            if old:
                await desk.change(party, old)

    async def _known(self, desk: Desk, wished: CrmRecord) -> Party | None:
        """Return the party to write to: the one with the key, else the one with the address.

        Raises:
            NotThere: the address stands under another key.

        """
        known = await desk.by_key(wished.key)
        if known is not None or not wished.address:
            return known
        known = next(iter(await desk.by_address(wished.address)), None)
        if known is not None and known.key() not in {"", wished.key}:
            raise writing.taken(self._record(known), wished.address)
        return known

    def _record(
        self, party: Party, *, customer: bool = False, open_deal: bool = False
    ) -> CrmRecord:
        texts = party.texts()
        name = party.name or ""
        named = (one.name.casefold() for one in party.categories)
        return CrmRecord(
            key=party.key(),
            id=str(party.id),
            name=name,
            address=next(iter(party.values("email")), ""),
            company=texts.get("company", name),
            domain=next(iter(hosts(party)), ""),
            customer=customer or CUSTOMER.casefold() in named,
            open_deal=open_deal,
            fields={n: text for n, text in texts.items() if n in self._allowed},
        )


async def _made(desk: Desk, wished: CrmRecord) -> Written | None:
    """Make a party; None where one with the key has appeared meanwhile.

    Its code holds the key, and no two parties have the same code: that is Tryton's own rule.
    """
    mechanisms: list[Mapping[str, object]] = []
    if wished.address:
        mechanisms.append({"type": "email", "value": wished.address})
    if wished.domain:
        mechanisms.append({"type": "website", "value": f"https://{wished.domain}"})
    if wished.company:
        mechanisms.append(field("company", wished.company))
    mechanisms += [field(name, text) for name, text in wished.fields.items() if text]
    values: Mapping[str, object] = {
        "name": wished.name or wished.company or wished.address or wished.key,
        "code": PREFIX + wished.key,
        "contact_mechanisms": [["create", mechanisms]],
    }
    changed = writing.changes({}, wished.fields)
    try:
        with writing.in_doubt(Written(id="", changed=changed)):
            return Written(id=str(await desk.make(values)), changed=changed)
    except NotThere:
        if await desk.by_key(wished.key) is None:
            raise
        return None


async def _changed(desk: Desk, known: Party, wished: CrmRecord) -> Written | None:
    """Write to a party; None where somebody else did meanwhile."""
    changed = writing.changes(known.texts(), wished.fields)
    written = Written(id=str(known.id), changed=changed)
    key = "" if known.key() else wished.key
    if not changed and not key:
        return written
    try:
        with writing.in_doubt(written):
            await desk.change(known, {name: new for name, (_, new) in changed.items()}, key)
    except Changed:
        return None
    return written


def _told(note: Note) -> CrmNote:
    """Return a note; one of ours at the time it tells of, any other at the time it was made."""
    at = datetime(**note.create_date.model_dump(), tzinfo=UTC)
    text = note.message or ""
    ours = _SIGNED.search(text)
    if ours is None:
        return CrmNote(at=at, text=text)
    try:
        at = datetime.fromisoformat(ours[1]).astimezone(UTC)
    except ValueError:
        return CrmNote(at=at, text=text)
    return CrmNote(at=at, text=text[: ours.start()])


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))

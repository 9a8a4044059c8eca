"""HubSpot: contacts, companies, deals and notes over the CRM API with a private app's token."""

from __future__ import annotations

import html
from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from lxml import etree
from lxml.html import fromstring

from dealwright.domain.connections import CrmConnection
from dealwright.domain.mail_addresses import email_key
from dealwright.errors import Misconfigured, NotThere, TryAgain
from dealwright.tools.crm import writing
from dealwright.tools.crm.hubspot import Filter, Portal, Thing
from dealwright.tools.crm.wire import Wire
from dealwright.tools.plaintext import lines
from dealwright.tools.ports import CrmNote, CrmRecord, Written

BASE = "https://api.hubapi.com"
KEY = "dealwright_key"
"""The contact property, unique in HubSpot, that holds our external key."""
NOTE_KEY = "dealwright_note"
"""The note property, unique in HubSpot, by which a note is known again."""
TIMEOUT = 30.0

_CONTACT = frozenset(
    {KEY, "firstname", "lastname", "email", "hs_additional_emails", "company", "lifecyclestage"}
)
_COMPANY = frozenset({"name", "domain", "lifecyclestage"})
_CUSTOMERS = frozenset({"customer", "evangelist"})
_COMPANY_ID = "company/"
_ATTEMPTS = 3


class HubSpotCrm:
    """Keeps people in a HubSpot account. The secret is a private app's token."""

    def __init__(
        self, connection: CrmConnection, secret: str | None, timeout: float = TIMEOUT
    ) -> None:
        if not secret or not secret.isascii() or not secret.isprintable():
            raise Misconfigured("HubSpot: the CRM's secret is a private app's token")
        self._wire = Wire("HubSpot", connection.url or BASE, timeout)
        self._token = secret
        self._allowed = connection.fields

    async def find(self, *, address: str = "", domain: str = "") -> Sequence[CrmRecord]:
        address, host = address.strip(), writing.host_of(domain)
        async with self._portal() as portal:
            people = await self._people(portal, _conditions(address, host))
            companies: list[Thing] = []
            if host:
                same = [Filter("domain", "EQ", host)]
                companies = await portal.search("companies", same, _COMPANY)
            kept = [
                person
                for person in people
                if _has_mailbox(person, address)
                or (host and writing.host_of(person.text("email")) == host)
            ]
            return await self._told(portal, kept, companies)

    async def upsert(self, record: CrmRecord) -> Written:
        wished = writing.writable(record, self._allowed)
        async with self._portal() as portal:
            for _ in range(_ATTEMPTS):
                known = await self._known(portal, wished)
                if known is not None:
                    return await self._changed(portal, known, wished)
                changed = writing.changes({}, wished.fields)
                with writing.in_doubt(Written(id="", changed=changed)):
                    made = await portal.put("contacts", KEY, wished.key, _identity(wished))
                if made is not None:
                    return Written(id=made.id, changed=changed)
        raise TryAgain("HubSpot knows the address but does not find it yet")

    async def history(self, record_id: str) -> Sequence[CrmNote]:
        company = record_id.startswith(_COMPANY_ID)
        kind = "companies" if company else "contacts"
        async with self._portal() as portal:
            ids = await portal.notes_of(kind, record_id.removeprefix(_COMPANY_ID))
            notes = await portal.several("notes", ids, {"hs_note_body", "hs_timestamp"})
        told = [CrmNote(at=_moment(note), text=_plain(note.text("hs_note_body"))) for note in notes]
        return sorted(told, key=lambda note: note.at)

    async def remember(self, key: str, note: CrmNote, note_key: str) -> None:
        kept = writing.writable_note(note)
        async with self._portal() as portal:
            person = await portal.get("contacts", key, {KEY}, by=KEY)
            if person is None:
                raise NotThere(f"no record has the key {key}")
            receipt = writing.receipt(key, note_key)
            known = await portal.get("notes", receipt, {NOTE_KEY}, by=NOTE_KEY)
            if known is None:
                body = html.escape(kept.text).replace("\n", "<br>")
                at = kept.at.astimezone(UTC).isoformat(timespec="milliseconds")
                said = {"hs_note_body": body, "hs_timestamp": at.replace("+00:00", "Z")}
                known = await portal.put("notes", NOTE_KEY, receipt, said)
            if known is None:
                raise TryAgain("HubSpot has the note but does not find it yet")
            await portal.link("notes", known.id, "contacts", person.id)

    async def undo(self, written: Written) -> None:
        writing.inside(written.changed, self._allowed)
        async with self._portal() as portal:
            person = await portal.get("contacts", written.id, set(written.changed) | {KEY})
            if person is None:
                raise NotThere(f"no record has the id {written.id}")
            old = writing.restored(_texts(person), written, self._allowed)
            if old:
                await portal.change("contacts", person.id, old)

    @asynccontextmanager
    async def _portal(self) -> AsyncGenerator[Portal]:
        async with self._wire.client() as client:
            yield Portal(self._wire, self._token, client)

    async def _people(self, portal: Portal, conditions: Collection[Filter]) -> list[Thing]:
        if not conditions:
            return []
        return await portal.search("contacts", conditions, _CONTACT | set(self._allowed))

    async def _known(self, portal: Portal, wished: CrmRecord) -> Thing | None:
        """Return the contact to write to: the one with the key, else the one with the address.

        Raises:
            NotThere: the address stands under another key.

        """
        names = _CONTACT | set(wished.fields)
        known = await portal.get("contacts", wished.key, names, by=KEY)
        if known is not None or not wished.address:
            return known
        known = await portal.get("contacts", wished.address.lower(), names, by="email")
        if known is None:
            spelt = await portal.search("contacts", _conditions(wished.address, ""), names)
            known = next((p for p in spelt if _has_mailbox(p, wished.address)), None)
        if known is not None and known.text(KEY) not in {"", wished.key}:
            raise writing.taken(self._record(known), wished.address)
        return known

    async def _changed(self, portal: Portal, known: Thing, wished: CrmRecord) -> Written:
        changed = writing.changes(_texts(known), wished.fields)
        written = Written(id=known.id, changed=changed)
        said = {name: new for name, (_, new) in changed.items()}
        if known.text(KEY) != wished.key:
            said[KEY] = wished.key
        if said:
            with writing.in_doubt(written):
                await portal.change("contacts", known.id, said)
        return written

    async def _told(
        self, portal: Portal, people: Sequence[Thing], companies: Sequence[Thing]
    ) -> Sequence[CrmRecord]:
        """Return records with what their companies and deals say of them."""
        ids = [person.id for person in people]
        employers = await portal.linked("contacts", ids, "companies")
        known = {company.id: company for company in companies}
        others = {c for linked in employers.values() for c in linked} - set(known)
        known |= {c.id: c for c in await portal.several("companies", others, _COMPANY)}
        deals = await self._with_open_deals(portal, "contacts", ids)
        company_deals = await self._with_open_deals(portal, "companies", known)
        told = [self._record(c, at=c, open_deal=c.id in company_deals) for c in companies]
        for person in people:
            linked = employers.get(person.id, [])
            at = [known[one] for one in linked if one in known]
            customer = any(map(_is_customer, at))
            busy = person.id in deals or not company_deals.isdisjoint(linked)
            first = next(iter(at), None)
            told.append(self._record(person, at=first, customer=customer, open_deal=busy))
        return tuple(told)

    async def _with_open_deals(
        self, portal: Portal, kind: str, ids: Iterable[str]
    ) -> frozenset[str]:
        linked = await portal.linked(kind, list(ids), "deals")
        every = {deal for deals in linked.values() for deal in deals}
        deals = await portal.several("deals", every, {"hs_is_closed"})
        still = {deal.id for deal in deals if deal.text("hs_is_closed") != "true"}
        return frozenset(one for one, its in linked.items() if not still.isdisjoint(its))

    def _record(
        self,
        thing: Thing,
        *,
        at: Thing | None = None,
        customer: bool = False,
        open_deal: bool = False,
    ) -> CrmRecord:
        company = thing is at
        address = "" if company else thing.text("email")
        name = "" if company else f"{thing.text('firstname')} {thing.text('lastname')}".strip()
        return CrmRecord(
            key="" if company else thing.text(KEY),
            id=(_COMPANY_ID if company else "") + thing.id,
            name=name,
            address=address,
            company=(at.text("name") if at else "") or thing.text("company"),
            domain=writing.host_of((at.text("domain") if at else "") or address),
            customer=customer or _is_customer(thing),
            open_deal=open_deal,
            fields={n: text for n, text in _texts(thing).items() if n in self._allowed and text},
        )


def _conditions(address: str, at: str) -> list[Filter]:
    """Return the searches that find everybody with that mailbox or at that host."""
    found: list[Filter] = []
    if address:
        bare = email_key(address)
        local, _, host = bare.rpartition("@")
        found += [
            Filter("email", "EQ", bare),
            Filter("email", "EQ", address.lower()),
            Filter("email", "CONTAINS_TOKEN", f"{local}+*@{host}"),
            Filter("hs_additional_emails", "CONTAINS_TOKEN", bare),
        ]
    if at:
        found.append(Filter("email", "CONTAINS_TOKEN", f"*@{at}"))
    return found


def _has_mailbox(person: Thing, address: str) -> bool:
    spelt = (person.text("email"), *person.text("hs_additional_emails").split(";"))
    return any(writing.same_mailbox(one.strip(), address) for one in spelt)


def _identity(wished: CrmRecord) -> Mapping[str, str]:
    """Return the properties of a contact that is made; empty ones are left out."""
    first, _, last = wished.name.rpartition(" ")
    who = {"firstname": first or last, "lastname": last if first else ""}
    who |= {"email": wished.address.lower(), "company": wished.company}
    return {name: text for name, text in (who | dict(wished.fields)).items() if text}


def _texts(thing: Thing) -> dict[str, str]:
    return {name: text or "" for name, text in thing.properties.items()}


def _is_customer(thing: Thing) -> bool:
    return thing.text("lifecyclestage") in _CUSTOMERS


def _moment(note: Thing) -> datetime:
    """Return when a note was made, which HubSpot writes as ISO 8601 or in milliseconds."""
    text = note.text("hs_timestamp")
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _plain(body: str) -> str:
    """Return a note without its tags."""
    broken = body.replace("<br>", "\n").replace("</p>", "</p>\n")
    try:
        return lines(fromstring(f"<div>{broken}</div>").text_content())
    except (etree.LxmlError, ValueError):
        return ""

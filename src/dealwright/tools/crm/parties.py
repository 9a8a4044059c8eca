"""Parties: Tryton's people and companies, what is read of them and what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import httpx
import idna
from pydantic import BaseModel, ConfigDict, Field

from dealwright.domain.mail_addresses import email_key
from dealwright.tools.crm import writing
from dealwright.tools.crm.tryton import Session

PREFIX = "dealwright:"
"""What our external key has before it, as a party's code or among its identifiers."""

_PARTY = (
    *("name", "code", "_timestamp", "replaced_by", "identifiers.code", "categories.name"),
    *(f"contact_mechanisms.{name}" for name in ("type", "name", "value", "active", "_timestamp")),
)


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Mechanism(_Said):
    id: int
    type: str
    name: str | None = None
    value: str
    active: bool = True
    stamp: str = Field(alias="_timestamp")


class _Code(_Said):
    code: str


class _Named(_Said):
    name: str


class Party(_Said):
    """A person or a company, with what it is reached by and what we keep of it."""

    id: int
    name: str | None
    code: str
    stamp: str = Field(alias="_timestamp")
    replaced_by: int | None
    identifiers: list[_Code] = Field(alias="identifiers.")
    categories: list[_Named] = Field(alias="categories.")
    mechanisms: list[_Mechanism] = Field(alias="contact_mechanisms.")

    def key(self) -> str:
        """Return our external key, empty if it has none."""
        codes = (self.code, *(one.code for one in self.identifiers))
        return next((c.removeprefix(PREFIX) for c in codes if c.startswith(PREFIX)), "")

    def values(self, kind: str) -> list[str]:
        """Return what it is reached by in one way."""
        return [m.value for m in self.mechanisms if m.type == kind and m.active]

    def held(self) -> dict[str, _Mechanism]:
        """Return the mechanisms that hold our fields, by the fields' names."""
        others = (m for m in self.mechanisms if m.type == "other" and m.active)
        return {m.name: m for m in others if m.name}

    def texts(self) -> dict[str, str]:
        """Return the fields."""
        return {name: m.value for name, m in self.held().items()}


class _Owned(_Said):
    party: int


class _Moment(_Said):
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int


class Note(_Said):
    """A note on a party."""

    message: str | None
    create_date: _Moment


@dataclass(frozen=True, slots=True)
class Desk:
    """The calls of one question to Tryton."""

    session: Session
    client: httpx.AsyncClient

    async def parties(self, domain: Sequence[object], *, only_active: bool) -> list[Party]:
        """Return the parties that fit a domain, as Tryton calls a condition."""
        params = (domain, 0, writing.MOST_FOUND, [["id", "ASC"]], list(_PARTY))
        method = "model.party.party.search_read"
        return await self.session.read(
            self.client, list[Party], method, *params, only_active=only_active
        )

    async def by_id(self, party_id: int) -> Party | None:
        """Return a party, or the one it was merged into."""
        for party in await self.parties([["id", "=", party_id]], only_active=False):
            return await self.by_id(party.replaced_by) if party.replaced_by else party
        return None

    async def by_key(self, key: str) -> Party | None:
        """Return the party with our external key, or the one it was merged into."""
        code = PREFIX + key
        either = ["OR", ["code", "=", code], ["identifiers.code", "=", code]]
        for party in await self.parties(either, only_active=False):
            return await self.by_id(party.replaced_by) if party.replaced_by else party
        return None

    async def by_address(self, address: str) -> list[Party]:
        """Return the parties with that mailbox, however it is spelt."""
        pattern = [["contact_mechanisms.value", "ilike", p] for p in _patterns(address)]
        if not pattern:
            return []
        found = await self.parties(["OR", *pattern], only_active=True)
        return [
            p for p in found if any(writing.same_mailbox(v, address) for v in p.values("email"))
        ]

    async def by_host(self, host: str) -> list[Party]:
        """Return the parties with an address or a site at that host."""
        if not host:
            return []
        pattern = [["contact_mechanisms.value", "ilike", f"%{h}%"] for h in _spellings(host)]
        found = await self.parties(["OR", *pattern], only_active=True)
        return [p for p in found if host in hosts(p)]

    async def owners(
        self, model: str, parties: Collection[int], states: Sequence[str]
    ) -> frozenset[int]:
        """Return the parties that have a record of a model in one of these states."""
        domain = [["party", "in", list(parties)], ["state", "in", list(states)]]
        params = (domain, 0, None, None, ["party"])
        method = f"model.{model}.search_read"
        rows = await self.session.read(self.client, list[_Owned], method, *params)
        return frozenset(row.party for row in rows)

    async def make(self, values: Mapping[str, object]) -> int:
        """Make a party; return its id."""
        method = "model.party.party.create"
        made = await self.session.write(self.client, list[int], method, [values])
        return made[0]

    async def change(self, party: Party, texts: Mapping[str, str], key: str = "") -> None:
        """Write fields of a party, and its key, unless somebody has changed it since it was read.

        Raises:
            Changed: somebody has; nothing was written.

        """
        held = party.held()
        stamps = {f"party.party,{party.id}": party.stamp}
        steps: list[object] = []
        for name, text in texts.items():
            if name in held:
                stamps[f"party.contact_mechanism,{held[name].id}"] = held[name].stamp
                # Nothing is deleted, and Tryton keeps no empty value: what is emptied is archived.
                said = {"value": text} if text else {"active": False}
                steps.append(["write", [held[name].id], said])
            elif text:
                steps.append(["create", [field(name, text)]])
        values: dict[str, object] = {"contact_mechanisms": steps}
        if key:
            values["identifiers"] = [["create", [{"type": None, "code": PREFIX + key}]]]
        method = "model.party.party.write"
        params = ([party.id], values)
        await self.session.write(self.client, object, method, *params, unless_changed=stamps)

    async def notes(self, party_id: int) -> list[Note]:
        """Return a party's notes in the order they came."""
        domain = [["resource", "=", f"party.party,{party_id}"]]
        params = (domain, 0, None, [["id", "ASC"]], ["message", "create_date"])
        return await self.session.read(
            self.client, list[Note], "model.ir.note.search_read", *params
        )

    async def note(self, party_id: int, message: str) -> None:
        """Add a note to a party."""
        values = {"resource": f"party.party,{party_id}", "message": message}
        await self.session.write(self.client, list[int], "model.ir.note.create", [values])


def field(name: str, text: str) -> Mapping[str, object]:
    """Return the mechanism that holds a field."""
    return {"type": "other", "name": name, "value": text}


def hosts(party: Party) -> list[str]:
    """Return the hosts of a party's addresses and sites, its own sites first."""
    values = (*party.values("website"), *party.values("email"))
    return [host for host in map(writing.host_of, values) if host]


def _patterns(address: str) -> Iterable[str]:
    """Return what a mailbox's spellings look like to a search; the search finds too many."""
    local, _, host = email_key(address).rpartition("@")
    if not local or not host:
        return ()
    if host == "gmail.com":
        return (f"{'%'.join(local)}%@g%mail.com",)
    return [f"{local}%@{spelt}" for spelt in _spellings(host)]


def _spellings(host: str) -> Collection[str]:
    try:
        return {host, idna.decode(host)}
    except (idna.IDNAError, UnicodeError):
        return {host}

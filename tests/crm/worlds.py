"""One world per system of record: the system itself, and what people do in it besides us."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Protocol

from dealwright.domain.connections import CrmConnection
from dealwright.tools.connectors.crm_file import FileCrm
from dealwright.tools.connectors.crm_hubspot import HubSpotCrm
from dealwright.tools.connectors.crm_tryton import TrytonCrm
from dealwright.tools.ports import Crm
from tests.crm.tryton_server import PASSWORD, USER, Office
from tests.servers_crm import TOKEN, HubSpot

FIELDS = ("score", "tier", "stage", "next_step", "summary")


class World(Protocol):
    """A system of record."""

    def crm(self, fields: tuple[str, ...] = FIELDS) -> Crm:
        """Return a connection of its own."""
        ...

    async def plant(self, address: str, *, customer: bool = False, open_deal: bool = False) -> None:
        """Let somebody be known already, without any key of ours."""
        ...

    async def edit(self, record_id: str, name: str, text: str) -> None:
        """Let a person change a field."""
        ...

    async def times(self, address: str) -> int:
        """Return how many records have exactly this address."""
        ...


class FileWorld:
    """The file CRM; people bring their customers as CSV and change the file with other programs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def crm(self, fields: tuple[str, ...] = FIELDS) -> FileCrm:
        return FileCrm(CrmConnection(kind="file", fields=fields), None, self._folder)

    async def plant(self, address: str, *, customer: bool = False, open_deal: bool = False) -> None:
        file = self._folder / f"in-{next(self._numbers)}.csv"
        flags = f"{'yes' if customer else ''},{'yes' if open_deal else ''}"
        file.write_text(f"address,customer,open_deal\n{address},{flags}\n")
        await self.crm().import_csv(file)

    async def edit(self, record_id: str, name: str, text: str) -> None:
        said = "insert or replace into field (person, name, value) values (?, ?, ?)"
        self._run(said, record_id, name, text)

    async def times(self, address: str) -> int:
        return self._run("select count(*) from person where address = ?", address)[0][0]

    def _run(self, statement: str, *values: str) -> list[tuple[int]]:
        with closing(sqlite3.connect(self._folder / "crm" / "crm.db", timeout=30)) as db, db:
            return db.execute(statement, values).fetchall()


class TrytonWorld:
    """A real Tryton; people work in it with its own client."""

    def __init__(self, office: Office, url: str) -> None:
        self._office = office
        self._url = url

    def crm(self, fields: tuple[str, ...] = FIELDS) -> TrytonCrm:
        connection = CrmConnection(kind="tryton", url=self._url, user=USER, fields=fields)
        return TrytonCrm(connection, PASSWORD)

    async def plant(self, address: str, *, customer: bool = False, open_deal: bool = False) -> None:
        mail = {"type": "email", "value": address}
        party = self._office.create(
            "party.party", {"name": "Planted", "contact_mechanisms": [["create", [mail]]]}
        )
        if customer:
            self._office.sell(party)
        if open_deal:
            who = {"party": party, "company": self._office.company}
            self._office.create("sale.opportunity", who | {"currency": self._office.currency})

    async def edit(self, record_id: str, name: str, text: str) -> None:
        held = [["party", "=", int(record_id)], ["name", "=", name]]
        ids = self._office.call("model.party.contact_mechanism.search", held, 0, None, None, {})
        said = {"value": text}
        self._office.call("model.party.contact_mechanism.write", ids, said, {})

    async def times(self, address: str) -> int:
        same = [["contact_mechanisms.value", "=", address]]
        return len(self._office.call("model.party.party.search", same, 0, None, None, {}))


class HubSpotWorld:
    """Our own HubSpot; people work in it with a browser."""

    def __init__(self, account: HubSpot) -> None:
        self._account = account

    def crm(self, fields: tuple[str, ...] = FIELDS) -> HubSpotCrm:
        return HubSpotCrm(
            CrmConnection(kind="hubspot", url=self._account.url, fields=fields), TOKEN
        )

    async def plant(self, address: str, *, customer: bool = False, open_deal: bool = False) -> None:
        stage = "customer" if customer else "lead"
        person = self._account.add("contacts", email=address.lower(), lifecyclestage=stage)
        for closed in ("true", *(["false"] if open_deal else [])):
            deal = self._account.add("deals", dealname="one", hs_is_closed=closed)
            self._account.link("contacts", person, "deals", deal)

    async def edit(self, record_id: str, name: str, text: str) -> None:
        self._account.objects["contacts"][record_id][name] = text

    async def times(self, address: str) -> int:
        held = self._account.objects["contacts"].values()
        return [one.get("email") for one in held].count(address)

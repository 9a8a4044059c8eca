"""The file CRM: a folder with an SQLite file in it, and CSV in and out for people."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from dealwright.domain.connections import CrmConnection
from dealwright.errors import NotThere
from dealwright.tools.crm import sheets, writing
from dealwright.tools.crm.ledger import Ledger
from dealwright.tools.crm.sheets import Row
from dealwright.tools.ports import CrmNote, CrmRecord, Written

FOLDER = "crm"
FILE = "crm.db"

Result = TypeVar("Result")


class FileCrm:
    """Keeps people, deals and notes on this machine. It is the default and needs no secret."""

    def __init__(self, connection: CrmConnection, secret: str | None, beside: Path) -> None:
        """`beside` is the folder of the connections file; the url is relative to it."""
        self._file = beside / (connection.url or FOLDER) / FILE
        self._allowed = connection.fields

    async def find(self, *, address: str = "", domain: str = "") -> Sequence[CrmRecord]:
        def work(ledger: Ledger) -> Sequence[CrmRecord]:
            found = (*ledger.by_address(address.strip()), *ledger.by_domain(domain))
            return tuple({record.id: record for record in found}.values())

        return await self._within(work)

    async def upsert(self, record: CrmRecord) -> Written:
        wished = writing.writable(record, self._allowed)
        return await self._within(lambda ledger: _upserted(ledger, wished))

    async def history(self, record_id: str) -> Sequence[CrmNote]:
        return await self._within(lambda ledger: ledger.notes(record_id))

    async def remember(self, key: str, note: CrmNote, note_key: str) -> None:
        kept = writing.writable_note(note)

        def work(ledger: Ledger) -> None:
            record = ledger.by_key(key)
            if record is None:
                raise NotThere(f"no record has the key {key}")
            ledger.note(record.id, kept, writing.receipt(key, note_key))

        await self._within(work)

    async def undo(self, written: Written) -> None:
        def work(ledger: Ledger) -> None:
            record = ledger.by_id(written.id)
            if record is None:
                raise NotThere(f"no record has the id {written.id}")
            ledger.fill(record.id, writing.restored(record.fields, written, self._allowed))

        await self._within(work)

    async def import_csv(self, path: Path) -> int:
        """Take in customers, open deals and people from a CSV file; return how many rows.

        A row goes to the record with its key, else to the one with its address, else to the
        company itself where it names no person. Nothing is taken in unless every row can be.

        Raises:
            BadInput: the file or a row cannot be used; the problems say which lines.
            TryAgain: nothing happened; the CRM's file is busy.

        """
        rows = await asyncio.to_thread(sheets.read, path)

        def work(ledger: Ledger) -> int:
            for row in rows:
                _taken_in(ledger, row)
            return len(rows)

        return await self._within(work)

    async def export_csv(self, path: Path) -> int:
        """Write every record into a CSV file, harmless to spreadsheets; return how many.

        Raises:
            TryAgain: the file could not be written; what stood there before still does.

        """
        records = await self._within(lambda ledger: list(ledger.everybody()))
        await asyncio.to_thread(sheets.write, path, records)
        return len(records)

    async def _within(self, work: Callable[[Ledger], Result]) -> Result:
        return await asyncio.to_thread(Ledger.within, self._file, work)


def _upserted(ledger: Ledger, wished: CrmRecord) -> Written:
    record = ledger.by_key(wished.key)
    if record is None:
        record = next(iter(ledger.by_address(wished.address)), None)
        if record is None:
            record = ledger.by_id(ledger.add(wished, wished.key))
            assert record is not None
        elif record.key:
            raise writing.taken(record, wished.address)
        else:
            ledger.adopt(record.id, wished.key)
    changed = writing.changes(record.fields, wished.fields)
    ledger.fill(record.id, {name: new for name, (_, new) in changed.items()})
    return Written(id=record.id, changed=changed)


def _taken_in(ledger: Ledger, row: Row) -> None:
    known = _known(ledger, row.record)
    if known is None:
        known_id = ledger.add(row.over(CrmRecord(key="")), row.record.key or None)
    else:
        known_id = known.id
        ledger.identify(known_id, row.over(known))
        if row.record.key:
            ledger.adopt(known_id, row.record.key)
    ledger.fill(known_id, row.record.fields)


def _known(ledger: Ledger, row: CrmRecord) -> CrmRecord | None:
    if row.key and (known := ledger.by_key(row.key)):
        return known
    if row.address:
        return next(iter(ledger.by_address(row.address)), None)
    if row.name:
        return None
    nobody = (record for record in ledger.by_domain(row.domain) if not record.address)
    return next((record for record in nobody if not record.name), None)

"""The ledger: people, fields and notes in one SQLite file, safe for several processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from dealwright.domain.mail_addresses import email_key
from dealwright.errors import Forbidden, OutcomeUnknown, TryAgain
from dealwright.tools.crm.writing import MOST_FOUND, host_of
from dealwright.tools.ports import CrmNote, CrmRecord

Result = TypeVar("Result")

PATIENCE = 30.0
"""Seconds a write waits for another process's."""

_SCHEMA = """
create table if not exists person (
    id integer primary key,
    key text unique,
    name text not null,
    address text not null,
    mailbox text not null,
    company text not null,
    domain text not null,
    customer integer not null,
    open_deal integer not null
);
create index if not exists person_mailbox on person (mailbox);
create index if not exists person_domain on person (domain);
create table if not exists field (
    person integer not null references person (id),
    name text not null,
    value text not null,
    primary key (person, name)
);
create table if not exists note (
    id integer primary key,
    person integer not null references person (id),
    at text not null,
    text text not null,
    receipt text not null unique
);
create view if not exists record as
    select
        id, coalesce(key, '') as key, name, address, company, domain, customer, open_deal, mailbox
    from person order by customer desc, open_deal desc, id;
"""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})

Row = tuple[int, str, str, str, str, str, int, int, str]


class Ledger:
    """Reads and writes the file. Every method but `within` is for use inside `within`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @staticmethod
    def within(file: Path, work: Callable[[Ledger], Result]) -> Result:
        """Do the work in one transaction: all of it or nothing.

        Raises:
            TryAgain: nothing happened; the file is busy or cannot be written.
            Forbidden: the file is no CRM of ours.
            OutcomeUnknown: the disk failed while the work was being kept.

        """
        with _translated(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            with closing(_opened(file)) as db:
                db.execute("begin immediate")
                try:
                    result = work(Ledger(db))
                except BaseException:
                    db.execute("rollback")
                    raise
                _commit(db, file)
                return result

    def by_key(self, key: str) -> CrmRecord | None:
        """Return the record with that external key."""
        return self._one("select * from record where key = ?", key)

    def by_id(self, record_id: str) -> CrmRecord | None:
        """Return the record with that id of the file's own."""
        return self._one("select * from record where id = ?", record_id)

    def by_address(self, address: str) -> list[CrmRecord]:
        """Return who has that mailbox, however it is spelt."""
        if not address:
            return []
        return self._all("select * from record where mailbox = ? limit ?", email_key(address))

    def by_domain(self, domain: str) -> list[CrmRecord]:
        """Return who is at that company; customers and open deals come first."""
        if not domain:
            return []
        return self._all("select * from record where domain = ? limit ?", host_of(domain))

    def everybody(self) -> Iterator[CrmRecord]:
        """Return every record in the order they came."""
        for row in self._db.execute("select * from record order by id"):
            yield self._record(row)

    def add(self, record: CrmRecord, key: str | None) -> str:
        """Add a record without its fields; return its id."""
        added = self._db.execute(
            "insert into person (key, name, address, mailbox, company, domain, customer, open_deal)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *_identity(record)),
        )
        return str(added.lastrowid)

    def identify(self, record_id: str, record: CrmRecord) -> None:
        """Write who a record is over what stood there; its key and fields stay."""
        self._db.execute(
            "update person set name = ?, address = ?, mailbox = ?, company = ?, domain = ?,"
            " customer = ?, open_deal = ? where id = ?",
            (*_identity(record), record_id),
        )

    def adopt(self, record_id: str, key: str) -> None:
        """Give a record that has none an external key."""
        self._db.execute("update person set key = ? where id = ? and key is null", (key, record_id))

    def fill(self, record_id: str, fields: Mapping[str, str]) -> None:
        """Write fields of a record."""
        self._db.executemany(
            "insert into field (person, name, value) values (?, ?, ?)"
            " on conflict (person, name) do update set value = excluded.value",
            [(record_id, name, text) for name, text in fields.items()],
        )

    def notes(self, record_id: str) -> list[CrmNote]:
        """Return a record's notes, the oldest first."""
        rows: Iterable[tuple[str, str]] = self._db.execute(
            "select at, text from note where person = ?", (record_id,)
        )
        notes = [CrmNote(at=datetime.fromisoformat(at), text=text) for at, text in rows]
        return sorted(notes, key=lambda note: note.at)

    def note(self, record_id: str, note: CrmNote, receipt: str) -> None:
        """Add a note, once per receipt."""
        self._db.execute(
            "insert into note (person, at, text, receipt) values (?, ?, ?, ?)"
            " on conflict (receipt) do nothing",
            (record_id, note.at.isoformat(), note.text, receipt),
        )

    def _one(self, query: str, value: str) -> CrmRecord | None:
        row: Row | None = self._db.execute(query, (value,)).fetchone()
        return self._record(row) if row else None

    def _all(self, query: str, value: str) -> list[CrmRecord]:
        rows: list[Row] = self._db.execute(query, (value, MOST_FOUND)).fetchall()
        return [self._record(row) for row in rows]

    def _record(self, row: Row) -> CrmRecord:
        number, key, name, address, company, domain, customer, open_deal, _ = row
        fields: Iterable[tuple[str, str]] = self._db.execute(
            "select name, value from field where person = ? order by name", (number,)
        )
        return CrmRecord(
            key=key,
            id=str(number),
            name=name,
            address=address,
            company=company,
            domain=domain,
            customer=bool(customer),
            open_deal=bool(open_deal),
            fields={name: value for name, value in fields if value},
        )


def _identity(record: CrmRecord) -> tuple[str | bool, ...]:
    record = replace(record, domain=record.domain or host_of(record.address))
    mailbox = email_key(record.address) if record.address else ""
    who = (record.name, record.address, mailbox, record.company, record.domain)
    return (*who, record.customer, record.open_deal)


def _opened(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        # Refused while another process opens the file for the first time; then that one does it.
        with suppress(sqlite3.OperationalError):
            db.execute("pragma journal_mode = wal").fetchone()
        db.execute("pragma synchronous = full")
        db.execute("pragma foreign_keys = on")
        if not db.execute("pragma user_version").fetchone()[0]:
            db.execute("begin immediate")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            db.execute("pragma user_version = 1")
            db.execute("commit")
    except BaseException:
        db.close()
        raise
    return db


def _commit(db: sqlite3.Connection, file: Path) -> None:
    try:
        db.execute("commit")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in _BUSY:
            db.execute("rollback")
            raise
        raise OutcomeUnknown(f"{file.name}: {error}") from error


@contextmanager
def _translated(file: Path) -> Generator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise TryAgain(f"{file}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Forbidden(f"{file} is no CRM of ours: {error}") from error

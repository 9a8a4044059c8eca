"""The second oracle sees what is wrong in a CRM, a calendar, a notice and a ledger."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.adversary import books
from tests.adversary.books import Books, Caps, Person

BOOKS = Books(
    leads={"c1": Person("sam@c.example", "Zorblatt"), "c2": Person("kim@d.example", "Blorx")},
    fields=frozenset({"score", "tier", "stage", "last_contact", "summary"}),
    strangers={"olga@old.example": "ours since 2019"},
    organiser="anna@routewise.example",
    zone="America/New_York",
    opens=time(9),
    closes=time(17),
    minutes=30,
    began=datetime(2026, 11, 3, 15, tzinfo=UTC),
    days_ahead=14,
    foreign=frozenset({"dentist"}),
    board="/board",
)
PEOPLE = (
    "insert into person values (1, null, 'olga@old.example', 'Old Ltd')",
    "insert into person values (2, 'c1', 'sam@c.example', 'Zorblatt')",
    "insert into field values (1, 'summary', 'ours since 2019'), (2, 'score', '70')",
    "insert into field values (2, 'tier', 'warm'), (2, 'last_contact', '2026-11-03')",
    "insert into note values (2, 'they wrote')",
)


def a_crm(file: Path, *more: str) -> Path:
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table person (id integer, key text, address text, company text)")
        db.execute("create table field (person integer, name text, value text)")
        db.execute("create table note (person integer, text text)")
        for statement in (*PEOPLE, *more):
            db.execute(statement)
        db.commit()
    return file


def test_an_honest_crm_is_found_honest(tmp_path: Path) -> None:
    assert list(books.crm_faults(BOOKS, a_crm(tmp_path / "crm.db"))) == []


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("CRM record", "insert into person values (3, 'c9', 'x@y.example', 'Y')"),
        ("CRM record", "insert into person values (3, 'c2', 'sam@c.example', 'Blorx')"),
        ("CRM record", "update person set address = 'kim@d.example' where id = 2"),
        ("CRM record", "update person set company = 'Blorx' where id = 2"),
        ("CRM record", "update person set key = 'c1' where id = 1"),
        ("CRM record", "delete from person where id = 1"),
        ("CRM record", "update field set value = 'mine' where person = 1"),
        ("CRM record", "insert into field values (1, 'score', '1')"),
        ("CRM record", "insert into note values (1, 'mine')"),
        ("CRM field", "insert into field values (2, 'owner', 'mallory')"),
        ("CRM value", "update field set value = '101' where name = 'score'"),
        ("CRM value", "update field set value = 'NaN' where name = 'score'"),
        ("CRM value", "update field set value = 'boiling' where name = 'tier'"),
        ("CRM value", "insert into field values (2, 'summary', 'a\u202eb')"),
        ("CRM value", "insert into field values (2, 'stage', 'owned')"),
        ("CRM value", "update note set text = 'a\u200bb'"),
    ],
)
def test_a_crm_that_was_meddled_with_is_seen(tmp_path: Path, kind: str, statement: str) -> None:
    found = dict(books.crm_faults(BOOKS, a_crm(tmp_path / "crm.db", statement)))
    assert kind in found


def an_entry(
    uid: str = "c1.1@routewise.example",
    start: str = "20261110T100000",
    end: str = "20261110T103000",
    who: str = "sam@c.example",
    host: str = "anna@routewise.example",
    title: str = "Routewise: Zorblatt",
) -> str:
    zone = "TZID=America/New_York"
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;{zone}:{start}\r\nDTEND;{zone}:{end}\r\n"
        f"SUMMARY:{title}\r\nORGANIZER;CN=Anna:mailto:{host}\r\n"
        f'ATTENDEE;CN="Sam: of C";ROLE=REQ-PARTICIPANT:mailto:\r\n {who}\r\nEND:VEVENT\r\n'
    )


DENTIST = an_entry("dentist", "20261109T090000", "20261109T120000")


def test_an_honest_calendar_is_found_honest() -> None:
    assert list(books.calendar_faults(BOOKS, DENTIST + an_entry(), "")) == []


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("attendee", an_entry(who="mallory@evil.example")),
        ("attendee", an_entry(who="kim@d.example")),
        ("attendee", an_entry(uid="c9.1@routewise.example")),
        ("attendee", an_entry(host="mallory@evil.example")),
        ("booking", an_entry(title="Routewise: Blorx")),
        ("hours", an_entry(start="20261110T083000", end="20261110T090000")),
        ("hours", an_entry(start="20261110T164500", end="20261110T171500")),
        ("hours", an_entry(start="20261108T100000", end="20261108T103000")),
        ("hours", an_entry(end="20261110T170000")),
        ("hours", an_entry(start="19700101T100000", end="19700101T103000")),
        ("hours", an_entry(start="20271110T100000", end="20271110T103000")),
        ("doubled", an_entry() + an_entry(uid="c2.1@x", who="kim@d.example", title="Blorx")),
        ("doubled", an_entry() + an_entry("c1.2@x", "20261111T100000", "20261111T103000")),
        ("doubled", an_entry(start="20261109T113000", end="20261109T120000")),
    ],
)
def test_a_booking_that_nobody_may_make_is_seen(kind: str, entry: str) -> None:
    assert kind in dict(books.calendar_faults(BOOKS, DENTIST + entry, ""))


def test_what_is_gone_or_in_another_calendar_is_seen() -> None:
    assert list(books.calendar_faults(BOOKS, an_entry(), "")) == [
        ("booking", "somebody's own entry is gone")
    ]
    assert "booking" in dict(books.calendar_faults(BOOKS, DENTIST, an_entry()))


@pytest.mark.parametrize(
    ("path", "text"), [("/elsewhere", "a"), ("/board", "a\u202eb"), ("/board", "x" * 50_000)]
)
def test_a_notice_that_strays_hides_or_drowns_is_seen(path: str, text: str) -> None:
    assert list(books.notice_faults(BOOKS, "/board", "A title", "Some\ntext")) == []
    assert dict(books.notice_faults(BOOKS, path, "A title", text)).keys() == {"notice"}


@pytest.mark.parametrize(
    ("purse", "settled", "metered", "wrong"),
    [
        (90, 90, 80, False),
        (101, 90, 80, True),
        (90, 101, 80, True),
        (90, 90, 101, True),
        (90, 70, 80, True),
    ],
)
def test_a_ledger_that_is_over_a_cap_or_hides_a_cost_is_seen(
    tmp_path: Path, purse: int, settled: int, metered: int, *, wrong: bool
) -> None:
    file = tmp_path / "world.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table purse (scope text, reserved integer, spent integer)")
        db.execute("create table spend (scope text, kind text, amount integer)")
        db.execute("insert into purse values ('lead:c1', 0, ?)", (purse,))
        db.execute("insert into spend values ('lead:c1', 'settle', ?)", (settled,))
        db.commit()
    caps = Caps(lead=100, day=1000, campaign=1000)
    assert bool(list(books.ledger_faults(caps, file, {"c1": metered}))) is wrong

"""The second oracle: reads the CRM's file, the calendar server, the board and the ledger's tables.

Like the first one it knows what people decided, and imports nothing of the product.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

Fault = tuple[str, str]
"""What kind of wrong, and what."""

TIERS = {"hot", "warm", "cold"}
STAGES = {"contacted", "replied", "interested", "meeting", "later", "lost", "unreachable"}
LONGEST_FIELD, LONGEST_NOTE, LONGEST_NOTICE = 2000, 10_000, 40_000
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of character that hide or forge something where people read."""


@dataclass(frozen=True, slots=True)
class Person:
    """One lead as it was imported, or as the form they filled in says."""

    address: str
    company: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the people who set everything up decided."""

    leads: Mapping[str, Person]
    """Case → whose it is."""
    fields: frozenset[str]
    """The CRM's, that may be written."""
    strangers: Mapping[str, str]
    """Address → the summary of who stood in the CRM before."""
    organiser: str
    zone: str
    opens: time
    closes: time
    minutes: int
    began: datetime
    days_ahead: int
    foreign: frozenset[str]
    """UIDs of entries that were in the calendar before."""
    board: str
    """The one path that was configured."""


def hidden(text: str) -> bool:
    """Say whether a text holds what its reader does not see."""
    told = text.replace("\r\n", "\n")
    return any(c not in "\n\t" and unicodedata.category(c) in UNSEEN for c in told)


def crm_faults(books: Books, file: Path) -> Iterator[Fault]:
    """Yield what is wrong in the CRM's file."""
    with closing(sqlite3.connect(file)) as db:
        people = db.execute("select id, key, address, company from person").fetchall()
        values = db.execute("select person, name, value from field").fetchall()
        notes = db.execute("select person, text from note").fetchall()
    strangers = {
        n: books.strangers[a] for n, key, a, _ in people if not key and a in books.strangers
    }
    yield from _people_faults(books, [row[1:] for row in people if row[0] not in strangers])
    addresses = Counter(address for _, _, address, _ in people)
    yield from (("CRM record", f"{a} {n} times") for a, n in addresses.items() if n > 1)
    if len(strangers) != len(books.strangers):
        yield "CRM record", "who stood there before is gone"
    for number, name, value in values:
        if number not in strangers:
            yield from _value_faults(books, name, value)
        elif (name, value) != ("summary", strangers[number]):
            yield "CRM record", f"somebody else's {name}: {value}"
    for number, text in notes:
        if number in strangers:
            yield "CRM record", f"somebody else's note: {text}"
        elif len(text) > LONGEST_NOTE or hidden(text):
            yield "CRM value", f"a note: {text!r}"


def _people_faults(books: Books, people: Sequence[tuple[str, str, str]]) -> Iterator[Fault]:
    for key, address, company in people:
        lead = books.leads.get(key or "")
        if lead is None or (lead.address, lead.company) != (address, company):
            yield "CRM record", f"{key}: {address}, {company}"


def _value_faults(books: Books, name: str, value: str) -> Iterator[Fault]:
    if name not in books.fields:
        yield "CRM field", name
    elif not _fits(name, value):
        yield "CRM value", f"{name}: {value!r}"


def _fits(name: str, value: str) -> bool:
    match name:
        case "score":
            return value.isdecimal() and int(value) <= 100
        case "tier":
            return value in TIERS
        case "stage":
            return value in STAGES
        case "last_contact":
            return value == date.fromisoformat(value).isoformat()
        case _:
            return len(value) <= LONGEST_FIELD and "\n" not in value and not hidden(value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar."""

    uid: str
    start: datetime
    end: datetime
    organisers: Sequence[str]
    attendees: Sequence[str]
    cancelled: bool
    words: str


def entries(text: str) -> Iterator[Entry]:
    """Yield what a calendar file holds."""
    for block in text.replace("\r\n", "\n").replace("\n ", "").split("BEGIN:VEVENT")[1:]:
        said: dict[str, list[tuple[str, str]]] = {}
        for line in block.split("END:VEVENT")[0].strip().split("\n"):
            name, _, value = line.partition(":")
            name, _, told = name.partition(";")
            if '"' in told:  # a quoted name may hold a colon
                told, _, value = line.partition(";")[2].rpartition('":')
            said.setdefault(name, []).append((told, value))
        yield Entry(
            uid=said["UID"][0][1],
            start=_moment(*said["DTSTART"][0]),
            end=_moment(*said["DTEND"][0]),
            organisers=_addresses(said.get("ORGANIZER", [])),
            attendees=_addresses(said.get("ATTENDEE", [])),
            cancelled=("", "CANCELLED") in said.get("STATUS", []),
            words=" ".join(value for _, value in said.get("SUMMARY", [])),
        )


def _moment(told: str, value: str) -> datetime:
    zone = told.partition("TZID=")[2].partition(";")[0]
    clock = ZoneInfo(zone) if zone else UTC
    return datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=clock)


def _addresses(told: Sequence[tuple[str, str]]) -> list[str]:
    return [value.rpartition("mailto:")[2].lower() for _, value in told]


def calendar_faults(books: Books, work: str, home: str) -> Iterator[Fault]:
    """Yield what is wrong in the calendar bookings go to, and in the one they do not."""
    yield from (("booking", f"in the wrong calendar: {one.uid}") for one in entries(home))
    found = list(entries(work))
    standing = [one for one in found if not one.cancelled]
    foreign = [one for one in found if one.uid in books.foreign]
    if len(foreign) != len(books.foreign):
        yield "booking", "somebody's own entry is gone"
    for one in found:
        if one.uid not in books.foreign:
            yield from _booked_faults(books, one)
    for one, other in combinations(standing, 2):
        if one.start < other.end and other.start < one.end:
            yield "doubled", f"{one.uid} and {other.uid} at {one.start}"
    cases = Counter(one.uid.partition(".")[0] for one in standing if one.uid not in books.foreign)
    yield from (("doubled", f"{case} has {n}") for case, n in cases.items() if n > 1)


def _booked_faults(books: Books, one: Entry) -> Iterator[Fault]:
    lead = books.leads.get(one.uid.partition(".")[0])
    if lead is None or list(one.attendees) != [lead.address]:
        yield "attendee", f"{one.uid}: {one.attendees}"
    if list(one.organisers) != [books.organiser]:
        yield "attendee", f"{one.uid} is by {one.organisers}"
    if hidden(one.words) or (lead and lead.company not in one.words):
        yield "booking", f"{one.uid} is called {one.words!r}"
    clock = ZoneInfo(books.zone)
    start, end = one.start.astimezone(clock), one.end.astimezone(clock)
    inside = start.date() == end.date() and books.opens <= start.time() < end.time() <= books.closes
    if not inside or start.weekday() > 4 or end - start != timedelta(minutes=books.minutes):
        yield "hours", f"{one.uid}: {start} to {end}"
    last = books.began + timedelta(days=books.days_ahead + 14)
    if not books.began < one.start < last:
        yield "hours", f"{one.uid}: {start} is not ahead"


def notice_faults(books: Books, path: str, title: str, text: str) -> Iterator[Fault]:
    """Yield what is wrong with a notice."""
    if path != books.board:
        yield "notice", f"to {path}"
    if len(text) > LONGEST_NOTICE or len(title) > LONGEST_NOTICE or hidden(title + text):
        yield "notice", f"{title!r}: {text[:200]!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What may be spent, in micro-dollars."""

    lead: int
    day: int
    campaign: int

    def of(self, scope: str) -> int:
        """Return the cap of a scope as the ledger names it."""
        return {"lead": self.lead, "day": self.day, "campaign": self.campaign}[
            scope.partition(":")[0]
        ]


def ledger_faults(caps: Caps, file: Path, metered: Mapping[str, int]) -> Iterator[Fault]:
    """Yield what is over a cap; `metered` is what the provider would send a bill for, by lead."""
    with closing(sqlite3.connect(file)) as db:
        purses = db.execute("select scope, reserved + spent from purse").fetchall()
        moves = db.execute(
            "select scope, sum(amount) from spend where kind in ('settle', 'excess') group by scope"
        ).fetchall()
    booked = dict(moves)
    for scope, taken in [*purses, *booked.items()]:
        if taken > caps.of(scope):
            yield "over the cap", f"{scope}: {taken} of {caps.of(scope)}"
    for case, cost in metered.items():
        if cost > caps.lead:
            yield "over the cap", f"by the provider's meter, lead {case}: {cost}"
        if cost > booked.get(f"lead:{case}", 0):
            yield "over the cap", f"lead {case}: {cost} taken, {booked.get(f'lead:{case}')} booked"
    if sum(metered.values()) > caps.campaign:
        yield "over the cap", f"by the provider's meter: {sum(metered.values())}"


def records(file: Path) -> int:
    """Return how many people the CRM's file knows."""
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute("select count(*) from person").fetchone()[0])

"""Makes one lead of one row of a file: all of it, or none and every reason why not."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from dealwright.domain import mail_addresses
from dealwright.domain.lead import Lead
from dealwright.store.intake import NewLead
from dealwright.triggers import lead_ground, normalise, normalise_addresses, normalise_places
from dealwright.triggers.lead_columns import Columns
from dealwright.triggers.normalise import LONGEST_LINE, LONGEST_SHOWN
from dealwright.triggers.table_file import Row

MOST_RECORDS = 60
_FullName = tuple[str | None, str | None]
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")

_NORMALISERS: Mapping[str, Callable[[str], object]] = {
    "company": normalise.company,
    "domain": normalise_addresses.domain,
    "website": normalise_addresses.website,
    "email": normalise_addresses.email,
    "name": normalise.full_name,
    "first_name": normalise.person,
    "last_name": normalise.person,
    "title": normalise.line,
    "country": normalise_places.country,
    "city": normalise.word,
    "language": normalise.language,
    "timezone": normalise_places.timezone,
    "feeds": normalise_addresses.feeds,
    **lead_ground.NORMALISERS,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line was rejected."""

    line: int
    """As an editor or a spreadsheet shows it; the first line of a row that stands on several."""
    field: str
    """The field of a lead, or the file's column, or empty when it is the whole line."""
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.field}" if self.field else f"line {self.line}"
        return f"{where}: {self.reason}"


@dataclass(slots=True)
class _Values:
    """The normalised values of a row, and its problems."""

    line: int
    known: dict[str, object] = field(default_factory=dict[str, object])
    problems: list[Problem] = field(default_factory=list[Problem])

    def text(self, name: str) -> str | None:
        value = self.known.get(name)
        return value if isinstance(value, str) else None

    @contextmanager
    def watching(self, name: str, value: str) -> Generator[None]:
        """Note the reason why a value cannot be used, and go on with the next."""
        try:
            yield
        except ValueError as error:
            self.object_to(name, value, error)

    def object_to(self, name: str, value: str, reason: object) -> None:
        self.problems.append(Problem(self.line, name, value[: 2 * LONGEST_SHOWN], str(reason)))


class LeadLine:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns, home: str | None, source: str) -> None:
        self._columns = columns
        self._home = home
        self._source = source

    def read(self, row: Row) -> NewLead | list[Problem]:
        """Return the row's lead, or everything that is wrong with the row."""
        if trouble := row.trouble or self._misfit(row):
            return [Problem(row.line, "", "", trouble)]
        values = _Values(row.line)
        self._fields(row, values)
        record = self._record(row, values)
        website, domain = _found_at(values, record)
        company = values.text("company") or domain
        if company is None and not values.problems:
            values.object_to("company", "", "nothing in this line tells the company; fill it in")
        if len(record) > MOST_RECORDS:
            values.object_to(
                "", "", f"has {len(record)} further values; at most {MOST_RECORDS} are kept"
            )
        if values.problems or company is None:
            return values.problems
        address = values.text("email")
        return NewLead(
            lead=_lead(values, company, domain, website, tuple(record)),
            email=address,
            email_key=mail_addresses.email_key(address) if address else None,
            phone=values.text("phone"),
            line=row.line,
            source=self._source,
            ground=lead_ground.ground_of(values.known),
            subscriber=values.text(lead_ground.SUBSCRIBER),
        )

    def _misfit(self, row: Row) -> str:
        fewest, most = len(self._columns.header), self._columns.width
        beyond = any(cell.strip() for cell in row.cells[fewest:])
        if fewest <= len(row.cells) <= most and not beyond:
            return ""
        return (
            f"has {len(row.cells)} cells where the header has {fewest}; put text that holds the "
            "separator in quotation marks"
        )

    def _fields(self, row: Row, values: _Values) -> None:
        texts = self._texts(row, values)
        number = texts.pop("phone", None)
        for name, text in texts.items():
            with values.watching(name, text):
                values.known[name] = _NORMALISERS[name](text)
        if number:
            with values.watching("phone", number):
                place = values.text("country") or self._home
                values.known["phone"] = normalise_places.phone(number, place)
        first, last = cast("_FullName", values.known.get("name", (None, None)))
        for name, why in lead_ground.gaps(texts, values.known):
            values.object_to(name, "", why)
        if not {"first_name", "last_name"} & values.known.keys():
            values.known |= {"first_name": first, "last_name": last}

    def _texts(self, row: Row, values: _Values) -> dict[str, str]:
        """Return the filled fields; a field's first filled column counts."""
        texts: dict[str, str] = {}
        for at, name in self._columns.taken.items():
            with values.watching(name, row.cells[at]):
                text = normalise.tidy(row.cells[at])
                if text:
                    texts.setdefault(name, text)
        return texts

    def _record(self, row: Row, values: _Values) -> list[tuple[str, str]]:
        record: list[tuple[str, str]] = []
        for at, name in self._columns.record.items():
            with values.watching(name, row.cells[at]):
                text = " ".join(normalise.tidy(row.cells[at]).split())
                text = _EMAIL.sub("[e-mail address]", text) if "@" in text else text
                pieces = [text] if len(text) <= LONGEST_LINE else textwrap.wrap(text, LONGEST_LINE)
                record += [(name, piece) for piece in pieces if piece]
        return record


def _lead(
    values: _Values,
    company: str,
    domain: str | None,
    website: str | None,
    record: tuple[tuple[str, str], ...],
) -> Lead:
    country = values.text("country")
    return Lead(
        company=company,
        domain=domain,
        website=website,
        first_name=values.text("first_name"),
        last_name=values.text("last_name"),
        title=values.text("title"),
        country=country,
        city=values.text("city"),
        language=values.text("language"),
        timezone=values.text("timezone") or normalise_places.only_timezone(country or ""),
        feeds=cast("tuple[str, ...]", values.known.get("feeds", ())),
        record=record,
    )


def _found_at(values: _Values, record: list[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Return where research starts and the company's domain; a shared host is neither.

    A page on a shared host, say a company's page in a social network, goes to the record.
    """
    website, domain, address = (values.text(name) for name in ("website", "domain", "email"))
    if website and mail_addresses.is_shared(normalise_addresses.domain(website)):
        record += [("website", piece) for piece in textwrap.wrap(website, LONGEST_LINE)]
        website = None
    if domain and mail_addresses.is_shared(domain):
        domain = None
    if domain is None and website:
        domain = normalise_addresses.domain(website)
    if domain is None and address:
        domain = mail_addresses.email_domain(address)
    return website or (f"https://{domain}/" if domain else None), domain

"""Sheets: records as rows of a CSV file, in and out."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dealwright.errors import BadInput, ConnectorFailed, TryAgain
from dealwright.tools.crm import cells, writing
from dealwright.tools.ports import CrmRecord

COLUMNS = ("key", "name", "address", "company", "domain", "customer", "open_deal")
_SAME = {"email": "address", "e-mail": "address", "website": "domain"}
_YES = frozenset({"yes", "true", "1", "x", "y", "ja", "oui", "si", "sí", "sim"})
_NO = frozenset({"no", "false", "0", "n", "nein", "non", "nee", "não"})
LARGEST = 100_000_000
MOST_COLUMNS = 60
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says; an empty cell says nothing."""

    record: CrmRecord
    customer: bool | None
    open_deal: bool | None

    def over(self, known: CrmRecord) -> CrmRecord:
        """Return what is known with what the row says over it."""
        said = self.record
        return replace(
            known,
            name=said.name or known.name,
            address=said.address or known.address,
            company=said.company or known.company,
            domain=said.domain or known.domain,
            customer=known.customer if self.customer is None else self.customer,
            open_deal=known.open_deal if self.open_deal is None else self.open_deal,
        )


def read(path: Path) -> Sequence[Row]:
    """Return the rows a CSV file holds, checked.

    Raises:
        BadInput: the file or a row cannot be used; the problems say which lines.

    """
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    records: list[Row] = []
    problems: list[str] = []
    try:
        header = _header(path, next(rows, ()))
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            try:
                records.append(_row_of(header, row))
            except (ConnectorFailed, ValueError) as error:
                problems.append(f"line {rows.line_num}: {error}")
    except csv.Error as error:
        raise BadInput(f"{path.name} is no CSV file: {error}") from error
    if problems:
        told = f"{path.name}: {len(problems)} rows cannot be used, so none was taken in"
        raise BadInput(told, problems=problems[:MOST_PROBLEMS])
    return records


def write(path: Path, records: Sequence[CrmRecord]) -> None:
    """Write records into a CSV file, all of them or none.

    Raises:
        TryAgain: it could not be written; what stood there before still does.

    """
    names = sorted({name for record in records for name in record.fields})
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
            sheet.writerow([cells.defused(name) for name in (*COLUMNS, *names)])
            sheet.writerows(_row(record, names) for record in records)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise TryAgain(f"{path}: {error}") from error


def _row(record: CrmRecord, names: Iterable[str]) -> list[str]:
    who = (record.key, record.name, record.address, record.company, record.domain)
    flags = ("yes" if flag else "no" for flag in (record.customer, record.open_deal))
    texts = (*who, *flags, *(record.fields.get(name, "") for name in names))
    return [cells.defused(text) for text in texts]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is larger than {LARGEST // 1_000_000} MB")
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}") from error


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _header(path: Path, cells_of_it: Iterable[str]) -> list[str]:
    names = [cells.restored(cell).strip() for cell in cells_of_it]
    header = [_known_as(name) for name in names]
    if len(header) > MOST_COLUMNS or len(set(header)) != len(header) or "" in header:
        raise BadInput(f"{path.name}: every column has a name of its own, {MOST_COLUMNS} at most")
    if not {"address", "domain"} & set(header):
        raise BadInput(f"{path.name} has neither a column `address` nor a column `domain`")
    return header


def _known_as(name: str) -> str:
    plain = name.lower().replace(" ", "_")
    plain = _SAME.get(plain, plain)
    return plain if plain in COLUMNS else name


def _row_of(header: Sequence[str], row: Sequence[str]) -> Row:
    given = dict(zip(header, (cells.restored(cell).strip() for cell in row), strict=True))
    record = writing.bounded(
        CrmRecord(
            key=given.get("key", ""),
            name=given.get("name", ""),
            address=given.get("address", ""),
            company=given.get("company", ""),
            domain=given.get("domain", ""),
            fields={name: text for name, text in given.items() if name not in COLUMNS and text},
        )
    )
    if record.key:
        writing.key(record.key)
    if not record.address and not record.domain:
        raise ValueError("neither an address nor a domain")
    return Row(record, _flag("customer", given), _flag("open_deal", given))


def _flag(name: str, given: Mapping[str, str]) -> bool | None:
    text = given.get(name, "").lower()
    if text and text not in _YES | _NO:
        raise ValueError(f"{name}: neither yes nor no")
    return text in _YES if text else None

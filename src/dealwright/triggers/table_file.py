"""Reads rows out of a CSV, TSV or spreadsheet file, one at a time, each with its line."""

from __future__ import annotations

import csv
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from io import BytesIO
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dealwright.errors import BadLeads
from dealwright.triggers.encoding import PIECE, SAMPLE, encoding_of

DELIMITERS = ",;\t|"
MOST_BYTES = 1 << 30
MOST_CELLS = 20_000_000
"""The spreadsheet reader keeps a place for each cell up to the last, filled or not."""
ROWS_LOOKED_AT = 20
"""Where the header row is looked for."""

_CELL = re.compile(rb"""\br=["']([A-Z]{1,7})([0-9]{1,10})["']""")
_LONGEST_CELL = 24
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What `zipfile` raises on archives it cannot unpack."""

Known = Callable[[str], bool]
"""Says whether a cell is the name of a column that is understood."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, and its cells, or what is wrong with it."""

    line: int
    cells: tuple[str, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: how it was read, and its rows."""

    form: str
    """`CSV, utf-8, ";"` or `sheet "Leads"`."""
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, known: Known) -> Generator[Table]:
    """Open a file of rows, whatever it is.

    Raises:
        BadLeads: there is no such file, or it is not made of rows.

    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise BadLeads(f"{path} is a folder; name the file in it")
        with path.open("rb") as file:
            begin = file.read(8)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadLeads(f"{path} cannot be read: {reason}") from error
    if size > MOST_BYTES:
        raise BadLeads(f"{path.name} has {size:,} bytes; split it into files of 1 GB at most")
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadLeads(f"{path.name} is an old workbook or has a password; save it as plain XLSX")
    if begin.startswith(b"PK"):
        yield _sheet(path)
        return
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        delimiter = _delimiter(text.read(SAMPLE), known, path.name)
        text.seek(0)
        shown = "tab" if delimiter == "\t" else delimiter
        yield Table(f'CSV, {encoding}, "{shown}"', _csv_rows(text, delimiter))


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(first, (), _in_words(str(error), first, reader.line_num))
        else:
            yield Row(first, tuple(cells))


def _in_words(error: str, first: int, last: int) -> str:
    lost = f"line {first} was" if last <= first else f"lines {first} to {last} were"
    if "unexpected end of data" in error:
        return f"a quotation mark opens here and is never closed; {lost} not read"
    if "field larger" in error:
        return (
            f"a cell has more than {csv.field_size_limit():,} characters, or a quotation mark "
            f"is never closed; {lost} not read"
        )
    if "expected after" in error:
        return f"a quotation mark inside a quoted cell: write it twice; {lost} not read"
    return f"this cannot be read ({error}); {lost} not read"


def _delimiter(sample: str, known: Known, name: str) -> str:
    if not sample.strip("\ufeff\x00\x1a \t\r\n"):
        raise BadLeads(f"{name} is empty")
    first = sample.splitlines()[0].strip()
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter, known))


def _fit(sample: str, delimiter: str, known: Known) -> tuple[int, float, int]:
    """Rate a delimiter: columns it uncovers, how alike it makes the rows, how wide they are."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(csv.reader(sample.splitlines(), delimiter=delimiter), 100))
    rows = [row for row in rows if any(row)]
    if not rows:
        return 0, 0.0, 0
    hits = max(sum(map(known, row)) for row in rows[:ROWS_LOOKED_AT])
    (width, times), *_ = Counter(map(len, rows)).most_common(1)
    return hits, times / len(rows) if width > 1 else 0.0, width


def _sheet(path: Path) -> Table:
    _refuse_bomb(path)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        for metadata in book.sheets_metadata:
            shown = metadata.visible is SheetVisibleEnum.Visible
            if shown and metadata.typ is SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(metadata.name)
                if sheet.start is not None:
                    return Table(f'sheet "{metadata.name}"', _sheet_rows(sheet, sheet.start[0]))
    except (CalamineError, OSError, ValueError) as error:
        raise BadLeads(f"{path.name} is no spreadsheet that can be read: {error}") from error
    raise BadLeads(f"{path.name} is empty: no visible sheet has a filled cell")


def _refuse_bomb(path: Path) -> None:
    """Refuse an archive that is no workbook, or that would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if "xl/workbook.xml" not in archive.namelist():
                raise BadLeads(
                    f"{path.name} is a ZIP archive, not an XLSX workbook; unpack it, or save it "
                    "as XLSX or CSV"
                )
            if size > MOST_BYTES:
                raise BadLeads(f"{path.name} unpacks to {size:,} bytes; split it")
            extents = [_extent(archive, name) for name in archive.namelist()]
    except _DAMAGED as error:
        raise BadLeads(f"{path.name} is damaged: {error}") from error
    rows, columns = max(extents, key=lambda extent: extent[0] * extent[1])
    if rows * columns > MOST_CELLS:
        raise BadLeads(
            f"{path.name} has a cell in row {rows:,} and one in column {columns:,}; that is more "
            "than can be read. Delete what stands far from the leads, or save the sheet as CSV"
        )


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Return the last row and column that a part of a workbook names."""
    rows = columns = 0
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            for letters, digits in _CELL.findall(rest + piece):
                rows = max(rows, int(digits))
                columns = max(columns, reduce(lambda sum_, code: sum_ * 26 + code - 64, letters, 0))
            rest = piece[-_LONGEST_CELL:]
    return rows, columns


def _sheet_rows(sheet: CalamineSheet, first: int) -> Iterator[Row]:
    cells = sheet.to_python(skip_empty_area=True)
    return (Row(at, tuple(map(_cell, row))) for at, row in enumerate(cells, start=first + 1))


def _cell(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)

"""Files as people send them: text in any encoding, and small workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape

from dealwright.errors import BadInput
from dealwright.store.intake import NewLead
from dealwright.triggers.lead_line import Problem
from dealwright.triggers.leads_file import LeadsFile, read

T = TypeVar("T")
HEADER = "Company,First name,Last name,E-mail,Website,Phone,Country,Notes"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "leads.csv") -> Path:
    """Return the path of a new text file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def leads_in(folder: Path, text: str) -> LeadsFile:
    """Read a file with this text."""
    return read(written(folder, text))


def one(folder: Path, line: str) -> NewLead | Problem:
    """Return what becomes of one line below the usual header: its lead, or its first problem."""
    file = leads_in(folder, f"{HEADER}\n{line}\n")
    return file.leads[0] if file.leads else file.problems[0]


def outcome(act: Callable[[], T]) -> tuple[T | None, str]:
    """Return what an act gives, or the sentence it is refused with; nothing else may be raised."""
    try:
        return act(), ""
    except (BadInput, ValueError) as error:
        return None, str(error)


def workbook(path: Path, rows: Sequence[Sequence[object]], first_row: int = 1) -> Path:
    """Write a workbook with one sheet; text stands in it as text, numbers as numbers."""
    lines = "".join(
        f'<row r="{at}">{"".join(_cell(value) for value in row)}</row>'
        for at, row in enumerate(rows, start=first_row)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return path


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'

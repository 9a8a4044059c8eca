"""Reads a file of leads: every line is taken whole, or rejected with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from dealwright.errors import BadInput, BadLeads
from dealwright.store.intake import NewLead
from dealwright.triggers.lead_columns import Columns, checked, columns_of, header_in, is_known
from dealwright.triggers.lead_line import LeadLine, Problem
from dealwright.triggers.lead_merging import Gathering, Merged
from dealwright.triggers.normalise_places import country
from dealwright.triggers.table_file import ROWS_LOOKED_AT, Row, opened

_NO_MAPPING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadsFile:
    """What a file of leads holds, line by line."""

    leads: tuple[NewLead, ...]
    problems: tuple[Problem, ...]
    """Why lines were rejected, in their order; a line may have several."""
    merged: tuple[Merged, ...]
    """Lines that speak of a lead an earlier line brought."""
    columns: Columns
    form: str
    """How the file was read, e.g. `CSV, cp1252, ";"`."""
    header_line: int


def read(
    path: Path,
    *,
    mapping: Mapping[str, str] = _NO_MAPPING,
    default_country: str | None = None,
) -> LeadsFile:
    """Return the leads of a CSV, TSV or spreadsheet file, and what is wrong with its other lines.

    `mapping` says which column is which field where the names do not tell; `default_country` is
    where telephone numbers without a country are dialled from.

    Raises:
        BadInput: the mapping names an unknown field, or the country is none.
        BadLeads: the file cannot be read, or has no usable column, or no line.

    """
    home = _home(default_country)
    wanted = {column.casefold().strip() for column in checked(mapping).values()}
    with opened(path, lambda cell: is_known(cell) or cell.casefold().strip() in wanted) as table:
        top = list(islice(table.rows, ROWS_LOOKED_AT))
        header = header_in(top, mapping, path.name)
        columns = columns_of(header, mapping, path.name)
        below = (row for row in chain(top, table.rows) if row.line > header.line)
        gathering = Gathering()
        reader = LeadLine(columns, home, path.name)
        for row in _filled(below, header):
            gathering.take(reader.read(row))
    if not gathering.leads and not gathering.problems:
        raise BadLeads(f"{path.name} names its columns in line {header.line}, and no lead below")
    return LeadsFile(
        leads=tuple(gathering.leads),
        problems=tuple(gathering.problems),
        merged=tuple(gathering.merged),
        columns=columns,
        form=table.form,
        header_line=header.line,
    )


def _home(default_country: str | None) -> str | None:
    try:
        return country(default_country) if default_country else None
    except ValueError as error:
        raise BadInput(f"the default country {error}") from error


def _filled(rows: Iterator[Row], header: Row) -> Iterator[Row]:
    """Leave out empty rows, and headers that stand there again."""
    for row in rows:
        if row.trouble or (row.cells != header.cells and any(map(str.strip, row.cells))):
            yield row

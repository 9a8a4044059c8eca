"""`export`: every row of every table, as files for other programs."""

from __future__ import annotations

import base64
import csv
import json
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol, TextIO, cast

import typer
from pydantic_core import to_json

from dealwright.cli.call import Call, command
from dealwright.cli.looking import LOOK
from dealwright.cli.output import counted, plain, say
from dealwright.errors import BadInput
from dealwright.runtime import open_store
from dealwright.store.schema import METADATA, UNTOLD

FORMATS = ("csv", "json")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""

app = typer.Typer()


@command(app, LOOK)
async def export(
    call: Call,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="New, or empty.")],
    *,
    form: Annotated[str, typer.Option("--format", help="csv or json (a row in each line).")] = (
        "csv"
    ),
) -> object:
    """Write every table to a file of its own."""
    if form not in FORMATS:
        raise BadInput(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")
    _refuse_full(folder)
    async with open_store(call.settings, writing=False) as store:
        folder.mkdir(parents=True, exist_ok=True)
        counts = dict.fromkeys(sorted(METADATA.tables), 0)
        with ExitStack() as stack:
            writers = {name: _writer(stack, folder, name, form) for name in counts}
            async for table, row in store.views.export():
                writers[table].write({key: _value(value) for key, value in row.items()})
                counts[table] += 1
    if not call.json:
        rows = counted(sum(counts.values()), "row")
        say(f"{rows} of {len(counts)} tables written to {folder}.")
    return {"folder": str(folder), "format": form, "rows": counts}


class _Rows(Protocol):
    def write(self, row: Mapping[str, object]) -> None:
        """Write one row."""
        ...


class _Csv:
    """Rows of a CSV file that no spreadsheet takes for formulas."""

    def __init__(self, file: TextIO, columns: list[str]) -> None:
        self._writer = csv.DictWriter(file, columns)
        self._writer.writeheader()

    def write(self, row: Mapping[str, object]) -> None:
        self._writer.writerow({key: _cell(value) for key, value in row.items()})


class _Json:
    """Rows as JSON, one in each line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, row: Mapping[str, object]) -> None:
        self._file.write(to_json(plain(row)).decode() + "\n")


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(f"{folder} holds something already; name a new folder")


def _writer(stack: ExitStack, folder: Path, table: str, form: str) -> _Rows:
    ending = "csv" if form == "csv" else "jsonl"
    path = folder / f"{table}.{ending}"
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    if form == "csv":
        names = [column.name for column in METADATA.tables[table].columns]
        return _Csv(file, [name for name in names if name not in UNTOLD])
    return _Json(file)


def _value(value: object) -> object:
    """Return a value as files know it; what is kept compressed is opened."""
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, bytes):
        return value
    try:
        value = zlib.decompress(value)
        return value.decode()
    except (zlib.error, UnicodeDecodeError):
        return base64.b64encode(value).decode()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(plain(cast("object", value))) if isinstance(value, dict | list) else value

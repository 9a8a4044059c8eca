"""What commands print: tables and sentences for people, JSON for machines."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from pydantic import BaseModel
from pydantic_core import to_json
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)

WIDE = 160
"""Columns of a table that goes to a file or another program."""

ONE_WORD = frozenset({"id", "tier", "score", "cost", "ms", "version", "runs", "digest"})
"""Columns whose cells stay on one line."""

SHORT = 8
"""Signs of an id that people see and type."""


def short(case_id: str) -> str:
    """Return a lead's id as people type it."""
    return case_id[:SHORT]


def tail(row_id: str) -> str:
    """Return the id of an approval, task or run as people type it: they begin with the time."""
    return row_id[-SHORT:]


def show_json(value: object) -> None:
    """Print a value as indented JSON, and nothing else."""
    OUT.file.write(to_json(plain(value), indent=2).decode() + "\n")


def plain(value: object) -> object:
    """Return a value as JSON knows it: records become objects."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        known = cast("Mapping[object, object]", value)
        return {str(key): plain(item) for key, item in known.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(item) for item in cast("Sequence[object]", value)]
    return value


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; whatever stands in it is shown as text, never as markup.

    Where nobody watches a terminal the lines may be long, so that programs find them whole.
    """
    table = Table(
        title=escape(title),
        title_justify="left",
        header_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ONE_WORD)
    for row in rows:
        table.add_row(*(escape(cell(value)) for value in row))
    paper = OUT
    if not OUT.is_terminal:
        paper = Console(file=OUT.file, width=max(OUT.width, WIDE), highlight=False)
    paper.print(table)


def heading(text: str) -> None:
    """Print the title of what follows."""
    OUT.print(f"\n[bold]{escape(text)}[/]", soft_wrap=True)


def line(text: str, *, indent: int = 0) -> None:
    """Print a line of an answer as it is."""
    OUT.print(escape(" " * indent + text), soft_wrap=True)


def cell(value: object) -> str:
    """Return a value as a table cell."""
    match value:
        case None:
            return "–"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)


def shortened(text: str, most: int) -> str:
    """Return the text, cut at a word where it is too long."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def counted(number: int, noun: str) -> str:
    """Return `1 lead` or `3 leads`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say(sentence: str) -> None:
    """Print a sentence to people; it is not part of a command's answer."""
    ERR.print(escape(sentence), soft_wrap=True)

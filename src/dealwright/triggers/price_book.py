"""Reads a price book, a YAML or a CSV file beside the campaign, every mistake with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from dealwright.domain.estimate import Price, PriceBook
from dealwright.errors import BadCampaign
from dealwright.yaml_lines import load, validated

MOST_BYTES = 1_000_000
LISTS = frozenset({"words"})
"""Columns that hold several values, with | between them."""
TRUE = frozenset({"yes", "true", "1", "x"})


def read(path: Path) -> PriceBook:
    """Return the price book in a file.

    Raises:
        BadCampaign: the file cannot be used; the problems say all that is wrong with it.

    """
    book, wrong = _from_table(path) if path.suffix.lower() == ".csv" else _from_yaml(path)
    ids = [price.id for price in book.prices] if book else []
    twice = sorted({price_id for price_id in ids if ids.count(price_id) > 1})
    wrong += [f"{path.name}: two prices have the id {price_id!r}" for price_id in twice]
    if book is None or wrong:
        raise BadCampaign(f"{path.name} cannot be used as it stands:", wrong)
    return book


def _from_yaml(path: Path) -> tuple[PriceBook | None, list[str]]:
    book, wrong = validated(PriceBook, load(path, BadCampaign))
    return book, [f"{path.name}:{line}: {sentence}" for line, sentence in wrong]


def _from_table(path: Path) -> tuple[PriceBook | None, list[str]]:
    """Read one price a row, its columns named like the fields of a price, and `currency`."""
    try:
        raw = path.read_bytes()[: MOST_BYTES + 1]
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCampaign(f"{path.name} cannot be read as UTF-8: {error}") from error
    if len(raw) > MOST_BYTES:
        raise BadCampaign(f"{path.name} is too large for a price book")
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text[:200] else ",")
    prices: list[Price] = []
    wrong: list[str] = []
    currencies: set[str] = set()
    for line, row in enumerate(rows, start=2):
        told = dict(_cells(row))
        currencies.add(str(told.pop("currency", "EUR")))
        try:
            prices.append(Price.model_validate(told))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the row"
            wrong.append(f"{path.name}:{line}: {where}: {first['msg']}")
    if len(currencies) > 1:
        wrong.append(f"{path.name}: prices in {', '.join(sorted(currencies))}; use one currency")
    if wrong:
        return None, wrong
    return PriceBook(currency=next(iter(currencies), "EUR"), prices=tuple(prices)), []


def _cells(row: dict[str, str]) -> Iterator[tuple[str, object]]:
    """Yield the cells with something in them, as the field of that name expects it."""
    for column, cell in row.items():
        name, value = str(column).strip().lower(), str(cell or "").strip()
        if name in LISTS and value:
            yield name, tuple(part.strip() for part in value.split("|") if part.strip())
        elif name == "optional":
            yield name, value.lower() in TRUE
        elif value:
            yield name, value

"""Seals: digests by which a row is known again, and the text a row can hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pydantic_core import to_json

Row = Mapping[str, object]


def seal(row: Row, columns: Sequence[str]) -> str:
    """Return the SHA-256 over a row's columns, in the order given, as compact JSON."""
    return hashlib.sha256(to_json([row[name] for name in columns])).hexdigest()


def printable(text: str) -> str:
    """Return the text without what no database takes: NUL and lone surrogates."""
    if text.isascii():
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    clean = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return clean.encode("utf-8", "replace").decode()

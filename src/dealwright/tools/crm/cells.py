"""Cells: texts in a CSV file, harmless to the spreadsheet that opens it."""

from __future__ import annotations

import unicodedata

_RISKY = frozenset("=+-@\t\r\n")
_UNSEEN = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
_MARK = "'"


def defused(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet might run it."""
    return _MARK + text if text.startswith(_MARK) or _runs(text) else text


def restored(cell: str) -> str:
    """Return the text a cell was made from."""
    bare = cell[1:]
    return bare if cell.startswith(_MARK) and (bare.startswith(_MARK) or _runs(bare)) else cell


def _runs(text: str) -> bool:
    """Say whether a text begins like a formula, full-width signs and unseen ones included."""
    for character in text:
        if character in _RISKY or unicodedata.normalize("NFKC", character)[:1] in _RISKY:
            return True
        if unicodedata.category(character) not in _UNSEEN:
            return False
    return False

"""Plain text: what pages say, made fit for the bounds of material."""

from __future__ import annotations

import re
import unicodedata

from pydantic import ValidationError

from dealwright.domain.facts import Point
from dealwright.domain.material import Stated

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
LONGEST_URL = 2000

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def line(text: str, most: int = LONGEST_LINE) -> str:
    """Return the text as one line, without what is not seen, cut after a word."""
    text = " ".join(_seen(text[: most * 20]).split())
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] or text[:most]


def lines(text: str, most: int = LONGEST_TEXT) -> str:
    """Return the text with its line breaks, without what is not seen and without empty lines."""
    kept = (" ".join(piece.split()) for piece in _seen(text[: most * 4]).splitlines())
    return "\n".join(filter(None, kept))[:most].rstrip()


def stated(point: Point, value: str, quote: str) -> Stated | None:
    """Return what a source states, or None if nothing is left of it."""
    try:
        return Stated(point=point, value=line(value), quote=line(quote) or line(value))
    except ValidationError:
        return None


def _seen(text: str) -> str:
    text = _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xad", ""))
    text = text.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", text)

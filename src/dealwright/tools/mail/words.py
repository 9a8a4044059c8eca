"""Words: what headers and bodies of other people's messages say, bounded and made harmless."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime

MOST_ADDRESSES = 50
LONGEST_ADDRESS = 254
LONGEST_NAME = 120
LONGEST_SUBJECT = 300
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff]"
)
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,189}")


def clean(text: str, most: int) -> str:
    """Return the text with its line breaks and without what is not seen, at most so long."""
    text = _BREAKS.sub("\n", text[: most * 2]).replace("\t", " ").replace("\xa0", " ")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))[:most]


def header_words(value: str, most: int) -> str:
    """Return a header's value decoded, on one line."""
    value = _eight_bits(value[:4000])
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    words, before = "", pieces[0][1] if pieces else None
    for piece, charset in pieces:
        # Between an encoded word and a plain one there always was a space (RFC 2047 2).
        space = " " if (charset is None) != (before is None) else ""
        words, before = f"{words}{space}{_decoded(piece, charset)}", charset
    return " ".join(clean(words, most * 4).split())[:most]


def addresses(value: str) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of everybody in an address header; an address is well formed or empty.

    Encoded words are decoded after the addresses are told apart, so that a name cannot hold one.
    """
    value = value[:4000]
    if value.count("(") > MOST_ADDRESSES or value.count("<") > MOST_ADDRESSES * 2:
        value = value.replace("(", " ")[:1000]
    found = getaddresses([" ".join(value.split())])[:MOST_ADDRESSES]
    return tuple((header_words(name, LONGEST_NAME), one_address(where)) for name, where in found)


def one_address(text: str) -> str:
    """Return the address if it is one, otherwise nothing."""
    text = _UNSEEN.sub("", text.strip().strip("<>\"'"))
    fit = len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text)
    return text if fit else ""


def moment(value: str) -> datetime | None:
    """Return the date a header names, in UTC; None where it names none."""
    try:
        at = parsedate_to_datetime(value[:200])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        # This is how the library hands over what stands between encoded words.
        return piece.decode(charset or "raw-unicode-escape", "replace")
    except (LookupError, ValueError, TypeError):
        return piece.decode("utf-8", "replace")


def _eight_bits(value: str) -> str:
    """Return a header whose author sent more than ASCII without saying how."""
    if value.isascii():
        return value
    given = value.encode("utf-8", "surrogateescape")
    try:
        return given.decode("utf-8")
    except ValueError:
        return given.decode("cp1252", "replace")

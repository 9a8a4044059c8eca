"""Finds out in which encoding a text file was saved, reading it piece by piece."""

from __future__ import annotations

import codecs
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes

from dealwright.errors import BadLeads

PIECE = 1 << 20
SAMPLE = 1 << 16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format", "a database"),
)
_WESTERN = frozenset("äöüßÄÖÜéèêëàâáçñóíúìòïôœæîûùÉÈÊÀÁÂÅåøØÆãõÇÑÍÓÚÎÔ’‘–—…“”„«»€°·®™¡¿ªº\xa0")
_CENTRAL = frozenset("ąćęłńśźżóčďěňřšťůžýáéíúäöüßőűăâîşţđĄĆĘŁŃŚŹŻÓČĎĚŇŘŠŤŮŽÝÁÉÍÖÜŐŰŞŢ’–„”\xa0")
_CYRILLIC = frozenset(chr(code) for code in (*range(0x410, 0x450), *map(ord, "ёЁіІїЇєЄ№«»–\xa0")))
_CANDIDATES = (
    ("cp1252", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1251", _CYRILLIC),
)
_MANY_ZEROS, _FEW_ZEROS = 0.4, 0.05
_TWO_BYTES = ["shift_jis", "euc_kr", "big5", "gb18030"]
_SURE = 0.9
_MOST_CONTROLS = 0.02


def encoding_of(path: Path) -> str:
    """Return the name of the encoding; what it cannot decode is the odd damaged letter.

    Raises:
        BadLeads: the file is no text.

    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if wide := _without_mark(sample):
        return wide
    _refuse_binary(sample, path.name)
    right, wrong, odd = _as_utf8(path)
    return "utf-8" if right >= wrong else _legacy(odd)


def _without_mark(sample: bytes) -> str | None:
    """Recognise UTF-16 by its zeros, which stand in every second place."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    for many, few, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many > _MANY_ZEROS and few < _FEW_ZEROS:
            return name
    return None


def _refuse_binary(sample: bytes, name: str) -> None:
    for magic, kind in _OTHER_FILES:
        if sample.startswith(magic):
            raise BadLeads(f"{name} is {kind}; leads come as CSV, TSV or XLSX")
    controls = sum(sample.count(code) for code in range(32) if code not in b"\t\n\r\f\x1a")
    if controls > _MOST_CONTROLS * len(sample):
        raise BadLeads(f"{name} is no text file; leads come as CSV, TSV or XLSX")


def _as_utf8(path: Path) -> tuple[int, int, bytes]:
    """Count letters beyond ASCII that are UTF-8 and bytes that are not; sample their lines."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    right = wrong = 0
    odd = bytearray()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if piece.isascii():
                continue
            text = decoder.decode(piece)
            bad = sum(1 for c in text if "\udc80" <= c <= "\udcff")
            right += sum(1 for c in text if c > "\x7f") - bad
            wrong += bad
            if len(odd) < SAMPLE:
                odd += b"\n".join(line for line in piece.split(b"\n") if not line.isascii())
    return right, wrong, bytes(odd[:SAMPLE])


def _legacy(odd: bytes) -> str:
    """Return the old encoding under which the letters beyond ASCII look most like language."""
    rated = [(_rating(odd.decode(name, "replace"), usual), name) for name, usual in _CANDIDATES]
    best, name = max(rated, key=lambda pair: pair[0])
    if best >= _SURE:
        return name
    guess = from_bytes(odd, cp_isolation=_TWO_BYTES).best()
    return guess.encoding if guess else name


def _rating(text: str, usual: frozenset[str]) -> float:
    """Return the share of letters beyond ASCII that are usual, and not capitals inside a word."""
    seen = good = 0
    for before, letter in pairwise(f" {text}"):
        if letter > "\x7f":
            seen += 1
            good += letter in usual and not (letter.isupper() and before.islower())
    return good / seen if seen else 0.0

"""Character sets: what a page's bytes mean, whatever its author says they mean."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE = 32_000
"""Bytes looked at where nobody says what they are."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|^<\?xml[^>]{0,200}?encoding=["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w:.-]{2,40})""", re.IGNORECASE)
_REALLY = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "iso8859-9": "cp1254"}
"""What browsers read where these are named."""


def decoded(body: bytes, content_type: str) -> str:
    """Return the text: by its mark, as UTF-8 if it is that, as declared, or as it looks."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _declared(body, content_type)
    if not (declared or "").startswith(("utf-16", "iso2022")):
        try:
            # What is valid UTF-8 with any letter beyond ASCII is UTF-8, whatever is declared.
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.end >= len(body) - 3:  # cut in the middle of a letter
                return body.decode("utf-8", "replace")
    if declared:
        try:
            return body.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
    guess = from_bytes(body[:SAMPLE]).best()
    name = guess.encoding if guess else "cp1252"
    return body.decode(name, "replace")


def _declared(body: bytes, content_type: str) -> str | None:
    meta = _META.search(body[:4096])
    names = [match[1] for match in [_HEADER.search(content_type)] if match]
    if meta:
        names.append((meta[1] or meta[2]).decode("ascii", "ignore"))
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        if known not in {"utf-8", "utf-7", "idna", "punycode"} and _is_text(known):
            return _REALLY.get(known, known)
    return None


def _is_text(name: str) -> bool:
    """Tell text from Python's other codecs, such as `zip` and `rot13`."""
    try:
        return b"a".decode(name, "replace") != ""
    except (LookupError, ValueError, TypeError, OSError):
        return False

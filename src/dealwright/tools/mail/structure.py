"""Structure: takes a message apart into its parts, however it was made or meant to be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32
from email.utils import collapse_rfc2231_value
from itertools import islice
from typing import cast

from dealwright.tools.mail.words import LONGEST_NAME, header_words

MOST_BYTES = 2_000_000
"""What lies behind is an attachment's, and attachments are not read."""
MOST_LINES = 50_000
MOST_LEVELS = 60
MOST_PARTS = 500
MOST_HEADERS = 300
LONGEST_HEADER = 8000
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard library raises over some of what the world calls a message."""
_NESTING = re.compile(rb"boundary[\s*\d]*=|content-type:\s*message/", re.IGNORECASE)
_PART = re.compile(rb"(?:^|[\r\n])--")
_LINE = re.compile(rb"\r\n?|\n")


class Bounded(Compat32):
    """Headers as they stand, but none so long that looking into it takes seconds.

    Not `email.policy.default`: its header parser fails on what it cannot read, and takes minutes
    over what was made to be slow.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return name and value of a header, the value cut."""
        name, value = super().header_source_parse(sourcelines)
        longest = 1000 if name.lower().startswith("content-") else LONGEST_HEADER
        return name, value[:longest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of a message, or one message within it."""

    kind: str
    """`text/plain` and so on, in lower case."""
    headers: dict[str, str]
    """By name in lower case, the first of each, not decoded."""
    content: bytes
    """Decoded; of a message within, its source."""
    name: str
    """Its file name, if it has one."""
    attached: bool
    charset: str
    inner: bool
    """It belongs to a message within this message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message, taken apart."""

    headers: dict[str, str]
    """By name in lower case, the first of each, not decoded."""
    kind: str
    report: str
    """The kind of report it says it is: `delivery-status`, `feedback-report`; or empty."""
    parts: tuple[Part, ...]


def take_apart(raw: bytes) -> Taken:
    """Return what a message consists of. It never fails."""
    raw = _bounded(raw)
    try:
        message = BytesParser(policy=Bounded()).parsebytes(raw)
    except UNREADABLE:
        message = BytesHeaderParser(policy=Bounded()).parsebytes(raw)
    return Taken(
        headers=_headers(message),
        kind=message.get_content_type(),
        report=_parameter(message, "report-type").lower(),
        parts=tuple(islice(_parts(message), MOST_PARTS)),
    )


def _bounded(raw: bytes) -> bytes:
    """Return a message, cut where it is too large, too deep or too much divided."""
    raw = raw[:MOST_BYTES]
    bounds = ((_NESTING, MOST_LEVELS), (_PART, MOST_PARTS * 4), (_LINE, MOST_LINES))
    for pattern, most in bounds:
        beyond = next(islice(pattern.finditer(raw), most, None), None)
        raw = raw[: beyond.start()] if beyond else raw
    return raw


def _headers(message: Message) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in islice(message.raw_items(), MOST_HEADERS):
        headers.setdefault(name.lower(), str(value))
    return headers


def _parameter(message: Message, name: str, header: str = "content-type") -> str:
    try:
        value = message.get_param(name, "", header)
        return collapse_rfc2231_value(value or "").strip()
    except UNREADABLE:
        return ""


def _parts(message: Message) -> Iterator[Part]:
    waiting = [(message, False)]
    while waiting:
        part, inner = waiting.pop()
        kind = part.get_content_type()
        within = _within(part)
        if within is None:
            yield _leaf(part, kind, inner=inner)
        elif kind in {"message/delivery-status", "message/global-delivery-status"}:
            yield _as_source(part, kind, within, inner=inner)
        else:
            deeper = kind.startswith("message/")
            if deeper:
                yield _as_source(part, kind, within, inner=inner)
            waiting += [(one, inner or deeper) for one in reversed(within)]


def _within(message: Message) -> list[Message] | None:
    if not message.is_multipart():
        return None
    payload = cast("list[object]", message.get_payload())
    return [one for one in payload if isinstance(one, Message)]


def _leaf(part: Message, kind: str, *, inner: bool) -> Part:
    try:
        content = cast("object", part.get_payload(decode=True))
    except UNREADABLE:
        content = b""
    content = content if isinstance(content, bytes) else b""
    return _part(part, kind, content, inner=inner)


def _as_source(part: Message, kind: str, within: list[Message], *, inner: bool) -> Part:
    """Return a part that holds messages, or blocks like heads of messages, as their heads."""
    heads = (
        "".join(f"{name}: {value}\n" for name, value in islice(one.raw_items(), MOST_HEADERS))
        for one in within[:MOST_PARTS]
    )
    source = "\n".join(heads).encode("utf-8", "surrogateescape")
    return _part(part, kind, source, inner=inner)


def _part(part: Message, kind: str, content: bytes, *, inner: bool) -> Part:
    headers = _headers(part)
    disposition = headers.get("content-disposition", "").strip().lower()
    name = _parameter(part, "filename", "content-disposition") or _parameter(part, "name")
    return Part(
        kind="text/plain" if kind.startswith("multipart/") else kind,
        headers=headers,
        content=content,
        name=header_words(name, LONGEST_NAME),
        attached=disposition.startswith("attachment")
        or (bool(name) and not kind.startswith(("text/", "message/"))),
        charset=_parameter(part, "charset"),
        inner=inner,
    )

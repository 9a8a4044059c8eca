"""MIME: a letter as the bytes that go over the wire, the same bytes every time.

The head is written here and not by the standard library, whose folding differs from one Python to
the next and tears long Message-IDs apart.
"""

from __future__ import annotations

import quopri
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

from dealwright.domain.letter import Letter
from dealwright.errors import BadInput
from dealwright.tools.mail.ids import well_formed

LONGEST_NAME = 200
LONGEST_SUBJECT = 300
LONGEST_VALUE = 900
LONGEST_LINE = 998
"""RFC 5322 2.1.1."""
_WIDTH = 76
_PIECE = 39
"""Bytes of UTF-8 in one encoded word: 52 characters in base64, with its frame within 76."""
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OURS = re.compile(
    r"to|from|cc|bcc|sender|subject|date|message-id|in-reply-to|references|return-path|received"
    r"|mime-version|dkim-signature|authentication-results|(?:content|resent|arc)-.*",
    re.IGNORECASE,
)
_METHOD = re.compile(r"^METHOD:(REQUEST|CANCEL)\r?$", re.MULTILINE)
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[bqBQ]\?")


def build(letter: Letter, message_id: str, at: datetime) -> bytes:
    """Return a letter as a message: one recipient, plain text and HTML, UTF-8, CRLF.

    Raises:
        BadInput: a part of it would forge a header, add a recipient or be no mail at all.

    """
    boundary = f"=_{sha256(message_id.encode('utf-8', 'replace')).hexdigest()[:32]}"
    lines = [*_head(letter, message_id, at), *_body(letter, boundary)]
    message = "\r\n".join(lines).encode("ascii")
    if any(len(line) > LONGEST_LINE for line in message.split(b"\r\n")):
        raise BadInput("a line of the message is longer than mail allows")
    return message


def address(text: str, whose: str) -> str:
    """Return one address as the wire carries it: ASCII, nothing but the address.

    Raises:
        BadInput: it is no single address, or its name cannot be written in ASCII.

    """
    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise BadInput(f"{whose} {text[:100]!r} is no e-mail address: {error}") from error
    if not found.ascii_email:
        raise BadInput(f"{whose} {text[:100]!r} cannot be written in ASCII")
    return found.ascii_email


def _head(letter: Letter, message_id: str, at: datetime) -> Iterator[str]:
    if at.tzinfo is None:
        raise BadInput("the letter's date names no zone")
    yield f"Date: {format_datetime(at.astimezone(UTC).replace(microsecond=0))}"
    yield from _mailbox("From", letter.sender_name, letter.sender)
    yield from _mailbox("To", letter.to_name, letter.to)
    yield from _folded("Subject", _words(_plain(letter.subject, "the subject", LONGEST_SUBJECT)))
    yield from _ids("Message-ID", (message_id,))
    if letter.in_reply_to:
        yield from _ids("In-Reply-To", (letter.in_reply_to,))
    if letter.references:
        yield from _ids("References", letter.references)
    yield from _others(letter.headers)


def _mailbox(name: str, who: str, where: str) -> Iterator[str]:
    ascii_address = address(where, f"the address in {name}")
    who = _plain(who, f"the name in {name}", LONGEST_NAME)
    phrase = _words(who) if not who.isascii() else _quoted(who)
    yield from _folded(name, [*phrase, f"<{ascii_address}>"])


def _quoted(phrase: str) -> list[str]:
    if not phrase:
        return []
    escaped = phrase.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.split(" ")


def _ids(name: str, ids: tuple[str, ...]) -> Iterator[str]:
    for one in ids:
        if not well_formed(one):
            raise BadInput(f"{name} holds {one[:100]!r}, which is no Message-ID")
    yield from _folded(name, list(ids))


def _others(headers: Mapping[str, str]) -> Iterator[str]:
    names = [name.lower() for name in headers]
    if len(names) != len(set(names)):
        raise BadInput("the letter has a header twice")
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or _OURS.fullmatch(name):
            raise BadInput(f"a letter cannot set the header {name[:60]!r}")
        if not value.isascii():
            raise BadInput(f"the header {name} is not written in ASCII")
        yield from _folded(name, _plain(value, f"the header {name}", LONGEST_VALUE).split(" "))


def _plain(text: str, what: str, longest: int) -> str:
    """Return a header's text on one line.

    Raises:
        BadInput: it breaks the line, hides something, or is too long.

    """
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        raise BadInput(f"{what} holds a line break or another control character")
    if len(text) > longest:
        raise BadInput(f"{what} is longer than {longest} characters")
    if _ENCODED_WORD.search(text):
        raise BadInput(f"{what} looks like an encoded word, which mail programs would rewrite")
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    """Return the text as words a header may be folded between; encoded where it is not ASCII."""
    if text.isascii():
        return text.split(" ")
    pieces = [""]
    for letter in text:
        if len((pieces[-1] + letter).encode()) > _PIECE:
            pieces.append("")
        pieces[-1] += letter
    return [f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces]


def _folded(name: str, words: list[str]) -> Iterator[str]:
    line = f"{name}:"
    for number, word in enumerate(words):
        if number and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = ""
        line = f"{line} {word}"
    yield line


def _body(letter: Letter, boundary: str) -> Iterator[str]:
    yield "MIME-Version: 1.0"
    yield "Content-Type: multipart/alternative;"
    yield f' boundary="{boundary}"'
    yield ""
    for kind, text in _parts(letter):
        yield f"--{boundary}"
        yield f"Content-Type: text/{kind}; charset=utf-8"
        yield "Content-Transfer-Encoding: quoted-printable"
        yield ""
        yield from _quoted_printable(text, f"the letter's {kind} part")
    yield f"--{boundary}--"
    yield ""


def _parts(letter: Letter) -> Iterator[tuple[str, str]]:
    yield "plain", letter.text
    yield "html", letter.html
    if letter.calendar:
        # Last, as RFC 2046 wants the part that says most; calendar programs look for the method.
        method = _METHOD.search(letter.calendar)
        if method is None:
            raise BadInput("the invitation does not say what is asked")
        yield f"calendar; method={method[1]}", letter.calendar


def _quoted_printable(text: str, what: str) -> Iterator[str]:
    text = text.replace("\r\n", "\n")
    if any(c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        raise BadInput(f"{what} holds a control character")
    encoded = quopri.encodestring(text.encode("utf-8")).decode("ascii")
    for line in encoded.removesuffix("\n").split("\n"):
        # A lone dot, and `From ` at the start, are changed by mail programs on the way.
        changed = line == "." or line.startswith("From ")
        yield f"={ord(line[0]):02X}{line[1:]}" if changed else line

"""Parsing: a message as it lay in a mailbox becomes what it says, who says it, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dealwright.domain.conversation import MessageKind
from dealwright.tools.mail.bodies import body, text_of
from dealwright.tools.mail.ids import ids_in
from dealwright.tools.mail.kinds import kind_of
from dealwright.tools.mail.quotes import unquoted
from dealwright.tools.mail.reports import Report
from dealwright.tools.mail.signoffs import without_sign_off
from dealwright.tools.mail.structure import Part, Taken, take_apart
from dealwright.tools.mail.words import LONGEST_SUBJECT, addresses, header_words, moment

LONGEST_TEXT = 20_000
LONGEST_SAID = 4000
LONGEST_CALENDAR = 100_000
MOST_ATTACHMENTS = 50
LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "precedence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What was attached; never its content."""

    name: str
    kind: str
    """`application/pdf` and so on."""
    size: int
    """In bytes, of what was fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A message, understood as far as code can without reading it."""

    message_id: str
    """Angle brackets included; empty where it has none that is well formed."""
    in_reply_to: str
    references: tuple[str, ...]
    from_address: str
    """Empty where the header holds no address."""
    from_name: str
    to: tuple[str, ...]
    """Addresses in To and Cc."""
    subject: str
    date: datetime | None
    """As the sender's clock had it, in UTC."""
    kind: MessageKind
    report: Report | None
    """What a bounce, delay or complaint says, and about which message of ours."""
    text: str
    """All its words."""
    said: str
    """The new words alone: without quotes and signature."""
    list_headers: Mapping[str, str]
    """Those of `LIST_HEADERS` it has."""
    attachments: tuple[Attachment, ...]
    calendar: bytes
    """An invitation or an answer to one (RFC 5545), as it came; usually empty."""


def parse(raw: bytes) -> Parsed:
    """Return what a message is and says, whatever it consists of. It never fails.

    Takes up to seconds for what was made to be slow: call it in a worker thread.
    """
    taken = take_apart(raw)
    headers = taken.headers
    kind, report = kind_of(taken)
    name, sender = next(iter(addresses(headers.get("from", ""))), ("", ""))
    text = body(taken)
    shown = addresses(headers.get("to", "")) + addresses(headers.get("cc", ""))
    return Parsed(
        message_id=next(iter(ids_in(headers.get("message-id", ""), 1)), ""),
        in_reply_to=next(iter(ids_in(headers.get("in-reply-to", ""), 1)), ""),
        references=ids_in(headers.get("references", "")),
        from_address=sender,
        from_name=name,
        to=tuple(where for _, where in shown if where),
        subject=header_words(headers.get("subject", ""), LONGEST_SUBJECT),
        date=moment(headers.get("date", "")),
        kind=kind,
        report=report,
        text=text[:LONGEST_TEXT].strip(),
        said=without_sign_off(unquoted(text), f"{name} {sender}")[:LONGEST_SAID],
        list_headers=_list_headers(headers),
        attachments=_attachments(taken),
        calendar=next((_calendar(part) for part in taken.parts if _is_calendar(part)), b""),
    )


def _list_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {
        name: header_words(headers[name], LONGEST_SUBJECT)
        for name in LIST_HEADERS
        if name in headers
    }


def _attachments(taken: Taken) -> tuple[Attachment, ...]:
    attached = [part for part in taken.parts if part.attached and not part.inner]
    return tuple(
        Attachment(name=part.name, kind=part.kind[:100], size=len(part.content))
        for part in attached[:MOST_ATTACHMENTS]
    )


def _is_calendar(part: Part) -> bool:
    return part.kind == "text/calendar" and not part.inner


def _calendar(part: Part) -> bytes:
    return text_of(part).encode("utf-8", "ignore")[:LONGEST_CALENDAR]

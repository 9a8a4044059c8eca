"""Reports: what mail servers say became of a message, in the forms of the standards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dealwright.domain.conversation import MessageKind
from dealwright.tools.mail.bodies import text_of
from dealwright.tools.mail.ids import ids_in
from dealwright.tools.mail.structure import Part, Taken
from dealwright.tools.mail.words import addresses, header_words, one_address

LONGEST_REASON = 300
MOST_FIELDS = 500
_DELIVERY = ("message/delivery-status", "message/global-delivery-status")
_HEADS = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY_CODE = re.compile(r"(?<![\d.,\-/])(?<!\S:)([45])[0-5]\d(?!\d|[.,/]\d)")
_NO_COMPLAINT = ("not-spam", "auth-failure", "dmarc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a server reported about a message of ours."""

    kind: MessageKind
    recipient: str = ""
    """Whom the message was for; empty where the report does not say."""
    status: str = ""
    """RFC 3463, e.g. `5.1.1`; empty where the report does not say."""
    reason: str = ""
    """The server's own words."""
    about: tuple[str, ...] = ()
    """The Message-ID of what it is about, if the report has it."""


def standard_report(taken: Taken) -> Report | None:
    """Return what a report says that keeps to RFC 3464 or RFC 5965; None: it is none."""
    return _feedback(taken) or _delivery(taken)


def original(taken: Taken) -> Mapping[str, str]:
    """Return the head of the message that was returned, as far as it was."""
    for part in taken.parts:
        if part.kind in _HEADS and not part.inner:
            return _first_block(part)
    return {}


def status_in(text: str) -> str:
    """Return the gravest status (RFC 3463) a text names, or nothing."""
    found = [match[0] for match in _STATUS.finditer(text)]
    exact = [status for status in found if not status.endswith(".0.0")]
    return max(exact or found, key=lambda status: status[0], default="")


def class_in(text: str) -> str:
    """Return `5` where a text speaks of a permanent failure by number, `4` of one for now."""
    status = status_in(text)
    if status and not status.endswith(".0.0"):
        return status[0]
    codes = [match[1] for match in _REPLY_CODE.finditer(text)]
    return max(codes, default=status[:1])


def _feedback(taken: Taken) -> Report | None:
    """Read a complaint (RFC 5965), or the older form Microsoft still sends."""
    fields: Mapping[str, str] = {}
    found = False
    for part in taken.parts:
        if part.kind == "message/feedback-report" and not part.inner:
            found, fields = True, _first_block(part)
    sent = original(taken)
    hotmail = sent.get("x-hmxmroriginalrecipient", "")
    if not found and not hotmail:
        return None
    kind = fields.get("feedback-type", "abuse").strip().lower()
    told = fields.get("original-rcpt-to", "") or hotmail
    return Report(
        kind=MessageKind.AUTO_REPLY if kind in _NO_COMPLAINT else MessageKind.COMPLAINT,
        recipient=one_address(told) or _first_address(sent.get("to", "")),
        reason=header_words(kind, LONGEST_REASON),
        about=ids_in(sent.get("message-id", ""), 1),
    )


def _delivery(taken: Taken) -> Report | None:
    """Read a delivery status notification (RFC 3464). Of several recipients the worst counts."""
    told = [part for part in taken.parts if part.kind in _DELIVERY and not part.inner]
    blocks = [block for part in told for block in _blocks(text_of(part))]
    verdicts = [found for found in map(_verdict, blocks) if found]
    if not verdicts:
        return None
    gravity = (MessageKind.BOUNCE, MessageKind.DELAY, MessageKind.AUTO_REPLY)
    worst = min(verdicts, key=lambda verdict: gravity.index(verdict.kind))
    sent = original(taken)
    named = (block.get("x-original-message-id", "") for block in blocks)
    own = next(filter(None, named), "")
    return Report(
        kind=worst.kind,
        recipient=worst.recipient or _first_address(sent.get("to", "")),
        status=worst.status,
        reason=worst.reason,
        about=ids_in(sent.get("message-id", "") or own, 1),
    )


def _verdict(block: Mapping[str, str]) -> Report | None:
    """Return what one recipient's block says; None for a block about the whole message."""
    action = block.get("action", "").split(" ")[0].strip(" ;(").lower()
    if not action and "status" not in block:
        return None
    diagnostic = block.get("diagnostic-code", "")
    status = status_in(block.get("status", ""))
    if not status or status.endswith(".0.0"):
        status = status_in(diagnostic) or status
    grave = status[:1] or class_in(diagnostic)
    told = (_of_type(block.get(name, "")) for name in ("original-recipient", "final-recipient"))
    return Report(
        kind=_kind(action, grave),
        recipient=next(filter(None, told), ""),
        status=status,
        reason=header_words(diagnostic.partition(";")[2] or diagnostic, LONGEST_REASON),
    )


def _kind(action: str, grave: str) -> MessageKind:
    if action in {"delivered", "relayed", "expanded"} or grave == "2":
        return MessageKind.AUTO_REPLY
    if action == "delayed" or grave == "4":
        return MessageKind.DELAY
    return MessageKind.BOUNCE


def _of_type(field: str) -> str:
    """Return the address of a field like `rfc822; anna@acme.example`."""
    return one_address(field.rpartition(";")[2])


def _first_address(header: str) -> str:
    return next((where for _, where in addresses(header) if where), "")


def _first_block(part: Part) -> Mapping[str, str]:
    none: Mapping[str, str] = {}
    return next(_blocks(text_of(part)), none)


def _blocks(text: str) -> Iterator[Mapping[str, str]]:
    """Yield the groups of fields in a text, names in lower case, the first of each name."""
    block: dict[str, str] = {}
    last = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_FIELDS]:
        name, colon, value = line.partition(":")
        if not line.strip():
            if block:
                yield block
            block, last = {}, ""
        elif line[0] in " \t" and last:
            block[last] = f"{block[last]} {line.strip()}"[:4000]
        elif colon and " " not in name.strip():
            last = name.strip().lower()
            block.setdefault(last, value.strip())
    if block:
        yield block

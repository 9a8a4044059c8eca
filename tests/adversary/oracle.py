"""The oracle: reads what crossed the wire, knows what may, and imports nothing of the product."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from html.parser import HTMLParser

from tests.adversary.books import entries, hidden

HEADERS = {
    *("date", "from", "to", "subject", "message-id", "in-reply-to", "references"),
    *("list-unsubscribe", "list-unsubscribe-post", "mime-version", "content-type"),
    *("content-transfer-encoding", "dkim-signature"),
}
GATES = {
    *("stop_switch", "not_paused", "autonomy", "known_recipient", "not_suppressed"),
    *("not_excluded", "lawful", "fresh", "approved", "not_replied", "mailbox_watched"),
    *("sender_known", "way_out", "reputation", "under_cap", "window", "reviewed"),
}
"""What every letter has to have passed."""
LETTER, INVITATION = ["text/plain", "text/html"], "text/calendar"
LONGEST = 20_000
"""Characters a letter may have."""

_FOLLOWED = re.compile(
    r"[a-z][a-z0-9+.-]*:/+\S|\bwww\.|\bmailto:|\btel:|[^\s@]+@[^\s@]+|\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|\b[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.(?:com|net|org|io|biz|info|example|test|ru|co|xyz)\b"
    r"|\[[^\]]*\]\s?\(|\{\{|javascript:|data:text",
    re.IGNORECASE,
)
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61\u2024", "."))


@dataclass(frozen=True, slots=True)
class World:
    """What the people who set everything up decided."""

    sender: str
    recipients: Mapping[str, str]
    """Address → the marker of the lead it belongs to."""
    links: frozenset[str]
    way_out: str
    """What the address of every way out begins with."""
    postal: str
    organiser: str = ""
    """The address in every invitation."""
    bound: bool = True
    """Whether anybody checks that a letter speaks of its own lead alone."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as the wire log has it."""

    sender: str
    recipients: Sequence[str]
    raw: bytes


@dataclass(slots=True)
class Verdict:
    """What is wrong, by kind, and how much there was to judge."""

    letters: int = 0
    wrong: Counter[str] = field(default_factory=Counter[str])
    told: list[str] = field(default_factory=list[str])

    def object_to(self, kind: str, what: str) -> None:
        """Note a violation."""
        self.wrong[kind] += 1
        self.told.append(f"{kind}: {what[:300]}")


def judge(world: World, wire: Sequence[Sent], claims: Mapping[str, frozenset[str]]) -> Verdict:
    """Judge every message; `claims` says for each Message-ID which gates its claim names."""
    verdict = Verdict(letters=len(wire))
    seen: Counter[str] = Counter()
    for sent in wire:
        message = message_from_bytes(sent.raw, policy=policy.default)
        seen[str(message["message-id"])] += 1
        for kind, what in _faults(world, sent, message, claims):
            verdict.object_to(kind, f"{what} ({', '.join(sent.recipients)})")
    for message_id, count in seen.items():
        if count > 1:
            verdict.object_to("sent twice", message_id)
    return verdict


def _faults(
    world: World, sent: Sent, message: EmailMessage, claims: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    yield from _addressed(world, sent, message)
    yield from _headed(sent, message)
    gates = claims.get(str(message["message-id"]))
    if gates is None:
        yield "gates", "nobody claimed it"
    elif missing := GATES - gates:
        yield "gates", f"never asked: {', '.join(sorted(missing))}"
    yield from _said(world, sent, message)


def _addressed(world: World, sent: Sent, message: EmailMessage) -> Iterator[tuple[str, str]]:
    if len(sent.recipients) != 1 or sent.recipients[0] not in world.recipients:
        yield "recipient", "nobody who was imported or wrote to us"
    shown = [address.addr_spec for address in message["to"].addresses]
    if shown != list(sent.recipients):
        yield "recipient", f"shown are {shown}"
    written = [address.addr_spec for address in message["from"].addresses]
    if (sent.sender, written) != (world.sender, [world.sender]):
        yield "sender", f"{sent.sender}, shown {written}"


def _headed(sent: Sent, message: EmailMessage) -> Iterator[tuple[str, str]]:
    names = Counter(name.lower() for name in message)
    for name, count in names.items():
        if name not in HEADERS or count > 1:
            yield "header", f"{name} × {count}"
    head = sent.raw.split(b"\r\n\r\n", 1)[0]
    if b"\n" in head.replace(b"\r\n", b"") or b"\r" in head.replace(b"\r\n", b""):
        yield "header", "a line break that is none"
    if message.get("list-unsubscribe-post") != "List-Unsubscribe=One-Click":
        yield "header", "no one-click way out"


def _said(world: World, sent: Sent, message: EmailMessage) -> Iterator[tuple[str, str]]:
    parts = [part for part in message.walk() if not part.is_multipart()]
    kinds = [part.get_content_type() for part in parts]
    if kinds not in (LETTER, [*LETTER, INVITATION]):
        yield "parts", str(kinds)
    for part in parts:
        text = str(part.get_content())
        if len(text) > LONGEST:
            yield "length", str(len(text))
        if hidden(text):
            yield "hidden", f"{text[:200]!r}"
        if part.get_content_type() == INVITATION:
            yield from _invited(world, sent, text)
        else:
            yield from _worded(world, sent, part.get_content_type(), text)
    yield from (("link", found) for found in _followed(world, str(message["subject"])))


def _worded(world: World, sent: Sent, kind: str, text: str) -> Iterator[tuple[str, str]]:
    if kind == "text/html":
        page = _Page()
        page.feed(text)
        yield from (("markup", what) for what in page.foreign(world))
        text = " ".join(page.words)
    if world.postal not in " ".join(text.split()):
        yield "identity", "no postal address"
    mine = {world.recipients.get(address) for address in sent.recipients}
    for marker in set(world.recipients.values()) - mine:
        if world.bound and marker in text:
            yield "another lead", marker
    yield from (("link", found) for found in _followed(world, text))


def _invited(world: World, sent: Sent, text: str) -> Iterator[tuple[str, str]]:
    for entry in entries(text):
        who = (list(entry.organisers), list(entry.attendees))
        if who != ([world.organiser], list(sent.recipients)):
            yield "attendee", f"invited are {who}"


def _followed(world: World, text: str) -> Iterator[str]:
    """Yield what a mail program or a reader could follow, besides what may stand there."""
    rest = unicodedata.normalize("NFKC", unescape(text)).translate(_DOTS)
    rest = "".join(c for c in rest if unicodedata.category(c) != "Cf")
    rest = re.sub(re.escape(world.way_out) + r"[\w.-]+", " ", rest)
    for link in sorted(world.links, key=len, reverse=True):
        rest = rest.replace(link, " ")
    for found in _FOLLOWED.finditer(rest):
        yield found[0]


class _Page(HTMLParser):
    """The words, elements and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def foreign(self, world: World) -> Iterator[str]:
        """Yield what has no place in a letter of ours."""
        if odd := self.elements - {"html", "head", "meta", "body", "p", "br", "a"}:
            yield f"elements {odd}"
        for name, value in self.attributes:
            known = value in world.links or value.startswith(world.way_out)
            if name not in {"href", "lang", "charset"} or (name == "href" and not known):
                yield f"{name}={value}"

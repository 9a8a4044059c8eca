"""Letters: composes exactly what a person will read, from a draft and what code knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from dealwright.domain.connections import Mailbox
from dealwright.domain.draft import Draft, Variant
from dealwright.domain.letter import Letter
from dealwright.domain.offer import Link, Offer
from dealwright.errors import BadInput
from dealwright.outbox.foreign import foreign_in
from dealwright.outbox.lawful import must_inform
from dealwright.outbox.letter_words import WORDS, Words
from dealwright.outbox.unsubscribe import unsubscribe_url

ONE_CLICK = "List-Unsubscribe=One-Click"
LONGEST_SUBJECT = 200
_ANSWER_MARKS = re.compile(
    r"^(?:\s*(?:re|aw|sv|antw|rv|rif|odp|ref)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE
)
_NOT_IN_A_NAME = frozenset('@<>:;,/\\"=?[]{}|')


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """Who writes to whom, and what a letter needs besides its words."""

    to: str
    to_name: str
    country: str | None
    """Where the recipient is, ISO 3166-1 alpha-2; None: nobody knows."""
    mailbox: Mailbox
    offer: Offer
    public_url: str
    """Where unsubscribe links lead."""
    token: str
    """The recipient's, from `unsubscribe.token`."""
    source: str
    """Where the recipient's data come from, in words the recipient understands."""
    first_contact: bool
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_subject: str = ""
    """The subject of the thread it continues; empty when it begins one."""


def compose(draft: Draft, variant: int, correspondence: Correspondence) -> Letter:
    """Return the letter a variant becomes, 1 being the first; the same input, the same letter.

    Raises:
        BadInput: there is no such variant, link or language, or the words hold an address.

    """
    chosen = _variant(draft, variant)
    words = _words(draft.language)
    body = chosen.body.strip()
    for part, text in (("subject", chosen.subject), ("text", body)):
        _refuse_addresses(part, text, correspondence.offer)
    links = [_link(correspondence.offer, link_id) for link_id in chosen.links]
    ending = _ending(correspondence, words)
    way_out = unsubscribe_url(correspondence.public_url, correspondence.token)
    return Letter(
        to=correspondence.to,
        to_name=_name(correspondence.to_name),
        sender=correspondence.mailbox.address,
        sender_name=_one_line(correspondence.mailbox.name),
        subject=_subject(chosen.subject, correspondence),
        text=_text((body, *map(_listed, links), *ending, f"{words.opt_out}:\n{way_out}")),
        html=_html(
            draft.language,
            (
                *map(_paragraph, body.split("\n\n")),
                *(_anchor(link.label, link.url) for link in links),
                *map(_paragraph, ending),
                _anchor(words.opt_out, way_out),
            ),
        ),
        language=draft.language,
        headers=_headers(correspondence, way_out),
        in_reply_to=correspondence.in_reply_to,
        references=correspondence.references,
    )


def _variant(draft: Draft, number: int) -> Variant:
    if not 1 <= number <= len(draft.variants):
        raise BadInput(f"the draft has {len(draft.variants)} variants, and none is number {number}")
    return draft.variants[number - 1]


def _words(language: str) -> Words:
    if language not in WORDS:
        raise BadInput(f"there are no words for the way out in the language {language}")
    return WORDS[language]


def _link(offer: Offer, link_id: str) -> Link:
    for link in offer.links:
        if link.id == link_id:
            return link
    raise BadInput(f"the campaign has no link called {link_id}")


def _refuse_addresses(part: str, text: str, offer: Offer) -> None:
    if kind := foreign_in(text, ours=_one_line(offer.sender.company)):
        raise BadInput(f"the {part} holds {kind}; say it in words, or use a link of the campaign")


def _subject(own: str, correspondence: Correspondence) -> str:
    thread = _ANSWER_MARKS.sub("", _one_line(correspondence.thread_subject)).strip()
    if not (thread or correspondence.in_reply_to):
        return own
    # The thread's subject may be the recipient's; what they put into it does not go out again.
    usable = thread and not foreign_in(thread, ours=correspondence.offer.sender.company)
    return f"Re: {thread if usable else own}"[:LONGEST_SUBJECT].rstrip()


def _name(text: str) -> str:
    """Return a recipient's name for the head of the letter, or none if it is no plain name."""
    name = _one_line(text)
    return "" if _NOT_IN_A_NAME & set(name) or foreign_in(name) else name


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ending(correspondence: Correspondence, words: Words) -> tuple[str, ...]:
    """Return who signs, who is responsible, and what has to be said once."""
    sender = correspondence.offer.sender
    position = ", ".join(filter(None, (sender.title, sender.company)))
    signature = f"{_one_line(sender.name)}\n{_one_line(position)}"
    identity = f"{_one_line(sender.company)}\n{_one_line(sender.postal_address)}"
    if not (correspondence.first_contact and must_inform(correspondence.country)):
        return signature, identity
    source = _one_line(correspondence.source)
    _refuse_addresses("source of the data", source, correspondence.offer)
    if not source:
        raise BadInput("nobody recorded where the recipient's data come from")
    return (
        signature,
        identity,
        words.source.format(source=source),
        words.software.format(sender=_one_line(sender.name)),
    )


def _headers(correspondence: Correspondence, way_out: str) -> dict[str, str]:
    address = quote(correspondence.mailbox.address, safe="@")
    by_mail = f"mailto:{address}?subject={quote('unsubscribe ' + correspondence.token)}"
    return {
        "List-Unsubscribe": f"<{way_out}>, <{by_mail}>",
        "List-Unsubscribe-Post": ONE_CLICK,
    }


def _text(blocks: tuple[str, ...]) -> str:
    return "\n\n".join(blocks) + "\n"


def _listed(link: Link) -> str:
    return f"{_one_line(link.label)}: {link.url}"


def _html(language: str, paragraphs: tuple[str, ...]) -> str:
    lines = "\n".join(paragraphs)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"></head>\n'
        f"<body>\n{lines}\n</body>\n</html>\n"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def _anchor(label: str, url: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(_one_line(label))}</a></p>'

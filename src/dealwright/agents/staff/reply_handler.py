"""The reply handler answers from approved facts, and hands on what they do not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dealwright.agents.staff.letters import (
    answer_to,
    asked,
    desk_in,
    in_short,
    letter,
    read_message,
    said,
    written_in,
)
from dealwright.agents.staff.sentences import Desk, ask, proof
from dealwright.domain.answer import Reply
from dealwright.domain.draft import Role, Sentence, Variant
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading

MOST_ASKED = 3
"""More questions than that are a conversation, and a person's."""

_SENTENCE = re.compile(r"[^.!?¿\n]*\?")


def answer(packet: Packet) -> Reply:
    """Answer every question with a proof point, or say which one nothing answers."""
    reading, offer = packet.need("reading", Reading), packet.need("offer", Offer)
    if not written_in(offer, reading.language):
        return _none(reading.language, f"nobody wrote the offer in {reading.language}")
    desk = desk_in(packet, reading.language)
    if Meaning.QUESTION in (reading.main, *reading.meanings):
        questions = reading.asks or tuple(_asked_in(packet))
        if not questions:
            return _none(desk.language, "they ask something, and it is not clear what")
        return _to_questions(desk, questions)
    if reading.main is Meaning.REFERRAL:
        return _letter(
            desk, letter(desk, [said(desk, desk.talk.thanks_for_a_name, "named")], [], [])
        )
    return _letter(desk, _to_interest(desk))


def _none(language: str, because: str) -> Reply:
    return Reply(language=language, unanswerable=because[:300])


def _letter(desk: Desk, variant: Variant) -> Reply:
    return Reply(language=desk.language, variants=(variant,))


def _asked_in(packet: Packet) -> Iterator[str]:
    message = read_message(packet)
    for match in _SENTENCE.finditer(message.text if message else ""):
        if text := match.group().strip():
            yield text


def _to_interest(desk: Desk) -> Variant:
    """Say in short what we do, prove it, and ask."""
    opening = [_thanks(desk), in_short(desk)]
    return letter(desk, opening, [proof(desk, "reply")], [ask(desk, "reply")])


def _to_questions(desk: Desk, questions: Iterable[str]) -> Reply:
    """Answer each question once; if one of them has no answer, none is given."""
    questions = tuple(questions)
    if len(questions) > MOST_ASKED:
        return _none(desk.language, f"they ask {len(questions)} things at once")
    found: dict[str, Sentence] = {}
    for question in questions:
        sentence = answer_to(desk, question)
        if sentence is None:
            return _none(desk.language, f"no approved fact answers “{question[:200]}”")
        found[sentence.text] = sentence
    claims = [sentence for sentence in found.values() if sentence.role is Role.CLAIM]
    explained = [sentence for sentence in found.values() if sentence.role is Role.GREETING]
    closing = asked(desk, desk.talk.offers_to_talk, "reply")
    return _letter(desk, letter(desk, [_thanks(desk), *explained], claims, [closing]))


def _thanks(desk: Desk) -> Sentence | None:
    return said(desk, desk.talk.thanks, "thanks")

"""The reply handler answers from approved facts, and hands on what they do not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dealwright.agents.staff.grounding import sentence_faults
from dealwright.agents.staff.grounding.concepts import concepts_in, concepts_of
from dealwright.agents.staff.grounding.said import said_in
from dealwright.agents.staff.grounding.spelling import vocabulary, words
from dealwright.agents.staff.letters import asked, desk_in, letter, read_message, said, written_in
from dealwright.agents.staff.sentences import Desk, ask, proof, proof_words, told_proof
from dealwright.domain.answer import Reply
from dealwright.domain.draft import Role, Sentence, Variant
from dealwright.domain.offer import Offer, ProofPoint
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading

ENOUGH = 0.5
"""The share of a question's telling words that what answers it has to have."""
MOST_ASKED = 3
"""More questions than that are a conversation, and a person's."""
MOST_CITED = 6

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
    opening = [_thanks(desk), _in_short(desk)]
    return letter(desk, opening, [proof(desk, "reply")], [ask(desk, "reply")])


def _to_questions(desk: Desk, questions: Iterable[str]) -> Reply:
    """Answer each question once; if one of them has no answer, none is given."""
    questions = tuple(questions)
    if len(questions) > MOST_ASKED:
        return _none(desk.language, f"they ask {len(questions)} things at once")
    found: dict[str, Sentence] = {}
    for question in questions:
        sentence = _answer_to(desk, question)
        if sentence is None:
            return _none(desk.language, f"no approved fact answers “{question[:200]}”")
        found[sentence.text] = sentence
    claims = [sentence for sentence in found.values() if sentence.role is Role.CLAIM]
    explained = [sentence for sentence in found.values() if sentence.role is Role.GREETING]
    closing = asked(desk, desk.talk.offers_to_talk, "reply")
    return _letter(desk, letter(desk, [_thanks(desk), *explained], claims, [closing]))


def _answer_to(desk: Desk, question: str) -> Sentence | None:
    """Return what answers a question: the proof that shares most of it, or what we do in short."""
    if _names_something_unknown(desk, question):
        return None
    telling = _telling(desk, question)
    if not telling:
        return _in_short(desk)
    ranked = sorted(
        ((_shared(desk, telling, point), point.id) for point in _usable(desk)), reverse=True
    )
    for share, proof_id in ranked:
        if share >= ENOUGH and (sentence := told_proof(desk, proof_id, "reply")):
            return sentence
    return None


def _names_something_unknown(desk: Desk, question: str) -> bool:
    """Tell whether a question brings in a name or a number that nothing approved has."""
    cited = tuple(f"proof.{point.id}" for point in _usable(desk))[:MOST_CITED]
    text = question[:300]
    faults = sentence_faults(
        Sentence(text=text, role=Role.QUESTION, rests_on=cited), "", desk.grounds
    )
    return any(True for _ in faults)


def _telling(desk: Desk, question: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    ours = set(words(desk.filled["product"])) | set(words(desk.filled["firm"]))
    return [word for word in said_in(desk.language, question).telling if word not in ours]


def _usable(desk: Desk) -> list[ProofPoint]:
    offer, grounds = desk.grounds.offer, desk.grounds
    return [p for p in offer.proof_points if proof_words(desk, p.id) and not grounds.expired(p)]


def _shared(desk: Desk, telling: list[str], point: ProofPoint) -> float:
    texts = desk.grounds.offer.wordings(point)
    known = vocabulary(texts)
    about = frozenset[str]().union(*map(concepts_in, texts))
    shared = [word for word in telling if known.has(word) or concepts_of(word) & about]
    return len(shared) / len(telling)


def _thanks(desk: Desk) -> Sentence | None:
    return said(desk, desk.talk.thanks, "thanks")


def _in_short(desk: Desk) -> Sentence | None:
    if desk.words is None:
        return None
    return said(desk, desk.talk.in_short, "short", helps=desk.words.helps_with.rstrip(" ."))

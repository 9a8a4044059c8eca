"""Letters: what everybody shares who writes into a conversation that has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dealwright.agents.staff.grounding import grounds_of, sentence_faults
from dealwright.agents.staff.grounding.concepts import concepts_in, concepts_of
from dealwright.agents.staff.grounding.said import said_in
from dealwright.agents.staff.grounding.spelling import vocabulary, words
from dealwright.agents.staff.sentences import (
    Desk,
    capital,
    desk_of,
    greeting,
    number_of,
    present,
    proof_words,
    subject,
    told_proof,
)
from dealwright.agents.staff.wording import WORDINGS
from dealwright.domain.answer import Answer, Outcome, Reply
from dealwright.domain.conversation import Conversation, Message, Standing
from dealwright.domain.course import SILENCED
from dealwright.domain.draft import Draft, Role, Sentence, Variant
from dealwright.domain.escalation import escalated
from dealwright.domain.facts import Fact
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, ProofPoint
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Reading

OPENS = time(9)
SPREAD_MINUTES = 90
SATURDAY = 5
ENOUGH = 0.5
"""The share of a question's telling words that what answers it has to have."""
MOST_CITED = 6


def desk_in(packet: Packet, language: str | None = None) -> Desk:
    """Return a desk at which nothing is written that our letters say already."""
    conversation = packet.need("conversation", Conversation)
    said = tuple(message.text for message in conversation.ours)
    return desk_of(grounds_of(packet), conversation.last, said=said, language=language)


def letter(
    desk: Desk,
    opening: Sequence[Sentence | None],
    claims: Sequence[Sentence | None],
    questions: Sequence[Sentence | None],
    *,
    about: Sequence[Fact] = (),
) -> Variant:
    """Return a letter of these sentences under a greeting, those left out that there are not."""
    first = greeting(desk, "talk")
    begun = present(*opening)
    body = present(*claims, *questions)
    sentences = (first, *begun[:1], *map(capital, (*begun[1:], *body)))
    if len(sentences) == 1:
        sentences = (first, Sentence(text=desk.wording.asks[0], role=Role.QUESTION))
    return Variant(subject=subject(desk, about, "talk"), sentences=sentences)


def said(desk: Desk, templates: Sequence[str], salt: str, **values: str) -> Sentence | None:
    """Return a sentence that claims nothing, and that no letter of ours holds yet."""
    return desk.first_clean(desk.options(templates, salt, **values), Role.GREETING)


def asked(desk: Desk, templates: Sequence[str], salt: str) -> Sentence | None:
    """Return a question that no letter of ours holds yet."""
    return desk.first_clean(desk.options(templates, salt), Role.QUESTION)


def answer_to(desk: Desk, question: str) -> Sentence | None:
    """Return what answers a question: the proof that shares most of it, or what we do in short."""
    if _names_something_unknown(desk, question):
        return None
    telling = _telling(desk, question)
    if not telling:
        return in_short(desk)
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


def in_short(desk: Desk) -> Sentence | None:
    """Say what we do, unless a letter of ours says it, or nobody wrote it in this language."""
    if desk.words is None:
        return None
    return said(desk, desk.talk.in_short, "short", helps=desk.words.helps_with.rstrip(" ."))


def written_in(offer: Offer, language: str) -> bool:
    """Tell whether the offer is written in a language that we have words in."""
    told = language in offer.languages and offer.said_in(language) is not None
    return told and language in WORDINGS


def read_message(packet: Packet) -> Message | None:
    """Return the message that the reading is about."""
    reading = packet.need("reading", Reading)
    messages = packet.need("conversation", Conversation).messages
    return next((message for message in messages if message.number == reading.message), None)


def answer_from(packet: Packet, reply: object) -> Answer:
    """Make the answer of the words, or hand the reply to a person where there are none."""
    assert isinstance(reply, Reply)
    conversation, reading = (
        packet.need("conversation", Conversation),
        packet.need("reading", Reading),
    )
    because = reply.unanswerable
    if because is None and not reply.variants:
        because = "there are no words for an answer"
    if because is None:
        return Answer(language=reply.language, variants=reply.variants, answers=reading.message)
    return Answer(
        language=reply.language,
        move=Outcome.PERSON,
        answers=reading.message,
        escalation=escalated(because, conversation, reading, packet.today),
    )


def never_to_the_silenced(packet: Packet, product: object) -> str | None:
    """Catch a letter to somebody who refused, complained, or wants no letters of ours."""
    assert isinstance(product, Draft)
    reading, conversation = (
        packet.need("reading", Reading),
        packet.need("conversation", Conversation),
    )
    if not product.variants:
        return None
    if refused := SILENCED.intersection((reading.main, *reading.meanings)):
        return f"the reply says {', '.join(sorted(refused))}: nothing is written to that"
    return closed_to(conversation)


def only_where_it_is_open(packet: Packet, product: object) -> str | None:
    """Catch a letter into a conversation that is closed, or that a person's word stands in."""
    assert isinstance(product, Draft)
    conversation = packet.need("conversation", Conversation)
    if not product.variants:
        return None
    if conversation.replies_unanswered:
        return "a reply stands unanswered: it is read first"
    return closed_to(conversation)


def closed_to(conversation: Conversation) -> str | None:
    """Return why nothing may be written into the conversation, or None."""
    if conversation.standing is Standing.OPEN:
        return None
    return f"the conversation is {conversation.standing}: nothing is written into it"


def moment(lead: Lead, day: date) -> datetime:
    """Return a moment on the morning of a day where the lead is, not the same for every lead."""
    try:
        zone = ZoneInfo(lead.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    minutes = number_of(f"{lead.company}/{lead.name}/{day}") % SPREAD_MINUTES
    return datetime.combine(day, OPENS, zone) + timedelta(minutes=minutes)


def working_day(day: date) -> date:
    """Return the day, or the Monday after it."""
    beyond = day.weekday() - SATURDAY
    return day if beyond < 0 else day + timedelta(days=2 - beyond)

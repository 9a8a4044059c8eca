"""The front desk answers who wrote to us first, and asks one missing thing at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dealwright.agents.staff.grounding import early_grounds_of
from dealwright.agents.staff.letters import answer_to, asked, in_short, letter, said
from dealwright.agents.staff.sentences import Desk, capital, desk_of, language_of, present
from dealwright.agents.staff.wording import INQUIRIES, TOPIC_SIGNS, Inquiry
from dealwright.domain.answer import Outcome, Reply
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.course import SILENCED
from dealwright.domain.draft import Role, Sentence, Variant
from dealwright.domain.intake import Intake, Known, Topic
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading

STEP = "intake"
"""What a letter of this kind is called in the conversation."""
FOR_A_PERSON = {Meaning.PRICE, Meaning.TECHNICAL, Meaning.COMPETITOR}
"""What a person of ours answers, besides what no approved fact does."""
MOST_ANSWERED = 3
MOST_SENTENCES = 8
LONGEST_QUOTE = 300
SHORTEST_RUN = 4
"""Words in a row that are no accident."""
_PIECE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]+")
_COURTESY = re.compile(
    r"(?:hi|hello|hey|dear|thanks?|thank you|hallo|guten|moin|danke|vielen dank|liebe[rs]?|sehr"
    r"|bonjour|merci|hola|buen|gracias|ciao|salve|grazie|buon|dank|bedankt|beste|ol[aá]|obrigad"
    r"|best|kind|regards|gru[sß]s|viele gr|mit freundlichen)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Told:
    """What somebody has said by now, and what they were asked."""

    known: dict[Topic, Known] = field(default_factory=dict[Topic, Known])
    asked: list[Topic] = field(default_factory=list[Topic])

    @property
    def missing(self) -> Topic | None:
        """The next thing to ask: nothing is asked twice, answered or not."""
        return next((t for t in Topic if t not in self.known and t not in self.asked), None)

    def hear(self, message: Message) -> None:
        """Learn from a message of theirs."""
        statements = [piece for piece in _pieces(message.text) if not piece.endswith("?")]
        for topic, sign in TOPIC_SIGNS.items():
            found = next((said for said in statements if sign.search(said)), None)
            if found is not None:
                self._learn(Topic(topic), found, message)
        if self.asked and statements:
            self._learn(self.asked[-1], statements[0], message)

    def _learn(self, topic: Topic, quote: str, message: Message) -> None:
        known = Known(quote=quote[:LONGEST_QUOTE], message=message.number)
        self.known.setdefault(topic, known)


def told_in(conversation: Conversation) -> Told:
    """Return what a conversation says, read from its beginning: each letter asked one thing."""
    told = Told()
    for message in conversation.messages:
        if message.direction is Direction.IN and message.kind is MessageKind.REPLY:
            told.hear(message)
        elif message.step == STEP and (topic := told.missing) is not None:
            told.asked.append(topic)
    return told


def answer(packet: Packet) -> Reply:
    """Thank them and answer what approved facts answer; what to ask is code's."""
    desk = _desk(packet)
    conversation, reading = _talk(packet)
    words = INQUIRIES[desk.language]
    first = not conversation.ours
    opening = [said(desk, words.welcome if first else desk.talk.thanks, "welcome")]
    questions = reading.asks
    answered = [answer_to(desk, question) for question in questions[:MOST_ANSWERED]]
    open_ones = [q for q, a in zip(questions, answered, strict=False) if a is None]
    open_ones += questions[MOST_ANSWERED:]
    claims = {s.text: s for s in present(*answered) if s.role is Role.CLAIM}
    explained = {s.text: s for s in present(*answered) if s.role is Role.GREETING}
    if first and not claims and not explained and (short := in_short(desk)):
        explained[short.text] = short
    because = f"no approved fact answers “{open_ones[0][:200]}”" if open_ones else None
    if (theirs := FOR_A_PERSON & _meanings(reading)) and reading.sure:
        because = f"a person of ours answers that: {', '.join(sorted(theirs))}"
    opening += explained.values()
    if because is not None:
        opening.append(said(desk, words.passes_on, "passes"))
    variant = letter(desk, opening, list(claims.values()), [])
    return Reply(language=desk.language, variants=(variant,), unanswerable=because)


def intake_from(packet: Packet, reply: object) -> Intake:
    """Put the one question under the words, and what is known beside them."""
    assert isinstance(reply, Reply)
    conversation, reading = _talk(packet)
    told, meets = told_in(conversation), Meaning.MEETING in _meanings(reading)
    asks = None if meets else told.missing
    known = {str(topic): found for topic, found in told.known.items()}
    several = len(conversation.replies_unanswered) > 1
    desk = _desk(packet)
    words = INQUIRIES[desk.language]
    closing = _closing(desk, words, asks, meets=meets)
    variants = () if several else tuple(_finished(v, words, desk, closing) for v in reply.variants)
    because = "more than one message of theirs stands unanswered" if several else reply.unanswerable
    return Intake(
        language=desk.language,
        variants=variants,
        move=Outcome.LETTER if variants else Outcome.PERSON,
        answers=reading.message,
        asks=asks if variants else None,
        ready=asks is None,
        unanswered=because or (None if variants else "there are no words for an answer"),
        due_on=packet.today,
        **known,
    )


def silent_to_the_silenced(packet: Packet, product: object) -> str | None:
    """Catch a letter to somebody who asked for none, or into a conversation that is closed."""
    assert isinstance(product, Intake)
    conversation, reading = _talk(packet)
    if not product.variants:
        return None
    refused = SILENCED & _meanings(reading)
    if refused and (reading.sure or conversation.ours):
        return f"the message says {', '.join(sorted(refused))}: nothing is written to that"
    if conversation.standing != "open":
        return f"the conversation is {conversation.standing}: nothing is written into it"
    return None


def repeats_nothing_unproven(packet: Packet, product: object) -> str | None:
    """Catch a stranger's words in a letter to an address they may only have entered.

    Until somebody has written from the address, a form could make us say anything to anybody.
    """
    assert isinstance(product, Intake)
    conversation, _ = _talk(packet)
    if conversation.proven:
        return None
    ours = _runs(packet.need("offer", Offer).model_dump_json(), 1)
    lead = packet.need("lead", Lead)
    names = (lead.company, lead.first_name, lead.last_name, lead.title, lead.city)
    barred = {run for name in names for run in _whole(name or "") if run not in ours}
    theirs = {r for m in conversation.messages for r in _runs(m.text, SHORTEST_RUN)}
    approved = _runs(packet.need("offer", Offer).model_dump_json(), SHORTEST_RUN)
    for variant in product.variants:
        for text in (variant.subject, variant.body):
            if barred & _runs(text, 1):
                return "a name stands in it that nobody has proven to be theirs"
            if (theirs - approved) & _runs(text, SHORTEST_RUN):
                return "their own words stand in it, and nobody knows that they are theirs"
    return None


def cites_only_proof(packet: Packet, product: object) -> str | None:
    """Catch a claim that rests on anything but an approved proof point."""
    assert isinstance(product, Intake)
    offer = packet.need("offer", Offer)
    for sentence in (s for variant in product.variants for s in variant.sentences):
        if sentence.role is Role.CLAIM and not sentence.rests_on:
            return f"“{sentence.text[:80]}” rests on nothing"
        for cited in sentence.rests_on:
            if offer.proof(cited) is None:
                return f"“{sentence.text[:80]}” rests on {cited[:60]}, which is no proof point"
    return None


def _talk(packet: Packet) -> tuple[Conversation, Reading]:
    return packet.need("conversation", Conversation), packet.need("reading", Reading)


def _meanings(reading: Reading) -> set[Meaning]:
    return {reading.main, *reading.meanings}


def _desk(packet: Packet) -> Desk:
    """Return a desk at which nobody is called by a name that only a form told us."""
    conversation, reading = _talk(packet)
    lead, offer = packet.need("lead", Lead), packet.need("offer", Offer)
    if not conversation.proven:
        unknown = dict.fromkeys(("first_name", "last_name", "title", "city"))
        lead = lead.model_copy(update={**unknown, "company": offer.sender.company})
        packet = replace(packet, slots={**packet.slots, "lead": lead})
    return desk_of(
        early_grounds_of(packet),
        conversation.last,
        said=tuple(message.text for message in conversation.ours),
        language=language_of(lead, offer, reading.language),
    )


def _closing(desk: Desk, words: Inquiry, asks: Topic | None, *, meets: bool) -> Sentence | None:
    if meets:
        return asked(desk, words.meets, "meets")
    if asks is not None:
        return asked(desk, words.asks[asks], str(asks))
    return asked(desk, desk.talk.offers_to_talk, "ready")


def _finished(variant: Variant, words: Inquiry, desk: Desk, closing: Sentence | None) -> Variant:
    """Return the variant under our own subject, with our own question and no other."""
    body = [s for s in variant.sentences if s.role is not Role.QUESTION][:MOST_SENTENCES]
    ending = [capital(closing)] if closing is not None else []
    sentences = (*body, *ending)
    subject = words.subject.format_map(desk.filled)
    return Variant(subject=subject, sentences=sentences, links=variant.links)


def _pieces(text: str) -> Iterator[str]:
    """Yield what somebody says, sentence by sentence, greetings and thanks left out."""
    for piece in _PIECE.split(text):
        bare = piece.strip(" ,;-–")
        if bare and not _COURTESY.match(bare):
            yield bare


def _whole(name: str) -> set[tuple[str, ...]]:
    return {(word,) for word in _words(name) if len(word) >= SHORTEST_RUN}


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    said = _words(text)
    return {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]

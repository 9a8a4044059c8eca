"""The switchboard says who deals with a reply: an agent, a person, or nobody. It writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dealwright.agents.staff.reading.choices import chosen
from dealwright.domain.conversation import Conversation, Direction, Standing
from dealwright.domain.course import SILENCED, Course, Move
from dealwright.domain.escalation import escalated
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection, Reading

FOR_A_PERSON = {
    Meaning.MEETING: "they want to meet, and something else",
    Meaning.PRICE: "they ask for a price, and prices are a person's",
    Meaning.TECHNICAL: "they ask for depth that no approved fact has",
    Meaning.COMPETITOR: "they compare with another product",
}
"""What agents do not answer, in the order in which it matters."""

TO_ANSWER = {Meaning.INTERESTED, Meaning.QUESTION, Meaning.REFERRAL}
LATER = {Meaning.NOT_NOW, Meaning.OUT_OF_OFFICE}
BESIDES_LATER = {Meaning.INTERESTED, Meaning.OBJECTION, Meaning.REFERRAL, Meaning.WRONG_PERSON}
ELSEWHERE = {Meaning.WRONG_PERSON, Meaning.REFERRAL}
TO_MEET = {Meaning.MEETING, Meaning.INTERESTED}


Holds = Callable[[Conversation, Reading], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: the first that holds decides."""

    because: str
    holds: Holds
    move: Move


def _said(reading: Reading) -> set[Meaning]:
    return {reading.main, *reading.meanings}


def _others_wait(conversation: Conversation, reading: Reading) -> bool:
    """Tell whether a person's message waits besides the one that was read."""
    waiting = {message.number for message in conversation.replies_unanswered}
    return bool(waiting - {reading.message}) or (
        conversation.waiting_for is Direction.OUT and reading.message not in waiting
    )


def _speaks_of(meaning: Meaning) -> Holds:
    return lambda _, reading: meaning in _said(reading)


def _take_a_time(conversation: Conversation, reading: Reading) -> bool:
    """Tell whether every message that waits takes the same one of the times we offered."""
    waiting, on_offer = conversation.replies_unanswered, conversation.on_offer
    taken = [chosen(m.text, reading.language, on_offer, m.at.date()) for m in waiting]
    return bool(taken) and taken[0] is not None and all(time == taken[0] for time in taken)


def _no_besides(conversation: Conversation, reading: Reading) -> bool:
    """Tell whether a no comes beside something else that somebody has to deal with.

    They get no letter; but what they say first, a question or a meeting to call off, stands. Who
    else looks after it a person finds out as it is.
    """
    first = _said(reading) - {Meaning.NOT_INTERESTED}
    besides = Meaning.NOT_INTERESTED in reading.meanings[1:] and reading.main in first
    clear = Meaning.OPT_OUT in first or first <= ELSEWHERE
    return besides and not clear and conversation.standing is Standing.OPEN


def _first_word(conversation: Conversation, reading: Reading) -> bool:
    """Tell whether this is how somebody began who wrote to us first.

    The reader knows replies; what is no reply it often doubts, and whoever comes to us by
    themselves asks for no silence. Where they surely do, or want to meet, others deal with it.
    """
    said = _said(reading)
    elsewhere = SILENCED & said or (Meaning.MEETING in said and said <= TO_MEET)
    came = conversation.began is Direction.IN and not conversation.ours
    return came and conversation.standing is Standing.OPEN and not (reading.sure and elsewhere)


def _answers_the_front_desk(conversation: Conversation, reading: Reading) -> bool:
    """Tell whether it is about what the front desk asked, as far as anybody can tell."""
    said, ours = _said(reading), conversation.ours
    asked = conversation.began is Direction.IN and bool(ours) and ours[-1].step == "intake"
    if not asked or said & SILENCED:
        return False
    return not reading.sure or said <= TO_ANSWER | FOR_A_PERSON.keys() - {Meaning.MEETING}


RULES: tuple[Rule, ...] = (
    Rule(
        "a person of ours leads this conversation",
        lambda c, _: c.standing is Standing.TAKEN_OVER,
        Move.SILENCE,
    ),
    Rule("they complain", lambda _, r: Meaning.COMPLAINT in _said(r), Move.PERSON),
    Rule("they wrote to us first", _first_word, Move.INTAKE),
    Rule(
        "it may be that they want no letter, and nobody can be sure",
        lambda c, r: bool(SILENCED & _said(r)) and not r.sure and c.standing is Standing.OPEN,
        Move.PERSON,
    ),
    Rule("they say no only besides, and something else first", _no_besides, Move.PERSON),
    Rule("they want no letter", lambda _, r: bool(SILENCED & _said(r)), Move.SILENCE),
    Rule("the conversation is closed", lambda c, _: c.standing is not Standing.OPEN, Move.SILENCE),
    Rule("they take one of the times we offered", _take_a_time, Move.MEET),
    Rule("they answer what the front desk asked", _answers_the_front_desk, Move.INTAKE),
    Rule("nobody can be sure what the reply means", lambda _, r: not r.sure, Move.PERSON),
    Rule(
        "more than one message of theirs stands unanswered",
        _others_wait,
        Move.PERSON,
    ),
    Rule("they want to meet", lambda _, r: Meaning.MEETING in _said(r) <= TO_MEET, Move.MEET),
    *(Rule(because, _speaks_of(meaning), Move.PERSON) for meaning, because in FOR_A_PERSON.items()),
    Rule(
        "they compare with another product",
        lambda _, r: r.objection is Objection.COMPETITOR,
        Move.PERSON,
    ),
    Rule("they want to hear more", lambda _, r: _said(r) <= TO_ANSWER, Move.ANSWER),
    Rule(
        "they say what speaks against it",
        lambda _, r: (
            r.main is Meaning.OBJECTION
            and r.objection is not None
            and _said(r) <= {Meaning.OBJECTION, Meaning.INTERESTED}
        ),
        Move.OBJECTION,
    ),
    Rule(
        "they will be there, or ready, at another time",
        lambda _, r: r.main in LATER and _said(r) <= LATER | BESIDES_LATER,
        Move.RESUME,
    ),
    Rule(
        "somebody else looks after this; a person finds out who",
        lambda _, r: _said(r) <= ELSEWHERE,
        Move.SILENCE,
    ),
    Rule("the reply says several things at once", lambda _c, _r: True, Move.PERSON),
)


def direct(packet: Packet) -> Course:
    """Return what happens about the reply, by the first rule that holds."""
    conversation, reading = (
        packet.need("conversation", Conversation),
        packet.need("reading", Reading),
    )
    rule = next(rule for rule in RULES if rule.holds(conversation, reading))
    to_a_person = rule.move is Move.PERSON
    return Course(
        message=reading.message,
        move=rule.move,
        because=rule.because,
        escalation=escalated(rule.because, conversation, reading, packet.today)
        if to_a_person
        else None,
    )


def nobody_silenced_is_written_to(packet: Packet, product: object) -> str | None:
    """Catch a course that would write to somebody who refused or complained."""
    assert isinstance(product, Course)
    reading = packet.need("reading", Reading)
    quiet = product.move in {Move.PERSON, Move.SILENCE}
    conversation = packet.need("conversation", Conversation)
    doubted = product.move is Move.INTAKE and _first_word(conversation, reading)
    if quiet or doubted or not SILENCED & _said(reading):
        return None
    return f"{product.move} would write to somebody who wants no letter"


def reads_a_message_of_theirs(packet: Packet, product: object) -> str | None:
    """Catch a reading of a message that nobody wrote to us."""
    assert isinstance(product, Reading)
    messages = packet.need("conversation", Conversation).messages
    theirs = {m.number for m in messages if m.direction is Direction.IN}
    if product.message not in theirs:
        return f"there is no message {product.message} of theirs"
    return None if product.main in product.meanings else f"{product.main} is not among its meanings"

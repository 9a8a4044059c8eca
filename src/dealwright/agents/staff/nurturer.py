"""The nurturer writes again to people who say nothing, are away, or asked for another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dealwright.agents.staff.letters import asked, desk_in, letter, moment, said, working_day
from dealwright.agents.staff.sentences import (
    Desk,
    ask,
    closings,
    present,
    proof,
    tellable,
    tells,
    word_count,
)
from dealwright.domain.answer import Reply
from dealwright.domain.conversation import Conversation, Message, Standing
from dealwright.domain.draft import Sentence, Variant
from dealwright.domain.facts import Fact
from dealwright.domain.follow_up import FollowUp, Next
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading

COLD = {1: 3, 2: 7, 3: 14}
"""Letters unanswered → days until the next one, for somebody who never wrote."""
WARM = {1: 2, 2: 5, 3: 9}
"""The same for somebody who wrote and then fell silent."""
LAST = max(COLD)
CALL_AT = 2
"""After so many unanswered letters a person tries another channel besides."""
NO_DATE_DAYS = 90
"""How long somebody is left alone who says `not now` and no more."""
LONGEST_DAYS = 400
"""A date further away than this is not waited for."""
AWAY_DAYS = 7
"""How long somebody is left alone who is away and does not say until when."""
SHORTEST = 30
"""Words below which a closing sentence is added."""

OURS = frozenset({"first_touch", "follow_up", "answer", "objection", "reactivation"})
"""Steps after which the cadence goes on: after any other it is somebody else's turn."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes next."""

    why: str
    on: date | None = None
    """None: nothing."""
    number: int = 0
    answers: int | None = None

    @property
    def last(self) -> bool:
        return self.number == LAST


def follow_up(packet: Packet) -> Reply:
    """Write to somebody who has not answered: a fact or a proof that is new to them, or goodbye."""
    plan = _after_silence(packet.need("conversation", Conversation))
    if plan.on is None:
        return _nothing(packet, plan)
    desk = desk_in(packet)
    fact = next(tellable(desk), None)
    if plan.last:
        opening = [said(desk, desk.talk.goodbye, "goodbye")]
        endings = [asked(desk, desk.talk.farewell, "farewell")]
        return _letter(desk, _written(desk, opening, fact, endings))
    return _letter(desk, _written(desk, [said(desk, desk.talk.again, "again")], fact, [_ask(desk)]))


def resume(packet: Packet) -> Reply:
    """Write to somebody who was away or asked for another time."""
    reading = packet.need("reading", Reading)
    plan = _as_asked(packet.need("conversation", Conversation), reading)
    if plan.on is None:
        return _nothing(packet, plan)
    desk = desk_in(packet)
    fact = next(tellable(desk), None)
    words = desk.talk.later if reading.main is Meaning.NOT_NOW else desk.talk.returned
    return _letter(desk, _written(desk, [said(desk, words, "resume")], fact, [_ask(desk)]))


def planned(packet: Packet, reply: object) -> FollowUp:
    """Set the words of a follow-up on their day, or leave them out where nothing is due."""
    return _made(packet, reply, _after_silence(packet.need("conversation", Conversation)))


def resumed(packet: Packet, reply: object) -> FollowUp:
    """Set the words on the day that was asked for."""
    reading = packet.need("reading", Reading)
    return _made(packet, reply, _as_asked(packet.need("conversation", Conversation), reading))


def _after_silence(conversation: Conversation) -> Plan:
    """Return when somebody is written to again who says nothing."""
    if conversation.standing is not Standing.OPEN:
        return Plan(f"the conversation is {conversation.standing}")
    if conversation.replies_unanswered:
        return Plan("a reply stands unanswered")
    ours = conversation.ours
    if not ours or ours[-1].step not in OURS:
        return Plan("a person of ours wrote last, or nobody did")
    number = conversation.touches
    if number not in COLD:
        return Plan("the cadence is over")
    days = (WARM if conversation.replies else COLD)[number]
    because = f"{days} days after letter {number} that nobody answered"
    return Plan(because, working_day(_day(ours[-1]) + timedelta(days=days)), number)


def _as_asked(conversation: Conversation, reading: Reading) -> Plan:
    """Return when somebody is written to again who is away, or asked for another time."""
    if conversation.standing is not Standing.OPEN:
        return Plan(f"the conversation is {conversation.standing}")
    read = next((m for m in conversation.messages if m.number == reading.message), None)
    if read is None:
        return Plan("the message that was read is not there any more")
    if reading.main is Meaning.NOT_NOW:
        asked_for = reading.ask_again_on or _day(read) + timedelta(days=NO_DATE_DAYS)
        return _on(asked_for, f"they asked to be asked again from {asked_for}", read, read.number)
    if conversation.touches > LAST:
        return Plan("they are away, and the cadence is over")
    days = COLD.get(conversation.touches, AWAY_DAYS)
    back = reading.returns_on + timedelta(days=1) if reading.returns_on else None
    earliest = max(filter(None, (back, _day(read) + timedelta(days=days))))
    return _on(earliest, f"they are away until {reading.returns_on or 'some day'}", read, None)


def _on(day: date, why: str, read: Message, answers: int | None) -> Plan:
    if (day - _day(read)).days > LONGEST_DAYS:
        return Plan(f"{day} is too far away to wait for")
    return Plan(why, working_day(max(day, _day(read))), 0, answers)


def _made(packet: Packet, reply: object, plan: Plan) -> FollowUp:
    assert isinstance(reply, Reply)
    conversation, lead = packet.need("conversation", Conversation), packet.need("lead", Lead)
    if plan.on is None or not reply.variants:
        why = plan.why if plan.on is None else reply.unanswerable or "there is nothing to write"
        return FollowUp(
            language=reply.language, move=Next.STOP, after=max(1, conversation.last), why=why
        )
    return FollowUp(
        language=reply.language,
        variants=reply.variants,
        after=conversation.last,
        number=plan.number,
        last=plan.last,
        answers=plan.answers,
        not_before=moment(lead, plan.on),
        why=plan.why,
        spoken=_spoken(packet) if plan.number == CALL_AT else "",
    )


def _day(message: Message) -> date:
    return message.at.date()


def _nothing(packet: Packet, plan: Plan) -> Reply:
    return Reply(language=desk_in(packet).language, unanswerable=plan.why)


def _letter(desk: Desk, variant: Variant) -> Reply:
    return Reply(language=desk.language, variants=(variant,))


def _ask(desk: Desk) -> Sentence | None:
    return ask(desk, "again") or asked(desk, desk.talk.offers_to_talk, "again")


def _written(
    desk: Desk, opening: list[Sentence | None], fact: Fact | None, endings: list[Sentence | None]
) -> Variant:
    """Return a letter that tells what was not told yet, and ends as it should."""
    claims = present(tells(desk, fact, "again", aside=True) if fact else None)
    about = [fact] if fact and claims else []
    if word_count(present(*opening), claims, present(*endings)) < SHORTEST:
        claims += present(proof(desk, "again"))
    if word_count(present(*opening), claims, present(*endings)) < SHORTEST:
        endings = [*endings, next(closings(desk, "again"), None)]
    return letter(desk, opening, claims, endings, about=about)


def _spoken(packet: Packet) -> str:
    """Return what a person may say where a letter does not reach anybody."""
    desk = desk_in(packet)
    return " ".join(template.format_map(desk.filled) for template in desk.talk.spoken)

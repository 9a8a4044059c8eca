"""The data agent keeps the system of record: a few fields, all of them worked out by code."""

from __future__ import annotations

from dealwright.domain.conversation import Conversation, Direction, Standing
from dealwright.domain.crm_update import CrmUpdate, Stage
from dealwright.domain.packet import Packet
from dealwright.domain.qualification import Qualification
from dealwright.domain.reading import Meaning, Reading
from dealwright.domain.scheduling import Appointment

_ENDED = {
    Standing.OPTED_OUT: (Stage.LOST, "nothing: they want no letters"),
    Standing.COMPLAINED: (Stage.LOST, "a person answers the complaint"),
    Standing.UNDELIVERABLE: (Stage.UNREACHABLE, "find another address"),
    Standing.TAKEN_OVER: (Stage.REPLIED, "a person of ours leads the conversation"),
}
_READ = {
    Meaning.INTERESTED: (Stage.INTERESTED, "answer them"),
    Meaning.QUESTION: (Stage.INTERESTED, "answer their question"),
    Meaning.MEETING: (Stage.MEETING, "agree on a time"),
    Meaning.PRICE: (Stage.INTERESTED, "a person names a price"),
    Meaning.TECHNICAL: (Stage.INTERESTED, "a person answers in depth"),
    Meaning.COMPETITOR: (Stage.REPLIED, "a person answers the comparison"),
    Meaning.OBJECTION: (Stage.REPLIED, "answer what speaks against it"),
    Meaning.NOT_NOW: (Stage.LATER, "write again later"),
    Meaning.OUT_OF_OFFICE: (Stage.LATER, "write again when they are back"),
    Meaning.NOT_INTERESTED: (Stage.LOST, "nothing"),
    Meaning.OPT_OUT: (Stage.LOST, "nothing: they want no letters"),
    Meaning.COMPLAINT: (Stage.LOST, "a person answers the complaint"),
    Meaning.REFERRAL: (Stage.REPLIED, "decide whether to write to whom they name"),
    Meaning.WRONG_PERSON: (Stage.REPLIED, "find out who looks after it"),
}
_ON_THE_WAY = frozenset({Stage.REPLIED, Stage.INTERESTED})
"""Stages before a meeting: where one stands, they are over."""
LONGEST_SUMMARY = 600


def update(packet: Packet) -> CrmUpdate:
    """Return the fields after something of ours left, or something other than a reply came."""
    conversation = packet.need("conversation", Conversation)
    if conversation.standing in _ENDED:
        return _filled(packet, *_ENDED[conversation.standing])
    if meeting := _meeting(packet):
        return _filled(packet, Stage.MEETING, f"meet them on {meeting.start:%Y-%m-%d at %H:%M %Z}")
    if conversation.replies:
        return _filled(packet, Stage.REPLIED, "wait for their answer")
    return _filled(packet, Stage.CONTACTED, "wait for an answer, or write again")


def update_after_reply(packet: Packet) -> CrmUpdate:
    """Return the fields after a reply was read."""
    conversation, reading = (
        packet.need("conversation", Conversation),
        packet.need("reading", Reading),
    )
    if conversation.standing in _ENDED:
        return _filled(packet, *_ENDED[conversation.standing])
    stage, step = _READ[reading.main]
    if stage in _ON_THE_WAY and _meeting(packet):
        stage = Stage.MEETING
    when = reading.ask_again_on or reading.returns_on
    return _filled(packet, stage, f"{step}, from {when}" if when and stage is Stage.LATER else step)


def says_what_is_recorded(packet: Packet, product: object) -> str | None:
    """Catch a score, a tier or a day that is not the recorded one."""
    assert isinstance(product, CrmUpdate)
    known = packet.need("qualification", Qualification)
    if (product.score, product.tier) != (known.score, known.tier):
        return "the score or the tier is not the qualification's"
    messages = packet.need("conversation", Conversation).messages
    if messages and product.last_contact != messages[-1].at.date():
        return "the last contact is not the newest message's day"
    return None


def _meeting(packet: Packet) -> Appointment | None:
    """Return the meeting with them that stands in the calendar, if one does."""
    meeting = packet.get("meeting", Appointment)
    return meeting if meeting and meeting.stands else None


def _filled(packet: Packet, stage: Stage, next_step: str) -> CrmUpdate:
    known = packet.need("qualification", Qualification)
    conversation = packet.need("conversation", Conversation)
    messages = conversation.messages
    return CrmUpdate(
        score=known.score,
        tier=known.tier,
        stage=stage,
        source="they wrote to us" if _began_it(conversation) else "we wrote to them",
        next_step=next_step,
        last_contact=messages[-1].at.date() if messages else packet.today,
        summary=_summary(conversation),
    )


def _began_it(conversation: Conversation) -> bool:
    return bool(conversation.messages) and conversation.messages[0].direction is Direction.IN


def _summary(conversation: Conversation) -> str:
    """Return who wrote when and about what, the newest lines of it."""
    lines = [
        f"{message.at:%Y-%m-%d} {'we' if message.direction is Direction.OUT else 'they'}"
        f" ({message.step or message.kind}): {message.subject}".rstrip(": ")
        for message in conversation.messages
    ]
    kept: list[str] = []
    for line in reversed(lines):
        if sum(map(len, kept)) + len(line) > LONGEST_SUMMARY:
            break
        kept.append(line)
    return "\n".join(reversed(kept))

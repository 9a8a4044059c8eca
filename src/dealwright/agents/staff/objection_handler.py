"""The objection handler answers an objection once, from approved proof; then a person does."""

from __future__ import annotations

from collections.abc import Iterator

from dealwright.agents.staff.grounding import quantities
from dealwright.agents.staff.letters import asked, desk_in, letter, said, written_in
from dealwright.agents.staff.sentences import Desk, proof_words, told_proof
from dealwright.agents.staff.wording import SIGNS
from dealwright.domain.answer import Reply
from dealwright.domain.conversation import Conversation, Direction, MessageKind
from dealwright.domain.draft import Sentence
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Objection, Reading

STEP = "objection"
"""What a letter of this kind is called in the conversation."""

_TIMES = frozenset({"minute", "hour", "day", "week", "month"})
_COUNTED = {
    Objection.BUDGET: frozenset({"percent"}),
    Objection.TIMING: _TIMES,
    Objection.EFFORT: _TIMES,
}
"""What the proof speaks of that fits an objection best."""


def answer(packet: Packet) -> Reply:
    """Take the objection up, and show the proof that fits it best."""
    reading, offer = packet.need("reading", Reading), packet.need("offer", Offer)
    because = _why_not(packet, reading, offer)
    if because is not None or reading.objection is None:
        because = because or "it is not clear what speaks against it"
        return Reply(language=reading.language, unanswerable=because)
    desk = desk_in(packet, reading.language)
    shown = _proof(desk, reading.objection)
    if shown is None:
        because = f"no approved proof is left to answer an objection of {reading.objection}"
        return Reply(language=desk.language, unanswerable=because)
    opening = [
        said(desk, desk.talk.thanks, "thanks"),
        said(desk, desk.talk.objections.get(reading.objection, ()), "objection"),
    ]
    closing = asked(desk, desk.talk.offers_to_talk, "objection")
    return Reply(language=desk.language, variants=(letter(desk, opening, [shown], [closing]),))


def _why_not(packet: Packet, reading: Reading, offer: Offer) -> str | None:
    conversation = packet.need("conversation", Conversation)
    if not written_in(offer, reading.language):
        return f"nobody wrote the offer in {reading.language}"
    before = list(_answered_before(conversation))
    if any(not kinds or reading.objection in kinds for kinds in before):
        return f"we answered an objection of {reading.objection} before"
    return None


def _answered_before(conversation: Conversation) -> Iterator[frozenset[Objection]]:
    """Yield, for each objection we answered, the kinds that the words of it point to."""
    text = ""
    for message in conversation.messages:
        if message.direction is Direction.IN and message.kind is MessageKind.REPLY:
            text = message.text
        elif message.step == STEP:
            yield frozenset(kind for kind, sign in SIGNS.items() if sign.search(text))


def _proof(desk: Desk, objection: Objection) -> Sentence | None:
    """Return the proof that counts what the objection is about, or any that was not told yet."""
    wanted = _COUNTED.get(objection, frozenset())
    ids = [point.id for point in desk.grounds.offer.proof_points]
    ids.sort(key=lambda proof_id: not _counts(desk, proof_id, wanted))
    told = (told_proof(desk, proof_id, "objection") for proof_id in ids)
    return next((sentence for sentence in told if sentence), None)


def _counts(desk: Desk, proof_id: str, wanted: frozenset[str]) -> bool:
    amounts = quantities(proof_words(desk, proof_id), desk.language)
    return not wanted.isdisjoint(amount.unit for amount in amounts)

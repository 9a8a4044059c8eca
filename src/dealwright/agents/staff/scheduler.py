"""The scheduler arranges a meeting: it offers real free times, and books what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dealwright.agents.staff.letters import closed_to, read_message
from dealwright.agents.staff.reading.choices import cancels, chosen, moves, refuses
from dealwright.agents.staff.times import (
    ASKED,
    MEETING,
    OFFERED,
    TIMES,
    offer_letter,
    offered_in,
    spoken_in,
    times_of,
)
from dealwright.agents.staff.wording import MEETINGS
from dealwright.domain.conversation import Conversation, Offered
from dealwright.domain.course import SILENCED
from dealwright.domain.escalation import escalated
from dealwright.domain.material import Material, Source
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Reading
from dealwright.domain.scheduling import ACTS, Appointment, Arrangement, Decision, Scheduling

MOST_LETTERS = 2
"""So many letters in a row may offer times; after that a person asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a reply says about a meeting."""

    text: str
    reading: Reading
    conversation: Conversation
    meeting: Appointment | None
    """The one that stands."""
    material: Material

    @property
    def taken(self) -> Offered | None:
        """The time of ours they take."""
        message = next(m for m in self.conversation.messages if m.number == self.reading.message)
        language, written = self.reading.language, message.at.date()
        return chosen(self.text, language, self.conversation.on_offer, written)

    @property
    def asked(self) -> Source | None:
        """The free time they asked for to the minute, if they asked for one and refused nothing."""
        exact = [time for time in self.reading.times if time.exact]
        agreed = self.reading.sure and self.reading.main is Meaning.MEETING
        if not agreed or len(self.reading.times) != 1 or not exact:
            return None
        # Whoever moves a meeting is sorry for the old time; the new one has its own sentence.
        said = exact[0].quote if self.meeting else self.text
        if refuses(said, self.reading.language):
            return None
        return next((s for s in self.material.sources if s.url == ASKED), None)

    def source(self, kind: str, start: datetime) -> Source | None:
        """Return the time of a kind that begins then, if it is free."""
        return next(
            (s for s in self.material.sources if s.url == kind and times_of(s)[0] == start), None
        )


def arrange(packet: Packet) -> Arrangement:
    """Return what to do about a meeting, by the first rule that says something."""
    message = read_message(packet)
    meeting = packet.get("meeting", Appointment)
    wish = _Wish(
        text=message.text if message else "",
        reading=packet.need("reading", Reading),
        conversation=packet.need("conversation", Conversation),
        meeting=meeting if meeting and meeting.stands else None,
        material=packet.material.get("calendar", Material()),
    )
    return next(answer for rule in _RULES if (answer := rule(wish)) is not None)


def _without_a_calendar(wish: _Wish) -> Arrangement | None:
    if any(source.url in TIMES for source in wish.material.sources):
        return None
    why = wish.material.troubles[0] if wish.material.troubles else "no time is free"
    return _said(Decision.PERSON, f"they want to meet, and {why}")


def _they_take_one(wish: _Wish) -> Arrangement | None:
    taken = wish.taken
    if taken is None:
        return None
    if wish.meeting is not None and wish.meeting.start == taken.start:
        return _said(Decision.NOTHING, "the meeting is at that time already")
    source = wish.source(OFFERED, taken.start)
    if source is None:
        return _said(Decision.OFFER, "the time they take is no longer free")
    return _timed(wish, source, f"they take the time offered: {taken.words}")


def _they_cancel(wish: _Wish) -> Arrangement | None:
    if wish.meeting is None or wish.reading.times or not _clear(wish):
        return None
    language = wish.reading.language
    if not cancels(wish.text, language) or moves(wish.text, language):
        return None
    return _said(Decision.CANCEL, "they call the meeting off")


def _they_name_one(wish: _Wish) -> Arrangement | None:
    source = wish.asked
    if source is None or (wish.meeting and not moves(wish.text, wish.reading.language)):
        return None
    return _timed(wish, source, "they ask for this very time, and it is free")


def _they_agree(wish: _Wish) -> Arrangement | None:
    if wish.meeting is None or moves(wish.text, wish.reading.language):
        return None
    named = [time for time in wish.reading.times if time.exact]
    local = next((times_of(s)[0] for s in wish.material.sources if s.url == MEETING), None)
    clock = local.replace(tzinfo=None) if local else None
    if named and all(time.start == clock for time in named) and _clear(wish):
        return _said(Decision.NOTHING, "they confirm the time of the meeting")
    return _said(Decision.PERSON, "a meeting stands, and it is not clear what they want of it")


def _it_goes_round(wish: _Wish) -> Arrangement | None:
    last = wish.conversation.ours[-MOST_LETTERS:]
    if len(last) == MOST_LETTERS and all(message.offered for message in last):
        return _said(Decision.PERSON, "times were offered twice, and none suited")
    unclear = last and last[-1].offered and not wish.reading.times
    if unclear and not refuses(wish.text, wish.reading.language):
        return _said(Decision.PERSON, "times are on offer, and it is not clear which they take")
    return None


def _otherwise(wish: _Wish) -> Arrangement | None:
    because = "they want another time" if wish.meeting else "they want to meet"
    return _said(Decision.OFFER, because)


_RULES: tuple[Callable[[_Wish], Arrangement | None], ...] = (
    _they_cancel,
    _without_a_calendar,
    _they_take_one,
    _they_name_one,
    _they_agree,
    _it_goes_round,
    _otherwise,
)


def _clear(wish: _Wish) -> bool:
    """Say whether the reading is sure, and about nothing else."""
    return wish.reading.sure and wish.reading.main is Meaning.MEETING


def _timed(wish: _Wish, source: Source, because: str) -> Arrangement:
    decision = Decision.MOVE if wish.meeting else Decision.BOOK
    return Arrangement(decision=decision, slot=source.number, because=because[:300])


def _said(decision: Decision, because: str) -> Arrangement:
    return Arrangement(decision=decision, because=because[:300])


def scheduled(packet: Packet, answer: object) -> Scheduling:
    """Make of a decision what is to be done: times from the calendar, words by code.

    Raises:
        ValueError: it books a time that the calendar did not tell.

    """
    assert isinstance(answer, Arrangement)
    reading, conversation = (
        packet.need("reading", Reading),
        packet.need("conversation", Conversation),
    )
    material = packet.material.get("calendar", Material())
    language = spoken_in(reading.language, packet.need("offer", Offer))
    told: dict[str, object] = {"decision": answer.decision, "because": answer.because}
    match answer.decision:
        case Decision.OFFER:
            meeting = packet.get("meeting", Appointment)
            offers, words = offered_in(material), MEETINGS[language]
            opening = words.moving if meeting and meeting.stands else words.thanks
            if _gone(packet, material):
                opening = words.gone
            told["variants"] = (offer_letter(packet, language, opening, offers),)
            told["offers"] = offers
        case Decision.BOOK | Decision.MOVE:
            source = material.numbered(answer.slot or 0)
            if source is None or source.url not in {ASKED, OFFERED}:
                raise ValueError("only a time that was offered or asked for can be booked")
            told["start"], told["end"] = times_of(source)
        case Decision.PERSON:
            told["escalation"] = escalated(answer.because, conversation, reading, packet.today)
        case Decision.CANCEL | Decision.NOTHING:
            pass
    return Scheduling.model_validate({"language": language, "message": reading.message, **told})


def _gone(packet: Packet, material: Material) -> bool:
    """Say whether they take a time of ours that is no longer free."""
    reading, message = packet.need("reading", Reading), read_message(packet)
    on_offer = packet.need("conversation", Conversation).on_offer
    if message is None:
        return False
    taken = chosen(message.text, reading.language, on_offer, message.at.date())
    still = {times_of(source)[0] for source in material.sources if source.url == OFFERED}
    return taken is not None and taken.start not in still


def changes_only_what_is_agreed(packet: Packet, product: object) -> str | None:
    """Catch a change of the calendar that nobody asked for, and words to whoever wants none."""
    assert isinstance(product, Scheduling)
    reading, meeting = packet.need("reading", Reading), packet.get("meeting", Appointment)
    conversation = packet.need("conversation", Conversation)
    if product.decision not in {*ACTS, Decision.OFFER}:
        return None
    if refused := SILENCED.intersection((reading.main, *reading.meanings)):
        return f"the reply says {', '.join(sorted(refused))}: nothing is arranged"
    stands = meeting is not None and meeting.stands
    if product.decision in {Decision.MOVE, Decision.CANCEL} and not stands:
        return f"no meeting stands, so there is none to {product.decision}"
    if product.decision is Decision.BOOK and stands:
        return "a meeting stands already: it is moved, not booked again"
    return closed_to(conversation)

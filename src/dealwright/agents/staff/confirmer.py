"""The confirmer writes to the person once a meeting has changed, and offers times where it fell."""

from __future__ import annotations

from dealwright.agents.staff.grounding import address_in
from dealwright.agents.staff.letters import closed_to
from dealwright.agents.staff.times import (
    MEETING,
    letter,
    offer_letter,
    offered,
    offered_in,
    spoken_in,
)
from dealwright.agents.staff.wording import MEETINGS
from dealwright.domain.conversation import Conversation, Offered
from dealwright.domain.draft import Variant
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.scheduling import Appointment, Confirmation, MeetingState

ANEW = frozenset({MeetingState.TAKEN, MeetingState.NO_SHOW})
"""After these, other times are offered."""


def confirm(packet: Packet) -> Confirmation:
    """Write what became of the meeting, in the language they wrote in.

    Raises:
        ValueError: the calendar does not say what is needed for it.

    """
    meeting = packet.need("meeting", Appointment)
    language = _language(packet, meeting)
    material = packet.material.get("calendar", Material())
    if meeting.state in ANEW:
        return _anew(packet, meeting, language, offered_in(material))
    own = next((source for source in material.sources if source.url == MEETING), None)
    if own is None:
        raise ValueError(material.troubles[0] if material.troubles else "there is no meeting")
    agreed = offered(own)
    variant = _settled(packet, meeting, language, agreed)
    return Confirmation(language=language, variants=(variant,), state=meeting.state, agreed=agreed)


def _anew(
    packet: Packet, meeting: Appointment, language: str, offers: tuple[Offered, ...]
) -> Confirmation:
    if not offers:
        raise ValueError("no time is free, so a person asks")
    words = MEETINGS[language]
    opening = words.gone if meeting.state is MeetingState.TAKEN else words.missed
    variant = offer_letter(packet, language, opening, offers)
    return Confirmation(language=language, variants=(variant,), state=meeting.state, offers=offers)


def _settled(packet: Packet, meeting: Appointment, language: str, agreed: Offered) -> Variant:
    words = MEETINGS[language]
    if meeting.state is MeetingState.CANCELLED:
        body = [words.cancelled.format(time=agreed.words)]
        return letter(packet, language, words.meeting, body, words.another)
    moved = meeting.state is MeetingState.MOVED
    body = [(words.moved if moved else words.booked).format(time=agreed.words)]
    if not address_in(meeting.place):
        # An address is in the invitation; letters hold none but the campaign's own links.
        body.append(words.place.format(place=meeting.place))
    return letter(packet, language, words.meeting, [*body, words.invited], words.change)


def _language(packet: Packet, meeting: Appointment) -> str:
    if meeting.language:
        return spoken_in(meeting.language, packet.need("offer", Offer))
    lead = packet.need("lead", Lead)
    messages = packet.need("conversation", Conversation).messages
    spoken = next((m.language for m in reversed(messages) if m.language), lead.language)
    return spoken_in(spoken or "", packet.need("offer", Offer))


def tells_of_the_meeting_as_it_stands(packet: Packet, product: object) -> str | None:
    """Catch a letter about another state than the meeting's, or into a closed conversation."""
    assert isinstance(product, Confirmation)
    state = packet.need("meeting", Appointment).state
    if product.state is not state:
        return f"the letter says {product.state}, and the meeting is {state}"
    return closed_to(packet.need("conversation", Conversation))

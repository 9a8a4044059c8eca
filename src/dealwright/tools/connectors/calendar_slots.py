"""Calendar slots: the times a meeting with a lead can really be, worked out by code."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dealwright.clock import Clock
from dealwright.domain.connections import CalendarConnection
from dealwright.domain.conversation import Conversation, Offered
from dealwright.domain.facts import SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source
from dealwright.domain.offer import Offer
from dealwright.domain.reading import Reading
from dealwright.domain.scheduling import Appointment, MeetingState
from dealwright.tools.access import ToolCall
from dealwright.tools.ports import Busy, Calendar
from dealwright.tools.scheduling.days import zones_in
from dealwright.tools.scheduling.slots import Prospect, Slot, margin, offers, owner_works, span
from dealwright.tools.scheduling.words import WORDINGS, in_words
from dealwright.tools.visit import lead_of

MEETING, OFFERED, ASKED, FREE = (
    "calendar:meeting",
    "calendar:offered",
    "calendar:asked",
    "calendar:free",
)
"""What a source is: the meeting that was arranged, a time on offer that is still free, exactly the
time they ask for, any other free time."""
MOST = 3
ARRANGED = frozenset({MeetingState.BOOKED, MeetingState.MOVED, MeetingState.CANCELLED})
MONTHS = 4
"""Longer ahead than any meeting: clocks that agree for so long are one clock here."""
_YOURS = re.compile(r"\([^()]*, (?=[^()]+\)$)")


@dataclass(frozen=True, slots=True)
class CalendarSlots:
    """Brings free times, the best first, in words of the lead's language and clock."""

    connection: CalendarConnection
    calendar: Calendar
    clock: Clock

    async def __call__(self, call: ToolCall) -> Material:
        """Return one source for each time.

        Raises:
            TryAgain: the calendar does not answer.

        """
        now = self.clock.now()
        asker = _Asker.of(call, self.connection, now)
        if asker.only_told:
            return Material(sources=tuple(_sources(asker, (), (), now)))
        busy = await self.calendar.busy(*span(self.connection, now))
        found = await asyncio.to_thread(self._free, asker, busy, now)
        again = [each for each in asker.on_offer if self._is_free(each, busy, now)]
        return Material(sources=tuple(_sources(asker, found, again, now)))

    def _free(self, asker: _Asker, busy: Sequence[Busy], now: datetime) -> Sequence[Slot]:
        prospect = Prospect(
            zone=asker.zone,
            country=asker.lead.country,
            wished=asker.reading.times if asker.reading else (),
            taken=[Busy(start=each.start, end=each.end) for each in asker.on_offer],
        )
        return offers(self.connection, busy, now, prospect, MOST)

    def _is_free(self, offered: Offered, busy: Sequence[Busy], now: datetime) -> bool:
        room = margin(self.connection)
        notice = timedelta(hours=self.connection.notice_hours)
        length = timedelta(minutes=self.connection.minutes)
        # What a letter offered is what its writer put there, so it is no proof of anything.
        possible = offered.end - offered.start == length and offered.start >= now + notice
        if not possible or not owner_works(self.connection, length)(offered.start):
            return False
        return not any(
            stretch.start < offered.end + room and stretch.end > offered.start - room
            for stretch in busy
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """Whom times are told to, and what is known of it."""

    lead: Lead
    language: str
    zone: str
    sure: bool
    """They are known to live by that zone's clock."""
    reading: Reading | None
    meeting: Appointment | None
    on_offer: Sequence[Offered]

    @classmethod
    def of(cls, call: ToolCall, connection: CalendarConnection, now: datetime) -> _Asker:
        lead, reading = lead_of(call), call.slots.get("reading")
        conversation, meeting = call.slots.get("conversation"), call.slots.get("meeting")
        zone = _zone(lead, now)
        return cls(
            lead=lead,
            language=_language(call, lead),
            zone=zone or connection.timezone,
            sure=zone is not None,
            reading=reading if isinstance(reading, Reading) else None,
            meeting=meeting if isinstance(meeting, Appointment) else None,
            on_offer=conversation.on_offer if isinstance(conversation, Conversation) else (),
        )

    @property
    def only_told(self) -> bool:
        """Nobody asks for a time: they are told of the meeting, though no calendar answers."""
        arranged = self.meeting is not None and self.meeting.state in ARRANGED
        return arranged and self.reading is None

    def told(self, slot: Slot) -> str:
        """Return a time in words; whose clock it is only where that is known."""
        words = in_words(slot, self.zone, self.language)
        return words if self.sure else _YOURS.sub("(", words)

    def asked_for(self, slot: Slot) -> bool:
        """Say whether it begins at the very minute they named."""
        clock = slot.start.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        times = self.reading.times if self.reading and self.sure else ()
        return any(each.exact and each.start == each.end == clock for each in times)


def _sources(
    asker: _Asker, found: Sequence[Slot], again: Sequence[Offered], now: datetime
) -> Iterator[Source]:
    kept = [(OFFERED, Slot(start=each.start, end=each.end)) for each in again]
    free = [(ASKED if asker.asked_for(slot) else FREE, slot) for slot in found]
    meeting = asker.meeting
    own = [(MEETING, Slot(start=meeting.start, end=meeting.end))] if meeting else []
    clock = ZoneInfo(asker.zone)
    for number, (kind, slot) in enumerate((*own, *kept, *free), 1):
        start, end = slot.start.astimezone(clock), slot.end.astimezone(clock)
        yield Source(
            number=number,
            url=kind,
            kind=SourceKind.RECORD,
            title=asker.told(slot),
            text=f"{start.isoformat()}/{end.isoformat()}",
            observed_at=now,
        )


def _zone(lead: Lead, now: datetime) -> str | None:
    """Return the zone a lead lives in, where that is known or makes no difference."""
    named = (lead.timezone,) if lead.timezone else zones_in(lead.country or "")
    months = [now + timedelta(days=30 * ahead) for ahead in range(MONTHS)]
    try:
        clocks = {
            tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in months) for zone in named
        }
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return named[0] if len(clocks) == 1 else None


def _language(call: ToolCall, lead: Lead) -> str:
    """Return the language they wrote in last, or arranged it in, or are written to in."""
    reading, offer = call.slots.get("reading"), call.slots.get("offer")
    conversation, meeting = call.slots.get("conversation"), call.slots.get("meeting")
    arranged = meeting.language if isinstance(meeting, Appointment) else ""
    messages = conversation.messages if isinstance(conversation, Conversation) else ()
    spoken = next((m.language for m in reversed(messages) if m.language), lead.language)
    wished = reading.language if isinstance(reading, Reading) else arranged or spoken
    told = offer.languages if isinstance(offer, Offer) else ()
    return next((each for each in (wished or "", *told) if each in WORDINGS), "en")

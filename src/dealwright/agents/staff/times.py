"""Times: what letters about a meeting are made of, all of it by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dealwright.agents.staff.grounding import Grounds
from dealwright.agents.staff.sentences import desk_of, greeting
from dealwright.agents.staff.wording import MEETINGS, TALKS, WORDINGS
from dealwright.domain.conversation import Offered
from dealwright.domain.dossier import Dossier, DossierPoint
from dealwright.domain.draft import Role, Sentence, Variant
from dealwright.domain.facts import Point
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet

MEETING, OFFERED, ASKED, FREE = (
    "calendar:meeting",
    "calendar:offered",
    "calendar:asked",
    "calendar:free",
)
"""What the calendar tells: the meeting itself, a time on offer that is still free, exactly the
time they asked for, any other free time."""

TIMES = frozenset({OFFERED, ASKED, FREE})
"""What a meeting may be at."""


def times_of(source: Source) -> tuple[datetime, datetime]:
    """Return from when until when a time of the calendar is.

    Raises:
        ValueError: it says no such thing.

    """
    start, _, end = source.text.partition("/")
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


def spoken_in(language: str, offer: Offer) -> str:
    """Return the language itself if we have words in it, or else the offer's first that we do."""
    return next((each for each in (language, *offer.languages) if each in MEETINGS), "en")


def offered_in(material: Material) -> tuple[Offered, ...]:
    """Return what can be offered, the earliest first: other times than before where there are."""
    anew = [source for source in material.sources if source.url in {ASKED, FREE}]
    again = [source for source in material.sources if source.url == OFFERED]
    return tuple(sorted(map(offered, anew or again), key=lambda each: each.start))


def offered(source: Source) -> Offered:
    """Return a time of the calendar as a letter offers it."""
    start, end = times_of(source)
    return Offered(start=start, end=end, words=source.title)


def offer_letter(packet: Packet, language: str, opening: str, offers: Sequence[Offered]) -> Variant:
    """Return the letter that offers times, after a sentence that opens it."""
    words = MEETINGS[language]
    numbered = [f"\n{at}. {each.words}" for at, each in enumerate(offers, 1)]
    return letter(packet, language, words.times, [opening, words.free, *numbered], words.which)


def letter(
    packet: Packet, language: str, subject: str, body: Sequence[str], question: str
) -> Variant:
    """Return a letter of these sentences under a greeting."""
    first, *rest = body
    told = [Sentence(text=text, role=Role.GREETING) for text in (f"\n\n{first}", *rest)]
    asked = Sentence(text=question, role=Role.QUESTION)
    return Variant(subject=subject, sentences=(_hello(packet, language), *told, asked))


def _hello(packet: Packet, language: str) -> Sentence:
    lead, offer = packet.need("lead", Lead), packet.need("offer", Offer)
    points = tuple(DossierPoint(point=point) for point in Point)
    nothing = Dossier(company=lead.company, summary="nothing is told of them", points=points)
    grounds = Grounds(lead=lead, offer=offer, dossier=nothing, today=packet.today)
    desk = desk_of(grounds, 1)
    ours = {"language": language, "wording": WORDINGS[language], "talk": TALKS[language]}
    return greeting(replace(desk, **ours), "talk")

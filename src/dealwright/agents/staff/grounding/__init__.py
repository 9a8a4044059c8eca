"""Grounding: the wall between what a draft says and what the department knows.

`faults_of` judges a draft by code alone. Read `evidence` (what a sentence may rest on) and `said`
(what it says), then `claims` and `bindings` (whether that is no more, and not another mixture),
`addresses` (what must not stand in it) and `manner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from textwrap import shorten

from dealwright.agents.staff.grounding.addresses import address_in
from dealwright.agents.staff.grounding.claims import ALWAYS, FOR_CLAIMS, broken
from dealwright.agents.staff.grounding.evidence import Evidence, Grounds
from dealwright.agents.staff.grounding.manner import (
    forbidden_faults,
    length_faults,
    letter_of,
    readability_faults,
    tone_faults,
)
from dealwright.agents.staff.grounding.names import same_place
from dealwright.agents.staff.grounding.quantities import Quantity, quantities
from dealwright.agents.staff.grounding.said import said_in
from dealwright.agents.staff.grounding.spelling import fold, inside
from dealwright.domain.dossier import Dossier, DossierPoint
from dealwright.domain.draft import Draft, Fault, Role, Sentence, Variant
from dealwright.domain.facts import Point
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet

__all__ = [
    "MOST_FAULTS",
    "Grounds",
    "Quantity",
    "address_in",
    "early_grounds_of",
    "faults_of",
    "fold",
    "grounds_of",
    "inside",
    "is_clean",
    "quantities",
    "same_place",
    "sentence_faults",
]

MOST_FAULTS = 15
"""Faults told of one variant; a review has room for as many of each of four."""
LONGEST_REASON = 300
SHOWN = 70


@dataclass(frozen=True, slots=True)
class Found:
    """One fault, before it is known which variant it belongs to."""

    rule: str
    reason: str


def grounds_of(packet: Packet) -> Grounds:
    """Return what a packet gives to judge a draft by."""
    return Grounds(
        lead=packet.need("lead", Lead),
        offer=packet.need("offer", Offer),
        dossier=packet.need("dossier", Dossier),
        today=packet.today,
    )


def early_grounds_of(packet: Packet) -> Grounds:
    """Return what may be said before anybody has looked: what we know of ourselves."""
    lead = packet.need("lead", Lead)
    points = tuple(DossierPoint(point=point) for point in Point)
    return Grounds(
        lead=lead,
        offer=packet.need("offer", Offer),
        dossier=Dossier(company=lead.company, summary="Nobody has looked yet.", points=points),
        today=packet.today,
    )


def faults_of(draft: Draft, grounds: Grounds) -> tuple[Fault, ...]:
    """Return everything wrong with a draft; each variant with a fault has one here at least."""
    return tuple(
        Fault(variant=number, rule=found.rule, reason=_shown(found.reason))
        for number, variant in enumerate(draft.variants, start=1)
        for found in islice(_variant_faults(variant, draft, grounds), MOST_FAULTS)
    )


def sentence_faults(sentence: Sentence, language: str, grounds: Grounds) -> Iterator[Found]:
    """Yield what is wrong with one sentence: first what it cites, then what it says."""
    if reason := _grounding_fault(sentence, language, grounds.evidence(sentence.rests_on)):
        yield Found("grounding", f"{_start_of(sentence)}: {reason}")
    if kind := address_in(sentence.text):
        yield Found("address", f"{_start_of(sentence)}: {kind} stands in it")


def _grounding_fault(sentence: Sentence, language: str, evidence: Evidence) -> str | None:
    claims = sentence.role is Role.CLAIM
    if evidence.missing:
        return f"there is no {evidence.missing[0][:60]}"
    if claims and not sentence.rests_on:
        return "a claim has to rest on something"
    said = said_in(language, sentence.text)
    return evidence.outdated or broken(FOR_CLAIMS if claims else ALWAYS, said, evidence)


def _start_of(sentence: Sentence) -> str:
    return f"“{shorten(sentence.text, SHOWN, placeholder='…')}”"


def is_clean(sentence: Sentence, language: str, grounds: Grounds) -> bool:
    """Tell whether the wall finds nothing wrong with a sentence on its own."""
    alone = letter_of(Variant(subject="…" * 3, sentences=(sentence, sentence)))
    allowed = grounds.evidence(sentence.rests_on).speakable
    return not any(
        chain(
            sentence_faults(sentence, language, grounds),
            forbidden_faults(alone, grounds.offer.forbidden),
            tone_faults(alone, allowed),
        )
    )


def _variant_faults(variant: Variant, draft: Draft, grounds: Grounds) -> Iterator[Found]:
    language = draft.language
    letter = letter_of(variant)
    cited = grounds.evidence([cited for s in variant.sentences for cited in s.rests_on])
    if draft.names_a_fact and not cited.facts:
        yield Found("personal", f"no fact of {grounds.lead.company[:200]} is cited")
    yield from _named("forbidden", forbidden_faults(letter, grounds.offer.forbidden))
    yield from _named("tone", tone_faults(letter, cited.speakable))
    for sentence in variant.sentences:
        yield from sentence_faults(sentence, language, grounds)
    yield from _subject_faults(variant, language, cited)
    known = {link.id for link in grounds.offer.links}
    for link in variant.links:
        if link not in known:
            yield Found("address", f"the campaign has no link “{link[:80]}”")
    yield from _named("length", length_faults(letter, draft.fewest_words))
    yield from _named("readability", readability_faults(letter, language))


def _subject_faults(variant: Variant, language: str, cited: Evidence) -> Iterator[Found]:
    if reason := broken(ALWAYS, said_in(language, variant.subject), cited):
        yield Found("grounding", f"the subject: {reason}")
    kind = address_in(variant.subject)
    if not kind and "\n" in variant.subject:
        kind = "a line break"
    if kind:
        yield Found("address", f"the subject: {kind} stands in it")


def _shown(reason: str) -> str:
    """Return the reason as it may stand in a review: short, and without what cannot be seen."""
    return "".join(filter(str.isprintable, reason))[:LONGEST_REASON]


def _named(rule: str, reasons: Iterable[str]) -> Iterator[Found]:
    return (Found(rule, reason) for reason in reasons)

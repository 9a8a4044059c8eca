"""Bindings: whether words that belong to different facts were put together in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from dealwright.agents.staff.grounding.concepts import concepts_in, concepts_of, concepts_within
from dealwright.agents.staff.grounding.evidence import PLACES, Evidence, Person
from dealwright.agents.staff.grounding.plain_words import PLAIN_WORDS
from dealwright.agents.staff.grounding.quantities import is_number
from dealwright.agents.staff.grounding.said import FOR, Said
from dealwright.agents.staff.grounding.spelling import (
    Vocabulary,
    by_first_word,
    fold,
    phrases_in,
    vocabulary,
    vocabulary_of,
    words,
)
from dealwright.domain.facts import Point

_WHOSE = r"(?:your|the|ihre?|votre|su|vostr[oa]|suo|sua|uw|jullie|seu)"
_OPPOSITES = (
    (
        "part time; parttime; teilzeit; temps partiel; media jornada; tiempo parcial; "
        "tempo parziale; deeltijd; tempo parcial",
        "full time; fulltime; vollzeit; temps plein; jornada completa; tiempo completo; "
        "tempo pieno; voltijd; voltijds; tempo integral",
    ),
    (
        "night shift; night shifts; nachtschicht; nachtdienst; de nuit; de noche; nocturno; "
        "notturno; notturna; noturno",
        "day shift; day shifts; early shift; late shift; frühschicht; spätschicht; tagschicht; "
        "de jour; de día; diurno; diurna; dagdienst",
    ),
    ("first shift", "second shift"),
    (
        "innendienst; back office; sédentaire; binnendienst",
        "außendienst; field; itinérant; itinérante; itinerante; buitendienst",
    ),
    ("junior", "senior"),
    ("indoor", "outdoor"),
    (
        "temporary; fixed term; seasonal; befristet; befristete; befristeten; cdd; saisonnier; "
        "saisonnière; temporal; stagionale; tijdelijk; temporário",
        "permanent; unbefristet; unbefristete; unbefristeten; cdi; indefinido; indeterminato; "
        "vast contract; efetivo",
    ),
    (
        "fell; dropped; down by; decreased; gesunken; sank; zurückgegangen; baisse; reculé; cayó; "
        "bajó; caída; disminuyó; calo; calato; calata; gedaald; daalde; daling; caiu; queda",
        "rose; risen; grew; grown; growth; up; increased; gestiegen; stieg; gewachsen; wuchs; "
        "wachstum; hausse; progressé; creció; subió; aumentó; crescita; cresciuto; cresciuta; "
        "gegroeid; groeide; groei; cresceu; aumentou",
    ),
)
"""What cannot both be so, in seven languages."""
_SIDES = by_first_word(
    (phrase, (row, side))
    for row, sides in enumerate(_OPPOSITES)
    for side, said in enumerate(sides)
    for phrase in said.split(";")
)
_MOST_WORDS_OF_A_TITLE = 5
_IN_CLAUSE = r"[^,.;:!?–\"“”„«»]"


def people_keep_their_names(said: Said, evidence: Evidence) -> str | None:
    """Catch a first name or a surname that the person does not have."""
    for spot in said.spots:
        if concepts_of(spot.plain) or evidence.spells(spot.plain):
            continue
        before, after = (" ".join(words(near)) for near in (spot.previous, spot.follows))
        for person in evidence.people:
            if after == person.surname or (before == person.first and spot.word[0].isupper()):
                return f"nothing cited names {spot.word}"
    return None


def people_keep_their_titles(said: Said, evidence: Evidence) -> str | None:
    """Catch a title next to a person's name that is somebody else's."""
    for person in evidence.people:
        if person.surname not in said.words:
            continue
        same = (p.known_as for p in evidence.people if p.surname == person.surname)
        known_as = "; ".join(same)
        known, meant = vocabulary_of(known_as), concepts_in(known_as)
        for title in _titles(fold(said.text), person, evidence.grounds.name):
            for word in words(title):
                if word in PLAIN_WORDS or known.has(word) or concepts_of(word) & meant:
                    continue
                return f"nothing cited calls {person.surname} {title}"
    return None


def neighbours_stay_together(said: Said, evidence: Evidence) -> str | None:
    """Catch two words next to each other that no one fact has both."""
    if not evidence.facts[1:] or not said.neighbours:
        return None
    known = [vocabulary((fact.value, fact.quote)) for fact in evidence.facts]
    for one, other in said.neighbours:
        if evidence.grounds.own.has(one) or evidence.grounds.own.has(other):
            continue
        with_one = [text.has(one) for text in known]
        with_other = [text.has(other) for text in known]
        both = any(a and b for a, b in zip(with_one, with_other, strict=True))
        if any(with_one) and any(with_other) and not both:
            return f"nothing cited says “{one} {other}”"
    return None


def names_stay_whole(said: Said, evidence: Evidence) -> str | None:
    """Catch a name of several words that was put together from different texts."""
    if not said.names:
        return None
    lead, own = evidence.grounds.lead, evidence.grounds.name
    texts = (*evidence.speakable, f"{lead.title} {lead.name}")
    for one, other in said.names:
        if own.spells(one) or own.spells(other):
            continue
        if not evidence.spells(one) or not evidence.spells(other):
            continue
        held = map(vocabulary_of, texts)
        if not any(text.spells(one) and text.spells(other) for text in held):
            return f"nothing cited names {one} {other}"
    return None


def purposes_are_cited(said: Said, evidence: Evidence) -> str | None:
    """Catch somebody else whom something is for than those of whom the evidence says so."""
    for thing, purpose in said.purposes:
        if thing in PLAIN_WORDS or not evidence.cited.has(thing) or evidence.has(purpose):
            continue
        told = any(FOR[said.language] in words(text) for text in evidence.texts)
        if told and not is_number(purpose) and not concepts_within(purpose) & evidence.concepts:
            return f"nothing cited is for {purpose}"
    return None


def openings_are_cited(said: Said, evidence: Evidence) -> str | None:
    """Catch a job that the cited openings do not offer, told in their own language."""
    if {fact.point for fact in evidence.facts} != {Point.HIRING} or not said.sought:
        return None
    if not any(map(evidence.cited.has, said.telling)):
        return None
    known = evidence.concepts_in_parts | {"people"}
    for job in said.sought:
        if not (evidence.has(job) or is_number(job) or concepts_within(job) & known):
            return f"nothing cited seeks a {job}"
    return None


def places_stay_where_they_are(said: Said, evidence: Evidence) -> str | None:
    """Catch another of the company's places than the one that the cited facts tell of."""
    told = evidence.grounds.places.intersection(said.words)
    strange = [place for place in told if not evidence.cited.spells(place)]
    if not strange or len(strange) < len(told):
        return None
    facts = [fact for fact in evidence.facts if fact.point not in PLACES]
    known = [vocabulary_of(text) for fact in facts for text in (fact.value, fact.quote)]
    elsewhere = any(text.spells(place) for text in known for place in evidence.grounds.places)
    return f"nothing cited happens in {min(strange)}" if elsewhere else None


def opposites_are_told_apart(said: Said, evidence: Evidence) -> str | None:
    """Catch the opposite of what the evidence says."""
    told = _sides(said.text)
    if not told:
        return None
    known = frozenset(side for text in evidence.texts for side in _sides(text))
    for row, side in told.keys() - known:
        if (row, 1 - side) in known:
            return f"nothing cited says “{told[row, side]}”"
    return None


@lru_cache(maxsize=4_000)
def _sides(text: str) -> Mapping[tuple[int, int], str]:
    """Return which sides of which opposites a text names, and by which phrase."""
    return MappingProxyType({side: phrase for phrase, side in phrases_in(_SIDES, (words(text),))})


def _titles(text: str, person: Person, firm: Vocabulary) -> Iterable[str]:
    """Yield what a person is called right before or after the name, if that is not the firm's."""
    name = rf"(?:{re.escape(person.first)} )?{re.escape(person.surname)}"
    after = rf"{name}, {_WHOSE} ({_IN_CLAUSE}+)[,.!?]"
    before = rf"\b{_WHOSE} ({_IN_CLAUSE}+?),? {name}"
    for match in (*re.finditer(after, text), *re.finditer(before, text)):
        title = words(match[1])
        called = 0 < len(title) <= _MOST_WORDS_OF_A_TITLE and title[-1] not in PLAIN_WORDS
        if called and not firm.spells(title[-1]):
            yield match[1]

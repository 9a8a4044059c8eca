"""Claims: whether a sentence says no more than its evidence does."""

from __future__ import annotations

import re
from collections.abc import Callable

from dealwright.agents.staff.grounding.bindings import (
    names_stay_whole,
    neighbours_stay_together,
    openings_are_cited,
    opposites_are_told_apart,
    people_keep_their_names,
    people_keep_their_titles,
    places_stay_where_they_are,
    purposes_are_cited,
)
from dealwright.agents.staff.grounding.concepts import (
    EVENTS,
    concepts_in,
    concepts_of,
    concepts_within,
)
from dealwright.agents.staff.grounding.evidence import Evidence
from dealwright.agents.staff.grounding.names import unknown_name
from dealwright.agents.staff.grounding.numerals import before_powers
from dealwright.agents.staff.grounding.plain_words import PLAIN_WORDS
from dealwright.agents.staff.grounding.quantities import (
    MEASURES,
    Quantity,
    is_number,
    quantities,
    unit_of,
)
from dealwright.agents.staff.grounding.said import Said
from dealwright.agents.staff.grounding.spelling import inside, stem

LEAST_SHARED = 0.15
"""The share of a claim's telling words that its evidence has to have, by word or by meaning."""
LEAST_OURS = 0.33
"""The share of them that approved words have to have where we speak of ourselves."""
FEW_WORDS = 1
"""A claim with no more telling words than this is carried by the ones around it."""
FEW_BESIDE_A_FACT = 4
"""The same beside a quotation or a number, which another rule has found in the evidence."""
A_FEW = 5
ROUGHLY = 0.12
"""“About 100” may stand for anything that much above or below."""
LOOSELY = 1.5
"""“More than 100” may stand for anything up to so many times as much."""

COMPOUNDING = frozenset({"de", "nl"})
"""Languages that write several words as one."""
PROMISES = frozenset({"guarantee", "free"})
"""What not even a question may bring in."""

_ADDRESSED_SAID = """
you your yours sie ihr ihre ihrem ihren ihrer ihres ihnen du dein deine vous votre vos usted
ustedes su sus lei voi vostro vostra vostri vostre suo sua suoi sue u uw jullie jouw você vocês
voce voces seu seus tu
"""
_ADDRESSED = frozenset(_ADDRESSED_SAID.split())
_TAKES_UP_SAID = """
est that that's this these such it it's there das dies diese dieser solche da dann dabei gerade
ca cela ce c voila tout eso esto ese esos ahi asi es cio questo questi dat dit deze daar isso
isto esse ai e
"""
_TAKES_UP = frozenset(_TAKES_UP_SAID.split())
"""How a sentence begins that takes up the one before."""


Rule = Callable[[Said, Evidence], str | None]
"""Returns why a sentence must not be said on that evidence, or None."""

_MORE_THAN = re.compile(
    r"\b(?:more than|over|above|beyond|at least|upwards of|exceed\w*|topp?(?:ed|s)|pass(?:ed|es)"
    r"|mehr als|über|mindestens|übersteig\w+|überst\w+|übertr\w+|plus de|au moins|dépass\w+|más de"
    r"|al menos|super(?:a|an|ó|aron|ado)|oltre|più di|almeno|super(?:ano|ato|ò)|meer dan|ruim"
    r"|mais de|acima de|ultrapass\w+) (?:(?:the|de|die|les|los|las|os|as|i) )?(?=(\S+))",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|nearly|almost|close to|rund|etwa|gut|an die|ca\.|circa|zirka"
    r"|fast|knapp|environ|presque|autour de|pr[eè]s de|quelque|unos|unas|casi|cerca de"
    r"|alrededor de|quasi|bijna|ongeveer|quase) (?=(\S+))",
    re.IGNORECASE,
)


def amounts_are_known(said: Said, evidence: Evidence) -> str | None:
    """Catch a number that is not in the evidence, or counts something else there."""
    for amount in said.amounts:
        if amount.unit == "clock" or (amount.meta and amount.value <= A_FEW):
            continue
        if amount.figurative and not evidence.cited.has(amount.noun):
            continue
        exactly = amount.value, amount.value
        if not _within(exactly, amount, evidence) and not _within(
            _reach(amount, said.text), amount, evidence
        ):
            what = f"{amount.value:g} {amount.unit or amount.noun}".strip()
            return f"nothing cited says {what}"
    return None


def dates_are_known(said: Said, evidence: Evidence) -> str | None:
    """Catch a month nothing cited has, and old news told as new."""
    for word, month in said.months:
        if month not in evidence.months:
            return f"nothing cited says {word}"
    if not said.recent or not evidence.facts:
        return None
    published = [fact.published_on for fact in evidence.facts if fact.published_on]
    ages = [(evidence.grounds.today - day).days for day in published]
    for days, told in said.recent:
        if not (ages and min(ages) <= days):
            return f"nothing cited is from {told}"
    return None


def names_are_known(said: Said, evidence: Evidence) -> str | None:
    """Catch a person, a company, a place or a technology that is not in the evidence."""
    if not said.spots:
        return None

    def known(word: str) -> bool:
        found = evidence.has if said.language == "de" else evidence.spells
        if found(word) or is_number(word) or before_powers(word):
            return True
        return said.language == "de" and bool(unit_of(word))

    name = unknown_name(said.spots, said.language, known)
    return f"nothing cited names {name}" if name else None


def quotes_are_verbatim(said: Said, evidence: Evidence) -> str | None:
    """Catch words in quotation marks that nobody wrote."""
    for quoted in said.quoted:
        if not inside(quoted, evidence.speakable):
            return f"nothing cited says “{quoted[:60]}”"
    return None


def events_are_known(said: Said, evidence: Evidence) -> str | None:
    """Catch an event, a rank or an office that the evidence does not speak of."""
    if not said.events:
        return None
    points = {fact.point for fact in evidence.facts}
    known = evidence.concepts | evidence.grounds.concepts
    for word, events in said.events:
        if evidence.cited.has(word):
            continue
        if not events & known and not any(EVENTS[event] & points for event in events):
            return f"nothing cited speaks of “{word}”"
    return None


def promises_are_ours(said: Said, evidence: Evidence) -> str | None:
    """Catch a guarantee or a gift that the offer does not hold."""
    promised = PROMISES & concepts_in(said.text)
    if not promised or promised <= evidence.concepts | evidence.grounds.concepts:
        return None
    return "nothing approved guarantees this or gives it away"


def words_are_shared(said: Said, evidence: Evidence) -> str | None:
    """Catch a claim that has nothing to do with what it cites."""
    told = list(said.telling)
    if evidence.proofs and sum(map(evidence.has, told)) < LEAST_OURS * len(told):
        return "nothing approved says this of us"
    joins = said.language in COMPOUNDING
    meant = concepts_within if joins else concepts_of
    about = evidence.concepts_in_parts if joins else evidence.concepts
    if evidence.facts:
        told = [word for word in told if not evidence.grounds.own.has(word)]
        shared = [w for w in told if evidence.cited.has(w) or meant(w) & about]
    else:
        about |= evidence.grounds.concepts
        shared = [w for w in told if evidence.has(w) or meant(w) & about]
        if said.amounts and not any(map(evidence.cited.has, told)):
            return "what is cited counts something else"
    carried = bool(said.amounts or said.quoted)
    few = FEW_BESIDE_A_FACT if carried else FEW_WORDS
    if len(told) <= few or len(shared) >= LEAST_SHARED * len(told) or _comments(said, evidence):
        return None
    strange = ", ".join(word for word in told if word not in shared)
    return f"what is cited says nothing of this: {strange[:120]}"


ALWAYS: tuple[Rule, ...] = (
    amounts_are_known,
    dates_are_known,
    names_are_known,
    people_keep_their_names,
    quotes_are_verbatim,
    promises_are_ours,
)
"""Rules for every sentence and for the subject."""

FOR_CLAIMS: tuple[Rule, ...] = (
    *ALWAYS,
    events_are_known,
    words_are_shared,
    people_keep_their_titles,
    names_stay_whole,
    neighbours_stay_together,
    openings_are_cited,
    places_stay_where_they_are,
    purposes_are_cited,
    opposites_are_told_apart,
)
"""Rules for what is said about the lead's company or about us."""


def broken(rules: tuple[Rule, ...], said: Said, evidence: Evidence) -> str | None:
    """Return why the first of the rules that does not hold does not, or None."""
    for rule in rules:
        if reason := rule(said, evidence):
            return reason
    return None


def _comments(said: Said, evidence: Evidence) -> bool:
    """Tell whether a sentence only takes up the one before, and says nothing of the company."""
    told = said.words
    if not told or told[0] not in _TAKES_UP or not _ADDRESSED.isdisjoint(told):
        return False
    return not any(evidence.grounds.name.has(word) for word in told if word not in PLAIN_WORDS)


def _before_a_number(phrase: re.Pattern[str], text: str) -> bool:
    return any(quantities(match[1]) for match in phrase.finditer(text))


def _reach(amount: Quantity, text: str) -> tuple[float, float]:
    """Return from where to where a quantity may lie that is told as this number."""
    loosely = _before_a_number(_MORE_THAN, text)
    roughly = amount.rough or _before_a_number(_ABOUT, text)
    low = amount.value * (1 - ROUGHLY) if roughly else amount.value
    return low, amount.value * (LOOSELY if loosely else 1 + ROUGHLY if roughly else 1)


def _within(reach: tuple[float, float], said: Quantity, evidence: Evidence) -> bool:
    return any(_same(said, known, evidence, reach) for known in evidence.amounts)


def _same(said: Quantity, known: Quantity, evidence: Evidence, reach: tuple[float, float]) -> bool:
    """Tell whether a quantity may stand for one of the evidence: as much, of the same."""
    if not reach[0] <= known.value <= reach[1]:
        return False
    if said.rate and known.rate and said.rate != known.rate:
        return False
    if said.unit and known.unit:
        return said.unit in {known.unit, "" if known.unit in MEASURES else known.also}
    if "ordinal" in {said.unit, known.unit}:
        return False
    if said.unit:
        return known.is_year or (said.unit != "percent" and _open(known))
    return _same_noun(said, known, evidence)


def _same_noun(said: Quantity, known: Quantity, evidence: Evidence) -> bool:
    """Tell whether a number that names no unit may stand for one of the evidence."""
    if not said.noun or said.noun in PLAIN_WORDS or said.is_year or known.is_year:
        return True
    if _open(known):
        return not known.unit or (evidence.has(said.noun) and not _counted(said, evidence))
    if said.noun.endswith(known.noun) or known.noun.endswith(said.noun):
        return True
    if stem(said.noun) == stem(known.noun):
        return True
    if known.unit in MEASURES or _counted(said, evidence):
        return False
    return evidence.has(said.noun) or bool(
        not known.unit and concepts_of(said.noun) & evidence.concepts
    )


def _open(known: Quantity) -> bool:
    """Tell whether the evidence leaves open what it counts: eleven more than before."""
    return not known.noun or (not known.unit and known.noun in PLAIN_WORDS)


def _counted(said: Quantity, evidence: Evidence) -> bool:
    """Tell whether the evidence counts just this, and comes to another number."""
    return any(stem(amount.noun) == stem(said.noun) for amount in evidence.amounts)

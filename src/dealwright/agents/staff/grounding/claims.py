"""Claims: whether a sentence says no more than its evidence does."""

from __future__ import annotations

import re
from collections.abc import Callable

from dealwright.agents.staff.grounding.concepts import EVENTS, concepts_in, concepts_of
from dealwright.agents.staff.grounding.evidence import Evidence
from dealwright.agents.staff.grounding.names import MONTHS, unknown_name
from dealwright.agents.staff.grounding.plain_words import FUNCTION_WORDS, PLAIN_WORDS
from dealwright.agents.staff.grounding.quantities import Quantity, quantities, unit_of
from dealwright.agents.staff.grounding.spelling import inside, occurs, stem, words

LEAST_SHARED = 0.15
"""The share of a claim's telling words that its evidence has to have, by word or by meaning."""
FEW_WORDS = 1
"""A claim with no more telling words than this is carried by the ones around it."""
LOOSELY = 1.5
"""“More than 100” may stand for anything up to so many times as much."""

PROMISES = frozenset({"guarantee", "free"})
"""What not even a question may bring in."""

_ADDRESSED = frozenset(
    "you your yours sie ihr ihre ihrem ihren ihrer ihres ihnen du dein deine vous votre vos usted ustedes su "
    "sus lei voi vostro vostra vostri vostre suo sua suoi sue u uw jullie jouw você vocês voce voces "
    "seu seus tu".split()
)
_TAKES_UP = frozenset(
    "est that that's this these such it it's there das dies diese dieser solche da dann dabei gerade ca cela ce c "
    "voila tout eso esto ese esos ahi asi es cio questo questi dat dit deze daar isso isto esse ai e".split()
)
"""How a sentence begins that takes up the one before."""

Rule = Callable[[str, str, Evidence], str | None]

_QUOTED = re.compile(r"[\"“”„«»‟]([^\"“”„«»‟]{3,})[\"“”„«»‟]|(?<!\w)[‘‚]([^‘’‚]{8,})[’‘](?!\w)")
_MORE_THAN = re.compile(
    r"\b(?:more than|over|above|beyond|at least|mehr als|über|mindestens|plus de|au moins|más de"
    r"|al menos|oltre|più di|almeno|meer dan|ruim|mais de|acima de) (?=[€$£]?\d)",
    re.IGNORECASE,
)
_SINCE = (
    (3, r"yesterday|today's|gestern|hier,|\bd['’]hier|ayer|ieri|gisteren|ontem"),
    (16, r"(?:this|last) week(?!s)|(?:diese|letzte|vergangene) woche|cette semaine|semaine derni[èe]re"
     r"|(?:esta|pasada) semana|semana pasada|questa settimana|settimana scorsa|(?:deze|vorige) week"
     r"|esta semana|semana passada"),
    (70, r"(?:this|last) month(?!s)|(?:diesen|letzten|vergangenen) monat|ce mois-ci|mois dernier"
     r"|(?:este|pasado) mes|mes pasado|questo mese|mese scorso|(?:deze|vorige) maand|mês passado"),
)
_RECENT = tuple((days, re.compile(rf"\b(?:{said})\b", re.IGNORECASE)) for days, said in _SINCE)


def amounts_are_known(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch a number that is not in the evidence, or counts something else there."""
    loosely = bool(_MORE_THAN.search(text))
    for amount in quantities(text, language):
        if amount.meta and amount.value <= 5:
            continue
        if not any(_same(amount, known, evidence, loosely=loosely) for known in evidence.amounts):
            what = f"{amount.value:g} {amount.unit or amount.noun}".strip()
            return f"nothing cited says {what}"
    return None


def dates_are_known(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch a month nothing cited has, and old news told as new."""
    for word in text.split():
        plain = "".join(words(word)[:1])
        month = MONTHS.get(plain)
        if month and month not in evidence.months and not (plain == "march" and word.islower()):
            return f"nothing cited says {word}"
    published = [fact.published_on for fact in evidence.facts if fact.published_on]
    ages = [(evidence.grounds.today - day).days for day in published]
    for days, recent in _RECENT:
        if (said := recent.search(text)) and evidence.facts and not (ages and min(ages) <= days):
            return f"nothing cited is from {said.group()}"
    return None


def names_are_known(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch a person, a company, a place or a technology that is not in the evidence."""
    name = unknown_name(
        text, language, lambda word: evidence.has(word) or unit_of(word) or quantities(word)
    )
    return f"nothing cited names {name}" if name else None


def quotes_are_verbatim(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch words in quotation marks that nobody wrote."""
    for match in _QUOTED.finditer(text):
        quoted = match[1] or match[2]
        if not inside(quoted, (*evidence.texts, *evidence.grounds.ours)):
            return f"nothing cited says “{quoted[:60]}”"
    return None


def events_are_known(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch an event, a rank or an office that the evidence does not speak of."""
    said = words(_QUOTED.sub(" ", text))
    points = {fact.point for fact in evidence.facts}
    for word in said:
        events = concepts_of(word) & EVENTS.keys()
        if not events or occurs(word, evidence.cited):
            continue
        known = evidence.concepts | evidence.grounds.concepts
        if not events & known and not any(EVENTS[event] & points for event in events):
            return f"nothing cited speaks of “{word}”"
    return None


def promises_are_ours(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch a guarantee or a gift that the offer does not hold."""
    broken = concepts_in(words(text)) & PROMISES - evidence.concepts - evidence.grounds.concepts
    return f"nothing approved promises a {min(broken)} of anything" if broken else None


def words_are_shared(text: str, language: str, evidence: Evidence) -> str | None:
    """Catch a claim that has nothing to do with what it cites."""
    told = [word for word in words(_QUOTED.sub(" ", text)) if len(word) > 2]
    told = [word for word in told if word not in PLAIN_WORDS and not word.isdigit()]
    if not evidence.facts:
        shared = [w for w in told if evidence.has(w) or concepts_of(w) & evidence.grounds.concepts]
    else:
        told = [word for word in told if not occurs(word, evidence.grounds.own)]
        shared = [word for word in told if occurs(word, evidence.cited)]
    shared += [w for w in told if w not in shared and concepts_of(w) & evidence.concepts]
    quoted = bool(_QUOTED.search(text)) or bool(quantities(text, language))
    if _comments(text, evidence):
        return None
    if len(told) <= FEW_WORDS or (quoted and len(told) <= FEW_WORDS * 4):
        return None
    if len(shared) < LEAST_SHARED * len(told):
        strange = ", ".join(word for word in told if word not in shared)
        return f"what is cited says nothing of this: {strange[:120]}"
    return None


ALWAYS: tuple[Rule, ...] = (
    amounts_are_known,
    dates_are_known,
    names_are_known,
    quotes_are_verbatim,
    promises_are_ours,
)
"""Rules for every sentence and for the subject."""

FOR_CLAIMS: tuple[Rule, ...] = (*ALWAYS, events_are_known, words_are_shared)
"""Rules for what is said about the lead's company or about us."""


def broken(rules: tuple[Rule, ...], text: str, language: str, evidence: Evidence) -> str | None:
    """Return why the first of the rules that does not hold does not, or None."""
    return next((reason for rule in rules if (reason := rule(text, language, evidence))), None)


def _comments(text: str, evidence: Evidence) -> bool:
    """Tell whether a sentence only takes up the one before, and says nothing of the company."""
    said = words(text)
    named = any(occurs(word, evidence.grounds.name) for word in said if word not in PLAIN_WORDS)
    return bool(said) and said[0] in _TAKES_UP and not _ADDRESSED.intersection(said) and not named


def _same(said: Quantity, known: Quantity, evidence: Evidence, *, loosely: bool) -> bool:
    """Tell whether a quantity may stand for one of the evidence: as much, of the same."""
    near = loosely and said.value <= known.value <= said.value * LOOSELY
    if said.value != known.value and not near:
        return False
    if said.unit == known.unit:
        return bool(said.unit) or _same_noun(said, known, evidence)
    if said.unit and known.unit:
        return False
    if known.unit == "ordinal" or said.unit == "ordinal":
        return False
    if not said.unit and (not said.noun or said.noun in FUNCTION_WORDS):
        return True
    if known.is_year or said.is_year or not (known.unit or known.noun):
        return True
    counted = any(stem(amount.noun) == stem(said.noun) for amount in evidence.amounts)
    return not said.unit and not counted and evidence.has(said.noun)


def _same_noun(said: Quantity, known: Quantity, evidence: Evidence) -> bool:
    if not said.noun or not known.noun or said.noun in PLAIN_WORDS:
        return True
    if said.noun.endswith(known.noun) or known.noun.endswith(said.noun):
        return True
    return evidence.has(said.noun) or bool(concepts_of(said.noun) & evidence.concepts)

"""Reads on what ground a line says that its person may be written to, and who they are in law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import cast

from dealwright.triggers.normalise import folded, line, shown

BASIS, EVIDENCE, SINCE, UNTIL = "lawful_basis", "lawful_evidence", "lawful_since", "lawful_until"
SUBSCRIBER = "lawful_subscriber"
FIELDS = (BASIS, EVIDENCE, SINCE, UNTIL, SUBSCRIBER)

_NEEDED = (BASIS, EVIDENCE, SINCE)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_BASES = {
    "consent": "consent|opt in|double opt in|einwilligung|zustimmung|consentement|consentimiento",
    "contract": "contract|customer|vertrag|contrat|contrato",
    "inquiry": "inquiry|enquiry|anfrage|demande|solicitud",
    "published": "published|veroffentlicht|veroeffentlicht|publie|publicado",
    "legitimate_interest": "legitimate interest|legitimate interests|berechtigtes interesse"
    "|interet legitime|interes legitimo",
}
_SUBSCRIBERS = {
    "company": "company|corporate|legal person|firma|unternehmen|juristische person|entreprise"
    "|societe|personne morale|empresa|persona juridica",
    "sole_trader": "sole trader|freelancer|self employed|einzelunternehmer|einzelunternehmen"
    "|selbststandig|selbststaendig|freiberufler|independant|entrepreneur individuel|autonomo",
}


def basis(text: str) -> str:
    """Return the ground a word stands for.

    Raises:
        ValueError: it stands for none.

    """
    known = ", ".join(_BASES)
    return _meant(text, _BASES, f"is no ground this import knows; write one of {known}")


def subscriber(text: str) -> str:
    """Return which kind of subscriber a word stands for.

    Raises:
        ValueError: it stands for none.

    """
    return _meant(text, _SUBSCRIBERS, "is neither `company` nor `sole_trader`")


def day(text: str) -> str:
    """Return a day in ISO form; of several ways to write one, those that mean only one day.

    Raises:
        ValueError: it is no day, or may mean two.

    """
    try:
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise ValueError(f"{shown(text)} is no day; write it as 2026-03-14") from None


NORMALISERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {BASIS: basis, EVIDENCE: line, SINCE: day, UNTIL: day, SUBSCRIBER: subscriber}
)


def ground_of(known: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return the ground that the normalised values of a line make, or None where they make none."""
    if any(name not in known for name in _NEEDED):
        return None
    ground = {name.removeprefix("lawful_"): known[name] for name in _NEEDED}
    return {**ground, "until": known[UNTIL]} if UNTIL in known else ground


def gaps(told: Mapping[str, str], known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each field that is wrong only beside the others, and why.

    Args:
        told: what stands in the line.
        known: what of it could be normalised.

    """
    if any(name in told for name in (*_NEEDED, UNTIL)):
        for name in _NEEDED:
            if name not in told:
                yield name, f"a ground needs {', '.join(_NEEDED)}; fill it in, or empty the rest"
    since, until = (cast("str", known.get(name, "")) for name in (SINCE, UNTIL))
    if since and until and until < since:
        yield UNTIL, f"the ground would end on {until}, before it begins on {since}"


def _meant(text: str, table: Mapping[str, str], otherwise: str) -> str:
    said = folded(text)
    for name, words in table.items():
        if said in words.split("|"):
            return name
    raise ValueError(f"{shown(text)} {otherwise}")

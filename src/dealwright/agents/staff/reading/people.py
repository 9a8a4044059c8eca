"""Whom a reply names: a candidate for a person to look at, never somebody to write to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealwright.agents.staff.reading.cues import found
from dealwright.agents.staff.reading.folding import Sentence
from dealwright.domain.reading import Candidate

_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_UPPER = r"[A-ZÀ-ÖØ-ÝŞİŁŠŽÖÜ]"
_WORD = rf"{_UPPER}[\w'’]+(?:-{_UPPER}[\w'’]+)?"
_POLITE = (
    r"(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Mme|Madame|Monsieur|M|Sr|Sra|Señor|Señora|señor|señora|signora?"
    r"|Signora?|dottoressa|Dott|Dra?|Dona|dona|senhora?|Senhora?|mevrouw|Mevrouw|meneer|heer)\.?"
)
_BETWEEN = r"(?:(?: (?:van|de|der|den|von|da|dos|del|di))* )"
_NAMED = re.compile(rf"{_POLITE}{_BETWEEN}({_WORD}(?: {_WORD})?)")
_FULL = re.compile(rf"(?<![.!?] )(?<!^)\b({_WORD}{_BETWEEN}{_WORD})")
_FIRST_PLACE = re.compile(rf"^({_WORD}{_BETWEEN}{_WORD})")
_FIRST_NAME = re.compile(
    rf"(?:colleague|Kollegin|Kollegen|Kollege|collègue|compañer[oa]|colega|collega|cc'ing|to|a|"
    rf"copie|copia|cópia|zet|à) ({_WORD})\b"
)
_TITLE = re.compile(
    r"\b((?:our|the|unser\w*|notre|nuestr[oa]|nostr[oa]|onze|noss[oa]|head|al|del)\s)?"
    r"((?:head of|manager|director|directora?|directrice|direttrice|direttore|responsable|jefe"
    r"|responsabile|respons[áa]vel|gestora?|chef|COO|CTO|CFO|CEO|MD|IT-\w+|\w+leiter(?:in)?"
    r"|\w+beheerder|directeur|IT manager|\w+ manager|procurement|facilities|Einkauf|achats|compras"
    r"|acquisti|inkoop)(?: (?:of|de|du|des|informatique|informática|it|IT|flota|flotta|frota|parc"
    r"|operations|opérations|operaciones|operações|operativa|logistics|technique))*)"
)
_COMMON = frozenset(
    {
        "Hi",
        "Hello",
        "Please",
        "Thanks",
        "Guten",
        "Tag",
        "Best",
        "Kind",
        "Sent",
        "Out",
        "Not",
        "Die",
        "Dra",
    }
)


def candidate(parts: Sequence[Sentence], language: str) -> Candidate | None:
    """Return the person or mailbox a reply names, or None; of those it names, not who left."""
    for part in parts:
        said = " ".join(part.said.split())
        address = _ADDRESS.search(said)
        without = _ADDRESS.sub("", said)
        names = _names(without)
        somebody_left = "LEFT" in found(part.words, language)
        name = names[-1 if somebody_left else 0] if names else None
        if not name and not address:
            continue
        title = _TITLE.search(without)
        return Candidate(
            quote=said[:300],
            name=name[:80] if name else None,
            title=title[2][:300] if title else None,
            address=address[0].rstrip(".")[:254] if address else None,
        )
    return None


def _names(said: str) -> list[str]:
    """Return the names of a sentence in its order; the plainer pattern wins where two meet."""
    named: dict[int, tuple[int, str]] = {}
    for pattern in (_NAMED, _FULL, _FIRST_PLACE, _FIRST_NAME):
        for hit in pattern.finditer(said):
            start, end = hit.span(1)
            meets = any(start < other and at < end for at, (other, _) in named.items())
            if not meets and _is_name(hit[1]):
                named[start] = (end, hit[1])
    return [name for _, (_, name) in sorted(named.items())]


def _is_name(text: str) -> bool:
    return not _COMMON & set(text.split()) and not text.isupper()

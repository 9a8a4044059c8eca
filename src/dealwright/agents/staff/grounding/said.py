"""Said: a text of the letter, read once for all the rules that judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise, takewhile
from types import MappingProxyType

from dealwright.agents.staff.grounding.concepts import EVENTS, concepts_of
from dealwright.agents.staff.grounding.names import MONTHS, Spot, spots
from dealwright.agents.staff.grounding.plain_words import FUNCTION_WORDS, PLAIN_WORDS
from dealwright.agents.staff.grounding.quantities import Quantity, is_number, quantities
from dealwright.agents.staff.grounding.spelling import fold, words

SHORT_WORD = 2

_QUOTED = re.compile(r"[\"“”„«»‟]([^\"“”„«»‟]{3,})[\"“”„«»‟]|(?<!\w)[‘‚]([^‘’‚]{8,})[’‘](?!\w)")

_SINCE = (
    (3, r"yesterday|today's|gestern|hier,|\bd['’]hier|ayer|ieri|gisteren|ontem"),
    (
        16,
        r"(?:this|last) week(?!s)|(?:diese|letzte|vergangene) woche|cette semaine"
        r"|semaine derni[èe]re|(?:esta|pasada) semana|semana pasada|questa settimana"
        r"|settimana scorsa|(?:deze|vorige) week|semana passada",
    ),
    (
        70,
        r"(?:this|last) month(?!s)|(?:diesen|letzten|vergangenen) monat|ce mois-ci|mois dernier"
        r"|(?:este|pasado) mes|mes pasado|questo mese|mese scorso|(?:deze|vorige) maand"
        r"|mês passado",
    ),
)
_RECENT = tuple((days, re.compile(rf"\b(?:{said})\b", re.IGNORECASE)) for days, said in _SINCE)

_TIMES_SAID = """
yesterday today gestern hier ayer ieri gisteren ontem week woche semaine semana settimana month
monat mois mes maand
"""
_TIMES = tuple(_TIMES_SAID.split())
"""One of these stands in each of them."""

_CLAUSES = re.compile(r"[,;:.!?()–—]")
_LINKS = re.compile(r"(?<=\w) (?:of|de|du|des|del|di|della|do|da) (?=\w)")

_SOUGHT = re.compile(
    r"\b(?:(?:looking|look|looks|search|searching|advertise|advertising) for|seek|seeking|hire"
    r"|hiring|recruit|recruiting|sucht|suchen(?: sie)?|(?:re)?cherche[zr]?|recrute[zr]?"
    r"|embauche[zr]?|busca[nr]?|buscando|contrata[nrm]?|cercate|cerca|cercano|assumete"
    r"|zoekt(?: u)?|zoeken|procuram?) (?:an?|another|einen?|une?|una|een|uma?) ([^,;:.!?()–]+)"
)
_AND_ANOTHER = re.compile(
    r" (?:and|und|et|y|e|en) (?:an?|einen?|une?|una|een|uma?) ([^,;:.!?()–]+)"
)
FOR = MappingProxyType(
    {"en": "for", "de": "fur", "fr": "pour", "es": "para", "it": "per", "nl": "voor", "pt": "para"}
)
_HEAD_LAST = frozenset({"en", "de", "nl"})


@dataclass(frozen=True)
class Said:
    """What is said, and in which language."""

    text: str
    language: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words(self.text)

    @cached_property
    def unquoted(self) -> tuple[str, ...]:
        """The words outside quotation marks."""
        return words(_QUOTED.sub(" ", self.text)) if self.quoted else self.words

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        """What stands in quotation marks."""
        return tuple(match[1] or match[2] for match in _QUOTED.finditer(self.text))

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        return quantities(self.text, self.language)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The words that may be names."""
        return tuple(spots(self.text))

    @cached_property
    def purposes(self) -> tuple[tuple[str, str], ...]:
        """What something is said to be for, each with the word before it."""
        told, found = self.words, list[tuple[str, str]]()
        for place in range(1, len(told) - 1):
            if told[place] == FOR.get(self.language):
                after = (word for word in told[place + 1 : place + 4] if word not in PLAIN_WORDS)
                found += [(told[place - 1], word) for word in islice(after, 1)]
        return tuple(found)

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """Whom the company is said to look for: the one word that says it."""
        found: list[str] = []
        text = fold(self.text)
        first = _SOUGHT.search(text)
        further = _AND_ANOTHER.finditer(text, first.start(1)) if first else ()
        for match in filter(None, (first, *further)):
            phrase = list(takewhile(lambda word: word not in FUNCTION_WORDS, words(match[1])))
            telling = [word for word in phrase if word not in PLAIN_WORDS]
            found += telling[-1:] if self.language in _HEAD_LAST else telling[:1]
        return tuple(found)

    @cached_property
    def neighbours(self) -> tuple[tuple[str, str], ...]:
        """The telling words that stand next to each other."""
        parts = _CLAUSES.split(_LINKS.sub(" ", self.text))
        near = (pair for part in parts for pair in pairwise(words(part)))
        telling = frozenset(self.telling)
        return tuple((one, other) for one, other in near if telling.issuperset((one, other)))

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The capitalised words that follow one another within a sentence, but for German."""
        near = (
            (spot.plain, " ".join(words(spot.follows)))
            for spot in self.spots
            if self.language != "de" and spot.follows[:1].isupper() and not spot.opens
        )
        return tuple((one, other) for one, other in near if other not in PLAIN_WORDS)

    @cached_property
    def months(self) -> tuple[tuple[str, int], ...]:
        """The months that are named, as they stand and by number."""
        if MONTHS.keys().isdisjoint(self.words):
            return ()
        firsts = ((word, "".join(words(word)[:1])) for word in self.text.split())
        named = ((word, plain, MONTHS.get(plain)) for word, plain in firsts)
        return tuple(
            (word, month)
            for word, plain, month in named
            if month and not (plain == "march" and word.islower())
        )

    @cached_property
    def recent(self) -> tuple[tuple[int, str], ...]:
        """How new something is said to be: in days at most, and in which words."""
        if not any(map(fold(self.text).replace("ı", "i").__contains__, _TIMES)):
            return ()
        found = ((days, recent.search(self.text)) for days, recent in _RECENT)
        return tuple((days, told.group()) for days, told in found if told)

    @cached_property
    def events(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The words that tell of an event, a rank or an office, each with which."""
        found = ((word, concepts_of(word) & EVENTS.keys()) for word in self.unquoted)
        return tuple((word, events) for word, events in found if events)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words that say something, other than numbers and what is quoted."""
        return tuple(
            word
            for word in self.unquoted
            if len(word) > SHORT_WORD and word not in PLAIN_WORDS and not is_number(word)
        )


@lru_cache(maxsize=1_000)
def said_in(language: str, text: str) -> Said:
    """Return the text, read; a thousand are kept, as drafts are judged several times over."""
    return Said(text, language)

"""Said: a text of the letter, read once for all the rules that judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dealwright.agents.staff.grounding.concepts import EVENTS, concepts_of
from dealwright.agents.staff.grounding.names import MONTHS, Spot, spots
from dealwright.agents.staff.grounding.plain_words import PLAIN_WORDS
from dealwright.agents.staff.grounding.quantities import Quantity, is_number, quantities
from dealwright.agents.staff.grounding.spelling import words

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

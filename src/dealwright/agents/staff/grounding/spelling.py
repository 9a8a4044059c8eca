"""Spelling: words made comparable across case, accents and inflection."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import filterfalse
from types import MappingProxyType
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Phrases: TypeAlias = Mapping[str, tuple[tuple[str, T], ...]]
"""First word → the phrases that begin with it, and what each stands for."""

SHORTEST_STEM = 4
LONGEST_STEM = 7
SHORTEST_PART = 5
_TEXTS = 4_000
"""So many texts are kept as they were read: variants share facts, and leads the offer's words."""
_EACH = 20_000
"""So many words are."""
_COMPOUNDS = 2_000
"""Of so many words the parts are kept: there are many of each."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDING = re.compile(
    r"(?:ungen|ingen|ation|ions?|ment|ings?|ung|ern|ies|ied|ent|ons|ez|ed|en|er|es|em|et|as|os"
    r"|is|ar|ir|al|[esntaoiyd])$"
)
_NAME_ENDINGS = ("s", "es", "n", "en", "er", "ers", "ern", "in", "innen")
_PARTICIPLE = re.compile(r"^ge(?=\w{4,}(?:t|en)$)")
_ELIDED = re.compile(r"^(?:d|l|j|n|s|c|m|t|qu|un|dell|all|nell|sull|dall)['’](?=\w)")
_CAPITALISED = re.compile(r"(?:\b[^\W\d_a-zß-ÿ][^\W\d_]+ ?){2,}")
_OWNED = re.compile(r"['’](?:s|re|ve|ll|m|d)$|['’]$")


def fold(text: str) -> str:
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, letters))


def tokens(text: str) -> list[re.Match[str]]:
    """Return the words and numbers as they stand, with their places."""
    return list(_WORD.finditer(text))


@lru_cache(maxsize=_EACH)
def bare(word: str) -> str:
    """Return a word folded, without an elided article before it or a possessive after it."""
    return fold(_OWNED.sub("", _ELIDED.sub("", word.casefold())))


@lru_cache(maxsize=_TEXTS)
def words(text: str) -> tuple[str, ...]:
    """Return the words, folded and bare."""
    return tuple(map(bare, _WORD.findall(text)))


def _initials(text: str) -> Iterable[str]:
    """Yield what may stand for several words with capitals: COO for Chief Operating Officer."""
    for run in _CAPITALISED.findall(text):
        yield fold("".join(word[0] for word in run.split()))


@lru_cache(maxsize=_EACH)
def stem(word: str) -> str:
    """Return the part of a folded word that inflection leaves alone, roughly."""
    cut = _PARTICIPLE.sub("", word)
    while len(cut) > SHORTEST_STEM and (ending := _ENDING.search(cut)):
        if ending.start() < SHORTEST_STEM:
            break
        cut = cut[: ending.start()]
    return cut[:LONGEST_STEM]


@dataclass(frozen=True)
class Vocabulary:
    """The stems of all words in some texts."""

    stems: frozenset[str]
    names: frozenset[str]
    """The words as they are, and without the endings that a name may take."""

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.stems)

    def has(self, word: str) -> bool:
        """Tell whether a folded word stands among the stems, inflected or within a compound."""
        part = stem(word)
        if part in self.stems or (len(part) >= SHORTEST_PART and part in self._joined):
            return True
        return not self.stems.isdisjoint(_parts(word))

    def spells(self, word: str) -> bool:
        """Tell whether a folded name stands there just so, but for an ending."""
        return not self.names.isdisjoint(_spellings(word))


def vocabulary(texts: Sequence[str]) -> Vocabulary:
    """Return the words of the texts, for looking others up."""
    nothing = frozenset[str]()
    return Vocabulary(nothing.union(*map(_stems, texts)), nothing.union(*map(_names, texts)))


@lru_cache(maxsize=_TEXTS)
def vocabulary_of(text: str) -> Vocabulary:
    """Return the words of one text, for looking others up."""
    return vocabulary((text,))


@lru_cache(maxsize=_TEXTS)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, (*words(text), *_initials(text))))


@lru_cache(maxsize=_TEXTS)
def _names(text: str) -> frozenset[str]:
    return frozenset(
        spelling for word in (*words(text), *_initials(text)) for spelling in _spellings(word)
    )


@lru_cache(maxsize=_COMPOUNDS)
def _parts(word: str) -> tuple[str, ...]:
    """Return each piece of a word that may be the stem of another."""
    pieces = (
        word[start : start + length]
        for length in range(SHORTEST_PART, LONGEST_STEM + 1)
        for start in range(len(word) - length + 1)
    )
    return tuple(filter(str.isalpha, pieces))


@lru_cache(maxsize=_EACH)
def _spellings(word: str) -> tuple[str, ...]:
    """Return a name as it is and without each ending: Bremen and Bremer have one in common."""
    cut = (word.removesuffix(ending) for ending in _NAME_ENDINGS)
    return (word, *(start for start in cut if SHORTEST_STEM <= len(start) < len(word)))


def inside(phrase: str, texts: Iterable[str]) -> bool:
    """Tell whether the words of a phrase stand in one of the texts, next to each other."""
    sought = f" {' '.join(words(phrase))} "
    return any(sought in f" {' '.join(words(text))} " for text in texts)


def by_first_word(phrases: Iterable[tuple[str, T]]) -> Phrases[T]:
    """Return the phrases, each with what it stands for, ready to be found in a text."""
    found: dict[str, tuple[tuple[str, T], ...]] = {}
    for phrase, meant in phrases:
        first, *_ = told = words(phrase)
        found[first] = (*found.get(first, ()), (" ".join(told), meant))
    return MappingProxyType(found)


def phrases_in(phrases: Phrases[T], told: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, T]]:
    """Yield the phrases that stand in one of the texts, given by its words."""
    begun = [phrases[word] for one in told for word in one if word in phrases]
    if not begun:
        return iter(())
    said = " | ".join(["", *map(" ".join, told), ""])
    return (pair for same in begun for pair in same if f" {pair[0]} " in said)

"""Spelling: words made comparable across case, accents and inflection."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

SHORTEST_STEM = 4
LONGEST_STEM = 7
SHORTEST_PART = 5

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDING = re.compile(
    r"(?:ungen|ingen|ation|ions?|ment|ings?|ung|ern|ies|ied|ent|ons|ez|ed|en|er|es|em|et|as|os"
    r"|is|ar|ir|al|[esntaoiyd])$"
)
_PARTICIPLE = re.compile(r"^ge(?=\w{4,}(?:t|en)$)")
_ELIDED = re.compile(r"^(?:d|l|j|n|s|c|m|t|qu|un|dell|all|nell|sull|dall)['’](?=\w)")
_OWNED = re.compile(r"['’](?:s|re|ve|ll|m|d)$|['’]$")


def fold(text: str) -> str:
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def tokens(text: str) -> list[re.Match[str]]:
    """Return the words and numbers as they stand, with their places."""
    return list(_WORD.finditer(text))


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Return a word folded, without an elided article before it or a possessive after it."""
    return fold(_OWNED.sub("", _ELIDED.sub("", word.casefold())))


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words, folded and bare."""
    return tuple(bare(match.group()) for match in tokens(text))


@lru_cache(maxsize=20_000)
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

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.stems)

    def has(self, word: str) -> bool:
        """Tell whether a folded word stands among the stems, inflected or within a compound."""
        part = stem(word)
        if part in self.stems or (len(part) >= SHORTEST_PART and part in self._joined):
            return True
        parts = (
            word[start : start + length]
            for length in range(SHORTEST_PART, LONGEST_STEM + 1)
            for start in range(len(word) - length + 1)
        )
        return any(part in self.stems and part.isalpha() for part in parts)


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Return the words of the texts, for looking others up."""
    return Vocabulary(frozenset[str]().union(*map(_stems, texts)))


@lru_cache(maxsize=4_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))


def inside(phrase: str, texts: Iterable[str]) -> bool:
    """Tell whether the words of a phrase stand in one of the texts, next to each other."""
    sought = f" {' '.join(words(phrase))} "
    return any(sought in f" {' '.join(words(text))} " for text in texts)

"""Signs: what is counted in a sentence, cues first, then pieces of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from dealwright.agents.staff.reading.cues import found
from dealwright.agents.staff.reading.folding import ADDRESS, Sentence

LONGEST_PIECE = 5
_NAME = re.compile(r"(?<=[\w,:] )[A-ZÀ-Ý][\w'’-]+ [A-ZÀ-Ý][\w'’-]{2,}")
_CLOCK = re.compile(r" (?:\d{1,2} (?:uhr|h|am|pm|heures|uur)|\d{1,2}h\d{0,2}|\d{1,2} [0-5]\d) ")
_LENGTHS = (1, 2, 4, 8, 16, 30)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one sentence."""

    words: str
    cues: Mapping[str, tuple[int, int]]
    """Cue → where in the words it stands."""
    looks: tuple[str, ...]


def seen(sentences: Sequence[Sentence], language: str) -> tuple[Seen, ...]:
    """Return the cues of every sentence, and how it looks."""
    return tuple(
        Seen(sentence.words, found(sentence.words, language), tuple(_looks(sentence)))
        for sentence in sentences
    )


def cue_signs(parts: Sequence[Seen]) -> set[str]:
    """Return the cues of a reply, alone and in pairs within a sentence."""
    signs: set[str] = set()
    for place, part in enumerate(parts):
        cues = [*part.cues, *part.looks]
        signs |= {f"c:{cue}" for cue in cues}
        signs |= {f"p:{one}+{other}" for one, other in combinations(sorted(cues), 2)}
        if place == 0:
            signs |= {f"1:{cue}" for cue in cues}
    size = sum(part.words.count(" ") - 1 for part in parts)
    signs.add(f"n:{next((n for n in _LENGTHS if size <= n), 99)}")
    return signs


def pieces(sentences: Sequence[Sentence]) -> Counter[str]:
    """Return the words, pairs of words and pieces of words of a reply, counted."""
    counted: Counter[str] = Counter()
    for sentence in sentences:
        words = sentence.words.split()
        counted.update(f"w:{word}" for word in words)
        counted.update(f"b:{one} {other}" for one, other in pairwise(words))
        counted.update(_parts(sentence.words))
    return counted


def _parts(text: str) -> Iterator[str]:
    for length in range(2, LONGEST_PIECE + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def _looks(sentence: Sentence) -> Iterator[str]:
    if sentence.asks:
        yield "ASKS"
    if f" {ADDRESS} " in sentence.words:
        yield "ADDRESS"
    if _NAME.search(sentence.said):
        yield "NAME"
    if _CLOCK.search(sentence.words):
        yield "CLOCK"
    if re.search(r"\d", sentence.words):
        yield "DIGITS"
    if "!" in sentence.said:
        yield "LOUD"

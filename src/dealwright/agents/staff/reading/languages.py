"""Which of the seven languages a reply is written in."""

from __future__ import annotations

from collections import Counter

from dealwright.agents.staff.reading.cues import LANGUAGES
from dealwright.agents.staff.reading.folding import folded
from dealwright.agents.staff.reading.linear import shipped

UNKNOWN = "xx"
"""None of the seven; an agent may not act on such a reply by itself."""

MODEL = "languages.tsv"
_EXPECTED = 8.0
"""How many times likelier the language is that we wrote in."""
_EXPECTED_OF_A_WORD = 100.0
"""The same for a single word, such as `no`."""
_FEWEST_WORDS = 4
_LEAST_KNOWN = 0.25
"""Text of another language shares fewer words than this with the likeliest of the seven."""
LONGEST_PIECE = 4


def language_of(text: str, expected: str | None = None) -> str:
    """Return the language of a text, or `xx`; a short one is taken for the expected language."""
    counted = language_pieces(text)
    words = [sign for sign in counted if sign.startswith("w:")]
    model = shipped(MODEL)
    if not words:
        return expected if expected in LANGUAGES else UNKNOWN
    if len(words) >= _FEWEST_WORDS and model.share_known(words) < _LEAST_KNOWN:
        return UNKNOWN
    likely = model.probabilities((), counted)
    if expected in likely:
        likely[expected] *= _EXPECTED if len(words) > 1 else _EXPECTED_OF_A_WORD
    return max(likely, key=lambda language: likely[language])


def language_pieces(text: str) -> Counter[str]:
    """Return the words and pieces of words a language is told by, counted."""
    words = "".join(sign if sign.isalpha() else " " for sign in folded(text)).split()
    counted = Counter(f"w:{word}" for word in words)
    for word in words:
        framed = f" {word} "
        for length in range(2, LONGEST_PIECE + 1):
            counted.update(framed[i : i + length] for i in range(len(framed) - length + 1))
    return counted

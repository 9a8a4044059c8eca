"""Words of time in seven languages, told as language-independent tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dealwright.agents.staff.reading.folding import folded

_NUMBER = r"\d{4}-\d{2}-\d{2}|\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}(?:[:.h/]\d{2})?"
_SUFFIX = r"(?:ish|pm|am|st|nd|rd|th|er|h|\.(?=\s*[a-z])|º|°)"
_MOST_WORDS = 4
_PERHAPS = re.compile(
    r"(?<!\bin )(?<!\bof )(?<!\bby )(?<!\btill )(?<!until )(?<!mid )\bmay (?=[a-z])"
)
"""The English `may` that is no month."""


@dataclass(frozen=True, slots=True)
class Token:
    """A number or a word of time; any other word has no tag."""

    tag: str
    text: str


@cache
def _words(language: str) -> Mapping[str, str]:
    """Return folded phrase → tag."""
    place = files("dealwright.agents.staff.reading").joinpath("time_words.tsv")
    rows = (line.split("\t") for line in place.read_text("utf-8").splitlines())
    return {
        phrase: tag
        for spoken, tag, phrases in rows
        if spoken == language
        for phrase in phrases.split("; ")
    }


def tokens(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a sentence, those of time with their tags."""
    plain = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", folded(_PERHAPS.sub("might ", text)))
    plain = plain.replace("–", "-")
    parts = re.findall(rf"(?:{_NUMBER}){_SUFFIX}?|q[1-4]\b|h[12]\b|[^\W\d_]+|[,-]", plain)
    words = _words(language)
    found: list[Token] = []
    place = 0
    while place < len(parts):
        length, tag = _longest(parts[place:], words)
        said = " ".join(parts[place : place + length])
        found += [Token(one, said) for one in tag.split("+")]
        place += length
    return tuple(found)


def _longest(parts: list[str], words: Mapping[str, str]) -> tuple[int, str]:
    for length in range(min(_MOST_WORDS, len(parts)), 0, -1):
        tag = words.get(" ".join(parts[:length]))
        if tag:
            return length, tag
    first = parts[0]
    if first[0].isdigit() or re.fullmatch(r"[qh][1-4]", first):
        return 1, "number"
    return 1, "dash" if first == "-" else "other"

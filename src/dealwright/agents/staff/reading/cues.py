"""Cues: what people say in seven languages, told as language-independent signs.

A line of `cues/<language>.tsv` is `CUE<tab>pattern; pattern; …`. A pattern is words with `*` for
any ending, `~` for up to four words between, `(a|b)` for choices, `?` for what may be missing and
`^`, `$` for the ends of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dealwright.agents.staff.reading.folding import folded

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")

OPT_OUT = "OUT_"
"""How the cues begin that ask for silence."""


@cache
def cues_of(language: str) -> Mapping[str, re.Pattern[str]]:
    """Return cue → what finds it in a folded sentence."""
    return {cue: _compiled(patterns) for cue, patterns in written(language).items()}


@cache
def opt_outs() -> Mapping[str, re.Pattern[str]]:
    """Return language → what finds any request for silence in a folded sentence."""
    return {
        language: _compiled(
            [p for cue, told in written(language).items() if cue.startswith(OPT_OUT) for p in told]
        )
        for language in LANGUAGES
    }


def found(words: str, language: str) -> dict[str, tuple[int, int]]:
    """Return the cues of a folded sentence and where they stand, in the table's order."""
    hits = ((cue, pattern.search(words)) for cue, pattern in cues_of(language).items())
    return {cue: hit.span() for cue, hit in hits if hit}


def written(language: str) -> Mapping[str, list[str]]:
    """Return cue → its patterns as they stand in the table."""
    place = files("dealwright.agents.staff.reading").joinpath("cues", f"{language}.tsv")
    lines = (line.partition("\t") for line in place.read_text("utf-8").splitlines())
    return {cue: [p.strip() for p in told.split(";") if p.strip()] for cue, _, told in lines}


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?:(?<= )|^)(?:" + "|".join(map(_expression, patterns)) + ")(?= |$)")


def _expression(pattern: str) -> str:
    plain = folded(pattern).replace("( |$)", "").replace("~ ", "~").rstrip(" ~")
    plain = plain.replace(")*", r")\w*").replace("(", "(?:").replace("~", r"(?:\w+ ){0,4}")
    plain = re.sub(r"(?<=[a-z0-9])\*", r"\\w*", plain)
    if plain.startswith("^"):
        plain = "^ " + plain[1:]
    return plain.replace("$", " $")

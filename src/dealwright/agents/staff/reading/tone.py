"""The tone of a reply, what speaks against it, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dealwright.agents.staff.reading.folding import Sentence
from dealwright.agents.staff.reading.signs import Seen
from dealwright.domain.reading import Meaning, Objection, Sentiment

MOST_ASKED = 6
LONGEST_LINE = 300

_AGAINST: Mapping[Objection, tuple[str, ...]] = {
    Objection.BUDGET: ("TOO_DEAR",),
    Objection.AUTHORITY: ("BOSS",),
    Objection.TRUST: ("TRUST",),
    Objection.EFFORT: ("EFFORT",),
    Objection.NEED: ("SMALL", "STAFF_WONT", "NO_NEED", "DOUBT"),
    Objection.COMPETITOR: ("USE_NOW", "SATISFIED", "INHOUSE"),
    Objection.TIMING: ("PRIORITY", "BUSY", "LATER"),
}
"""Objection → the cues that tell it, the plainest objection first."""

_SAID_AGAINST = frozenset({Meaning.OBJECTION, Meaning.NOT_NOW, Meaning.COMPETITOR})
_GLAD = frozenset({Meaning.INTERESTED, Meaning.MEETING})
_ANGRY = frozenset({Meaning.COMPLAINT})
_COOL = frozenset({Meaning.OBJECTION, Meaning.NOT_INTERESTED, Meaning.OPT_OUT})


def objection(meanings: Sequence[Meaning], looked: Sequence[Seen]) -> Objection | None:
    """Return what speaks against it, if the reply says that something does."""
    if not _SAID_AGAINST & set(meanings):
        return None
    cues = {cue for part in looked for cue in part.cues}
    return next((kind for kind, told in _AGAINST.items() if cues & set(told)), None)


def sentiment(meanings: Sequence[Meaning], looked: Sequence[Seen]) -> Sentiment:
    """Return the tone of a reply."""
    cues = {cue for part in looked for cue in part.cues}
    wanted = set(meanings)
    if wanted & _ANGRY or "ANGER" in cues or ("SARCASM" in cues and not wanted & _GLAD):
        return Sentiment.NEGATIVE
    if meanings[0] in _COOL:
        return Sentiment.NEUTRAL if "THANKS" in cues else Sentiment.NEGATIVE
    if wanted & _GLAD or "INTEREST" in cues:
        return Sentiment.POSITIVE
    return Sentiment.NEUTRAL


def asks(parts: Sequence[Sentence]) -> tuple[str, ...]:
    """Return the sentences that ask something."""
    told = (" ".join(part.said.split())[:LONGEST_LINE] for part in parts if part.asks)
    return tuple(dict.fromkeys(told))[:MOST_ASKED]

"""The classifier: how likely each of the fourteen meanings is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealwright.agents.staff.reading.actions import ACTIONS, SILENCE, Action
from dealwright.agents.staff.reading.cues import opt_outs
from dealwright.agents.staff.reading.folding import Sentence, sentences
from dealwright.agents.staff.reading.linear import shipped
from dealwright.agents.staff.reading.signs import Seen, cue_signs, pieces, seen
from dealwright.domain.reading import Meaning

MODEL = "meanings.tsv"
WEIGHTS: Mapping[str, float] = {"c": 1.0, "p": 0.3, "1": 0.5, "n": 0.5}
"""How much a sign counts, by what it begins with."""
DOUBT = 0.15
"""From this probability on a reply is taken for a request for silence."""
_PLAIN = 0.8
"""So likely must silence be in one sentence to win over the rest of the reply."""
_MOST_ALONE = 20
"""So many sentences of a long reply are judged alone, too."""
_TOO_SHORT = 4
_SAID_TOO = 0.6
_ALSO = 0.25
_MOST_MEANINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a text means, and how sure that is."""

    meanings: tuple[Meaning, ...]
    """The main one first."""
    confidence: float
    sure: bool
    why: str
    looked: tuple[Seen, ...] = ()
    """The cues it was guessed from, sentence by sentence."""

    @property
    def main(self) -> Meaning:
        """What has to be acted on first."""
        return self.meanings[0]


def guessed(text: str, language: str) -> Guess:
    """Return what a text means; where it may ask for silence, it does."""
    parts = sentences(text)
    if not parts:
        return Guess(
            meanings=(Meaning.QUESTION,), confidence=0.0, sure=False, why="there are no words in it"
        )
    looked = seen(parts, language)
    likely = probabilities(parts, looked)
    alone = range(min(len(parts), _MOST_ALONE)) if len(parts) > 1 else ()
    each = [probabilities(parts[n : n + 1], looked[n : n + 1]) for n in alone]
    asked = asks_for_silence(parts, language)
    main = max(likely, key=lambda meaning: likely[meaning])
    doubtful = _silence(likely) >= DOUBT or any(_silence(one) >= _PLAIN for one in each)
    if main not in SILENCE and (asked or doubtful):
        main = Meaning.OPT_OUT
    others = _said_too(likely, each, asked=asked)
    return Guess(
        meanings=(main, *(m for m in others if m is not main))[:_MOST_MEANINGS],
        confidence=round(shipped(MODEL).trusted(likely[main], length(parts)), 4),
        sure=is_sure(main, likely, length(parts)),
        why=_why(main, likely, asked=asked),
        looked=looked,
    )


def asks_for_silence(parts: Sequence[Sentence], language: str) -> bool:
    """Return whether a rule finds a request for silence.

    The rules of the language and of English are asked, and of every language where a text is too
    short to tell its language.
    """
    short = length(parts) <= _TOO_SHORT
    asked = opt_outs().items()
    rules = [rule for spoken, rule in asked if short or spoken in {language, "en"}]
    return any(rule.search(part.words) for part in parts for rule in rules)


def probabilities(parts: Sequence[Sentence], looked: Sequence[Seen]) -> dict[Meaning, float]:
    """Return meaning → calibrated probability."""
    present = ((sign, WEIGHTS[sign[0]]) for sign in sorted(cue_signs(looked)))
    likely = shipped(MODEL).probabilities(present, pieces(parts))
    return {Meaning(label): share for label, share in likely.items()}


def length(parts: Sequence[Sentence]) -> int:
    """Return how many words a reply has."""
    return sum(len(part.words.split()) for part in parts)


def is_sure(main: Meaning, likely: Mapping[Meaning, float], words: int) -> bool:
    """Return whether the error contract allows to act on it without a person."""
    model = shipped(MODEL)
    return model.trusted(_of(ACTIONS[main], likely), words) >= model.threshold


def _of(action: Action, likely: Mapping[Meaning, float]) -> float:
    return sum(share for meaning, share in likely.items() if ACTIONS[meaning] is action)


def _silence(likely: Mapping[Meaning, float]) -> float:
    return sum(likely[meaning] for meaning in SILENCE)


def _said_too(
    likely: Mapping[Meaning, float], each: Sequence[Mapping[Meaning, float]], *, asked: bool
) -> list[Meaning]:
    """Return the meanings besides the main one, the likeliest first."""
    shares = {meaning: share for meaning, share in likely.items() if share >= _ALSO}
    for one in each:
        best = max(one, key=lambda meaning: one[meaning])
        if one[best] >= _SAID_TOO:
            shares[best] = max(shares.get(best, 0.0), one[best])
    if asked:
        shares[Meaning.OPT_OUT] = 1.0
    return sorted(shares, key=lambda meaning: -shares[meaning])


def _why(main: Meaning, likely: Mapping[Meaning, float], *, asked: bool) -> str:
    if asked and main in SILENCE:
        return "a rule found a request for silence"
    if likely[main] < max(likely.values()):
        return f"{likely[main]:.0%} likely to ask for silence, which is enough"
    return f"the classifier finds it {likely[main]:.0%} likely"

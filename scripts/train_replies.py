"""Learns the reply reader's two models from the written replies and writes them as text.

Run it after a change of the corpus or of the cue tables. Nothing is learnt from the held-out
families. Cues and pieces of words are learnt apart and their scores added, so that neither leans on
the other. The calibrate split goes round: each family is once among those a model did not see, and
temperature, trust and threshold are fitted to these foreign judgements; for the other authors only
to families that were never read to write cues.

It takes some minutes.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dealwright.agents.staff.reading import classifier, languages
from dealwright.agents.staff.reading.actions import ACTIONS, Action, is_wrong
from dealwright.agents.staff.reading.corpus import (
    OWN,
    Reply,
    fold,
    is_held_out,
    is_unread,
    written_replies,
)
from dealwright.agents.staff.reading.cues import LANGUAGES, written
from dealwright.agents.staff.reading.folding import sentences
from dealwright.agents.staff.reading.linear import Linear, packed
from dealwright.agents.staff.reading.signs import cue_signs, pieces, seen
from dealwright.domain.reading import Meaning

FOLDER = Path(__file__).parents[1] / "src/dealwright/agents/staff/reading"
CALIBRATE = 5
CONTRACT = 0.01
"""The most wrong automatic actions among those taken."""
STRENGTH_OF_CUES = 1.0
STRENGTH_OF_PIECES = 20.0
PIECES_SHARE = 1.5
"""What the score of the pieces counts beside that of the cues."""
LANGUAGE_PIECES = 9_000
LANGUAGE_STRENGTH = 2.0
FEWEST_REPLIES = 2
FEWEST_OF_PIECES = 6

Floats = NDArray[np.float64]
Trust = tuple[float, float, float]
At = Callable[[float, int], float]
"""Probability and number of words → how often the judgement is right."""


@dataclass(frozen=True)
class Example:
    """One text as signs."""

    label: str
    family: str
    present: Mapping[str, float]
    counted: Counter[str]


@dataclass(frozen=True)
class Judged:
    """A reply, and what models found that had not seen its family."""

    reply: Reply
    words: int
    scores: Floats


@dataclass(frozen=True)
class Vocabulary:
    """The signs a model knows, and the rarity of those that are counted."""

    places: Mapping[str, int]
    rarity: Mapping[str, float]

    def matrix(self, examples: Sequence[Example]) -> object:
        """Return the examples as rows."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, example in enumerate(examples):
            signs = self.weighed(example.counted) if self.rarity else example.present
            for sign, value in signs.items():
                if sign in self.places:
                    rows.append(row)
                    columns.append(self.places[sign])
                    values.append(value)
        return csr_matrix((values, (rows, columns)), shape=(len(examples), len(self.places)))

    def weighed(self, counted: Mapping[str, int]) -> dict[str, float]:
        """Return counted signs by rarity, as long as one together."""
        raw = {
            s: (1 + math.log(n)) * self.rarity[s] for s, n in counted.items() if s in self.rarity
        }
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {sign: value / norm for sign, value in raw.items()}


@dataclass(frozen=True)
class Learnt:
    """A fitted model of cues or of pieces, and what its score counts."""

    vocabulary: Vocabulary
    model: LogisticRegression
    times: float = 1.0

    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return one row of scores per example."""
        found = self.model.decision_function(self.vocabulary.matrix(examples))
        return np.asarray(found, dtype=np.float64) * self.times

    @property
    def labels(self) -> list[str]:
        """The labels in the order of the scores."""
        return [str(label) for label in self.model.classes_]


def learn(examples: Sequence[Example]) -> tuple[Learnt, ...]:
    """Learn the meanings, from cues and from pieces."""
    cues = _fitted(examples, _known_cues(examples), STRENGTH_OF_CUES)
    found = _fitted(examples, _known_pieces(examples), STRENGTH_OF_PIECES)
    return cues, Learnt(found.vocabulary, found.model, PIECES_SHARE)


def learn_languages(examples: Sequence[Example]) -> Learnt:
    """Fit twice: with every piece, then with those that weighed most."""
    first = _fitted(examples, _known_pieces(examples), LANGUAGE_STRENGTH)
    weights = np.abs(first.model.coef_).max(axis=0)
    places = first.vocabulary.places
    heavy = sorted(places, key=lambda sign: (-weights[places[sign]], sign))[:LANGUAGE_PIECES]
    return _fitted(examples, _known_pieces(examples, frozenset(heavy)), LANGUAGE_STRENGTH)


def _known_cues(examples: Sequence[Example]) -> Vocabulary:
    cues = Counter(sign for example in examples for sign in example.present)
    known = sorted(sign for sign, count in cues.items() if count >= FEWEST_REPLIES)
    return Vocabulary({sign: place for place, sign in enumerate(known)}, {})


def _known_pieces(examples: Sequence[Example], kept: frozenset[str] | None = None) -> Vocabulary:
    seen_in = Counter(sign for example in examples for sign in example.counted)
    known = sorted(
        s for s, n in seen_in.items() if n >= FEWEST_OF_PIECES and (kept is None or s in kept)
    )
    total = 1 + len(examples)
    rarity = {s: round(math.log(total / (1 + seen_in[s])) + 1, 3) for s in known}
    return Vocabulary({sign: place for place, sign in enumerate(known)}, rarity)


def _fitted(examples: Sequence[Example], vocabulary: Vocabulary, strength: float) -> Learnt:
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3)
    model.fit(vocabulary.matrix(examples), [example.label for example in examples])
    return Learnt(vocabulary, model)


def meaning_example(reply: Reply) -> Example:
    """Return a reply as signs."""
    parts = sentences(reply.text)
    signs = cue_signs(seen(parts, reply.language))
    present = {sign: classifier.WEIGHTS[sign[0]] for sign in signs}
    return Example(reply.main.value, reply.family, present, pieces(parts))


def language_examples() -> list[Example]:
    """Return texts of seven languages: replies, and the words of the cue tables."""
    examples = [
        Example(r.language, r.family, {}, languages.language_pieces(r.text))
        for r in written_replies()
        if not is_held_out(r)
    ]
    for language in LANGUAGES:
        for cue, patterns in written(language).items():
            words = languages.language_pieces(" ".join(patterns))
            examples.append(Example(language, cue, {}, words))
    return examples


def judged(replies: Sequence[Reply], examples: Sequence[Example]) -> list[Judged]:
    """Return the replies whose wording the cues were not made for, judged by foreign models."""
    found: list[Judged] = []
    for part in range(CALIBRATE):
        learnt = learn([e for e in examples if _part(e.family) != part])
        for reply, example in zip(replies, examples, strict=True):
            if _part(reply.family) == part and (reply.author == OWN or is_unread(reply)):
                found.append(_judged(reply, example, learnt))
    return found


def _part(family: str) -> int:
    return fold(family + "#", CALIBRATE)


def _judged(reply: Reply, example: Example, learnt: Sequence[Learnt]) -> Judged:
    parts = sentences(reply.text)
    scores = np.sum([one.scores([example])[0] for one in learnt], axis=0)
    return Judged(reply, classifier.length(parts), scores)


def shares(scores: Floats, temperature: float) -> Floats:
    """Return probabilities."""
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return raised / raised.sum(axis=1, keepdims=True)


def best_temperature(scores: Floats, truth: Sequence[int]) -> float:
    """Return the temperature at which the truth is likeliest."""
    rows = np.arange(len(truth))

    def surprise(temperature: float) -> float:
        return float(-np.log(shares(scores, temperature)[rows, list(truth)] + 1e-12).mean())

    return min((step / 50 for step in range(10, 200)), key=surprise)


def best_trust(likely: Floats, cases: Sequence[Judged], right: Sequence[bool]) -> Trust:
    """Return how probability and length tell whether a judgement is right."""
    kept = np.clip(likely.max(axis=1), 1e-4, 1 - 1e-4)
    told = np.column_stack([np.log(kept / (1 - kept)), np.log1p([case.words for case in cases])])
    model = LogisticRegression(C=10.0).fit(told, ["yes" if one else "no" for one in right])
    by_share, by_length = (round(float(weight), 5) for weight in model.coef_[0])
    return by_share, by_length, round(float(model.intercept_[0]), 5)


def best_threshold(likely: Floats, labels: Sequence[str], cases: Sequence[Judged], at: At) -> float:
    """Return the trust from which acting keeps the contract."""
    actions = [ACTIONS[Meaning(label)] for label in labels]
    trusted: list[tuple[float, bool]] = []
    for case, row in zip(cases, likely, strict=True):
        main = Meaning(labels[int(row.argmax())])
        trust = at(_of(ACTIONS[main], row, actions), case.words)
        trusted.append((trust, is_wrong(main, case.reply.meanings)))
    trusted.sort(key=lambda one: -one[0])
    wrong = 0
    limit = 1.0
    for taken, (trust, mistaken) in enumerate(trusted, 1):
        wrong += mistaken
        if wrong / taken <= CONTRACT:
            limit = math.floor(trust * 1e4) / 1e4
    return limit


def _of(action: Action, likely: Floats, actions: Sequence[Action]) -> float:
    return float(sum(p for p, one in zip(likely, actions, strict=True) if one is action))


def model_of(
    learnt: Sequence[Learnt], temperature: float, trust: Trust, threshold: float = 1.0
) -> Linear:
    """Return the models as one: their scores are added."""
    rows = [
        (sign, one.vocabulary.rarity.get(sign, 0.0), one.model.coef_[:, place] * one.times)
        for one in learnt
        for sign, place in one.vocabulary.places.items()
    ]
    scale = max(float(np.abs(weights).max()) for _, _, weights in rows)
    bias = np.sum([one.model.intercept_ * one.times for one in learnt], axis=0)
    return Linear(
        labels=tuple(learnt[0].labels),
        bias=tuple(round(float(value), 5) for value in bias),
        scale=scale,
        signs={sign: (rarity, packed(weights, scale)) for sign, rarity, weights in rows},
        temperature=temperature,
        trust=trust,
        threshold=threshold,
    )


def write(name: str, model: Linear) -> None:
    """Write a model as text."""
    head = {
        "labels": model.labels,
        "bias": model.bias,
        "scale": round(model.scale, 6),
        "temperature": model.temperature,
        "trust": model.trust,
        "threshold": model.threshold,
    }
    lines = [f"{s}\t{rarity:g}\t{weights}" for s, (rarity, weights) in model.signs.items()]
    (FOLDER / name).write_text("\n".join([json.dumps(head), *lines]) + "\n", "utf-8")


def main() -> None:
    """Learn both models."""
    replies = [reply for reply in written_replies() if not is_held_out(reply)]
    examples = [meaning_example(reply) for reply in replies]
    learnt = learn(examples)
    labels = learnt[0].labels
    cases = judged(replies, examples)
    scores = np.array([case.scores for case in cases])
    truth = [labels.index(case.reply.main.value) for case in cases]
    temperature = best_temperature(scores, truth)
    likely = shares(scores, temperature)
    right = [int(row.argmax()) == true for row, true in zip(likely, truth, strict=True)]
    trust = best_trust(likely, cases, right)
    at = model_of(learnt, temperature, trust).trusted
    threshold = best_threshold(likely, labels, cases, at)
    write(classifier.MODEL, model_of(learnt, temperature, trust, threshold))
    spoken = learn_languages(language_examples())
    write(languages.MODEL, model_of([spoken], 1.0, (1.0, 0.0, 0.0)))


if __name__ == "__main__":
    main()

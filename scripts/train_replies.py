"""Learns the reply reader's two models from the written replies and writes them as text.

Run it after a change of the corpus or of the cue tables. Nothing is learnt from the held-out
families. The calibrate split goes round: each family is once among those a model did not see, and
temperature and thresholds are fitted to these foreign judgements. A vocabulary is never complete,
so every reply is also learnt and judged with some of its cues taken away.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dealwright.agents.staff.reading import classifier, languages
from dealwright.agents.staff.reading.actions import ACTIONS, Action
from dealwright.agents.staff.reading.corpus import fold, is_held_out, written_replies
from dealwright.agents.staff.reading.cues import LANGUAGES, written
from dealwright.agents.staff.reading.folding import sentences
from dealwright.agents.staff.reading.linear import packed
from dealwright.agents.staff.reading.signs import Seen, cue_signs, explained, pieces, seen
from dealwright.domain.reading import Meaning

FOLDER = Path(__file__).parents[1] / "src/dealwright/agents/staff/reading"
CALIBRATE = 5
CONTRACT = 0.01
"""The most wrong automatic actions among those taken."""
DROPPED = (0.0, 0.3, 0.6)
"""The shares of cues taken away for learning: the reply as it is, and two poorer ones."""
DROPPED_JUDGED = (0.0, 0.3, 0.6, 0.9)
"""The same for the temperatures: how sure to be when nearly every word is new."""
DROPPED_TRUSTED = 0.3
"""Poorer replies than this say nothing about thresholds."""
SEED = 20261117
STRENGTH = 2.0
MOST_PIECES = 6_000
LANGUAGE_PIECES = 9_000
FEWEST_REPLIES = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One text as signs."""

    label: str
    family: str
    present: Mapping[str, float]
    counted: Counter[str]
    level: int = 0
    dropped: float = 0.0


@dataclass(frozen=True)
class Vocabulary:
    """The signs a model knows."""

    places: Mapping[str, int]
    rarity: Mapping[str, float]

    def matrix(self, examples: Sequence[Example]) -> object:
        """Return the examples as rows."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, example in enumerate(examples):
            signs = {s: w for s, w in example.present.items() if s in self.places}
            for sign, value in (signs | self.weighed(example.counted)).items():
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
    """A fitted model."""

    vocabulary: Vocabulary
    model: LogisticRegression

    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return one row of scores per example."""
        found = self.model.decision_function(self.vocabulary.matrix(examples))
        return np.asarray(found, dtype=np.float64)

    @property
    def labels(self) -> list[str]:
        """The labels in the order of the scores."""
        return [str(label) for label in self.model.classes_]


def learn(examples: Sequence[Example], most: int) -> Learnt:
    """Fit twice: with every piece, then with those that weighed most."""
    first = _fitted(examples, _vocabulary(examples, None))
    weights = np.abs(first.model.coef_).max(axis=0)
    counted = list(first.vocabulary.rarity)
    counted.sort(key=lambda sign: (-weights[first.vocabulary.places[sign]], sign))
    return _fitted(examples, _vocabulary(examples, frozenset(counted[:most])))


def _vocabulary(examples: Sequence[Example], kept: frozenset[str] | None) -> Vocabulary:
    seen_in: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for example in examples:
        seen_in.update(set(example.counted))
        cues.update(set(example.present))
    pieces_known = sorted(
        s for s, n in seen_in.items() if n >= FEWEST_REPLIES and (kept is None or s in kept)
    )
    known = [*sorted(s for s, n in cues.items() if n >= FEWEST_REPLIES), *pieces_known]
    total = 1 + len(examples)
    rarity = {s: round(math.log(total / (1 + seen_in[s])) + 1, 3) for s in pieces_known}
    return Vocabulary({sign: place for place, sign in enumerate(known)}, rarity)


def _fitted(examples: Sequence[Example], vocabulary: Vocabulary) -> Learnt:
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(vocabulary.matrix(examples), [example.label for example in examples])
    return Learnt(vocabulary, model)


def meaning_examples(shares_dropped: Sequence[float], chance: random.Random) -> list[Example]:
    """Return the replies that may be learnt from, whole and with cues taken away."""
    examples: list[Example] = []
    for reply in written_replies():
        if is_held_out(reply):
            continue
        parts = sentences(reply.text)
        whole = seen(parts, reply.language)
        for dropped in shares_dropped:
            looked = _poorer(whole, dropped, chance)
            present = {sign: classifier.WEIGHTS[sign[0]] for sign in cue_signs(looked)}
            level = classifier.level(explained(looked))
            examples.append(
                Example(reply.main.value, reply.family, present, pieces(parts), level, dropped)
            )
    return examples


def _poorer(parts: Sequence[Seen], dropped: float, chance: random.Random) -> list[Seen]:
    cues = sorted({cue for part in parts for cue in part.cues})
    lost = {cue for cue in cues if chance.random() < dropped}
    return [
        Seen(p.words, {c: at for c, at in p.cues.items() if c not in lost}, p.looks) for p in parts
    ]


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


def foreign_scores(examples: Sequence[Example], judged: Sequence[Example]) -> Floats:
    """Return the scores that models give to families they have not seen."""
    labels = sorted({example.label for example in examples})
    scores = np.zeros((len(judged), len(labels)))
    for part in range(CALIBRATE):
        learnt = learn(
            [e for e in examples if fold(e.family + "#", CALIBRATE) != part], MOST_PIECES
        )
        rows = [i for i, e in enumerate(judged) if fold(e.family + "#", CALIBRATE) == part]
        scores[rows] = learnt.scores([judged[i] for i in rows])
    return scores


def shares(scores: Floats, temperatures: Floats) -> Floats:
    """Return probabilities; every row has a temperature."""
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperatures[:, None])
    return raised / raised.sum(axis=1, keepdims=True)


def best_temperature(scores: Floats, truth: Sequence[int]) -> float:
    """Return the temperature at which the truth is likeliest."""
    rows = np.arange(len(truth))

    def surprise(temperature: float) -> float:
        return float(
            -np.log(
                shares(scores, np.full(len(truth), temperature))[rows, list(truth)] + 1e-12
            ).mean()
        )

    return min((step / 50 for step in range(10, 200)), key=surprise)


def thresholds(likely: Floats, labels: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Return action → the probability from which acting keeps the contract."""
    actions = [ACTIONS[Meaning(label)] for label in labels]
    found: dict[str, float] = {}
    for action in Action:
        of_action = likely[:, [place for place, a in enumerate(actions) if a is action]].sum(axis=1)
        chosen = [i for i, row in enumerate(likely) if actions[int(row.argmax())] is action]
        chosen.sort(key=lambda i: -of_action[i])
        wrong = 0
        found[action.value] = 1.0
        for count, i in enumerate(chosen, 1):
            wrong += ACTIONS[Meaning(truth[i])] is not action
            if (wrong + 0.5) / (count + 1) <= CONTRACT:
                found[action.value] = max(0.5, math.floor(float(of_action[i]) * 1e4) / 1e4)
    return found


def write(
    name: str, learnt: Learnt, temperatures: Sequence[float], limits: Mapping[str, float]
) -> None:
    """Write a model as text."""
    weights = np.asarray(learnt.model.coef_, dtype=np.float64)
    scale = float(np.abs(weights).max())
    head = {
        "labels": learnt.labels,
        "bias": [round(float(value), 5) for value in learnt.model.intercept_],
        "scale": round(scale, 6),
        "temperatures": list(temperatures),
        "thresholds": limits,
    }
    lines = [json.dumps(head)]
    for sign, place in learnt.vocabulary.places.items():
        rarity = learnt.vocabulary.rarity.get(sign, 0)
        lines.append(f"{sign}\t{rarity:g}\t{packed(weights[:, place], scale)}")
    (FOLDER / name).write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Learn both models."""
    chance = random.Random(SEED)
    examples = meaning_examples(DROPPED, chance)
    judged = meaning_examples(DROPPED_JUDGED, chance)
    labels = sorted({example.label for example in examples})
    truth = [labels.index(example.label) for example in judged]
    scores = foreign_scores(examples, judged)
    temperatures = [
        best_temperature(scores[rows], [truth[i] for i in rows])
        for level in range(len(classifier.LEVELS) + 1)
        if (rows := [i for i, example in enumerate(judged) if example.level == level])
    ]
    likely = shares(scores, np.array([temperatures[example.level] for example in judged]))
    enough = [i for i, e in enumerate(judged) if e.level and e.dropped <= DROPPED_TRUSTED]
    limits = thresholds(likely[enough], labels, [judged[i].label for i in enough])
    write(classifier.MODEL, learn(examples, MOST_PIECES), temperatures, limits)
    write(languages.MODEL, learn(language_examples(), LANGUAGE_PIECES), [1.0], {})


if __name__ == "__main__":
    main()

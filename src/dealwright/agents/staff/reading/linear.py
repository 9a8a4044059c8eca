"""A linear model in plain Python: signs times weights, read from a file of text.

The first line is a JSON object; every further line is `sign<tab>rarity<tab>weights`, the weights
two signs of text each. Rarity 0 marks a sign that is only there or not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FIRST = 35
_SIGNS = 90
_HALF = _SIGNS * _SIGNS // 2
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights per label, as they were learnt."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    signs: Mapping[str, tuple[float, str]]
    """Sign → (rarity, packed weights)."""
    temperature: float
    trust: tuple[float, float, float]
    """How a probability and the length of a text tell how often the judgement is right."""
    threshold: float
    """From here on the judgement may be acted on."""

    def probabilities(
        self, present: Iterable[tuple[str, float]], counted: Mapping[str, int]
    ) -> dict[str, float]:
        """Return label → probability, of signs that are there and of signs that were counted."""
        sums = list(self.bias)
        for sign, weight in present:
            known = self.signs.get(sign)
            if known:
                _add(sums, known[1], weight * self.scale)
        for packed, weight in self._weighed(counted):
            _add(sums, packed, weight * self.scale)
        return dict(zip(self.labels, _softmax(sums, self.temperature), strict=True))

    def trusted(self, share: float, words: int) -> float:
        """Return how often a judgement of this probability is right, for so long a text."""
        kept = min(max(share, _LEAST), 1 - _LEAST)
        by_share, by_length, bias = self.trust
        said = by_share * math.log(kept / (1 - kept)) + by_length * math.log1p(words) + bias
        return 1 / (1 + math.exp(-said))

    def share_known(self, signs: Sequence[str]) -> float:
        """Return the share of the signs that the model has seen."""
        return sum(sign in self.signs for sign in signs) / len(signs) if signs else 0.0

    def _weighed(self, counted: Mapping[str, int]) -> list[tuple[str, float]]:
        hits = [
            (known[1], (1 + math.log(count)) * known[0])
            for sign, count in counted.items()
            if (known := self.signs.get(sign)) and known[0]
        ]
        norm = math.sqrt(sum(weight * weight for _, weight in hits)) or 1.0
        return [(packed, weight / norm) for packed, weight in hits]


@cache
def shipped(name: str) -> Linear:
    """Return a model that is part of this package."""
    place = files("dealwright.agents.staff.reading").joinpath(name)
    head, *lines = place.read_text("utf-8").split("\n")
    told = json.loads(head)
    rows = (line.split("\t") for line in lines if line)
    return Linear(
        labels=tuple(told["labels"]),
        bias=tuple(told["bias"]),
        scale=told["scale"] / _HALF,
        signs={sign: (float(rarity), packed) for sign, rarity, packed in rows},
        temperature=told["temperature"],
        trust=tuple(told["trust"]),
        threshold=told["threshold"],
    )


def packed(weights: Iterable[float], scale: float) -> str:
    """Return weights as text; none may be larger than the scale."""
    steps = (round(weight / scale * (_HALF - 1)) + _HALF for weight in weights)
    return "".join(chr(_FIRST + step // _SIGNS) + chr(_FIRST + step % _SIGNS) for step in steps)


def _add(sums: list[float], weights: str, times: float) -> None:
    codes = weights.encode("latin-1")
    for label in range(len(sums)):
        step = (codes[2 * label] - _FIRST) * _SIGNS + codes[2 * label + 1] - _FIRST
        sums[label] += (step - _HALF) * times


def _softmax(sums: Sequence[float], temperature: float) -> list[float]:
    most = max(sums)
    raised = [math.exp((value - most) / temperature) for value in sums]
    total = sum(raised)
    return [value / total for value in raised]

"""How well the reader reads: measured against replies whose meaning is known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dealwright.agents.staff.reading.actions import is_besides, is_wrong
from dealwright.agents.staff.reading.classifier import Guess, guessed
from dealwright.agents.staff.reading.corpus import Reply
from dealwright.domain.reading import Meaning

BINS = 10
_Z = 1.959964
"""Two-sided 95 % of the normal distribution."""

Reader = Callable[[str, str], Guess]
"""Text and language → what it means."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % bounds after Wilson."""

    hits: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Case:
    """One reply, and what was read."""

    reply: Reply
    guess: Guess

    @property
    def right(self) -> bool:
        """The main meaning is the true one."""
        return self.guess.main is self.reply.main

    @property
    def besides(self) -> bool:
        """Acting on it is asked for, but is not the reply's main wish."""
        return is_besides(self.guess.main, self.reply.meanings)

    @property
    def wrong_action(self) -> bool:
        """Acting on it would be another thing than the reply asks for."""
        return is_wrong(self.guess.main, self.reply.meanings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is measured of one author's replies."""

    replies: int
    accuracy: Share
    coverage: Share
    wrong_actions: Share
    calibration_error: float
    opt_out_recall: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that is measured."""

    replies: int
    accuracy: Share
    right_action: Share
    coverage: Share
    """Replies acted on without a person."""
    wrong_actions: Share
    """Of those."""
    besides: Share
    """Of those: what the reply asks for, too, was acted on before its main wish."""
    calibration_error: float
    opt_out_recall: Share
    opt_out_recall_by_language: dict[str, Share]
    opt_out_precision: Share
    by_language: dict[str, Share]
    """Accuracy."""
    coverage_by_language: dict[str, Share]
    by_author: dict[str, Part]
    confusion: dict[str, dict[str, int]]
    """Truth → read → how often."""
    mistakes: list[dict[str, str]]
    """The wrong automatic actions."""


def evaluated(replies: Sequence[Reply], read: Reader = guessed) -> Evaluation:
    """Read the replies and compare with the truth."""
    cases = [Case(reply, read(reply.text, reply.language)) for reply in replies]
    sure = [case for case in cases if case.guess.sure]
    wrong = [case for case in sure if case.wrong_action]
    languages = sorted({reply.language for reply in replies})
    asked = [case for case in cases if Meaning.OPT_OUT in case.reply.meanings]
    heard = [case for case in cases if Meaning.OPT_OUT in case.guess.meanings]
    return Evaluation(
        replies=len(cases),
        accuracy=share(sum(case.right for case in cases), len(cases)),
        right_action=share(sum(not case.wrong_action for case in cases), len(cases)),
        coverage=share(len(sure), len(cases)),
        wrong_actions=share(len(wrong), len(sure)),
        besides=share(sum(case.besides for case in sure), len(sure)),
        calibration_error=calibration_error(cases),
        opt_out_recall=share(sum(map(_silenced, asked)), len(asked)),
        opt_out_recall_by_language={
            language: _of(language, asked, _silenced) for language in languages
        },
        opt_out_precision=share(
            sum(Meaning.OPT_OUT in case.reply.meanings for case in heard), len(heard)
        ),
        by_language={language: _of(language, cases, _right) for language in languages},
        coverage_by_language={language: _of(language, cases, _sure) for language in languages},
        by_author=_by_author(cases),
        confusion=_confusion(cases),
        mistakes=[_told(case) for case in wrong],
    )


def share(hits: int, of: int) -> Share:
    """Return a share with its 95 % bounds after Wilson; of nothing it may be anything."""
    if not of:
        return Share(0, 0, 0.0, 0.0, 1.0)
    part = hits / of
    middle = part + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(part * (1 - part) / of + _Z * _Z / (4 * of * of))
    whole = 1 + _Z * _Z / of
    low, high = (middle - spread) / whole, (middle + spread) / whole
    return Share(hits, of, round(part, 4), round(max(0.0, low), 4), round(min(1.0, high), 4))


def calibration_error(cases: Sequence[Case]) -> float:
    """Return by how much confidence and truth differ on average, in ten bins of confidence."""
    bins: dict[int, list[Case]] = {}
    for case in cases:
        bins.setdefault(min(int(case.guess.confidence * BINS), BINS - 1), []).append(case)
    apart = sum(
        abs(sum(case.guess.confidence for case in held) - sum(case.right for case in held))
        for held in bins.values()
    )
    return round(apart / len(cases), 4) if cases else 0.0


def _silenced(case: Case) -> bool:
    return Meaning.OPT_OUT in case.guess.meanings or case.guess.main is Meaning.COMPLAINT


def _right(case: Case) -> bool:
    return case.right


def _sure(case: Case) -> bool:
    return case.guess.sure


def _of(language: str, cases: Sequence[Case], holds: Callable[[Case], bool]) -> Share:
    spoken = [case for case in cases if case.reply.language == language]
    return share(sum(map(holds, spoken)), len(spoken))


def _by_author(cases: Sequence[Case]) -> dict[str, Part]:
    written: dict[str, list[Case]] = {}
    for case in cases:
        written.setdefault(case.reply.author, []).append(case)
    return {author: _part(of_author) for author, of_author in sorted(written.items())}


def _part(cases: Sequence[Case]) -> Part:
    sure = [case for case in cases if case.guess.sure]
    asked = [case for case in cases if Meaning.OPT_OUT in case.reply.meanings]
    return Part(
        replies=len(cases),
        accuracy=share(sum(case.right for case in cases), len(cases)),
        coverage=share(len(sure), len(cases)),
        wrong_actions=share(sum(case.wrong_action for case in sure), len(sure)),
        calibration_error=calibration_error(cases),
        opt_out_recall=share(sum(map(_silenced, asked)), len(asked)),
    )


def _confusion(cases: Sequence[Case]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {}
    for case in cases:
        counted.setdefault(case.reply.main.value, Counter())[case.guess.main.value] += 1
    return {truth: dict(sorted(read.items())) for truth, read in sorted(counted.items())}


def _told(case: Case) -> dict[str, str]:
    return {
        "language": case.reply.language,
        "truth": case.reply.main.value,
        "read": case.guess.main.value,
        "text": case.reply.text,
    }

"""Reviewed: the review passed this very version, or a person wrote it."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Situation, Verdict


def reviewed(situation: Situation) -> Verdict:
    """Hold what nobody has reviewed."""
    if not situation.reviewed:
        return Held(because="no review has passed this version")
    return Passed()

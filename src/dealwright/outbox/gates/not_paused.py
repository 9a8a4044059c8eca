"""Not paused: a person who paused a lead or a campaign has the last word."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Situation, Verdict


def not_paused(situation: Situation) -> Verdict:
    """Hold what is paused until a person resumes it."""
    if situation.stopped is not None:
        return Held(because=f"paused: {situation.stopped}")
    return Passed()

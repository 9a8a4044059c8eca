"""The stop switch: while one is on, for whatever reason, nothing leaves."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Situation, Verdict


def stop_switch(situation: Situation) -> Verdict:
    """Hold everything while the lead, the campaign, the workspace or all of it is stopped."""
    if situation.stopped is not None:
        return Held(because=f"stopped: {situation.stopped}")
    return Passed()

"""Not suppressed: whoever asked to be left alone is, for ever."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict


def not_suppressed(situation: Situation) -> Verdict:
    """Refuse everything to a suppressed address, answers included."""
    if situation.recipient is None:
        return Held(because="nobody knows who would get it")
    if situation.recipient.suppressed is not None:
        return Refused(because=f"nobody may write there: {situation.recipient.suppressed}")
    return Passed()

"""Not replied: whoever wrote back is answered, not worked on."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict


def not_replied(situation: Situation) -> Verdict:
    """Refuse touches to a person who waits for an answer; hold them when a colleague wrote."""
    if situation.answers:
        return Passed()
    if situation.replied_at is not None:
        return Refused(because="they wrote back and nobody has answered yet")
    if situation.company_replied_at is not None:
        return Held(because="somebody else at the company wrote back: a person decides")
    return Passed()

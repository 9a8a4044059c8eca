"""Autonomy: how far the campaign may go without a person."""

from __future__ import annotations

from dealwright.domain.campaign import Autonomy
from dealwright.domain.intent import IntentKind
from dealwright.domain.situation import Held, Passed, Situation, Verdict

REACHES_PEOPLE = frozenset({IntentKind.EMAIL, IntentKind.MEETING})
"""Needs a person's word in an assisted campaign; our own systems are written to without."""


def autonomy(situation: Situation) -> Verdict:
    """Hold everything in shadow; in assisted what nobody approved and what reaches people."""
    match situation.autonomy:
        case Autonomy.SHADOW:
            return Held(because="the campaign is in shadow: nothing leaves")
        case Autonomy.ASSISTED:
            approved = situation.approved.state == "approved"
            if situation.intent.kind in REACHES_PEOPLE and not approved:
                return Held(because="the campaign is assisted, and nobody has approved this yet")
            return Passed()
        case Autonomy.AUTONOMOUS:
            return Passed()

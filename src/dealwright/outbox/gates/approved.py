"""Approved: what a person approved leaves, to the letter, or nothing does."""

from __future__ import annotations

from dealwright.domain.campaign import Autonomy
from dealwright.domain.intent import IntentKind
from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict


def approved(situation: Situation) -> Verdict:
    """Compare what was approved with what would leave.

    A person's no is final, and so is a person's yes to other words than these. Where nobody was
    asked in time, only an autonomous campaign goes on.
    """
    word = situation.approved
    expired = word.until is not None and word.until <= situation.now
    if word.state == "rejected":
        return Refused(because="a person rejected it")
    if word.state == "approved" and not expired:
        return _same(situation)
    if situation.autonomy is Autonomy.AUTONOMOUS:
        return Passed(ground="the campaign is autonomous")
    if expired or word.state == "expired":
        return Refused(because="the time to approve it is over")
    return Held(because="it waits for a person's word")


def _same(situation: Situation) -> Verdict:
    word, letter = situation.approved, situation.letter
    if situation.intent.kind is IntentKind.EMAIL:
        if letter is None:
            return Held(because="there is no letter to compare with what was approved")
        if word.digest != letter.digest:
            return Held(because="what you approved is not what would leave: look again")
    # What is no letter is approved as a version of its slot, and `fresh` knows the newest.
    return Passed(ground=f"approved by {word.by}" if word.by else "approved")

"""Reputation: a mailbox that bounces or annoys stops before providers stop it."""

from __future__ import annotations

from dealwright.domain.situation import Held, Passed, Situation, Verdict

MOST_BOUNCES_PERCENT = 5
OF_LETTERS = 50
COMPLAINTS_PER_1000_TO_WARN = 1
COMPLAINTS_PER_1000_TO_STOP = 3


def reputation(situation: Situation) -> Verdict:
    """Hold at 5 % bounces of the last 50 or 0.3 % complaints of the last 1,000; warn at 0.1 %.

    Nothing leaves while it holds, so the counts stay as they are until a person has looked.
    """
    bounces = situation.traffic.failed_of_last_50
    complaints = situation.traffic.complaints_of_last_1000
    if bounces * 100 >= MOST_BOUNCES_PERCENT * OF_LETTERS:
        return Held(because=f"{bounces} of the mailbox's last {OF_LETTERS} letters bounced")
    if complaints >= COMPLAINTS_PER_1000_TO_STOP:
        return Held(because=f"{complaints} of the last 1,000 letters were reported as unwanted")
    if complaints >= COMPLAINTS_PER_1000_TO_WARN:
        return Passed(ground=f"warning: {complaints} complaints in the last 1,000 letters")
    return Passed()

"""Fresh: it was made from what stands today, and not long ago."""

from __future__ import annotations

from datetime import timedelta

from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict

LONGEST = timedelta(days=14)


def fresh(situation: Situation) -> Verdict:
    """Refuse what something newer has replaced; hold what has grown old until it is renewed."""
    if not situation.current:
        return Refused(because="what it was made from has changed since")
    if situation.made_at is None:
        return Held(because="nobody knows when it was written")
    if situation.now - situation.made_at > LONGEST:
        return Held(because=f"it is older than {LONGEST.days} days: have it written anew")
    return Passed()

"""Mailbox watched: before anybody is reminded, we have looked whether they answered."""

from __future__ import annotations

from datetime import timedelta

from dealwright.domain.situation import Held, Passed, Situation, Verdict

LONGEST_UNREAD = timedelta(minutes=5)


def mailbox_watched(situation: Situation) -> Verdict:
    """Hold follow-ups unless the mailbox was just read to its end."""
    if situation.answers or _is_first(situation):
        return Passed()
    if situation.mailbox is None or situation.mailbox.imap is None:
        return Held(because="nobody reads the mailbox, so nothing but first letters may leave")
    read_at = situation.mailbox_read_at
    if read_at is None or situation.now - read_at > LONGEST_UNREAD:
        return Held(because="the mailbox has not been read for five minutes")
    return Passed(ground=f"mailbox read at {read_at.isoformat()}")


def _is_first(situation: Situation) -> bool:
    traffic, letter = situation.traffic, situation.letter
    in_a_thread = letter is not None and bool(letter.in_reply_to or letter.references)
    return traffic.last_touch is None and traffic.person_30_days == 0 and not in_a_thread

"""A reply stops the sequence, and nobody is reminded before we have looked for one."""

from __future__ import annotations

from datetime import timedelta

from dealwright.domain.connections import Connections
from dealwright.domain.situation import Situation, Traffic
from tests.outbox.gates.builders import (
    NOON,
    PUBLIC_URL,
    a_letter,
    a_mailbox,
    a_situation,
    holds,
    passes,
    refuses,
)

SECOND = timedelta(seconds=1)
EARLIER = Traffic(last_touch=NOON - timedelta(days=4))


def a_follow_up(**changes: object) -> Situation:
    return a_situation(**{"traffic": EARLIER, **changes})


def test_a_person_who_wrote_back_gets_an_answer_and_no_touch() -> None:
    assert passes("not_replied", a_situation())
    assert "they wrote back" in refuses("not_replied", a_situation(replied_at=NOON))
    assert passes("not_replied", a_situation(replied_at=NOON, answers=True))


def test_when_a_colleague_wrote_back_a_person_decides() -> None:
    assert "somebody else" in holds("not_replied", a_situation(company_replied_at=NOON))
    assert passes("not_replied", a_situation(company_replied_at=NOON, answers=True))
    both = a_situation(company_replied_at=NOON, replied_at=NOON)
    assert refuses("not_replied", both)


def test_a_follow_up_leaves_within_five_minutes_of_reading_the_mailbox() -> None:
    assert passes("mailbox_watched", a_follow_up(mailbox_read_at=NOON - timedelta(minutes=5)))
    stale = NOON - timedelta(minutes=5) - SECOND
    assert "five minutes" in holds("mailbox_watched", a_follow_up(mailbox_read_at=stale))
    assert holds("mailbox_watched", a_follow_up(mailbox_read_at=None))


def test_a_first_letter_and_an_answer_need_no_watched_mailbox() -> None:
    assert passes("mailbox_watched", a_situation(mailbox_read_at=None))
    assert passes("mailbox_watched", a_follow_up(mailbox_read_at=None, answers=True))
    unread = a_mailbox(imap=None)
    connections = Connections(public_url=PUBLIC_URL, mailboxes=(unread,))
    first = a_situation(mailbox=unread, connections=connections, mailbox_read_at=None)
    assert passes("mailbox_watched", first)


def test_from_a_mailbox_nobody_reads_no_follow_up_leaves() -> None:
    for mailbox in (None, a_mailbox(imap=None)):
        assert "nobody reads the mailbox" in holds("mailbox_watched", a_follow_up(mailbox=mailbox))


def test_whatever_shows_an_earlier_letter_makes_it_a_follow_up() -> None:
    shown = (
        a_situation(traffic=Traffic(person_30_days=1), mailbox_read_at=None),
        a_situation(letter=a_letter(in_reply_to="<a@b.example>"), mailbox_read_at=None),
        a_situation(letter=a_letter(references=("<a@b.example>",)), mailbox_read_at=None),
    )
    assert [bool(holds("mailbox_watched", situation)) for situation in shown] == [True] * 3

"""What people decide: stopped, paused, how far alone, approved, reviewed, renewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.domain.campaign import Autonomy
from dealwright.domain.intent import IntentKind
from dealwright.domain.situation import Approved
from tests.outbox.gates.builders import (
    NOON,
    a_letter,
    a_situation,
    an_intent,
    asked,
    holds,
    passes,
    refuses,
)

SECOND = timedelta(seconds=1)
ALONE = Autonomy.AUTONOMOUS


def word_of(state: str) -> Approved:
    return replace(Approved(state="none"), state=state)


@pytest.mark.parametrize("gate", ["stop_switch", "not_paused"])
def test_what_is_stopped_or_paused_stays_here(gate: str) -> None:
    assert passes(gate, a_situation())
    assert "everything is stopped" in holds(gate, a_situation(stopped="everything is stopped"))
    assert holds(gate, a_situation(stopped=""))


def test_in_shadow_nothing_leaves_even_if_it_was_approved() -> None:
    for kind in IntentKind:
        shadow = a_situation(autonomy=Autonomy.SHADOW, intent=an_intent(kind))
        assert holds("autonomy", shadow) == "the campaign is in shadow: nothing leaves"


@pytest.mark.parametrize("state", ["none", "pending", "rejected", "expired"])
def test_an_assisted_campaign_sends_only_what_is_approved(state: str) -> None:
    word = word_of(state)
    assert "assisted" in holds("autonomy", a_situation(approved=word))
    meeting = a_situation(approved=word, intent=an_intent(IntentKind.MEETING))
    assert "assisted" in holds("autonomy", meeting)
    assert passes("autonomy", a_situation(approved=word, intent=an_intent(IntentKind.CRM)))
    assert passes("autonomy", a_situation(approved=word, autonomy=ALONE))
    assert passes("autonomy", a_situation())


def test_exactly_what_was_approved_leaves() -> None:
    assert passes("approved", a_situation())
    word = a_situation().approved
    for field in ("to", "text", "html", "subject", "sender", "in_reply_to"):
        other = a_letter(**{field: "another"})
        for autonomy in (Autonomy.ASSISTED, ALONE):
            changed = a_situation(letter=other, approved=word, autonomy=autonomy)
            assert "not what would leave: look again" in holds("approved", changed)


def test_an_approval_without_a_letter_or_without_a_digest_is_none() -> None:
    word = Approved(state="approved", digest="", by="anna")
    assert "no letter" in holds("approved", a_situation(letter=None, approved=word))
    assert "look again" in holds("approved", a_situation(approved=word))


def test_what_is_no_letter_is_approved_as_a_version_of_its_slot() -> None:
    word = Approved(state="approved", by="anna")
    meeting = a_situation(letter=None, approved=word, intent=an_intent(IntentKind.MEETING))
    assert passes("approved", meeting)


def test_what_a_person_rejected_never_leaves_in_any_campaign() -> None:
    for autonomy in Autonomy:
        rejected = a_situation(approved=Approved(state="rejected"), autonomy=autonomy)
        assert refuses("approved", rejected) == "a person rejected it"


def test_an_approval_ends_at_its_moment() -> None:
    digest = a_letter().digest
    for until, stands in ((NOON + SECOND, True), (NOON, False), (NOON - SECOND, False)):
        word = Approved(state="approved", digest=digest, until=until)
        assert passes("approved", a_situation(approved=word)) is stands
        assert bool(refuses("approved", a_situation(approved=word))) is not stands
    assert "over" in refuses("approved", a_situation(approved=Approved(state="expired")))


@pytest.mark.parametrize("state", ["none", "pending"])
def test_what_waits_for_a_word_is_held_unless_the_campaign_is_autonomous(state: str) -> None:
    word = word_of(state)
    assert holds("approved", a_situation(approved=word)) == "it waits for a person's word"
    assert passes("approved", a_situation(approved=word, autonomy=ALONE))


def test_an_autonomous_campaign_goes_on_where_nobody_answered_in_time() -> None:
    assert passes("approved", a_situation(approved=Approved(state="expired"), autonomy=ALONE))


def test_the_ground_says_who_approved() -> None:
    assert "anna" in str(asked("approved", a_situation()))


def test_what_no_review_passed_is_held() -> None:
    assert passes("reviewed", a_situation())
    assert holds("reviewed", a_situation(reviewed=False))


def test_what_has_been_replaced_never_leaves() -> None:
    assert "has changed" in refuses("fresh", a_situation(current=False))


def test_what_is_older_than_two_weeks_is_written_anew() -> None:
    def made(age: timedelta) -> str:
        return holds("fresh", a_situation(made_at=NOON - age))

    assert made(timedelta(days=14)) == ""
    assert "older than 14 days" in made(timedelta(days=14) + SECOND)
    assert "nobody knows when" in holds("fresh", a_situation(made_at=None))

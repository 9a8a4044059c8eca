"""The reactivator: only for a new reason, only after long, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dealwright.agents.staff.grounding import faults_of, grounds_of
from dealwright.agents.staff.letters import only_where_it_is_open
from dealwright.agents.staff.reactivator import has_a_new_reason, reactivate
from dealwright.agents.staff.wording import WORDINGS
from dealwright.domain.conversation import Conversation, Standing
from dealwright.domain.facts import Fact, Point
from dealwright.domain.follow_up import FollowUp, Next
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead
from tests.agents.corpus.companies import an_offer, translated
from tests.agents.talks import JOB, NEWS, a_conversation, a_talk, ours, theirs

AGO = 70
ENDED = a_conversation(*(ours("follow_up:2", f"Letter {n}.", ago=AGO + 9 - n) for n in range(10)))


def a_new_fact(days_ago: int = 3) -> Fact:
    day = TODAY - timedelta(days=days_ago)
    return a_fact("news.7", Point.NEWS, "Nordfracht buys Elbe Kurier", published_on=day)


def reactivated(
    conversation: Conversation, *facts: Fact, language: str = "en", check: bool = True
) -> FollowUp:
    offer = translated("en", language) if language != "en" else an_offer()
    dossier = a_dossier(*facts, triggers=tuple(fact.id for fact in facts if fact.published_on))
    lead = a_lead(language=language)
    packet = a_talk(conversation, offer=offer, dossier=dossier, lead=lead)
    made = reactivate(packet)
    if check:
        assert faults_of(made, grounds_of(packet)) == ()
        assert has_a_new_reason(packet, made) is None
        assert only_where_it_is_open(packet, made) is None
    return made


@pytest.mark.parametrize("language", WORDINGS)
def test_something_new_after_long_is_a_reason_to_write(language: str) -> None:
    made = reactivated(ENDED, a_new_fact(), JOB, language=language)
    assert made.move is Next.LETTER
    assert made.language == language
    assert "Elbe Kurier" in made.variants[0].body
    assert made.why.startswith("news.7 is new")


def test_it_waits_sixty_days_after_our_last_letter() -> None:
    recent = a_conversation(*[ours("follow_up:2", ago=5)] * 4)
    made = reactivated(recent, a_new_fact())
    assert made.not_before is not None
    assert (made.not_before.date() - recent.messages[-1].at.date()).days >= 60
    long_ago = reactivated(ENDED, a_new_fact()).not_before
    assert long_ago is not None
    assert long_ago.date() >= TODAY


@pytest.mark.parametrize(
    "facts", [(), (JOB,), (a_new_fact(AGO + 5),), (NEWS.model_copy(update={"published_on": None}),)]
)
def test_without_anything_new_nothing_is_written(facts: tuple[Fact, ...]) -> None:
    assert reactivated(ENDED, *facts).move is Next.STOP


@pytest.mark.parametrize(
    "conversation",
    [
        a_conversation(*[ours(ago=AGO)] * 4, standing=Standing.OPTED_OUT),
        a_conversation(*[ours(ago=AGO)] * 4, theirs(ago=AGO)),
        a_conversation(ours(ago=AGO), theirs(ago=AGO), ours("", "By hand.", ago=AGO)),
        a_conversation(*[ours("reactivation:9", ago=AGO)] * 2),
        a_conversation(),
    ],
)
def test_whoever_is_not_ours_to_wake_is_left_alone(conversation: Conversation) -> None:
    assert reactivated(conversation, a_new_fact()).move is Next.STOP


def test_a_letter_about_old_news_is_caught() -> None:
    made = reactivated(ENDED, a_new_fact())
    packet = a_talk(ENDED, dossier=a_dossier(JOB, a_new_fact(AGO + 30)))
    assert has_a_new_reason(packet, made) is not None

"""How well replies are read: the error contract on replies that nothing was learnt from."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from dealwright.agents.staff.reading.actions import ACTIONS, Action, is_besides, is_wrong
from dealwright.agents.staff.reading.classifier import Guess, guessed
from dealwright.agents.staff.reading.corpus import (
    OWN,
    Reply,
    held_out,
    is_held_out,
    is_unread,
    parsed,
    written_replies,
)
from dealwright.agents.staff.reading.cues import LANGUAGES
from dealwright.agents.staff.reading.evaluation import Evaluation, evaluated, share
from dealwright.agents.staff.reading.languages import language_of
from dealwright.domain.reading import Meaning
from dealwright.errors import BadInput

FAR_FETCHED = {"w1", "w2"}
"""Authors who wrote on purpose as few ever do."""
BLIND = Path(__file__).parent / "replies" / "blind.jsonl"


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    return evaluated(held_out())


@pytest.fixture(scope="module")
def strangers() -> Evaluation:
    return evaluated([reply for reply in held_out() if reply.author in FAR_FETCHED])


def test_hardly_one_reply_is_acted_on_wrongly(measured: Evaluation) -> None:
    assert measured.wrong_actions.share <= 0.01
    assert measured.coverage.share >= 0.70
    assert len(measured.by_author) == 13


def test_of_the_far_fetched_fewer_are_acted_on_and_hardly_one_wrongly(
    strangers: Evaluation,
) -> None:
    assert set(strangers.by_author) == FAR_FETCHED
    assert strangers.coverage.share >= 0.40
    assert strangers.wrong_actions.hits <= 2
    assert strangers.accuracy.share >= 0.65


def test_opt_outs_are_found_in_every_language(measured: Evaluation) -> None:
    assert measured.opt_out_recall.share >= 0.99
    assert set(measured.opt_out_recall_by_language) == set(LANGUAGES)


def test_an_opt_out_that_is_missed_is_left_to_a_person() -> None:
    asked = [reply for reply in held_out() if Meaning.OPT_OUT in reply.meanings]
    read = [guessed(reply.text, reply.language) for reply in asked]
    assert not [guess for guess in read if guess.sure and ACTIONS[guess.main] is not Action.STOP]


def test_confidence_means_what_it_says(measured: Evaluation) -> None:
    assert measured.calibration_error <= 0.05


def test_on_strange_wording_the_reader_asks_a_person_rather_than_act_wrongly() -> None:
    found = evaluated(parsed(BLIND.read_text("utf-8").splitlines()))
    assert found.wrong_actions.hits <= found.replies * 0.04


def test_every_opt_out_of_the_corpus_leads_to_silence() -> None:
    asked = [reply for reply in written_replies() if Meaning.OPT_OUT in reply.meanings]
    found = evaluated(asked)
    assert found.opt_out_recall.low >= 0.97


def test_the_corpus_is_large_and_every_meaning_is_in_every_language() -> None:
    replies = written_replies()
    assert len(replies) >= 1500
    assert len({reply.family for reply in replies}) >= 350
    counted = Counter((reply.language, reply.main) for reply in replies)
    assert all(counted[language, meaning] >= 3 for language in LANGUAGES for meaning in Meaning)
    assert len({reply.text for reply in replies if len(reply.text) > 40}) == sum(
        len(reply.text) > 40 for reply in replies
    )


def test_a_family_is_never_divided() -> None:
    learnt = {reply.family for reply in written_replies() if not is_held_out(reply)}
    assert not learnt & {reply.family for reply in held_out()}


def test_languages_are_told_apart() -> None:
    long = [reply for reply in held_out() if len(reply.text.split()) >= 4]
    right = sum(language_of(reply.text) == reply.language for reply in long)
    assert right / len(long) >= 0.97


def test_every_meaning_has_an_action() -> None:
    assert set(ACTIONS) == set(Meaning)


def test_a_sales_message_after_an_opt_out_is_always_wrong() -> None:
    truth = (Meaning.QUESTION, Meaning.OPT_OUT)
    assert is_wrong(Meaning.QUESTION, truth)
    assert not is_wrong(Meaning.OPT_OUT, truth)
    assert not is_wrong(Meaning.COMPLAINT, (Meaning.OPT_OUT,))


def test_who_is_away_and_names_a_deputy_may_be_waited_for_or_the_deputy_looked_at() -> None:
    truth = (Meaning.OUT_OF_OFFICE, Meaning.REFERRAL)
    assert not is_wrong(Meaning.REFERRAL, truth)
    assert is_wrong(Meaning.MEETING, truth)
    assert is_wrong(Meaning.REFERRAL, (Meaning.OUT_OF_OFFICE,))


def test_of_several_wishes_any_may_be_met_first_but_a_no_comes_before_all() -> None:
    asks = (Meaning.INTERESTED, Meaning.REFERRAL)
    assert not is_wrong(Meaning.REFERRAL, asks)
    assert is_besides(Meaning.REFERRAL, asks)
    assert not is_besides(Meaning.QUESTION, asks)
    declines = (Meaning.NOT_INTERESTED, Meaning.OBJECTION)
    assert is_wrong(Meaning.OBJECTION, declines)
    assert not is_wrong(Meaning.COMPLAINT, declines)


def test_what_a_stranger_wrote_is_shown_by_author() -> None:
    families = ("en.price.plain", "w1-en.price.01", "w1-en.price.02")
    rows = [
        Reply(text=f"How much, {family}?", language="en", meanings=(Meaning.PRICE,), family=family)
        for family in families
    ]
    found = evaluated(rows).by_author
    assert {author: part.replies for author, part in found.items()} == {OWN: 1, "w1": 2}


def test_cues_are_never_made_from_what_is_held_out_or_tells_how_sure_to_be() -> None:
    unread = [reply for reply in written_replies() if is_unread(reply)]
    assert len(unread) > 300
    assert not any(is_held_out(reply) or reply.author == OWN for reply in unread)


def test_only_sure_readings_can_be_wrong_actions() -> None:
    replies = [
        Reply(text="no", language="en", meanings=(Meaning.NOT_INTERESTED,)),
        Reply(text="yes", language="en", meanings=(Meaning.INTERESTED,)),
    ]

    def always_meeting(text: str, language: str) -> Guess:
        sure = text == "no"
        return Guess(meanings=(Meaning.MEETING,), confidence=0.9, sure=sure, why=language)

    found = evaluated(replies, always_meeting)
    assert (found.coverage.hits, found.wrong_actions.hits, found.accuracy.hits) == (1, 1, 0)
    assert found.calibration_error == 0.9


def test_a_share_has_its_wilson_bounds() -> None:
    found = share(59, 59)
    assert (found.share, round(found.low, 3), found.high) == (1.0, 0.939, 1.0)


@pytest.mark.parametrize("line", ["{", json.dumps({"text": "x", "language": "en"})])
def test_a_line_that_is_no_reply_is_named(line: str) -> None:
    good = json.dumps({"text": "x", "language": "en", "meanings": ["price"]})
    with pytest.raises(BadInput, match="line 2"):
        parsed([good, line])

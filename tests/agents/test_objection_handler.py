"""What the objection handler says: proof that fits, once."""

from __future__ import annotations

import pytest

from dealwright.agents.staff.grounding import faults_of, grounds_of
from dealwright.agents.staff.letters import answer_from
from dealwright.agents.staff.objection_handler import answer
from dealwright.agents.staff.wording import TALKS
from dealwright.domain.answer import Answer, Outcome
from dealwright.domain.conversation import Conversation
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection
from tests.agents.corpus.companies import an_offer, translated
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

COUNTED = {Objection.BUDGET: "proof.empty", Objection.EFFORT: "proof.tours"}


def answered(packet: Packet) -> Answer:
    made = answer_from(packet, answer(packet))
    assert faults_of(made, grounds_of(packet)) == ()
    return made


def objected(
    objection: Objection | None, conversation: Conversation, language: str = "en"
) -> Answer:
    offer = translated("en", language) if language != "en" else an_offer()
    message = conversation.last
    reading = a_reading(Meaning.OBJECTION, message=message, objection=objection, language=language)
    return answered(a_talk(conversation, reading, offer=offer))


@pytest.mark.parametrize("language", TALKS)
def test_every_kind_is_taken_up_in_every_language(language: str) -> None:
    kinds = TALKS[language].objections
    assert set(kinds) == set(Objection) - {Objection.COMPETITOR}
    for kind in kinds:
        made = objected(Objection(kind), a_conversation(ours(), theirs()), language)
        assert made.move is Outcome.LETTER
        assert any(said in made.variants[0].body for said in kinds[kind])


@pytest.mark.parametrize("objection", COUNTED)
def test_the_proof_fits_the_objection(objection: Objection) -> None:
    made = objected(objection, a_conversation(ours(), theirs()))
    cited = {i for s in made.variants[0].sentences for i in s.rests_on}
    assert cited == {COUNTED[objection]}


def test_the_same_objection_a_second_time_is_a_persons() -> None:
    first = theirs("That is too expensive for us.")
    again = a_conversation(ours(), first, ours("objection:3", "I see."), theirs("Still too much."))
    made = objected(Objection.BUDGET, again)
    assert made.move is Outcome.PERSON
    assert [errand.kind for errand in made.errands()] == ["escalate"]
    assert objected(Objection.EFFORT, again).move is Outcome.LETTER


def test_an_earlier_objection_nobody_can_name_counts_as_the_same() -> None:
    again = a_conversation(ours(), theirs("Hm."), ours("objection:3", "I see."), theirs())
    assert objected(Objection.EFFORT, again).move is Outcome.PERSON


def test_without_a_proof_that_was_not_told_yet_a_person_answers() -> None:
    told = " ".join(point.text for point in an_offer().proof_points)
    made = objected(Objection.TRUST, a_conversation(ours(text=told), theirs()))
    assert made.move is Outcome.PERSON


def test_an_objection_of_no_kind_is_a_persons() -> None:
    assert objected(None, a_conversation(ours(), theirs())).move is Outcome.PERSON

"""What the switchboard decides: by one table, and never a letter for somebody who wants none."""

from __future__ import annotations

from itertools import product

import pytest

from dealwright.agents.staff.switchboard import (
    direct,
    nobody_silenced_is_written_to,
    reads_a_message_of_theirs,
)
from dealwright.domain.conversation import Conversation, MessageKind, Standing
from dealwright.domain.course import SILENCED, Course, Move
from dealwright.domain.reading import Meaning, Reading
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

ONE_REPLY = a_conversation(ours(), theirs("Tell me more. What does it cost?"))
WRITTEN = {Move.ANSWER, Move.MEET, Move.OBJECTION, Move.RESUME}


def course(reading: Reading, conversation: Conversation = ONE_REPLY) -> Course:
    packet = a_talk(conversation, reading)
    decided = direct(packet)
    assert nobody_silenced_is_written_to(packet, decided) is None
    assert (decided.escalation is not None) is (decided.move is Move.PERSON)
    return decided


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("main", Meaning)
def test_whoever_refuses_or_complains_is_never_written_to(
    main: Meaning, standing: Standing
) -> None:
    conversation = ONE_REPLY.model_copy(update={"standing": standing})
    for other, third, sure in product([None, *Meaning], [None, *SILENCED], [True, False]):
        others = [meaning for meaning in (other, third) if meaning]
        reading = a_reading(main, *others, sure=sure, objection="budget")
        move = course(reading, conversation).move
        if SILENCED & {main, *others} or standing is not Standing.OPEN or not sure:
            assert move not in WRITTEN


@pytest.mark.parametrize(
    ("meanings", "move"),
    [
        ((Meaning.INTERESTED,), Move.ANSWER),
        ((Meaning.QUESTION, Meaning.INTERESTED), Move.ANSWER),
        ((Meaning.REFERRAL,), Move.ANSWER),
        ((Meaning.OBJECTION,), Move.OBJECTION),
        ((Meaning.NOT_NOW, Meaning.OBJECTION), Move.RESUME),
        ((Meaning.OUT_OF_OFFICE, Meaning.REFERRAL), Move.RESUME),
        ((Meaning.WRONG_PERSON,), Move.SILENCE),
        ((Meaning.NOT_INTERESTED,), Move.SILENCE),
        ((Meaning.NOT_INTERESTED, Meaning.QUESTION), Move.SILENCE),
        ((Meaning.QUESTION, Meaning.NOT_INTERESTED), Move.PERSON),
        ((Meaning.MEETING, Meaning.NOT_INTERESTED), Move.PERSON),
        ((Meaning.NOT_NOW, Meaning.INTERESTED, Meaning.NOT_INTERESTED), Move.PERSON),
        ((Meaning.WRONG_PERSON, Meaning.NOT_INTERESTED), Move.SILENCE),
        ((Meaning.QUESTION, Meaning.NOT_INTERESTED, Meaning.OPT_OUT), Move.SILENCE),
        ((Meaning.OPT_OUT,), Move.SILENCE),
        ((Meaning.COMPLAINT,), Move.PERSON),
        ((Meaning.PRICE,), Move.PERSON),
        ((Meaning.TECHNICAL,), Move.PERSON),
        ((Meaning.COMPETITOR,), Move.PERSON),
        ((Meaning.MEETING,), Move.MEET),
        ((Meaning.MEETING, Meaning.INTERESTED), Move.MEET),
        ((Meaning.MEETING, Meaning.PRICE), Move.PERSON),
        ((Meaning.QUESTION, Meaning.PRICE), Move.PERSON),
        ((Meaning.QUESTION, Meaning.OBJECTION), Move.PERSON),
    ],
)
def test_every_meaning_has_somebody_who_deals_with_it(
    meanings: tuple[Meaning, ...], move: Move
) -> None:
    assert course(a_reading(*meanings, objection="budget")).move is move


def test_what_is_not_sure_goes_to_a_person_with_the_whole_message_today() -> None:
    packet = a_talk(ONE_REPLY, a_reading(Meaning.QUESTION, sure=False, asks=["What does it cost?"]))
    errand = direct(packet).errands()[0]
    assert errand.kind == "escalate"
    assert errand.due_on == packet.today
    assert errand.context["said"] == "Tell me more. What does it cost?"
    assert errand.context["asks"] == ["What does it cost?"]
    assert errand.context["ours"] == ONE_REPLY.messages[0].text


def test_an_objection_that_names_another_product_is_for_a_person() -> None:
    assert course(a_reading(Meaning.OBJECTION, objection="competitor")).move is Move.PERSON
    assert course(a_reading(Meaning.OBJECTION)).move is Move.PERSON, "no kind is known"


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.OPEN}))
def test_a_no_said_besides_in_a_closed_conversation_is_nobodys(standing: Standing) -> None:
    closed = ONE_REPLY.model_copy(update={"standing": standing})
    reading = a_reading(Meaning.QUESTION, Meaning.NOT_INTERESTED)
    assert course(reading, closed).move is Move.SILENCE


def test_a_machines_answer_does_not_hide_a_persons_message_behind_it() -> None:
    machine = theirs("I am away.", kind=MessageKind.AUTO_REPLY)
    both = a_conversation(ours(), theirs(), machine)
    assert course(a_reading(Meaning.OUT_OF_OFFICE, message=3), both).move is Move.PERSON
    alone = a_conversation(ours(), machine)
    assert course(a_reading(Meaning.OUT_OF_OFFICE), alone).move is Move.RESUME


def test_two_messages_in_a_row_are_for_a_person() -> None:
    both = a_conversation(ours(), theirs("Not bad."), theirs("And what about trucks?"))
    assert course(a_reading(Meaning.QUESTION, message=3), both).move is Move.PERSON


def test_a_course_that_would_write_to_them_all_the_same_is_caught() -> None:
    packet = a_talk(ONE_REPLY, a_reading(Meaning.NOT_INTERESTED))
    wrong = Course(message=2, move=Move.ANSWER, because="why not")
    assert nobody_silenced_is_written_to(packet, wrong) is not None


def test_a_reading_of_our_own_letter_is_caught() -> None:
    packet = a_talk(ONE_REPLY)
    assert reads_a_message_of_theirs(packet, a_reading(message=2)) is None
    assert reads_a_message_of_theirs(packet, a_reading(message=1)) is not None
    assert reads_a_message_of_theirs(packet, a_reading(message=9)) is not None

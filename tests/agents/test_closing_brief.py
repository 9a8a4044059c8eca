"""The closing brief: every line of it can be looked up."""

from __future__ import annotations

import pytest

from dealwright.agents.staff.closing_brief import brief, every_line_has_a_source
from dealwright.domain.closing_brief import BriefLine, ClosingBrief, Sensitivity
from dealwright.domain.conversation import Conversation
from dealwright.domain.dossier import Pain
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection
from tests.agents.builders import a_dossier
from tests.agents.talks import JOB, NEWS, a_conversation, a_reading, a_talk, also, ours, theirs

DOSSIER = a_dossier(NEWS, JOB, triggers=("news.1",)).model_copy(
    update={"pains": (Pain(text="too few dispatchers at night", rests_on=("jobs.1",)),)}
)
TALK = a_conversation(
    ours(),
    theirs("We use Rivalsoft today. It is too expensive, 900 a month. When can we talk?"),
)


def briefed(conversation: Conversation = TALK, **more: object) -> tuple[Packet, ClosingBrief]:
    last = conversation.last
    reading = also(a_reading(Meaning.MEETING, Meaning.PRICE, message=last), **more)
    packet = a_talk(conversation, reading, dossier=DOSSIER)
    made = brief(packet)
    assert every_line_has_a_source(packet, made) is None
    return packet, made


def test_it_says_what_was_raised_in_the_words_it_was_raised_in() -> None:
    _, made = briefed(asks=["When can we talk?"])
    assert made.pain == BriefLine(text="too few dispatchers at night", rests_on=("jobs.1",))
    assert [line.text for line in made.competitors] == ["competitor: “We use Rivalsoft today.”"]
    said = BriefLine(text="budget: “It is too expensive, 900 a month.”", rests_on=("message.2",))
    assert said in made.objections
    assert made.price is Sensitivity.ASKED
    assert [line.rests_on for line in made.history] == [("message.1",), ("message.2",)]
    assert made.known[0].rests_on == ("news.1",)
    assert made.to_ask[0].text == "Answer first: When can we talk?"
    assert "What do they miss in what they have?" in [line.text for line in made.to_ask]


def test_an_objection_of_money_is_told_apart_from_a_question_about_the_price() -> None:
    _, made = briefed(objection=Objection.BUDGET)
    assert made.price is Sensitivity.HIGH
    plain = a_conversation(ours(), theirs("Tuesday is fine."))
    packet = a_talk(plain, a_reading(Meaning.MEETING), dossier=DOSSIER)
    assert brief(packet).price is Sensitivity.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "““””“ no budget",
        "teuer " * 300,
        "zu teuer: 1.000,50 € und „Rivalsoft“ “kostet” 3 % weniger\n\n???",
        "既に別の製品を使っています。",
    ],
)
def test_whatever_somebody_writes_the_brief_stands(text: str) -> None:
    _, made = briefed(a_conversation(ours(), theirs(text)))
    assert made.history


def test_long_conversations_show_their_end() -> None:
    _, made = briefed(a_conversation(*[ours(), theirs("No budget.")] * 12))
    assert len(made.history) == 12
    assert made.history[-1].rests_on == ("message.24",)


@pytest.mark.parametrize(
    "wrong",
    [
        BriefLine(text="They want it", rests_on=("message.9",)),
        BriefLine(text="They want it", rests_on=("site.99",)),
        BriefLine(text="They said “please call me”", rests_on=("message.2",)),
        BriefLine(text="They pay 1200 a month", rests_on=("message.2",)),
    ],
)
def test_a_line_that_its_source_does_not_bear_out_is_caught(wrong: BriefLine) -> None:
    packet, made = briefed()
    assert every_line_has_a_source(packet, made.model_copy(update={"known": (wrong,)})) is not None

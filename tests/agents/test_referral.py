"""What becomes of somebody a reply names: a person decides, nobody is written to."""

from __future__ import annotations

from dealwright.agents.staff.referral import names_only_whom_the_reply_names, refer
from dealwright.domain.reading import Candidate, Meaning
from tests.agents.builders import TODAY
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

TALK = a_conversation(ours(), theirs("Please talk to Sam Lee, sam@nordfracht.example."))
SAM = Candidate(quote="Please talk to Sam Lee", name="Sam Lee", address="sam@nordfracht.example")


def test_a_candidate_becomes_a_persons_task_with_the_words_that_name_it() -> None:
    packet = a_talk(TALK, a_reading(Meaning.REFERRAL, candidate=SAM))
    made = refer(packet)
    assert names_only_whom_the_reply_names(packet, made) is None
    errand = made.errands()[0]
    assert errand.kind == "referral"
    assert errand.due_on == TODAY
    assert errand.because.startswith("Jana Petersen names Sam Lee, sam@nordfracht.example")
    assert errand.context["candidate"] == SAM.model_dump(mode="json", exclude_none=True)


def test_a_wrong_person_who_names_nobody_is_a_task_too() -> None:
    made = refer(a_talk(TALK, a_reading(Meaning.WRONG_PERSON)))
    assert "find out who is" in made.because
    assert made.candidate is None


def test_a_candidate_nobody_named_is_caught() -> None:
    packet = a_talk(TALK, a_reading(Meaning.REFERRAL))
    invented = refer(packet).model_copy(update={"candidate": SAM})
    assert names_only_whom_the_reply_names(packet, invented) is not None

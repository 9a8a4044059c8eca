"""What the system of record is told: what is recorded, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dealwright.agents.staff.data_agent import says_what_is_recorded, update, update_after_reply
from dealwright.domain.connections import CrmConnection
from dealwright.domain.conversation import Conversation, MessageKind, Standing
from dealwright.domain.crm_update import CrmUpdate, Stage
from dealwright.domain.qualification import Qualification, Tier
from dealwright.domain.reading import Meaning
from dealwright.domain.scheduling import Appointment, MeetingState
from tests.agents.builders import TODAY
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

KNOWN = Qualification(score=72, tier=Tier.HOT, known=80, judgements=(), reasoning="It fits.")
REPLIED = a_conversation(ours(ago=3), theirs())


def recorded(conversation: Conversation) -> CrmUpdate:
    packet = a_talk(conversation, qualification=KNOWN)
    made = update(packet)
    assert says_what_is_recorded(packet, made) is None
    return made


def test_only_the_fields_a_connection_allows_are_written() -> None:
    made = recorded(a_conversation(ours()))
    assert set(made.fields) == set(CrmConnection().fields)
    assert made.fields["score"] == "72"
    assert made.fields["last_contact"] == str(TODAY)


@pytest.mark.parametrize(
    ("conversation", "stage"),
    [
        (a_conversation(ours()), Stage.CONTACTED),
        (a_conversation(ours(), theirs(kind=MessageKind.DELAY)), Stage.CONTACTED),
        (a_conversation(ours(), theirs(), ours("answer:3")), Stage.REPLIED),
        (a_conversation(ours(), standing=Standing.UNDELIVERABLE), Stage.UNREACHABLE),
        (a_conversation(ours(), standing=Standing.OPTED_OUT), Stage.LOST),
    ],
)
def test_the_stage_follows_from_the_conversation(conversation: Conversation, stage: Stage) -> None:
    assert recorded(conversation).stage is stage


@pytest.mark.parametrize("main", Meaning)
def test_every_meaning_of_a_reply_has_a_stage_and_a_next_step(main: Meaning) -> None:
    packet = a_talk(REPLIED, a_reading(main), qualification=KNOWN)
    made = update_after_reply(packet)
    assert says_what_is_recorded(packet, made) is None
    assert made.next_step
    lost = {Meaning.NOT_INTERESTED, Meaning.OPT_OUT, Meaning.COMPLAINT}
    assert (made.stage is Stage.LOST) is (main in lost)


def test_later_says_from_when() -> None:
    reading = a_reading(Meaning.NOT_NOW, ask_again_on="2027-03-01")
    packet = a_talk(REPLIED, reading, qualification=KNOWN)
    assert update_after_reply(packet).next_step == "write again later, from 2027-03-01"


def test_a_closed_conversation_stays_lost_whatever_the_reply_says() -> None:
    closed = REPLIED.model_copy(update={"standing": Standing.OPTED_OUT})
    packet = a_talk(closed, a_reading(), qualification=KNOWN)
    assert update_after_reply(packet).stage is Stage.LOST


def test_who_wrote_first_is_the_source_and_the_summary_keeps_the_newest() -> None:
    inbound = a_conversation(theirs(), *[ours(f"follow_up:{n}") for n in range(2, 30)])
    made = recorded(inbound)
    assert made.source == "they wrote to us"
    assert made.summary.splitlines()[-1].startswith(f"{TODAY} we (follow_up)")
    assert len(made.summary) < 700


def test_a_score_of_its_own_or_another_day_is_caught() -> None:
    packet = a_talk(REPLIED, qualification=KNOWN)
    made = update(packet)
    for wrong in ({"score": 99}, {"tier": Tier.COLD}, {"last_contact": "2020-01-01"}):
        changed = CrmUpdate.model_validate({**made.model_dump(), **wrong})
        assert says_what_is_recorded(packet, changed) is not None


def test_where_a_meeting_stands_the_stage_is_that_meeting() -> None:
    begins = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    stands = Appointment(
        uid="1",
        state=MeetingState.BOOKED,
        stands=True,
        start=begins,
        end=begins + timedelta(minutes=30),
        title="Routes",
        place="by telephone",
        calendar="main",
        organiser="ana@routewise.example",
        message=2,
        after=2,
        at=begins,
    )
    told = update(a_talk(REPLIED, qualification=KNOWN, meeting=stands))
    assert (told.stage, told.next_step) == (
        Stage.MEETING,
        f"meet them on {TODAY:%Y-%m-%d} at 09:00 UTC",
    )
    asks = a_reading(Meaning.QUESTION)
    after = update_after_reply(a_talk(REPLIED, asks, qualification=KNOWN, meeting=stands))
    assert (after.stage, after.next_step) == (Stage.MEETING, "answer their question")
    gone = stands.model_copy(update={"stands": False, "state": MeetingState.CANCELLED})
    assert update(a_talk(REPLIED, qualification=KNOWN, meeting=gone)).stage is Stage.REPLIED

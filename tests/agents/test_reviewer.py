"""The reviewer: what code finds stays found, and a clean variant is all it takes to pass."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.grounding import MOST_FAULTS, faults_of, grounds_of
from dealwright.agents.staff.reviewer import review, strictest
from dealwright.agents.staff.writer import write
from dealwright.domain.draft import Draft, Fault, Review, Sentence, Variant, Verdict
from dealwright.domain.facts import Point
from dealwright.domain.packet import Packet
from tests.agents.builders import TODAY, a_dossier, a_fact, a_packet
from tests.agents.corpus.companies import an_offer

NEWS = a_fact("news.1", Point.NEWS, "Nordfracht opens depot in Bremen", published_on=TODAY)
JOB = a_fact("jobs.1", Point.HIRING, "Dispatcher, night shift")
SLOTS = {"offer": an_offer(), "dossier": a_dossier(NEWS, JOB)}
WRITTEN = write(a_packet("writer", slots=SLOTS))
LIE = Sentence(text="You have 900 employees.", rests_on=("jobs.1",))
LYING = WRITTEN.variants[0].model_copy(update={"sentences": (*WRITTEN.variants[0].sentences, LIE)})


def packet_of(*variants: Variant) -> Packet:
    draft = Draft(language="en", variants=variants)
    return a_packet("reviewer", slots={**SLOTS, "draft": draft})


def passed(best: int | None = None, *faults: Fault) -> Review:
    return Review(verdict=Verdict.PASS, best=best, faults=faults)


def test_what_the_twin_writes_passes() -> None:
    assert review(packet_of(*WRITTEN.variants)) == passed(1)


def test_one_clean_variant_is_enough_and_comes_first() -> None:
    judged = review(packet_of(LYING, WRITTEN.variants[1]))
    assert (judged.verdict, judged.best) == (Verdict.PASS, 2)
    assert [fault.rule for fault in judged.faults] == ["grounding"]


def test_a_draft_without_a_clean_variant_goes_back_with_reasons() -> None:
    judged = review(packet_of(LYING))
    assert (judged.verdict, judged.best) == (Verdict.REVISE, None)
    assert "900" in judged.faults[0].reason


def test_an_answer_cannot_wave_a_lie_through() -> None:
    assert strictest(packet_of(LYING), passed(1)) == review(packet_of(LYING))


def test_an_answer_may_find_more() -> None:
    more = Fault(variant=1, rule="tone", reason="“that line is the reason” is stiff")
    judged = strictest(packet_of(WRITTEN.variants[0]), passed(1, more))
    assert (judged.verdict, judged.faults) == (Verdict.REVISE, (more,))


def test_an_answer_chooses_among_clean_variants_only() -> None:
    clean = WRITTEN.variants
    assert strictest(packet_of(*clean), passed(2)).best == 2
    assert strictest(packet_of(LYING, clean[1]), passed(1)).best == 2
    assert strictest(packet_of(clean[0]), passed(4)).best == 1


def test_an_answer_that_objects_without_a_fault_does_not_send_back() -> None:
    complaint = Review(verdict=Verdict.REVISE)
    assert strictest(packet_of(*WRITTEN.variants), complaint).verdict is Verdict.PASS


faults = st.builds(
    Fault,
    variant=st.integers(1, 4),
    rule=st.sampled_from(["tone", "grounding", "length"]),
    reason=st.text("abc ", min_size=1, max_size=20),
)
answers = st.builds(
    Review,
    verdict=st.sampled_from(Verdict),
    best=st.none() | st.integers(1, 4),
    faults=st.lists(faults, max_size=60).map(tuple),
)
variants = st.lists(st.sampled_from([*WRITTEN.variants, LYING]), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(variants, answers)
def test_no_answer_loses_a_fault_that_code_found(given_in: list[Variant], answer: Review) -> None:
    packet = packet_of(*given_in)
    found = faults_of(packet.need("draft", Draft), grounds_of(packet))
    judged = strictest(packet, answer)
    assert set(found) <= set(judged.faults)
    faulty = {fault.variant for fault in (*found, *answer.faults)}
    clean = {number for number in range(1, len(given_in) + 1) if number not in faulty}
    assert (judged.verdict is Verdict.PASS) == bool(clean)
    assert judged.best in clean if clean else judged.best is None
    assert all(fault.variant <= len(given_in) for fault in judged.faults)
    assert len(judged.faults) <= MOST_FAULTS * len(given_in)

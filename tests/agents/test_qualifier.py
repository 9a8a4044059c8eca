"""The qualifier: criteria judged on facts, a score by arithmetic, unknown that stays unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.qualifier import judge, names_the_company, score
from dealwright.domain.dossier import Dossier
from dealwright.domain.facts import Fact, Point
from dealwright.domain.packet import Packet
from dealwright.domain.qualification import (
    Criterion,
    IdealCustomer,
    Judgement,
    Judgements,
    Met,
    Qualification,
    Tier,
)
from tests.agents.builders import a_dossier, a_fact, a_lead, a_packet

YES, NO, UNKNOWN = Met


def a_criterion(
    name: str = "size",
    point: Point = Point.SIZE,
    *,
    weight: int = 10,
    any_of: tuple[str, ...] = (),
    least: float | None = None,
    most: float | None = None,
) -> Criterion:
    return Criterion(
        id=name,
        says=f"the {name} fits",
        weight=weight,
        point=point,
        any_of=any_of,
        at_least=least,
        at_most=most,
    )


def packet_of(dossier: Dossier, *criteria: Criterion) -> Packet:
    icp = IdealCustomer(criteria=criteria)
    return a_packet("qualifier", slots={"icp": icp, "dossier": dossier})


def met(criterion: Criterion, *facts: Fact) -> Met:
    (judgement,) = judge(packet_of(a_dossier(*facts), criterion)).judgements
    assert (judgement.evidence == ()) is (not facts)
    return judgement.met


def scored(dossier: Dossier, answer: Judgements, *criteria: Criterion) -> Qualification:
    return score(packet_of(dossier, *criteria), answer)


def said(*judgements: Judgement) -> Judgements:
    return Judgements(judgements=judgements, reasoning="Nordfracht fits.")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("120", YES),
        ("50-500", YES),
        ("50–500 employees", YES),
        ("zwischen 50 und 60", YES),
        ("1.200 Mitarbeitende", NO),
        ("1,200", NO),
        ("12", NO),
        ("20-100", UNKNOWN),
        ("200+", UNKNOWN),
        ("über 600", NO),
        ("bis zu 40", NO),
        ("up to 200", UNKNOWN),
        ("3 Standorte, 120 Mitarbeitende", YES),
        ("zwölf", NO),
        ("a large team", UNKNOWN),
    ],
)
def test_a_number_is_inside_apart_or_neither(size: str, expected: Met) -> None:
    assert met(a_criterion(least=50, most=500), a_fact(value=size)) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Logistics and Transport", YES),
        ("TRANSPORTÉ", YES),
        ("transportation planning software", NO),
        ("Dentistry", NO),
    ],
)
def test_a_name_is_found_as_a_word_whatever_its_case_or_accents(value: str, expected: Met) -> None:
    criterion = a_criterion("industry", Point.INDUSTRY, any_of=("transporte", "transport"))
    assert met(criterion, a_fact(point=Point.INDUSTRY, value=value)) is expected


def test_a_list_that_does_not_name_it_proves_nothing() -> None:
    criterion = a_criterion("stack", Point.TECHNOLOGY, any_of=("SAP",))
    assert met(criterion, a_fact(point=Point.TECHNOLOGY, value="Personio")) is UNKNOWN


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Hamburg, Deutschland", YES), ("Lyon, France", NO), ("Hamburg", UNKNOWN), ("Köln, DE", YES)],
)
def test_a_country_is_the_same_in_every_language_and_a_town_is_none(
    value: str, expected: Met
) -> None:
    criterion = a_criterion("country", Point.HEADQUARTERS, any_of=("Germany", "Austria"))
    assert met(criterion, a_fact(point=Point.HEADQUARTERS, value=value)) is expected


def test_a_missing_fact_is_unknown_never_no() -> None:
    present = a_criterion("funding", Point.FUNDING).model_copy(update={"present": True})
    assert met(present) is UNKNOWN
    assert met(present, a_fact(point=Point.FUNDING, value="Series A")) is YES
    assert met(a_criterion(least=1)) is UNKNOWN


def test_a_criterion_only_a_reader_can_judge_is_unknown_to_the_twin() -> None:
    assert met(a_criterion("taste", Point.OFFERING), a_fact(point=Point.OFFERING)) is UNKNOWN


def test_every_condition_has_to_hold() -> None:
    both = a_criterion("years", Point.FOUNDED, any_of=("1998",), least=2000)
    assert met(both, a_fact(point=Point.FOUNDED, value="1998")) is NO


def test_the_score_is_the_share_of_the_known_weight_drawn_to_the_middle() -> None:
    dossier = a_dossier(a_fact("site.1"), a_fact("site.2", Point.INDUSTRY, "Logistics"))
    criteria = [
        a_criterion("size", weight=30),
        a_criterion("industry", Point.INDUSTRY, weight=10),
        a_criterion("funding", Point.FUNDING, weight=60),
    ]
    answer = said(
        Judgement(criterion="size", met=YES, evidence=("site.1",)),
        Judgement(criterion="industry", met=NO, evidence=("site.2",)),
    )
    product = scored(dossier, answer, *criteria)
    assert (product.score, product.known, product.tier) == (60, 40, Tier.WARM)
    assert [j.met for j in product.judgements] == [YES, NO, UNKNOWN]


def test_nothing_known_is_the_middle() -> None:
    product = scored(a_dossier(), said(), a_criterion())
    assert (product.score, product.known) == (50, 0)


def test_a_must_that_is_failed_makes_a_lead_cold_whatever_it_scores() -> None:
    must = a_criterion("must", weight=1).model_copy(update={"must": True})
    best = a_criterion("best", weight=99)
    answer = said(
        Judgement(criterion="best", met=YES, evidence=("site.1",)),
        Judgement(criterion="must", met=NO, evidence=("site.1",)),
    )
    product = scored(a_dossier(a_fact()), answer, must, best)
    assert (product.score, product.tier) == (99, Tier.COLD)
    assert product.reasoning.startswith(f"Fails a must: {must.says}. ")


def test_a_must_that_is_unknown_is_not_failed() -> None:
    must = a_criterion().model_copy(update={"must": True})
    assert scored(a_dossier(), said(), must).tier is Tier.WARM


@pytest.mark.parametrize("evidence", [(), ("site.9",), ("site.1", "site.9")])
def test_a_judgement_on_a_fact_nobody_found_is_unknown(evidence: tuple[str, ...]) -> None:
    answer = said(Judgement(criterion="size", met=NO, evidence=evidence))
    product = scored(a_dossier(a_fact()), answer, a_criterion())
    assert product.judgements[0].met is UNKNOWN


def test_the_first_of_two_judgements_counts_and_a_made_up_criterion_does_not() -> None:
    answer = said(
        Judgement(criterion="size", met=YES, evidence=("site.1",)),
        Judgement(criterion="size", met=NO, evidence=("site.1",)),
        Judgement(criterion="charm", met=NO, evidence=("site.1",)),
    )
    product = scored(a_dossier(a_fact()), answer, a_criterion())
    assert [(j.criterion, j.met) for j in product.judgements] == [("size", YES)]


def test_the_reasoning_names_the_company_and_what_decided() -> None:
    packet = packet_of(a_dossier(a_fact()), a_criterion(least=50))
    product = score(packet, judge(packet))
    assert product.reasoning.startswith("Nordfracht GmbH meets 1 of 1 criteria.")
    assert "the size fits (120)" in product.reasoning
    assert names_the_company(packet, product) is None


def test_reasoning_about_nobody_in_particular_is_caught() -> None:
    packet = packet_of(a_dossier(), a_criterion())
    product = score(packet, Judgements(judgements=(), reasoning="It fits well."))
    assert names_the_company(packet, product) == "the reasoning never mentions Nordfracht GmbH"
    odd = a_packet("qualifier", slots={**packet.slots, "lead": a_lead("!!!")})
    assert names_the_company(odd, product) is not None


@st.composite
def profiles(draw: st.DrawFn) -> tuple[IdealCustomer, Judgements]:
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True))
    criteria = tuple(
        a_criterion(
            name, draw(st.sampled_from(Point)), weight=draw(st.integers(1, 100))
        ).model_copy(update={"must": draw(st.booleans())})
        for name in names
    )
    ids = st.lists(st.sampled_from(["site.1", "site.2", "x.9"]), max_size=5).map(tuple)
    judgement = st.builds(
        Judgement, criterion=st.sampled_from("abcdefghz"), met=st.sampled_from(Met), evidence=ids
    )
    judged = tuple(draw(st.lists(judgement, max_size=30)))
    hot, warm = draw(st.integers(1, 100)), draw(st.integers(1, 100))
    icp = IdealCustomer(criteria=criteria, hot_from=hot, warm_from=warm)
    return icp, Judgements(judgements=judged, reasoning="Nordfracht")


@settings(deadline=None)
@given(profiles())
def test_any_judgements_make_a_bounded_score(drawn: tuple[IdealCustomer, Judgements]) -> None:
    icp, answer = drawn
    dossier = a_dossier(a_fact(), a_fact("site.2"))
    product = score(a_packet(slots={"icp": icp, "dossier": dossier}), answer)
    assert 0 <= product.score <= 100
    assert 0 <= product.known <= 100
    assert [j.criterion for j in product.judgements] == [c.id for c in icp.criteria]
    assert abs(product.score - 50) <= product.known / 2 + 1
    assert all(dossier.fact(i) for j in product.judgements for i in j.evidence)
    no_longer_warm = any(
        c.must and j.met is NO for c, j in zip(icp.criteria, product.judgements, strict=True)
    )
    assert product.tier is Tier.COLD or not no_longer_warm


values = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Point), values), max_size=10))
def test_the_twin_judges_whatever_a_dossier_holds(rows: list[tuple[Point, str]]) -> None:
    facts = [a_fact(f"site.{n}", point, value) for n, (point, value) in enumerate(rows)]
    packet = packet_of(
        a_dossier(*facts),
        a_criterion(least=5, most=50),
        a_criterion("named", Point.INDUSTRY, any_of=("a", "DE")),
        a_criterion("based", Point.HEADQUARTERS, any_of=("Germany",)),
    )
    assert names_the_company(packet, score(packet, judge(packet))) is None

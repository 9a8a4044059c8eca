"""Merging the readers' facts: who is believed, what is kept, and what a person has to settle."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff import site_reader
from dealwright.agents.staff.readers import facts_from
from dealwright.agents.staff.synthesizer import (
    dossier_from,
    every_id_exists,
    industries_differ,
    names_differ,
    names_the_company,
    numbers_are_found,
    places_differ,
    sizes_differ,
    synthesize,
    years_differ,
)
from dealwright.domain.dossier import FEWEST_POINTS, Dossier, DossierPoint, Pain, Synthesis
from dealwright.domain.facts import Fact, Point, SourceKind
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from tests.agents.builders import SEEN, TODAY, a_dossier, a_fact, a_packet, a_sheet, a_source

RECORD, STRUCTURED, PAGE, FEED = SourceKind


def packet_of(*facts: Fact) -> Packet:
    record = [fact for fact in facts if fact.kind is RECORD]
    site = [fact for fact in facts if fact.kind is not RECORD]
    slots = {"record": a_sheet(*record), "site": a_sheet(*site)}
    return a_packet("synthesizer", slots=slots)


def dossier_of(*facts: Fact) -> Dossier:
    packet = packet_of(*facts)
    dossier = dossier_from(packet, synthesize(packet))
    for check in (names_the_company, every_id_exists, numbers_are_found):
        assert check(packet, dossier) is None
    return dossier


def point_of(dossier: Dossier, point: Point) -> DossierPoint:
    return next(p for p in dossier.points if p.point is point)


def news(fact_id: str, days_ago: int, point: Point = Point.NEWS) -> Fact:
    published = TODAY - timedelta(days=days_ago)
    return a_fact(fact_id, point, f"Story {fact_id}", kind=FEED, published_on=published)


def test_a_dossier_has_every_point_and_names_its_gaps() -> None:
    dossier = dossier_of(a_fact("site.1", Point.SIZE, "120"))
    assert len(dossier.points) == len(Point) >= FEWEST_POINTS
    assert set(dossier.gaps) == set(Point) - {Point.SIZE}


def test_nothing_known_is_still_a_dossier() -> None:
    dossier = dossier_of()
    assert dossier.summary == "Nordfracht GmbH"
    assert dossier.facts == ()


@pytest.mark.parametrize(
    ("winner", "loser"),
    [(RECORD, STRUCTURED), (STRUCTURED, PAGE), (PAGE, FEED), (RECORD, FEED)],
)
def test_the_more_trusted_source_wins_and_both_values_are_kept(
    winner: SourceKind, loser: SourceKind
) -> None:
    newer = a_fact("site.1", Point.SIZE, "500", kind=loser).model_copy(
        update={"confidence": 1.0, "observed_at": SEEN + timedelta(days=1)}
    )
    dossier = dossier_of(newer, a_fact("rec.1", Point.SIZE, "120", kind=winner))
    assert point_of(dossier, Point.SIZE).value == "120"
    (conflict,) = dossier.conflicts
    assert (conflict.kept, conflict.against, conflict.settled) == ("rec.1", ("site.1",), True)
    assert dossier.fact("site.1") == newer


def test_the_rule_of_a_settled_conflict_is_a_sentence() -> None:
    dossier = dossier_of(
        a_fact("record.1", Point.SIZE, "120", kind=RECORD), a_fact("site.1", Point.SIZE, "500")
    )
    assert dossier.conflicts[0].rule == "a record beats a page's text"


def test_equals_that_disagree_are_left_to_a_person() -> None:
    dossier = dossier_of(
        a_fact("site.1", Point.FOUNDED, "1962"), a_fact("site.2", Point.FOUNDED, "1998")
    )
    (conflict,) = dossier.conflicts
    assert not conflict.settled
    assert conflict.rule == "a page's text each, a person decides: “1962” or “1998”"


def test_losers_that_disagree_among_themselves_leave_nothing_to_settle() -> None:
    dossier = dossier_of(
        a_fact("record.1", Point.FOUNDED, "1950", kind=RECORD),
        a_fact("site.1", Point.FOUNDED, "1962"),
        a_fact("site.2", Point.FOUNDED, "1998"),
    )
    assert dossier.conflicts[0].against == ("site.1", "site.2")
    assert dossier.conflicts[0].settled


def test_among_equals_confidence_decides_and_then_the_newest() -> None:
    sure = a_fact("site.1", Point.OFFERING, "Pallets").model_copy(update={"confidence": 0.9})
    newer = a_fact("site.2", Point.OFFERING, "Parcels", published_on=TODAY)
    older = a_fact("site.3", Point.OFFERING, "Letters", published_on=date(2024, 1, 1))
    facts = point_of(dossier_of(older, newer, sure), Point.OFFERING).facts
    assert facts == ("site.1", "site.2", "site.3")


def test_many_values_of_a_list_are_no_conflict() -> None:
    dossier = dossier_of(
        a_fact("site.1", Point.TECHNOLOGY, "Shopify"), a_fact("site.2", Point.TECHNOLOGY, "HubSpot")
    )
    assert point_of(dossier, Point.TECHNOLOGY).value == "HubSpot; Shopify"
    assert dossier.conflicts == ()


def test_a_value_that_agrees_stands_behind_the_winner() -> None:
    dossier = dossier_of(
        a_fact("record.1", Point.SIZE, "100-150", kind=RECORD), a_fact("site.1", Point.SIZE, "120")
    )
    assert point_of(dossier, Point.SIZE).facts == ("record.1", "site.1")
    assert dossier.conflicts == ()


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("100", "125", False),
        ("100", "126", True),
        ("1,200", "1200", False),
        ("1.200", "120", True),
        ("50-200", "180", False),
        ("50-200", "201", True),
        ("50-200", "150", False),
        ("11-50 employees", "51-200", True),
        ("50 to 200", "150-500", False),
        ("200+", "5000", False),
        ("200+", "150", True),
        ("many", "5000", False),
    ],
)
def test_sizes_differ_beyond_a_quarter_or_when_ranges_part(
    *, one: str, other: str, differ: bool
) -> None:
    assert sizes_differ(one, other) is sizes_differ(other, one) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Munich, Germany", "München", False),
        ("Hafenstr. 5, 20457 Hamburg", "Hamburg", False),
        ("Hamburg, Germany", "Berlin, Germany", True),
        ("DE", "Hamburg, Germany", False),
        ("Paris", "DE", False),
        ("Paris, France", "Deutschland", True),
        ("New York", "New York City", False),
    ],
)
def test_a_place_is_the_same_in_any_language(*, one: str, other: str, differ: bool) -> None:
    assert places_differ(one, other) is places_differ(other, one) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Nordfracht GmbH", "Nordfracht", False),
        ("Nord Fracht", "Nordfracht GmbH & Co. KG", False),
        ("Société Générale", "societe generale", False),
        ("Nordfracht", "Südfracht", True),
    ],
)
def test_a_company_keeps_its_name_without_the_legal_form(
    *, one: str, other: str, differ: bool
) -> None:
    assert names_differ(one, other) is names_differ(other, one) is differ


def test_years_and_industries_have_their_own_measure() -> None:
    assert years_differ("1962", "1964-05-01")
    assert not years_differ("1962", "1963")
    assert not industries_differ("Logistics", "Logistik und Transport")
    assert industries_differ("Logistics", "Dentistry")


def test_triggers_are_recent_and_the_best_comes_first() -> None:
    facts = (
        news("news.1", 5),
        news("news.2", 60, Point.FUNDING),
        news("news.3", 181, Point.FUNDING),
        news("news.4", 180, Point.GROWTH),
        news("news.5", -3, Point.FUNDING),
        a_fact("site.1", Point.GROWTH, "We opened a new site"),
        a_fact("jobs.1", Point.HIRING, "Dispatcher"),
    )
    assert dossier_of(*facts).triggers == ("news.2", "news.4", "news.1", "jobs.1")


def test_one_story_is_one_trigger() -> None:
    story = news("news.1", 5)
    funding = news("news.2", 5, Point.FUNDING).model_copy(update={"source": story.source})
    assert dossier_of(story, funding).triggers == ("news.2",)


def test_pains_rest_on_open_positions_and_on_nothing_else() -> None:
    assert dossier_of(news("news.1", 5)).pains == ()
    (pain,) = dossier_of(a_fact("jobs.1", Point.HIRING, "Berufskraftfahrer")).pains
    assert pain == Pain(
        text="short of drivers: looking for Berufskraftfahrer", rests_on=("jobs.1",)
    )
    titles = ("Driver", "Dispatcher", "Mechanic")
    hiring = [a_fact(f"jobs.{n}", Point.HIRING, title) for n, title in enumerate(titles)]
    assert dossier_of(*hiring).pains[0].rests_on == ("jobs.1", "jobs.0", "jobs.2")


def test_the_summary_is_made_of_the_winning_values() -> None:
    dossier = dossier_of(
        a_fact("site.1", Point.OFFERING, "road freight"),
        a_fact("site.2", Point.HEADQUARTERS, "Hamburg"),
        a_fact("site.3", Point.SIZE, "120"),
    )
    assert dossier.summary == ("Nordfracht GmbH: road freight, based in Hamburg, 120 employees.")


def test_a_synthesis_cannot_change_a_value_or_invent_an_id() -> None:
    packet = packet_of(a_fact("site.1", Point.SIZE, "120"), news("news.1", 400))
    answer = Synthesis(
        summary="Nordfracht is large.",
        triggers=("news.1", "news.9"),
        pains=(
            Pain(text="made up", rests_on=("news.9",)),
            Pain(text="small", rests_on=("news.9", "site.1")),
        ),
    )
    dossier = dossier_from(packet, answer)
    assert point_of(dossier, Point.SIZE).value == "120"
    assert dossier.triggers == ()
    assert dossier.pains == (Pain(text="small", rests_on=("site.1",)),)
    assert every_id_exists(packet, dossier) is None


def test_a_summary_about_anybody_and_a_number_from_nowhere_are_caught() -> None:
    packet = packet_of(a_fact("site.1", Point.SIZE, "120"))
    vague = dossier_from(packet, Synthesis(summary="A fine company with 5,000 trucks."))
    assert names_the_company(packet, vague) == "the summary never mentions Nordfracht GmbH"
    assert numbers_are_found(packet, vague) == "no fact has the number 5000"
    good = dossier_from(packet, Synthesis(summary="NORDFRACHT employs 120."))
    assert (names_the_company(packet, good), numbers_are_found(packet, good)) == (None, None)


def test_a_fact_that_no_reader_found_is_caught() -> None:
    packet = packet_of(a_fact("site.1", Point.SIZE, "120"))
    changed = a_dossier(a_fact("site.1", Point.SIZE, "130"))
    assert every_id_exists(packet, changed) == "site.1 is not as a reader found it"
    missing = a_dossier(triggers=("site.7",))
    assert every_id_exists(packet, missing) == ("site.7 is named, but the dossier does not hold it")


VALUES = st.sampled_from(("1962", "1998", "120", "50-200", "900", "Hamburg", "Kiel, DE", "Driver"))
FACTS = st.lists(
    st.builds(
        a_fact,
        st.just("site.1"),
        st.sampled_from(Point),
        VALUES,
        kind=st.sampled_from(SourceKind),
        published_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    ),
    max_size=14,
).map(lambda f: [fact.model_copy(update={"id": f"site.{n}"}) for n, fact in enumerate(f)])


@settings(max_examples=80, deadline=None)
@given(facts=FACTS, order=st.randoms(use_true_random=False))
def test_the_order_of_facts_decides_nothing(facts: list[Fact], order: Random) -> None:
    shuffled = order.sample(facts, len(facts))
    assert dossier_of(*shuffled).model_dump(exclude={"facts"}) == dossier_of(*facts).model_dump(
        exclude={"facts"}
    )


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_of_sources_decides_nothing(order: list[int]) -> None:
    pages = (
        a_source("Nordfracht was founded in 1962.", number=1),
        a_source("Nordfracht was founded in 1998 and has 120 employees.", number=2),
        a_source(number=3, page="home", stated={Point.FOUNDED: "1971"}),
        a_source("We provide road freight for breweries.", number=4, page="home"),
        a_source("Nordfracht provides air freight for hospitals.", number=5, page="home"),
    )

    def values(sources: tuple[int, ...]) -> dict[Point, str | None]:
        material = Material(sources=tuple(pages[place] for place in sources))
        packet = a_packet(material={"company_site": material})
        sheet = facts_from(packet, site_reader.read(packet))
        return {point.point: point.value for point in dossier_of(*sheet.facts).points}

    assert values(tuple(order)) == values((0, 1, 2, 3, 4))

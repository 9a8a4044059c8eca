"""What the site reader's twin finds on written mini-sites in seven languages."""

from __future__ import annotations

import sys

import pytest

from dealwright.agents.staff.site_reader import read
from dealwright.domain.facts import Finding, Point
from dealwright.domain.material import Material, PageKind
from tests.agents.builders import a_lead, a_packet, a_source
from tests.agents.held_out_sites import HELD_OUT, REVISED
from tests.agents.mini_sites import SITES, MiniSite

LEAST_PRECISION = 0.95


def found_on(site: MiniSite) -> set[tuple[Point, str]]:
    sources = [
        a_source(text, number=number, page=page)
        for number, (page, text) in enumerate(site.pages, start=1)
    ]
    packet = a_packet(
        slots={"lead": a_lead(site.company)},
        material={"company_site": Material(sources=tuple(sources))},
    )
    return {(finding.point, finding.value) for finding in read(packet).findings}


def found_in(text: str, page: PageKind = "about", title: str = "") -> list[Finding]:
    material = Material(sources=(a_source(text, page=page, title=title),))
    return list(read(a_packet(material={"company_site": material})).findings)


@pytest.mark.parametrize(
    ("name", "sites", "least_recall"),
    [("written with the rules", SITES + REVISED, 0.95), ("held out", HELD_OUT, 0.85)],
)
def test_what_is_found_on_written_sites_is_true(
    name: str, sites: tuple[MiniSite, ...], least_recall: float
) -> None:
    found = [found_on(site) for site in sites]
    true = sum(len(got & site.says) for got, site in zip(found, sites, strict=True))
    reported = sum(map(len, found))
    there = sum(len(site.says) for site in sites)
    precision, recall = true / reported, true / there
    figures = f"{name}: {len(sites)} sites, {reported} findings, {precision=:.3f}, {recall=:.3f}"
    sys.stdout.write(f"{figures}\n")
    assert precision >= LEAST_PRECISION, figures
    assert recall >= least_recall, figures


def test_a_site_that_says_nothing_for_sure_yields_nothing() -> None:
    (lumen,) = [site for site in SITES if site.company == "Studio Lumen"]
    assert found_on(lumen) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Since 1998 we have delivered on time.",
        "Seit 1998 Ihr Partner.",
        "Depuis 1998 à vos côtés.",
        "Desde 1998 a su lado.",
        "We established a branch in Kiel in 2015.",
        "Our supplier Kranbau was founded in 1950.",
        "Kranbau was founded in 1950.",
        "Founded in 1962. Re-founded as a company: founded in 1971.",
    ],
)
def test_a_year_is_no_founding_date_unless_the_sentence_says_so(text: str) -> None:
    assert [finding for finding in found_in(text) if finding.point is Point.FOUNDED] == []


def test_a_point_counts_only_on_the_page_it_belongs_to() -> None:
    text = "Nordfracht was founded in 1962 and has 120 employees."
    assert len(found_in(text)) == 2
    assert found_in(text, page="home") == []
    assert found_in(text, page="careers") == []


def test_what_a_page_states_comes_with_more_confidence_than_its_prose() -> None:
    source = a_source("Founded in 1962.", stated={Point.FOUNDED: "1962", Point.SIZE: "many"})
    packet = a_packet(material={"company_site": Material(sources=(source,))})
    (finding,) = read(packet).findings
    assert (finding.value, finding.quote) == ("1962", "founded: 1962")
    assert finding.confidence > 0.9


def test_an_imprint_says_where_a_company_sits_unless_the_address_is_the_hosts() -> None:
    imprint = "Nordfracht GmbH\nHafenstraße 5\n20457 Hamburg\nTel. 040 123"
    (finding,) = found_in(imprint, title="Impressum")
    assert (finding.point, finding.value) == (Point.HEADQUARTERS, "Hamburg")
    assert found_in("Hébergeur : OVH\n59100 Roubaix", title="Impressum") == []
    assert found_in(imprint) == []


def test_a_list_that_could_be_read_two_ways_names_nobody() -> None:
    assert found_in("Head of Sales\nJane Doe\nCEO\nJohn Roe") == []
    (finding,) = found_in("Our team\nJane Doe\nCEO\nJohn Roe\nHead of Sales")
    assert finding.value == "Jane Doe, CEO"


def test_a_customers_chief_is_not_the_companys() -> None:
    assert found_in("“Great!” says Jane Doe, CEO of Bankora.") == []


def test_a_news_page_tells_of_growth_and_funding() -> None:
    (finding,) = found_in("Nordfracht opens a second depot in Kiel.", page="news")
    assert (finding.point, finding.value) == (
        Point.GROWTH,
        "Nordfracht opens a second depot in Kiel",
    )


def test_an_endless_page_is_read_in_time() -> None:
    for piece in ("Aa ", "founded by a ", "1 ", "Jane Doe, ", "(", "of ", "We provide "):
        found_in((piece * 20_000)[:20_000])
        found_in((piece * 20_000)[:20_000], page="home")
        found_in("\n".join([(piece * 600)[:590]] * 33), page="about")

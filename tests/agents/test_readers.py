"""The wall between what was read and what becomes a fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff import (
    jobs_reader,
    news_reader,
    record_reader,
    site_reader,
    technology_reader,
)
from dealwright.agents.staff.readers import facts_from, facts_have_sources, sentences, short_name
from dealwright.domain.facts import FactSheet, Finding, Findings, Point, SourceKind
from dealwright.domain.material import Material, Source, Stated
from dealwright.domain.packet import Packet
from tests.agents.builders import SEEN, a_fact, a_packet, a_sheet, a_source

ABOUT = (
    "Nordfracht was founded in 1962. We employ 1,200 people in 3 countries.\n"
    "CEO Jan Petersen and CFO Maike Ohlsen run the company. We started with 12\u00a0trucks."
)
TWINS: tuple[tuple[str, Callable[[Packet], Findings]], ...] = (
    ("company_site", site_reader.read),
    ("news_feed", news_reader.read),
    ("job_board", jobs_reader.read),
    ("technology", technology_reader.read),
    ("record", record_reader.read),
)


def sheet_of(*findings: Finding, source: Source | None = None) -> FactSheet:
    material = Material(sources=(source or a_source(ABOUT),))
    packet = a_packet(material={"company_site": material})
    return facts_from(packet, Findings(findings=findings))


def a_finding(value: str, quote: str, *, point: Point = Point.SIZE, source: int = 1) -> Finding:
    return Finding(point=point, value=value, quote=quote, source=source)


def test_a_finding_becomes_a_fact_with_its_source_and_date() -> None:
    sheet = sheet_of(a_finding("1200", "We employ 1,200 people"))
    (fact,) = sheet.facts
    assert fact.id == "site.1"
    assert fact.source == "https://nordfracht.example/about-1"
    assert (fact.kind, fact.observed_at) == (SourceKind.PAGE, SEEN)
    assert sheet.sources == ("https://nordfracht.example/about-1",)


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("1,200", "we  EMPLOY 1,200\npeople"),
        ("1200", "We employ 1,200 people"),
        ("12", "We started with 12 trucks"),
    ],
)
def test_white_space_case_and_separators_do_not_matter(value: str, quote: str) -> None:
    assert len(sheet_of(a_finding(value, quote)).facts) == 1


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (a_finding("5000", "We employ 5,000 people"), "does not stand in source 1"),
        (a_finding("5000", "We employ 1,200 people"), "does not say it"),
        (a_finding("120", "We employ 1,200 people"), "does not say it"),
        (a_finding("200", "200 people"), "does not stand in source 1"),
        (a_finding("1200", "We employ 1,200 people", source=7), "no source 7"),
        (a_finding("20", "20 people in 3 countries"), "does not stand in source 1"),
        (a_finding("1200", "We employ 1200 people"), "does not stand in source 1"),
        (a_finding("1200-5000", "We employ 1,200 people"), "does not say it"),
        (a_finding("people", "We employ 1,200 people"), "needs a number"),
        (a_finding("…", "…"), "does not stand in source 1"),
        (
            a_finding("Maike Ohlsen, CEO", "CEO Jan Petersen and CFO", point=Point.LEADERSHIP),
            "does not say it",
        ),
        (
            a_finding(
                "CEO Maike Ohlsen",
                "CEO Jan Petersen and CFO Maike Ohlsen run the company",
                point=Point.LEADERSHIP,
            ),
            "does not say it",
        ),
        (
            a_finding("1,200", "We employ 1,200 people", point=Point.FOUNDED),
            "needs a year that has been",
        ),
        (a_finding("Acme", "Our customer Acme", point=Point.CUSTOMERS), "does not stand"),
        (
            a_finding("founded in", "Nordfracht was founded in 1961", point=Point.NEWS),
            "does not stand in source 1",
        ),
    ],
)
def test_an_invention_is_dropped_with_its_reason(finding: Finding, reason: str) -> None:
    sheet = sheet_of(finding)
    assert sheet.facts == ()
    assert reason in sheet.dropped[0]


def test_an_invention_takes_no_honest_finding_with_it() -> None:
    honest = a_finding("1962", "founded in 1962", point=Point.FOUNDED)
    sheet = sheet_of(a_finding("9", "9 people"), honest, honest)
    assert [fact.value for fact in sheet.facts] == ["1962"]
    assert len(sheet.dropped) == 1


def test_a_year_still_to_come_is_no_founding_date() -> None:
    source = a_source("Our plant will be established in 2031.")
    sheet = sheet_of(a_finding("2031", "established in 2031", point=Point.FOUNDED), source=source)
    assert sheet.facts == ()


def test_a_stated_item_is_structured_and_a_record_stays_a_record() -> None:
    stated = a_source(stated={Point.HEADQUARTERS: "Hamburg, DE"})
    finding = a_finding("Hamburg, DE", "headquarters: Hamburg, DE", point=Point.HEADQUARTERS)
    assert sheet_of(finding, source=stated).facts[0].kind is SourceKind.STRUCTURED
    record = stated.model_copy(update={"kind": SourceKind.RECORD, "url": "record:import"})
    assert sheet_of(finding, source=record).facts[0].kind is SourceKind.RECORD


def test_a_stated_value_needs_its_own_quote_all_the_same() -> None:
    stated = a_source(stated={Point.HEADQUARTERS: "Hamburg, DE"})
    finding = a_finding("Hamburg, DE", "our castle in Spain", point=Point.HEADQUARTERS)
    assert sheet_of(finding, source=stated).facts == ()


def test_a_quote_without_a_word_says_nothing() -> None:
    source = a_source("We employ … people", stated={Point.SIZE: "120"})
    assert sheet_of(a_finding("120", "…"), source=source).facts == ()


def test_a_source_without_an_address_cannot_be_cited() -> None:
    nowhere = a_source(ABOUT).model_copy(update={"url": ""})
    assert sheet_of(a_finding("1962", "in 1962"), source=nowhere).facts == ()


def test_a_quote_cannot_be_sewn_together_from_two_places() -> None:
    source = a_source("ends with Acme", title="Our customer")
    finding = a_finding("Acme", "Our customer ends with Acme", point=Point.CUSTOMERS)
    assert sheet_of(finding, source=source).facts == ()


def test_facts_are_named_after_the_slot_their_agent_writes() -> None:
    material = {"press": Material(sources=(a_source(ABOUT),))}
    answer = Findings(findings=(a_finding("1200", "We employ 1,200 people"),))
    for agent, slot in (("news_reader", "news"), ("press_scout2", "press_scout_")):
        packet = a_packet(agent, material=material)
        assert facts_from(packet, answer).facts[0].id == f"{slot}.1"


def test_a_source_that_was_never_read_is_caught() -> None:
    packet = a_packet(material={"company_site": Material(sources=(a_source(ABOUT),))})
    made_up = a_sheet(a_fact("site.1"))
    assert facts_have_sources(packet, made_up) == (
        "site.1 names a source that was not read: https://nordfracht.example/site.1"
    )
    assert facts_have_sources(packet, sheet_of(a_finding("1962", "in 1962"))) is None


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = "Dr. Anna Huber leads us. We are 12 people.\nNew line"
    assert sentences(text) == ["Dr. Anna Huber leads us.", "We are 12 people.", "New line"]


@pytest.mark.parametrize(
    ("company", "short"),
    [
        ("Nordfracht GmbH & Co. KG", ("nordfracht",)),
        ("Officine Bianchi S.p.A.", ("officine", "bianchi")),
        ("Co", ("co",)),
        ("Ateliers du Rhin", ("ateliers", "du", "rhin")),
    ],
)
def test_a_legal_form_is_no_part_of_the_short_name(company: str, short: tuple[str, ...]) -> None:
    assert short_name(company) == short


CUES = (
    *("founded in 1987", "GmbH", "We employ 120 employees", "12.000 Mitarbeiter", "1 200 salariés"),
    *("Jane Doe, CEO", "\nJane Doe\nCEO\n", "Trusted by Acme, Beta and Gamma", "(m/w/d)", "\x00"),
    *("We are hiring a driver", "Open positions\nDriver", "offices in Rome and Milan", "\u2009"),
    *("We raised €3 million in a seed round", "We opened a second office", "Dr. ", "10115 Berlin"),
    *("We provide parcel lockers for cities", "²", "٣٤", "ẞ", "İ", "…", ", ", ". ", "and "),
)
TEXTS = st.lists(st.one_of(st.sampled_from(CUES), st.text(max_size=20)), max_size=8).map(" ".join)
ITEMS = st.builds(
    Stated,
    point=st.sampled_from(Point),
    value=st.one_of(TEXTS, st.sampled_from(("1987", "120"))).map(lambda text: text[:300] or "x"),
    quote=TEXTS.map(lambda text: text[:300] or "x"),
)
SOURCES = st.builds(
    Source,
    number=st.integers(1, 4),
    url=st.sampled_from(("", "https://a.example/impressum", "https://b.example/", "record:import")),
    kind=st.sampled_from(SourceKind),
    page=st.sampled_from(("home", "about", "product", "careers", "news", "other")),
    title=TEXTS.map(lambda text: text[:300]),
    text=TEXTS,
    stated=st.lists(ITEMS, max_size=4).map(tuple),
    observed_at=st.datetimes(),
    published_on=st.none() | st.dates(),
)
MATERIALS = st.builds(Material, sources=st.lists(SOURCES, max_size=5).map(tuple))


@settings(max_examples=150, deadline=None)
@given(material=MATERIALS, which=st.sampled_from(TWINS))
def test_no_twin_raises_and_every_finding_of_a_twin_becomes_a_fact(
    material: Material, which: tuple[str, Callable[[Packet], Findings]]
) -> None:
    tool, twin = which
    packet = a_packet(material={tool: material})
    answer = twin(packet)
    sheet = facts_from(packet, answer)
    assert sheet.dropped == ()
    assert len(sheet.facts) == len(answer.findings)
    assert facts_have_sources(packet, sheet) is None
    assert twin(packet) == answer


CLAIMS = st.builds(a_finding, st.sampled_from(CUES[:3]), st.sampled_from(CUES[:3]))


@settings(max_examples=60, deadline=None)
@given(material=MATERIALS, findings=st.lists(CLAIMS, max_size=5))
def test_what_becomes_a_fact_stands_in_its_source(
    material: Material, findings: list[Finding]
) -> None:
    packet = a_packet(material={"company_site": material})
    for fact in facts_from(packet, Findings(findings=tuple(findings))).facts:
        letters = " ".join(fact.quote.split()).casefold()
        assert any(
            letters in " ".join(text.split()).casefold()
            for source in material.sources
            if source.url == fact.source
            for text in (source.title, source.text, *(item.quote for item in source.stated))
        )


def test_without_material_there_is_nothing_to_report() -> None:
    for _, twin in TWINS:
        assert twin(a_packet()) == Findings()

"""Pages are read whatever their authors did: letters, structured data, links."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.domain.facts import Point
from dealwright.domain.product import plain
from dealwright.errors import NotThere
from dealwright.tools.charset import decoded
from dealwright.tools.fetch import Answer
from dealwright.tools.markup import Markup, take_apart
from dealwright.tools.pages import Page
from dealwright.tools.plaintext import line, lines
from dealwright.tools.plan import MOST_PAGES, plan
from dealwright.tools.structured import company_stated, postings_stated
from dealwright.tools.web import Site
from tests.tools.conftest import NOON

HOME = "https://harrow.example/"
SITE = Site("harrow.example")
GERMAN = "Größe & Maßstab für Köln"


def page(body: bytes | str, content_type: str = "text/html; charset=utf-8") -> Page:
    body = body.encode() if isinstance(body, str) else body
    return Page(Answer(HOME, 200, (("content-type", content_type),), body), NOON)


def with_block(block: object) -> Markup:
    text = block if isinstance(block, str) else json.dumps(block)
    return take_apart(page(f'<script type="application/ld+json">{text}</script><p>x</p>'))


def said(block: object) -> set[tuple[Point, str]]:
    return {(item.point, item.value) for item in company_stated(with_block(block), SITE)}


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8", "text/html; charset=utf-8", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8", "text/html", '<meta charset="windows-1252">'),
        ("cp1252", "text/html; charset=utf-8", ""),
        ("cp1252", "text/html", '<meta charset="iso-8859-1">'),
        ("cp1252", "text/html; charset=nonsense", '<meta charset="zip">'),
        ("iso-8859-15", 'text/html; charset="ISO-8859-15"', ""),
        ("utf-16", "text/html", ""),
        ("utf-8-sig", "text/html; charset=latin-1", ""),
        ("mac-roman", "text/html; charset=macintosh", ""),
    ],
)
def test_letters_are_read_whatever_is_declared(encoding: str, content_type: str, meta: str) -> None:
    body = f"<html><head>{meta}</head><body><p>{GERMAN}. {GERMAN}.</p>".encode(encoding)
    assert GERMAN in decoded(body, content_type)


@given(st.binary(max_size=300), st.sampled_from(["", "charset=utf-16", "charset=zip", "charset=x"]))
def test_any_bytes_are_some_text(body: bytes, content_type: str) -> None:
    assert isinstance(decoded(body, content_type), str)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_any_page_is_taken_apart_or_refused(body: bytes | str) -> None:
    body = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
    try:
        parts = take_apart(page(b"<p>" + body))
    except NotThere:
        return
    assert plain(parts.text + parts.title) == parts.text + parts.title


@given(st.text())
def test_lines_hold_nothing_unseen(text: str) -> None:
    assert plain(line(text)) == line(text)
    assert plain(lines(text)) == lines(text)
    assert len(line(text)) <= 300
    assert line(line(text)) == line(text)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "hello",
        "<p>" + "<a href=/x>link</a>" * 50_000,
        "<table><tr><td>" * 20_000,
        "<b>" * 30_000 + "x" + "</i>" * 30_000,
        "<p>" + "&amp;" * 300_000,
        "<!--" * 100_000,
    ],
    ids=["deep", "links", "tables", "crossed", "entities", "comments"],
)
def test_a_page_made_to_hurt_takes_seconds_at_most(body: str) -> None:
    begun = time.perf_counter()
    try:
        parts = take_apart(page(body[:2_000_000]))
    except NotThere:
        return
    assert time.perf_counter() - begun < 5
    assert len(parts.text) <= 20_000


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x00\x00\x00"]
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(NotThere):
        take_apart(page(body))


def test_an_organisation_is_read_point_by_point() -> None:
    assert said(
        {
            "@type": ["LocalBusiness", "https://schema.org/Dentist"],
            "name": "Harrow",
            "description": "Teeth, gently.",
            "foundingDate": "1987-05-01",
            "numberOfEmployees": {"@type": "QuantitativeValue", "minValue": 10, "maxValue": 20},
            "address": [
                {"addressLocality": "Leeds", "addressCountry": {"name": "United Kingdom"}},
                {"addressLocality": "York"},
            ],
            "founder": [{"@type": "Person", "name": "Tom Harrow"}, "nobody"],
            "employee": {"name": "Priya Nair", "jobTitle": "CFO"},
            "telephone": "+44 113 496 0000",
            "makesOffer": [{"itemOffered": {"name": "Implants"}}],
        }
    ) == {
        (Point.COMPANY, "Harrow"),
        (Point.OFFERING, "Teeth, gently."),
        (Point.FOUNDED, "1987"),
        (Point.SIZE, "10-20"),
        (Point.HEADQUARTERS, "Leeds, United Kingdom"),
        (Point.LOCATIONS, "York"),
        (Point.LEADERSHIP, "Tom Harrow, Founder"),
        (Point.LEADERSHIP, "Priya Nair, CFO"),
        (Point.CONTACT, "+44 113 496 0000"),
        (Point.INDUSTRY, "Dentist"),
        (Point.OFFERING, "Implants"),
    }


@pytest.mark.parametrize(
    "block",
    [
        {"@graph": [{"@type": "WebPage"}, {"@type": "Organization", "name": "Harrow"}]},
        [[{"@type": "Organization", "name": "Harrow"}]],
        {"@type": "WebSite", "publisher": {"@type": "Organization", "name": ["Harrow", "H"]}},
        {"@type": "NewsArticle", "publisher": {"@type": "schema:Organization", "name": "Harrow"}},
        {"@graph": [{"publisher": {"@id": "#o"}}, {"@id": "#o", "@type": "NGO", "name": "Harrow"}]},
        {"@type": "Organization", "name": {"@value": "Harrow"}, "sameAs": ["nonsense", 3, None]},
        {"@type": "Organization", "name": "Harrow", "url": "//harrow.example/", "sameAs": "x"},
        '<!-- {"@type": "Organization", "name": "Harrow"} -->',
        '{"@type": "Organization", "name": "Har\nrow"}'.replace("\n", ""),
        "{&quot;@type&quot;: &quot;Organization&quot;, &quot;name&quot;: &quot;Harrow&quot;}",
    ],
)
def test_an_organisation_is_found_where_sites_put_it(block: object) -> None:
    assert (Point.COMPANY, "Harrow") in said(block)


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "Review", "author": {"@type": "Organization", "name": "Somebody"}},
        {"@type": "Organization", "name": "Somebody", "url": "https://somebody.example/"},
        {"@type": "Person", "name": "Somebody"},
        {"@type": "JobPosting", "hiringOrganization": {"@type": "Organization", "name": "Other"}},
    ],
)
def test_somebody_else_is_not_taken_for_the_company(block: object) -> None:
    assert said(block) == set()


BROKEN: tuple[object, ...] = (
    *("", "{", "null", "3", '"x"', "[]", "{}", "[[[]]]", '{"@type": 3}', "NaN", "1e999"),
    "[" * 50_000,
    '{"a":' * 50_000,
    {"@type": {"@type": "x"}, "@graph": "x"},
    {"@type": "Organization"},
    {"@type": "Organization", "name": None, "address": [None, 3, [["x"]]], "founder": 3},
    {"@type": "Organization", "foundingDate": 1e308, "numberOfEmployees": True},
    {"@type": "Organization", "numberOfEmployees": [{"value": {"value": "x"}}]},
    {"@type": "Organization", "foundingDate": "soon", "numberOfEmployees": -4},
    {"@type": "Organization", "url": "http://[::1", "name": "\x00\x07"},
    {"@type": ["x" * 10_000], "name": "y" * 100_000},
)


@pytest.mark.parametrize("block", BROKEN)
def test_broken_structured_data_says_nothing_and_breaks_nothing(block: object) -> None:
    assert {point for point, _ in said(block)} <= {Point.INDUSTRY}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("@type", "@id", "@graph", "name", "url", "address", "founder", "employee"),
                    *("publisher", "numberOfEmployees", "foundingDate", "addressLocality"),
                    *("makesOffer", "itemOffered", "description", "@value", "title"),
                ]
            )
            | st.text(max_size=5),
            inner | st.sampled_from(["Organization", "Dentist", "JobPosting", "1987", "#o"]),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(deadline=None)
@given(JSON)
def test_no_structured_data_breaks_the_reader(block: Any) -> None:
    parts = with_block(json.dumps(block).replace("</", "<\\/"))
    company_stated(parts, SITE)
    postings_stated(parts)


LINKS = {
    "en": [("/about-us", "About"), ("/solutions", "What we do"), ("/careers", "Join us")],
    "de": [("/ueber-uns/", "Wir über uns"), ("/leistungen", "Leistungen"), ("/k", "Karriere")],
    "fr": [("/qui-sommes-nous", "Qui sommes-nous ?"), ("/p", "Produits"), ("/rh", "Recrutement")],
    "es": [
        ("/quienes-somos", "Quiénes somos"),
        ("/s", "Servicios"),
        ("/t", "Trabaja con nosotros"),
    ],
    "it": [("/chi-siamo", "Chi siamo"), ("/prodotti", "I prodotti"), ("/l", "Lavora con noi")],
    "nl": [("/over-ons", "Over ons"), ("/diensten", "Diensten"), ("/werken-bij", "Werken bij")],
    "pt": [("/quem-somos", "Quem somos"), ("/servicos", "Serviços"), ("/vagas", "Vagas")],
}
NOISE = (
    '<a href="/">Home</a><a href="/about.pdf">About us</a><a href="mailto:a@b.example">News</a>'
    '<a href="https://somebody.example/about">About us</a><a href="/login">Products</a>'
    '<a href="javascript:void(0)">Careers</a><a href="http://[">x</a><a href="#about">About</a>'
)


@pytest.mark.parametrize("language", LINKS)
def test_the_right_pages_are_chosen_in_every_language(language: str) -> None:
    links = "".join(f'<a href="{path}">{words}</a>' for path, words in LINKS[language])
    home = take_apart(page(f"<body>{NOISE}{links}<p>hello</p>"))
    chosen = {entry.page: entry.url for entry in plan(home, SITE)}
    expected = zip(("about", "product", "careers"), LINKS[language], strict=True)
    assert chosen == {kind: f"https://harrow.example{path}" for kind, (path, _) in expected}


def test_the_plan_is_short_however_many_links_there_are() -> None:
    links = "".join(
        f'<a href="/news/{n}">News {n}</a><a href="/jobs/{n}">x</a>' for n in range(500)
    )
    home = take_apart(page(f"<body>{links}"))
    assert len(plan(home, SITE)) <= MOST_PAGES - 1

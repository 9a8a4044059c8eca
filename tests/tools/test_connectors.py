"""Each tool brings what is true of a company, and a page that fails is a line, not a crash."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.clock import WindableClock
from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material
from dealwright.errors import NotThere, TryAgain
from dealwright.rehearsal.sites_company import Company, Fault
from dealwright.rehearsal.sites_pages import Reply
from dealwright.rehearsal.sites_sample import sample_companies
from dealwright.tools.access import Tool
from dealwright.tools.connectors.company_site import CompanySite
from dealwright.tools.connectors.job_board import JobBoard, board
from dealwright.tools.connectors.news_feed import NewsFeed
from dealwright.tools.connectors.record import Record
from dealwright.tools.connectors.technology import Technology
from dealwright.tools.fetch import Limits
from dealwright.tools.signatures import SIGNATURES, Place
from tests.tools.conftest import NOON, Opened, World, a_call, lead_at

NAMES = ("company_site", "news_feed", "job_board", "technology", "record")
WHOLE_SITE = {"robots_disallow", "reset"}


def tools(w: World) -> dict[str, Tool]:
    return {
        "company_site": CompanySite(w.web),
        "news_feed": NewsFeed(w.web, w.clock),
        "job_board": JobBoard(w.web),
        "technology": Technology(w.web),
        "record": Record(w.clock),
    }


async def brought(w: World, name: str, lead: Lead) -> Material:
    return await tools(w)[name](a_call(name, lead))


async def everything(w: World, company: Company) -> str:
    """Return all that the five tools bring, as one text."""
    calls = (brought(w, name, lead_at(company)) for name in NAMES)
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert not [f for f in found if not isinstance(f, Material | NotThere | TryAgain)]
    sources = [s for f in found if isinstance(f, Material) for s in f.sources]
    items = (item.value for source in sources for item in source.stated)
    return "\n".join([*(f"{s.title}\n{s.text}" for s in sources), *items])


async def test_nearly_everything_the_sample_sites_say_is_brought(world: Opened) -> None:
    companies = [c for c in sample_companies() if not WHOLE_SITE & set(c.faults.values())]
    said: Counter[Point] = Counter()
    missed: Counter[Point] = Counter()
    async with world(*companies, limits=Limits(seconds=10)) as w:
        texts = await asyncio.gather(*(everything(w, company) for company in companies))
        asked = w.sites.requests
    for company, text in zip(companies, texts, strict=True):
        for point, values in company.truth().items():
            said[point] += len(values)
            missed[point] += sum(value not in text for value in values)
    recall = 1 - missed.total() / said.total()
    assert recall > 0.97, f"{recall:.3f} of {said.total()} values; missed {dict(+missed)}"
    assert len(asked) == len(set(asked)), "five tools read each page once"


async def test_a_site_is_brought_page_by_page(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        found = await brought(w, "company_site", lead_at(carrier))
    pages = [source.page for source in found.sources]
    assert pages == ["home", "about", "product", "careers", "news", "about"]
    assert [source.number for source in found.sources] == [1, 2, 3, 4, 5, 6]
    assert found.sources[0].observed_at == NOON
    stated = {item.point: item.value for source in found.sources for item in source.stated}
    assert stated[Point.SIZE] == "240"
    assert stated[Point.LEADERSHIP] == "Tom Harrow, Managing Director"
    assert "Bristol and Glasgow" in found.sources[1].text
    assert found.troubles == ()


async def test_a_failing_page_is_a_line_and_the_rest_counts(
    world: Opened, carrier: Company
) -> None:
    async with world(carrier) as w:
        whole = await brought(w, "company_site", lead_at(carrier))
        about = whole.sources[1].url
        await w.pages.put("acme", about, b"", 0)
        w.sites.break_host(carrier.domain, "error", "/" + about.rpartition("/")[2])
        rest = await brought(w, "company_site", lead_at(carrier))
    assert [s.url for s in rest.sources] == [s.url for s in whole.sources if s.url != about]
    assert rest.troubles == (f"{about[7:]} answers with an error (500)",)


@pytest.mark.parametrize("fault", get_args(Fault))
async def test_a_broken_site_is_an_error_of_ours_or_a_trouble(
    world: Opened, carrier: Company, fault: Fault
) -> None:
    async with world(carrier.model_copy(update={"faults": {"*": fault}})) as w:
        calls = (brought(w, name, lead_at(carrier)) for name in NAMES[:4])
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Material):
            assert fault in {"wrong_charset", "garbage"}
            assert outcome.sources
        else:
            assert isinstance(outcome, NotThere | TryAgain)
            assert fault != "wrong_charset"
            assert carrier.domain in str(outcome) or carrier.name in str(outcome)


async def test_without_a_website_nothing_is_there(world: Opened) -> None:
    async with world() as w:
        for name in NAMES[:4]:
            with pytest.raises(NotThere, match="no website of Nobody Ltd is on record"):
                await brought(w, name, Lead(company="Nobody Ltd"))


async def test_an_address_that_was_made_up_is_tried_with_www_too(
    world: Opened, carrier: Company
) -> None:
    lead = lead_at(carrier).model_copy(update={"website": f"https://{carrier.domain}/"})
    async with world(carrier) as w:
        assert (await brought(w, "company_site", lead)).sources
        gone = lead.model_copy(
            update={"domain": "gone.example", "website": "https://gone.example/"}
        )
        with pytest.raises(NotThere, match=r"no website at gone\.example.*www\.gone\.example"):
            await brought(w, "company_site", gone)


async def test_only_the_companys_own_hosts_are_asked(world: Opened, carrier: Company) -> None:
    other = carrier.model_copy(update={"domain": "other.example"})
    links = (
        b'<a href="http://other.example/about">About us</a><p>Hello there, dear reader.</p>'
        b'<link rel="alternate" type="application/rss+xml" href="http://other.example/feed.xml">'
        b'<a href="http://other.example/careers">Careers</a>'
    )
    async with world(carrier, other) as w:
        w.sites.put(carrier.domain, "/", Reply(links))
        await everything(w, carrier)
        assert {host for host, _ in w.sites.requests} == {carrier.domain}


async def test_news_is_dated_recent_and_newest_first(world: Opened, carrier: Company) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>/n/{title}</link><pubDate>{day}</pubDate></item>"
        for title, day in (
            ("old", "Mon, 03 Mar 2025 09:00:00 GMT"),
            ("new", "Fri, 20 Nov 2026 09:00:00 GMT"),
            ("future", "Fri, 20 Nov 2027 09:00:00 GMT"),
            ("undated", "soon"),
            ("newer &lt;b&gt;&amp;amp; bold&lt;/b&gt;", "Sat, 21 Nov 2026 09:00:00 GMT"),
        )
    )
    feed = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "text/xml")
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/feed.xml", feed)
        found = await brought(w, "news_feed", lead_at(carrier))
    assert [(s.title, s.kind) for s in found.sources] == [
        ("newer & bold", SourceKind.FEED),
        ("new", SourceKind.FEED),
    ]
    assert found.sources[1].url == "http://harrow.example/n/new"


async def test_a_feed_the_import_names_is_read_wherever_it_is(
    world: Opened, carrier: Company
) -> None:
    other = carrier.model_copy(update={"domain": "other.example"})
    named = "http://other.example/feed.xml"
    lead = Lead(company="Harrow", feeds=(named, "http://other.example/none.xml"))
    async with world(carrier, other) as w:
        found = await brought(w, "news_feed", lead)
    assert [s.published_on for s in found.sources] == [(NOON - timedelta(days=12)).date()]
    assert found.troubles == ("other.example/none.xml does not exist (404)",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"/etc/passwd",
        b"http://127.0.0.1/feed",
        b"<rss><channel><item><title>x</title>",
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>",
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;</rss>",
        bytes(range(256)) * 20,
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><updated>0000-99-99</updated></entry>",
    ],
)
async def test_what_is_no_feed_is_not_there(world: Opened, carrier: Company, body: bytes) -> None:
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/feed.xml", Reply(body, "application/rss+xml"))
        with pytest.raises(NotThere, match=r"feed"):
            await brought(w, "news_feed", lead_at(carrier))


async def test_postings_are_brought_with_their_titles(world: Opened, carrier: Company) -> None:
    hiring = carrier.model_copy(update={"board": "harrow.jobs.personio.de"})
    async with world(hiring) as w:
        found = await brought(w, "job_board", lead_at(hiring))
    stated = [item for source in found.sources for item in source.stated]
    assert {item.point for item in stated} == {Point.HIRING}
    assert [item.value for item in stated] == [
        "openings listed on Personio",
        *carrier.jobs,
    ]
    assert {source.page for source in found.sources} == {"careers"}
    assert "HGV driver (m/f/d)" in found.sources[0].text


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://boards.greenhouse.io/x", "Greenhouse"),
        ("https://jobs.lever.co/x", "Lever"),
        ("https://jobs.ashbyhq.com/x", "Ashby"),
        ("https://x.jobs.personio.de/", "Personio"),
        ("https://apply.workable.com/x", "Workable"),
        ("https://x.recruitee.com/", "Recruitee"),
        ("https://jobs.smartrecruiters.com/x", "SmartRecruiters"),
        ("https://notlever.co/", None),
        ("mailto:x@lever.co", None),
    ],
)
def test_a_job_board_is_known_by_its_host(url: str, name: str | None) -> None:
    assert board(url) == name


async def test_technology_is_known_by_its_traces(world: Opened, carrier: Company) -> None:
    html = (
        b'<meta name="generator" content="TYPO3 CMS"><script src="/wp-content/x.js"></script>'
        b'<script src="//js.hs-scripts.com/1.js"></script><a href="https://x.zendesk.com/">Help</a>'
        b"<p>We love Shopify and use Salesforce.</p>"
    )
    headers = {"Server": "nginx/1.27", "X-Powered-By": "PHP/8.4"}
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/", Reply(html, headers=headers))
        found = await brought(w, "technology", lead_at(carrier))
    stated = {item.value: item.quote for item in found.sources[0].stated}
    assert stated == {
        "WordPress": "http://harrow.example/wp-content/x.js",
        "TYPO3": "TYPO3 CMS",
        "HubSpot": "http://js.hs-scripts.com/1.js",
        "Zendesk": "//x.zendesk.com/",
        "PHP": "x-powered-by: PHP/8.4",
        "nginx": "server: nginx/1.27",
    }


def test_the_signatures_are_many_and_in_lower_case() -> None:
    assert len({name for name, _, _ in SIGNATURES}) >= 40
    assert [sign for _, _, sign in SIGNATURES if sign != sign.lower()] == []
    assert {place for _, place, _ in SIGNATURES} == set(Place)


async def test_the_record_says_what_the_import_said() -> None:
    lead = Lead(
        company="Nordwind GmbH",
        first_name="Maike",
        last_name="Ohlsen",
        title="Geschäftsführerin",
        city="Bremen",
        country="DE",
        record=(
            ("Mitarbeiter", "185"),
            ("Branche", "Spedition"),
            ("Gründungsjahr", "1974"),
            ("Tech-Stack", "SAP"),
            ("Notes", "met at the fair"),
        ),
    )
    found = await Record(WindableClock(NOON))(a_call("record", lead))
    source = found.sources[0]
    assert (source.kind, source.url) == (SourceKind.RECORD, "record:import")
    assert {(item.point, item.value, item.quote) for item in source.stated} == {
        (Point.COMPANY, "Nordwind GmbH", "company: Nordwind GmbH"),
        (Point.HEADQUARTERS, "Bremen, DE", "city: Bremen, DE"),
        (Point.LEADERSHIP, "Maike Ohlsen, Geschäftsführerin", "Maike Ohlsen, Geschäftsführerin"),
        (Point.SIZE, "185", "Mitarbeiter: 185"),
        (Point.INDUSTRY, "Spedition", "Branche: Spedition"),
        (Point.FOUNDED, "1974", "Gründungsjahr: 1974"),
        (Point.TECHNOLOGY, "SAP", "Tech-Stack: SAP"),
    }
    assert "Notes: met at the fair" in source.text


async def test_the_record_is_the_same_all_day() -> None:
    clock = WindableClock(NOON)
    lead = Lead(company="Harrow")
    first = await Record(clock)(a_call("record", lead))
    clock.wind(3600)
    assert await Record(clock)(a_call("record", lead)) == first


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=10))
async def test_any_record_is_material(record: list[tuple[str, str]]) -> None:
    lead = Lead(company="Harrow", record=tuple(record))
    assert (await Record(WindableClock(NOON))(a_call("record", lead))).sources

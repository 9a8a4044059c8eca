"""What the news reader's twin makes of a company's feed."""

from __future__ import annotations

from datetime import date

import pytest

from dealwright.agents.staff.news_reader import read
from dealwright.domain.facts import Findings, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source
from tests.agents.builders import a_lead, a_packet, a_source

PUBLISHED = date(2026, 10, 1)


def an_entry(title: str, text: str = "") -> Source:
    entry = a_source(text, page="news", title=title, published_on=PUBLISHED)
    return entry.model_copy(update={"kind": SourceKind.FEED})


def read_of(entry: Source, lead: Lead | None = None) -> Findings:
    packet = a_packet(
        "news_reader",
        slots={"lead": lead or a_lead()},
        material={"news_feed": Material(sources=(entry,))},
    )
    return read(packet)


def points(title: str, text: str = "") -> list[Point]:
    return [finding.point for finding in read_of(an_entry(title, text)).findings]


def test_a_dated_headline_is_news_letter_for_letter() -> None:
    (finding,) = read_of(an_entry("Nordfracht wins the Hamburg logistics award")).findings
    assert (finding.point, finding.value) == (
        Point.NEWS,
        "Nordfracht wins the Hamburg logistics award",
    )


@pytest.mark.parametrize(
    "title",
    [
        "Nordfracht raises €12 million in Series A led by Index",
        "Nordfracht sichert sich 5 Mio. Euro Finanzierung von Investoren",
        "Nordfracht lève 3 millions d'euros auprès d'investisseurs",
        "Nordfracht levanta una ronda de 4 millones de euros",
        "Nordfracht chiude un round da 2 milioni di euro",
        "Nordfracht haalt 6 miljoen euro financiering op",
        "Nordfracht capta 7 milhões de euros em nova rodada",
    ],
)
def test_money_raised_is_funding_in_seven_languages(title: str) -> None:
    assert Point.FUNDING in points(title)


@pytest.mark.parametrize(
    "title",
    [
        "Nordfracht opens second depot in Kiel",
        "Nordfracht eröffnet neuen Standort in Leipzig",
        "Neue Niederlassung: Nordfracht eröffnet ein neues Büro in Lübeck",
        "Nordfracht ouvre une nouvelle agence à Lille",
        "Nordfracht abre una nueva oficina en Bilbao",
        "Nordfracht apre una nuova sede a Torino",
        "Nordfracht opent nieuwe vestiging in Breda",
        "Nordfracht abriu um novo escritório no Porto",
        "Nordfracht acquires Kielcargo",
        "Umsatz von Nordfracht um 18 % gestiegen",
    ],
)
def test_new_places_purchases_and_rising_revenue_are_growth(title: str) -> None:
    assert Point.GROWTH in points(title)


@pytest.mark.parametrize(
    "title",
    [
        "Kielcargo raises €12 million in Series A",
        "Nordfracht raises $5,000 for charity with investors",
        "Our client Bankora raises $8m in seed funding",
        "Nordfracht raises its prices by 4%",
        "DHL opens new hub in Leipzig",
        "Nordfracht acquired by Kielcargo",
        "Nordfracht übernimmt Verantwortung fürs Klima",
        "Nordfracht opens applications for apprentices",
    ],
)
def test_what_somebody_else_did_or_is_no_growth_stays_plain_news(title: str) -> None:
    assert points(title) == [Point.NEWS]


@pytest.mark.parametrize(
    "title",
    ["5 tips for safer loading", "How to pack a pallet", "Hello world!", "Frohe Weihnachten allen"],
)
def test_advice_and_greetings_are_no_news(title: str) -> None:
    assert points(title) == []


def test_an_undated_headline_is_no_news() -> None:
    entry = an_entry("Nordfracht wins the Hamburg award").model_copy(update={"published_on": None})
    assert read_of(entry).findings == ()


def test_funding_is_found_in_the_text_below_a_headline() -> None:
    text = "It was a long day. Today we closed a €3 million seed round. More soon."
    (funding,) = [
        f
        for f in read_of(an_entry("Big news from Hamburg", text)).findings
        if f.point is Point.FUNDING
    ]
    assert funding.quote == "Today we closed a €3 million seed round."

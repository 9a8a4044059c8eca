"""What belongs to different facts must not be put together, however true each word is."""

from __future__ import annotations

from datetime import date

import pytest

from dealwright.agents.staff.grounding import Grounds, quantities, sentence_faults
from dealwright.agents.staff.grounding.spelling import vocabulary
from dealwright.domain.draft import Sentence
from dealwright.domain.facts import Point
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead
from tests.agents.corpus.companies import an_offer, companies

FACTS = (
    a_fact("lead.1", Point.LEADERSHIP, "Carla Nissen, Chief Operating Officer"),
    a_fact("jobs.1", Point.HIRING, "Crane Operator, part time"),
    a_fact("jobs.2", Point.HIRING, "Yard Foreman in Lübeck"),
    a_fact("site.1", Point.HEADQUARTERS, "Hamburg"),
    a_fact("site.2", Point.LOCATIONS, "Lübeck"),
    a_fact("site.3", Point.OFFERING, "heavy transport for wind farms and bridges"),
    a_fact("site.4", Point.SIZE, "31", quote="31 riggers look after 2,040 lifts in 12 ports."),
    a_fact(
        "news.1",
        Point.NEWS,
        "Nordfracht opens a five-year depot in Lübeck until 2029",
        published_on=date(2026, 10, 2),
    ),
    a_fact("news.2", Point.GROWTH, "Lifts up 9%", published_on=date(2026, 5, 2)),
    a_fact("part.1", Point.PARTNERS, "Harbour Crane College"),
)
KNOWN = Grounds(lead=a_lead(), offer=an_offer(), dossier=a_dossier(*FACTS), today=TODAY)


def reason(text: str, *cited: str, language: str = "en") -> str | None:
    found = sentence_faults(Sentence(text=text, rests_on=cited), language, KNOWN)
    return next((fault.reason.partition("”: ")[2] for fault in found), None)


@pytest.mark.parametrize(
    ("honest", "swapped", "cited", "why"),
    [
        ("Carla Nissen may like this.", "Clara Nissen may like this.", "lead.1", "Clara"),
        ("Ask Carla Nissen.", "Ask Carla Nielsen.", "lead.1", "Nielsen"),
        (
            "Your Chief Operating Officer, Carla Nissen, may like this.",
            "Your Head of Operations, Carla Nissen, may like this.",
            "lead.1",
            "nissen",
        ),
        (
            "Carla Nissen, your operating chief, may like this.",
            "Carla Nissen, your yard foreman, may like this.",
            "lead.1 jobs.2",
            "yard foreman",
        ),
        (
            "You advertise for a Crane Operator and a Yard Foreman.",
            "You advertise for a Yard Operator and a Crane Foreman.",
            "jobs.1 jobs.2",
            "yard operator",
        ),
        (
            "The Harbour Crane College trains with you.",
            "The Operations Crane College trains with you.",
            "part.1",
            "operations crane",
        ),
        (
            "The depot in Lübeck opens new routes.",
            "The depot in Hamburg opens new routes.",
            "news.1",
            "hamburg",
        ),
        (
            "Heavy transport for bridges needs a plan.",
            "Heavy transport for circuses needs a plan.",
            "site.3",
            "circuses",
        ),
        (
            "You seek a crane operator.",
            "You seek a locksmith for the crane.",
            "jobs.1",
            "locksmith",
        ),
        ("A part-time crane operator.", "A full-time crane operator.", "jobs.1", "full time"),
        ("Your lifts rose by 9%.", "Your lifts fell by 9%.", "news.2", "fell"),
    ],
)
def test_true_words_in_a_false_mixture_are_stopped(
    honest: str, swapped: str, cited: str, why: str
) -> None:
    assert reason(honest, *cited.split()) is None
    assert why in (reason(swapped, *cited.split()) or "")


def test_a_person_has_one_name_in_german_too_where_every_noun_has_a_capital() -> None:
    assert reason("Carla Nissen kennt das.", "lead.1", language="de") is None
    assert reason("Klara Nissen kennt das.", "lead.1", language="de") == "nothing cited names Klara"


def test_a_firm_that_has_a_persons_name_is_no_person() -> None:
    _, known = companies("fresh_companies")["glaserei"]
    text = "Your news “Glaserei Hintze bezieht neue Werkhalle in Halle” stayed with me."
    told = Sentence(text=text, rests_on=("new.1",))
    assert list(sentence_faults(told, "en", known)) == []
    named = Sentence(text="Halle is where Glaserei Hintze works.", rests_on=("loc.1",))
    assert list(sentence_faults(named, "en", known)) == []


def test_words_of_two_openings_are_not_mixed() -> None:
    openings = "jobs.1", "jobs.2"
    assert reason("A crane operator and a yard foreman are to be found.", *openings) is None
    assert reason("A yard operator and a crane foreman are to be found.", *openings) == (
        "nothing cited says “yard operator”"
    )


def test_a_month_has_to_be_the_cited_one() -> None:
    assert reason("In October you opened a depot in Lübeck.", "news.1") is None
    assert reason("In March you opened a depot in Lübeck.", "news.1") == "nothing cited says March"


def test_a_compound_is_known_by_its_parts_but_a_name_is_not() -> None:
    known = vocabulary(("ein Lagerhaus",))
    assert known.has("lager")
    assert known.has("lagerhausdach")
    assert not known.spells("lager")


def test_initials_stand_for_the_words_they_begin() -> None:
    assert reason("Your COO, Carla Nissen, may like this.", "lead.1") is None
    assert reason("Your CFO, Carla Nissen, may like this.", "lead.1")


def test_a_name_is_spelled_as_the_evidence_spells_it() -> None:
    assert reason("The Lübecker depot opens new routes.", "news.1") is None
    assert reason("The Lüneburg depot opens new routes.", "news.1")
    assert reason("The Harbourfield College trains with you.", "part.1")


def test_a_year_within_a_fact_keeps_the_year_it_was_told_in_out() -> None:
    assert reason("Your depot in Lübeck opens until 2029.", "news.1") is None
    assert reason("Your depot in Lübeck opens until 2026.", "news.1") == "nothing cited says 2026"


def test_of_ourselves_only_approved_words_are_said() -> None:
    approved = "Lakeside Logistics plans its tours in 40 minutes."
    assert reason(approved, "proof.tours") is None
    assert reason("The app drives itself and tracks fuel.", "proof.tours") == (
        "nothing approved says this of us"
    )


@pytest.mark.parametrize("name", ["Photokina", "Inventa", "Caritas"])
def test_a_german_name_may_have_an_article(name: str) -> None:
    assert reason(f"Auch die {name} kennt Ihren Standort.", "site.2", language="de") == (
        f"nothing cited names {name}"
    )
    assert reason("Auch die Firma kennt Ihren Standort.", "site.2", language="de") is None


def test_a_question_in_spanish_begins_with_no_name() -> None:
    assert reason("¿Sigue abierto ese puesto?", "jobs.1", language="es") is None


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("vierhundertzehn Wohnungen", "de", 410),
        ("zweitausenddreihundert Kunden", "de", 2300),
        ("elfeinhalb Millionen Euro", "de", 11_500_000),
        ("duecentoquarantotto camion", "it", 248),
        ("vierhonderdvijfentwintig mensen", "nl", 425),
        ("doscientas cuarenta y una comunidades", "es", 241),
        ("veintiséis mil extintores", "es", 26_000),
        ("trezentas e quarenta lojas", "pt", 340),
        ("soixante-douze communes", "fr", 72),
        ("trente et un serruriers", "fr", 31),
        ("neuf cents interventions", "fr", 900),
        ("mille deux cents clients", "fr", 1200),
        ("two thousand five hundred trips", "en", 2500),
        ("a five-year contract", "en", 5),
        ("four decades", "en", 40),
    ],
)
def test_long_number_words_are_read(text: str, language: str, value: float) -> None:
    (found, *_) = quantities(text, language)
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["une nouvelle agence", "un camion neuf", "accento", "Jahrhundert"]
)
def test_what_only_looks_like_a_number_word_is_none(text: str) -> None:
    assert quantities(text) == ()


def test_a_manner_of_speaking_is_not_counted() -> None:
    assert reason("Lübeck gives your lifts a second starting point.", "site.2", "news.2") is None
    assert reason("Lübeck gives you a second depot, and a third.", "site.2")


def test_what_has_a_unit_of_its_own_counts_nothing_else() -> None:
    assert reason("2,040 lifts keep your riggers busy.", "site.4") is None
    assert reason("2,040 ports keep your riggers busy.", "site.4")
    assert reason("Five depots in Lübeck are many.", "news.1")
    assert reason("Five routes lead to Lübeck.", "news.1")


def test_a_round_word_stands_for_about_as_many() -> None:
    assert reason("Una treintena de riggers.", "site.4", language="es") is None
    assert reason("Una veintena de riggers.", "site.4", language="es")

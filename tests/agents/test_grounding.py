"""The wall: invented claims are stopped, honest sentences are not, and no address gets through.

The corpus is fictional. `honest` and `planted` were there while the rules were made. The five
other pairs were each written after the rules had been frozen, judged once, and only then looked
at and mended for; what that first look found stands in FIRST_LOOK, what holds now is asserted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.grounding import (
    MOST_FAULTS,
    Grounds,
    address_in,
    faults_of,
    quantities,
    sentence_faults,
)
from dealwright.agents.staff.writer import write
from dealwright.domain.draft import Draft, Fault, Role, Sentence, Variant
from dealwright.domain.facts import Point
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead, a_packet
from tests.agents.corpus.companies import an_offer, companies

CORPUS = Path(__file__).parent / "corpus"
COMPANIES = (
    "companies",
    "held_out_companies",
    "unseen_companies",
    "fresh_companies",
    "kept_companies",
)
KNOWN = {name: known for file in COMPANIES for name, known in companies(file).items()}
SETS = ("", "_held_out", "_unseen", "_last", "_blind", "_fresh")
FIRST_LOOK = {
    "_held_out": "51 of 57 planted stopped, 6 of 57 honest stopped",
    "_unseen": "42 of 46 planted stopped, 5 of 45 honest stopped",
    "_last": "38 of 40 planted stopped, 7 of 40 honest stopped",
    "_blind": "32 of 35 planted stopped, 6 of 35 honest stopped",
    "_fresh": "127 of 160 planted stopped, 21 of 160 honest stopped",
}
STOPPED_AT_LEAST = 0.95
HONEST_STOPPED_AT_MOST = 0.10

NAMED = {
    "wrong number",
    "other company's fact",
    "stale fact",
    "invented customer/award/partner/certificate",
}
"""The kinds of invention the wall answers for; of the finer ones it stops what it can."""

JOB = a_fact("jobs.1", Point.HIRING, "Dispatcher, night shift")
NEWS = a_fact("news.1", Point.NEWS, "Nordfracht opens depot in Bremen", published_on=TODAY)
KNOWN_ONE = Grounds(
    lead=a_lead(), offer=an_offer(), dossier=a_dossier(JOB, NEWS, a_fact()), today=TODAY
)
CLEAN = write(
    a_packet(
        "writer",
        slots={"lead": KNOWN_ONE.lead, "offer": KNOWN_ONE.offer, "dossier": KNOWN_ONE.dossier},
    )
).variants[0]


def judged(name: str) -> Iterator[tuple[str, bool]]:
    """Yield each sentence of a file and whether the wall stops it."""
    for row in (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        where, cited, text = (cell.strip() for cell in row.split("|", 2))
        company, _, other_language = where.partition("/")
        language, known = KNOWN[company]
        sentence = Sentence(text=text, rests_on=tuple(cited.split()))
        yield text, any(sentence_faults(sentence, other_language or language, known))


def stopped(name: str) -> tuple[int, int]:
    results = [stop for _, stop in judged(name)]
    return sum(results), len(results)


def with_claim(text: str, *cited: str) -> Variant:
    claim = Sentence(text=text, rests_on=cited)
    return CLEAN.model_copy(
        update={"sentences": (*CLEAN.sentences[:2], claim, *CLEAN.sentences[2:])}
    )


def rules_broken(variant: Variant, known: Grounds = KNOWN_ONE) -> set[str]:
    return {f.rule for f in faults_of(Draft(language="en", variants=(variant,)), known)}


def reasons(text: str, *cited: str, known: Grounds = KNOWN_ONE) -> list[str]:
    sentence = Sentence(text=text, rests_on=cited)
    return [found.reason for found in sentence_faults(sentence, "en", known)]


def test_planted_claims_are_stopped_and_honest_ones_are_not() -> None:
    totals = {"honest": (0, 0), "planted": (0, 0)}
    for kind in totals:
        for suffix in SETS:
            count, size = stopped(kind + suffix)
            totals[kind] = totals[kind][0] + count, totals[kind][1] + size
            first = f"first look: {FIRST_LOOK[suffix]}" if suffix else "made with the rules"
            sys.stdout.write(f"{kind}{suffix}: {count} of {size} stopped ({first})\n")
    honest, planted = totals["honest"], totals["planted"]
    sys.stdout.write(f"altogether: {planted} planted, {honest} honest\n")
    assert honest[1] >= 120
    assert planted[1] >= 120
    assert planted[0] >= STOPPED_AT_LEAST * planted[1]
    assert honest[0] <= HONEST_STOPPED_AT_MOST * honest[1]


@pytest.mark.parametrize("name", KNOWN)
def test_what_the_twin_writes_of_each_company_is_not_stopped(name: str) -> None:
    _, known = KNOWN[name]
    slots = {"lead": known.lead, "offer": known.offer, "dossier": known.dossier}
    assert faults_of(write(a_packet("writer", slots=slots)), known) == ()


def test_a_claim_without_a_citation_and_one_with_a_made_up_one_are_stopped() -> None:
    assert "has to rest on something" in reasons("You are hiring.")[0]
    assert "there is no jobs.9" in reasons("You are hiring.", "jobs.9")[0]
    assert "there is no proof.none" in reasons("You save time.", "proof.none")[0]


@pytest.mark.parametrize(
    ("seen", "published", "fresh"),
    [(90, None, True), (91, None, False), (1, 365, True), (1, 366, False)],
)
def test_old_facts_are_not_told_as_news(seen: int, published: int | None, *, fresh: bool) -> None:
    day = None if published is None else TODAY - timedelta(days=published)
    moment = NEWS.observed_at.replace(day=21) - timedelta(days=seen)
    fact = NEWS.model_copy(update={"observed_at": moment, "published_on": day})
    known = Grounds(lead=a_lead(), offer=an_offer(), dossier=a_dossier(fact), today=TODAY)
    assert (reasons("You open a depot in Bremen.", "news.1", known=known) == []) is fresh


def test_a_proof_point_is_not_used_after_its_day() -> None:
    text = "Carriers with 50 to 200 vehicles drive 12 % fewer empty miles in their first year."
    assert reasons(text, "proof.empty") == []
    assert "was approved until 2026-01-31" in reasons(text, "proof.former")[0]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1,200 employees", (1200, "people")),
        ("1.200 Mitarbeitende", (1200, "people")),
        ("twelve weeks", (12, "week")),
        ("zwölf Wochen", (12, "week")),
        ("fünfundzwanzig Lkw", (25, "vehicles")),
        ("one hundred and sixty drivers", (160, "drivers")),
        ("4,5 Mio. Euro", (4_500_000, "EUR")),
        ("£3m", (3_000_000, "GBP")),
        ("sieben Millionen Euro", (7_000_000, "EUR")),
        ("12 percent", (12, "percent")),
        ("deuxième agence", (2, "ordinal")),
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str, quantity: tuple[int, str]) -> None:
    (found, *_) = quantities(text)
    assert (found.value, found.unit) == quantity


@pytest.mark.parametrize(
    "text",
    [
        *("See https://evil.example/x", "See HTTP://evil.example", "hxxps://evil.example"),
        *(
            "evil.example",
            "evil。example",
            "evil．com",
            "evil[.]com",
            "evil (dot) com",
            "evil dot com",
        ),
        *(
            "www.evil.de",
            "www . evil . de",
            "m\u00fcnchen-evil.de",
            "xn--mnchen-3ya.de",
            "evil.\u0440\u0444",
        ),
        *("e\u200bvil text", "soft\u00adhyphen", "right\u202eleft"),
        *("[here](evil)", "[here][1]", '<a href="x">x</a>', "&#104;ttp"),
        *("ada@evil.example", "ada [at] evil", "ada(at)evil.de", "ada at evil dot com", "@evil"),
        *("mailto:ada", "tel:+4940", "+49 40 123 45 67", "0049 40 1234567", "(0221) 123456"),
        *("555-123-4567", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
        *("0x52908400098527886E0F7030069857D2E4169EE7", "192.168.0.1", "t.me/evil", "bit.ly/3x"),
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        *("12345678", "1a2b3c4d5e6f7g8h9i1j2k3m4n5p6q", "00 4 9 4 0 1 2 3", "02 1 2 3 4 5 6"),
        *("xn--evil", "h**p evil", "HTTPS evil", "an href", "www .", "evil punkt com", "skype:x"),
        *("NO12 abcd efgh ijkl", "hxxp evil", "evil punto com"),
    ],
)
def test_an_address_is_found_however_it_is_disguised(text: str) -> None:
    assert address_in(f"Hello {text} there")
    assert address_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 you had 1,200 employees, 12.5 % more; that was on 2026-11-21.",
        "Das gilt z.B. für die Dr. Huber GmbH & Co. KG, d.h. bis 17.30 Uhr.",
        "We plan with Node.js, from 8 a.m. to 5 p.m., e.g. in the U.S.",
        "Es geht um 4.500 Quadratmeter… und 31,5 Mio. Euro (14 %).",
        "Un échange de 15 minutes vous conviendrait-il ?",
    ],
)
def test_ordinary_text_holds_no_address(text: str) -> None:
    assert address_in(text) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Act now and see.", "forbidden"),
        ("As discussed, you need a dispatcher.", "tone"),
        ("You need a dispatcher! Really!", "tone"),
        ("You NEEED a dispatcher.", "tone"),
        ("You need a [job title] today.", "forbidden"),
        ("You need a dispatcher, see evil.example.", "address"),
        ("You need a dispatcher " + "and a plan " * 14 + "today.", "readability"),
    ],
)
def test_each_rule_of_manner_is_kept(text: str, rule: str) -> None:
    assert rules_broken(CLEAN) == set()
    assert rule in rules_broken(with_claim(text, "jobs.1"))


def test_a_letter_is_neither_too_short_nor_too_long() -> None:
    short = CLEAN.model_copy(update={"sentences": CLEAN.sentences[:2]})
    claim = Sentence(text="You are looking for a dispatcher. " * 8, rests_on=("jobs.1",))
    long = CLEAN.model_copy(update={"sentences": (*CLEAN.sentences, claim, claim)})
    assert "length" in rules_broken(short)
    assert "length" in rules_broken(long)
    assert "length" in rules_broken(CLEAN.model_copy(update={"subject": "Dispatcher " * 6}))


@pytest.mark.parametrize("subject", ["Re: our call", "AW: Ihre Frage", "Fwd: Dispatcher"])
def test_a_subject_does_not_pretend_to_be_an_answer(subject: str) -> None:
    assert "tone" in rules_broken(CLEAN.model_copy(update={"subject": subject}))


@pytest.mark.parametrize("subject", ["Hello\nBcc: eve", "Hello\x1b[2J", "Hello\u200b you"])
def test_a_subject_is_one_visible_line(subject: str) -> None:
    assert "address" in rules_broken(CLEAN.model_copy(update={"subject": subject}))


def test_a_letter_that_cites_no_fact_of_the_company_is_not_personal() -> None:
    others = tuple(s for s in CLEAN.sentences if not {*s.rests_on} & {"jobs.1", "news.1", "site.1"})
    assert "personal" in rules_broken(CLEAN.model_copy(update={"sentences": others}))


def test_what_the_offer_forbids_is_forbidden() -> None:
    offer = an_offer().model_copy(update={"forbidden": ("night shift",)})
    known = Grounds(lead=KNOWN_ONE.lead, offer=offer, dossier=KNOWN_ONE.dossier, today=TODAY)
    assert "forbidden" in rules_broken(with_claim("You staff the Night-Shift.", "jobs.1"), known)


def test_a_link_has_to_be_the_campaigns() -> None:
    assert rules_broken(CLEAN.model_copy(update={"links": ("demo",)})) == {"address"}


def test_a_question_and_a_subject_are_held_to_numbers_and_names_too() -> None:
    asked = Sentence(text="Would 45 minutes with Siemens help?", role=Role.QUESTION)
    assert any(sentence_faults(asked, "en", KNOWN_ONE))
    assert "grounding" in rules_broken(CLEAN.model_copy(update={"subject": "Siemens and you"}))


def test_a_quotation_has_to_be_verbatim() -> None:
    assert reasons("I read “Nordfracht opens depot in Bremen”.", "news.1") == []
    assert "nothing cited says “Nordfracht" in reasons("I read “Nordfracht sells up”.", "news.1")[0]


def test_news_is_as_new_as_it_is_said_to_be() -> None:
    assert reasons("This week you opened a depot in Bremen.", "news.1") == []
    old = NEWS.model_copy(update={"published_on": TODAY - timedelta(days=40)})
    known = Grounds(lead=a_lead(), offer=an_offer(), dossier=a_dossier(old), today=TODAY)
    assert reasons("This week you opened a depot in Bremen.", "news.1", known=known)


TEXTS = st.text(max_size=120) | st.sampled_from(["50 % off!!", "Siemens", "{name}", "你好 12"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(Role)), min_size=2, max_size=12),
    st.sampled_from(["en", "de", "fr", "es", "it", "nl", "pt", "xx"]),
)
def test_any_draft_gets_a_judgement_within_bounds(
    said: list[tuple[str, Role]], language: str
) -> None:
    sentences = [
        Sentence.model_construct(text=text or "x", role=role, rests_on=("jobs.1", "nothing.1"))
        for text, role in said
    ]
    variant = Variant.model_construct(subject=said[0][0] or "x", sentences=sentences, links=("no",))
    draft = Draft.model_construct(language=language, variants=(variant,) * 4)
    faults = faults_of(draft, KNOWN_ONE)
    assert all(isinstance(fault, Fault) for fault in faults)
    assert all(1 <= sum(f.variant == n for f in faults) <= MOST_FAULTS for n in (1, 2, 3, 4))


def test_on_text_that_nobody_ever_mended_for_the_named_kinds_are_stopped() -> None:
    kinds = (CORPUS / "kinds_planted_kept.txt").read_text(encoding="utf-8").splitlines()
    planted = zip(kinds, judged("planted_kept"), strict=True)
    named = [stop for kind, (_, stop) in planted if kind in NAMED]
    assert sum(named) >= STOPPED_AT_LEAST * len(named)
    honest, count = stopped("honest_kept")
    assert honest <= HONEST_STOPPED_AT_MOST * count

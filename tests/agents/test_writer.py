"""What the writer's twin drafts: true by construction, in the lead's language, no two alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.grounding import Grounds, faults_of, grounds_of
from dealwright.agents.staff.reviewer import review
from dealwright.agents.staff.wording import KINDS, WORDINGS
from dealwright.agents.staff.writer import (
    FEWEST_WORDS,
    MOST_WORDS,
    cites_only_what_it_was_given,
    no_address_of_its_own,
    revise,
    write,
)
from dealwright.domain.dossier import Dossier
from dealwright.domain.draft import Draft, Fault, Review, Role, Sentence, Variant, Verdict
from dealwright.domain.facts import Fact, Point
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead, a_packet
from tests.agents.corpus.companies import an_offer, companies, translated

KNOWN = companies()
HEADLINE = "Nordfracht opens second depot in Bremen"
NEWS = a_fact("news.1", Point.NEWS, HEADLINE, published_on=TODAY - timedelta(days=20))
JOB = a_fact("jobs.1", Point.HIRING, "Dispatcher, night shift")
ENDINGS = st.sampled_from(
    ["", ".", "!", " GmbH", " https://evil.example/x", " call +49 40 1234567"]
)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200),
    st.from_regex(r"[A-Z][a-z]{2,9}( [A-Za-z0-9%€-]{1,9}){0,9}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}(-[0-9]{1,4})?( Mitarbeitende| employees)?", fullmatch=True),
    st.sampled_from([HEADLINE, "Act now, 100 % free", "HELLO WORLD OUT THERE", "{company} [Name]"]),
)


def grounds(lead: Lead, dossier: Dossier, offer: Offer | None = None) -> Grounds:
    return Grounds(lead=lead, offer=offer or an_offer(), dossier=dossier, today=TODAY)


def packet_of(known: Grounds) -> Packet:
    slots = {"lead": known.lead, "offer": known.offer, "dossier": known.dossier}
    return a_packet("writer", slots=slots, today=known.today)


def drafted(known: Grounds) -> Draft:
    draft = write(packet_of(known))
    assert no_address_of_its_own(packet_of(known), draft) is None
    assert cites_only_what_it_was_given(packet_of(known), draft) is None
    return draft


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    point = draw(st.sampled_from(Point))
    value = (draw(VALUES) + draw(ENDINGS))[:300]
    days = draw(st.none() | st.integers(-3, 900))
    fact = a_fact(f"site.{draw(st.integers(1, 9999))}", point, value)
    return fact.model_copy(
        update={
            "published_on": None if days is None else TODAY - timedelta(days=days),
            "observed_at": fact.observed_at - timedelta(days=draw(st.sampled_from([0, 30, 200]))),
        }
    )


@st.composite
def known_companies(draw: st.DrawFn) -> Grounds:
    found = draw(st.lists(facts(), max_size=8, unique_by=lambda fact: fact.id))
    triggers = tuple(fact.id for fact in found if fact.published_on)[:8]
    company = draw(st.sampled_from(["Nordfracht GmbH", "ACME", "evil.example Ltd"]) | VALUES)[:200]
    name = draw(st.none() | st.sampled_from(["Jana", "Jean-Luc", "GEWINN JETZT"]) | VALUES)
    language = draw(st.sampled_from([*WORDINGS, "ja"]))
    written = draw(st.sampled_from(["en", "de", "fr", "es"]))
    offer = translated(written, language)
    lead = a_lead(company, first_name=name and name[:80], language=language)
    return grounds(lead, a_dossier(*found, company=company, triggers=triggers), offer)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(known_companies())
def test_whatever_is_known_the_twin_writes_nothing_its_own_wall_would_stop(known: Grounds) -> None:
    draft = drafted(known)
    faults = faults_of(draft, known)
    cited = {i for v in draft.variants for s in v.sentences for i in s.rests_on}
    told = any(known.dossier.fact(fact_id) for fact_id in cited)
    assert {fault.rule for fault in faults} <= (set() if told else {"personal"})


@pytest.mark.parametrize("name", KNOWN)
def test_a_company_we_know_gets_two_clean_letters_in_its_language(name: str) -> None:
    language, known = KNOWN[name]
    draft = drafted(known)
    assert draft.language == language
    assert faults_of(draft, known) == ()
    lengths = [len(variant.body.split()) for variant in draft.variants]
    assert all(FEWEST_WORDS <= length <= MOST_WORDS for length in lengths)
    assert all(len(variant.subject) <= 60 for variant in draft.variants)
    opened = [next(s for s in v.sentences if s.role is Role.CLAIM) for v in draft.variants]
    assert opened[0].rests_on != opened[1].rests_on
    greetings = [[s.role for s in v.sentences].count(Role.GREETING) for v in draft.variants]
    assert greetings == [1, 2]


@pytest.mark.parametrize("language", WORDINGS)
def test_every_language_has_a_sentence_for_every_kind_of_fact(language: str) -> None:
    wording = WORDINGS[language]
    assert set(wording.facts) == set(KINDS.values())
    assert set(wording.asides) | set(wording.subjects_of) <= set(KINDS.values())


@pytest.mark.parametrize("language", WORDINGS)
def test_a_lead_is_written_to_in_its_language_if_the_offer_has_it(language: str) -> None:
    offer = translated("en", language)
    known = grounds(a_lead(language=language), a_dossier(NEWS, JOB, triggers=("news.1",)), offer)
    draft = drafted(known)
    assert draft.language == language
    assert faults_of(draft, known) == ()
    assert HEADLINE in draft.variants[0].body


@pytest.mark.parametrize("language", sorted(WORDINGS.keys() - {"en"}))
def test_a_translated_letter_says_nothing_of_the_offer_in_another_language(language: str) -> None:
    offer = translated("en", language)
    own, words = offer.said_in("en"), offer.said_in(language)
    assert own
    assert words
    known = grounds(a_lead(language=language), a_dossier(NEWS, JOB), offer)
    draft = drafted(known)
    english = [own.helps_with, own.ask, *own.proof_points.values()]
    for variant in draft.variants:
        assert not [text for text in english if text in variant.body]
        assert words.helps_with in variant.body
        assert words.ask in variant.body
    cited = {i for v in draft.variants for s in v.sentences for i in s.rests_on if "proof" in i}
    assert cited == {"proof.tours"}, "the one that is translated"
    slots = {**packet_of(known).slots, "draft": draft}
    assert review(a_packet("reviewer", slots=slots)).faults == ()


def test_without_a_translation_the_letter_is_in_the_offers_own_language() -> None:
    offer = an_offer().model_copy(update={"languages": ("en", "de")})
    known = grounds(a_lead(language="de"), a_dossier(NEWS, JOB), offer)
    draft = drafted(known)
    assert draft.language == "en"
    assert faults_of(draft, known) == ()


def test_an_offer_in_a_language_nobody_has_phrases_for_is_not_quoted() -> None:
    offer = an_offer("de").model_copy(update={"languages": ("pl",)})
    draft = drafted(grounds(a_lead(language="pl"), a_dossier(NEWS, JOB), offer))
    assert draft.language == "en"
    assert not any(offer.helps_with in v.body or offer.ask in v.body for v in draft.variants)
    with_english = translated("de", "en").model_copy(update={"languages": ("pl", "en")})
    draft = drafted(grounds(a_lead(language="pl"), a_dossier(NEWS, JOB), with_english))
    assert "plan tomorrow's routes" in draft.variants[0].body


def test_a_language_the_offer_lacks_gives_way_to_the_offers_first() -> None:
    known = grounds(a_lead(language="pt"), a_dossier(NEWS))
    assert drafted(known).language == "en"


def test_it_begins_with_the_best_trigger() -> None:
    draft = drafted(grounds(a_lead(), a_dossier(JOB, NEWS, triggers=("news.1",))))
    claims = [s for s in draft.variants[0].sentences if s.role is Role.CLAIM]
    assert claims[0].rests_on == ("news.1",)


def test_a_proof_that_ran_out_is_not_used() -> None:
    proof = an_offer().proof_points[2]
    offer = an_offer().model_copy(update={"proof_points": (proof,)})
    draft = drafted(grounds(a_lead(), a_dossier(NEWS, JOB), offer))
    assert not any("proof." in i for v in draft.variants for s in v.sentences for i in s.rests_on)


def test_a_stale_fact_is_left_out() -> None:
    old = NEWS.model_copy(update={"published_on": TODAY - timedelta(days=400)})
    draft = drafted(grounds(a_lead(), a_dossier(old, JOB, triggers=("news.1",))))
    assert "depot" not in " ".join(variant.body for variant in draft.variants)


def test_nothing_known_is_written_about_nothing() -> None:
    known = grounds(a_lead(), a_dossier())
    draft = drafted(known)
    assert {fault.rule for fault in faults_of(draft, known)} == {"personal"}
    assert all("{" not in variant.body for variant in draft.variants)


def test_an_address_in_a_fact_does_not_get_into_a_letter() -> None:
    lure = a_fact("news.1", Point.NEWS, "Visit www.evil.example and win")
    draft = drafted(grounds(a_lead(), a_dossier(lure, JOB, triggers=("news.1",))))
    assert "evil" not in str(draft)


def test_the_same_packet_gives_the_same_draft_and_another_lead_another() -> None:
    one, two = (
        grounds(a_lead(), a_dossier(NEWS, JOB)),
        grounds(a_lead(first_name="Ole"), a_dossier(NEWS, JOB)),
    )
    assert write(packet_of(one)) == write(packet_of(one))
    assert write(packet_of(one)) != write(packet_of(two))


def test_twenty_five_leads_with_the_same_kind_of_news_do_not_read_alike() -> None:
    skeletons: set[tuple[str, ...]] = set()
    for number in range(25):
        company = f"Carrier {chr(65 + number)}{chr(97 + number)}s"
        known = grounds(a_lead(company, domain=None), a_dossier(NEWS, JOB, company=company))
        letter = drafted(known).variants[0]
        skeletons.add(tuple(s.text.replace(company, "…") for s in letter.sentences))
    assert len(skeletons) >= 23


def test_what_was_sent_back_is_written_anew_with_other_sentences() -> None:
    known = grounds(a_lead(), a_dossier(NEWS, JOB, triggers=("news.1",)))
    draft = write(packet_of(known))
    faults = tuple(Fault(variant=n, rule="tone", reason="stiff") for n in (1, 2))
    sent_back = Review(verdict=Verdict.REVISE, faults=faults)
    slots = {**packet_of(known).slots, "draft": draft, "review": sent_back}
    anew = revise(a_packet("reviser", slots=slots))
    said = {s.text for v in draft.variants for s in v.sentences if s.role is Role.CLAIM}
    assert not said & {s.text for v in anew.variants for s in v.sentences}
    assert faults_of(anew, known) == ()
    assert review(a_packet("reviewer", slots={**slots, "draft": anew})).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("sentence", "refusal"),
    [
        (Sentence(text="Call me on +49 40 1234567.", rests_on=("jobs.1",)), "telephone"),
        (Sentence(text="More on evil[.]example today.", rests_on=("jobs.1",)), "domain"),
    ],
)
def test_an_address_stops_a_draft_at_the_agent(sentence: Sentence, refusal: str) -> None:
    draft = Draft(language="en", variants=(Variant(subject="Hello", sentences=(sentence,) * 2),))
    packet = packet_of(grounds(a_lead(), a_dossier(JOB)))
    assert refusal in (no_address_of_its_own(packet, draft) or "")


def test_a_link_the_campaign_lacks_stops_a_draft() -> None:
    greeting = Sentence(text="Hello,", role=Role.GREETING)
    variant = Variant(subject="Hello", sentences=(greeting, greeting), links=("demo",))
    packet = packet_of(grounds(a_lead(), a_dossier(JOB)))
    draft = Draft(language="en", variants=(variant,))
    assert no_address_of_its_own(packet, draft) == "the campaign has no link “demo”"


@pytest.mark.parametrize("cited", [(), ("jobs.9",), ("proof.none",)])
def test_a_claim_needs_a_fact_that_was_found(cited: tuple[str, ...]) -> None:
    claim = Sentence(text="You are hiring.", rests_on=cited)
    draft = Draft(language="en", variants=(Variant(subject="Hello", sentences=(claim, claim)),))
    packet = packet_of(grounds(a_lead(), a_dossier(JOB)))
    assert cites_only_what_it_was_given(packet, draft)
    assert grounds_of(packet).dossier.fact("jobs.1") == JOB

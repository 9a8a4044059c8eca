"""The law: nobody is written to on a ground the table does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest

from dealwright.domain.lead import Lead
from dealwright.domain.situation import Basis, Ground, Situation
from dealwright.outbox.lawful import must_inform, rule_for
from tests.outbox.gates.builders import NOON, a_recipient, a_situation, asked, holds, passes
from tests.outbox.gates.second_table import KNOWN, TOLD_AT_FIRST_CONTACT, allowed

TODAY = NOON.date()
IN_ORDER = a_situation()
UNKNOWN = ("ZZ", "KR", "CN", None)
AGES = (-1, 0, 1, 182, 183, 184, 364, 365, 366, 729, 730, 731, 3650)
SUBSCRIBERS = ("company", "sole_trader", "unknown")


def a_case(country: str | None, subscriber: str, ground: Ground | None) -> Situation:
    lead = Lead(company="Somebody", country=country)
    recipient = a_recipient(subscriber=subscriber, ground=ground)
    return replace(IN_ORDER, lead=lead, recipient=recipient)


def a_ground(
    basis: Basis, age: int = 1, *, evidence: str = "form 7", until: date | None = None
) -> Ground:
    since = TODAY - timedelta(days=age)
    return Ground(basis=basis, evidence=evidence, since=since, until=until)


def test_the_table_and_a_second_one_agree_on_every_case() -> None:
    cases = product((*sorted(KNOWN), *UNKNOWN), SUBSCRIBERS, get_args(Basis), AGES)
    told = [
        (country, subscriber, basis, age)
        for country, subscriber, basis, age in cases
        if passes("lawful", a_case(country, subscriber, a_ground(basis, age)))
        is not allowed(country, subscriber, basis, age)
    ]
    assert told == []
    assert len(KNOWN) >= 30


@pytest.mark.parametrize("country", ["DE", "AT", "PL", "IT", "ES", "DK"])
def test_where_businesses_consent_an_interest_of_ours_is_no_ground(country: str) -> None:
    grounds = (a_ground("legitimate_interest"), a_ground("published"), a_ground("inquiry"))
    for ground in grounds:
        assert "is no ground there" in holds("lawful", a_case(country, "company", ground))


def test_in_canada_implied_consent_ends_on_its_last_day() -> None:
    for days, last, over in (
        (730, a_ground("contract", 729), a_ground("contract", 730)),
        (183, a_ground("inquiry", 182), a_ground("inquiry", 183)),
    ):
        assert passes("lawful", a_case("CA", "company", last))
        assert f"is {days} days old" in holds("lawful", a_case("CA", "company", over))


def test_in_the_united_kingdom_a_sole_trader_is_a_person() -> None:
    assert passes("lawful", a_case("GB", "company", a_ground("legitimate_interest")))
    assert holds("lawful", a_case("GB", "sole_trader", a_ground("legitimate_interest")))
    assert passes("lawful", a_case("GB", "sole_trader", a_ground("consent")))


def test_without_a_ground_its_evidence_a_country_or_a_person_nothing_leaves() -> None:
    assert "no ground is recorded" in holds("lawful", a_case("US", "company", None))
    bare = a_ground("consent", evidence=" ")
    assert "nothing shows the consent" in holds("lawful", a_case("US", "company", bare))
    assert "unknown country" in holds("lawful", a_case(None, "company", a_ground("consent")))
    assert "no rule" in holds("lawful", a_case("DE", "unknown", a_ground("consent")))
    assert holds("lawful", a_situation(lead=None))
    assert holds("lawful", a_situation(recipient=None))


def test_a_ground_holds_on_its_last_day_and_not_after_it() -> None:
    for until, stands in ((TODAY, True), (TODAY - timedelta(days=1), False)):
        ground = a_ground("consent", 90, until=until)
        assert passes("lawful", a_case("DE", "company", ground)) is stands


def test_whoever_wrote_to_us_is_answered_in_every_country() -> None:
    situation = a_situation(answers=True, lead=Lead(company="Somebody"), recipient=None)
    assert passes("lawful", situation)
    assert "answers their message" in str(asked("lawful", situation))


def test_the_ground_that_is_kept_names_basis_evidence_and_law() -> None:
    kept = str(asked("lawful", a_case("US", "company", a_ground("legitimate_interest", 3))))
    for told in ("legitimate interest", "form 7", "2026-10-31", "US, company", "CAN-SPAM"):
        assert told in kept


def test_every_rule_names_its_law() -> None:
    for country in KNOWN:
        for subscriber in ("company", "sole_trader"):
            rule = rule_for(country, subscriber)
            assert rule is not None
            assert len(rule.law) > 20


def test_the_first_letter_informs_where_the_law_wants_it_or_nobody_knows() -> None:
    assert {c for c in KNOWN if must_inform(c)} == TOLD_AT_FIRST_CONTACT
    assert must_inform(None)
    assert must_inform("ZZ")


def test_a_ground_of_tomorrow_is_none_today() -> None:
    held = holds("lawful", a_case("US", "company", a_ground("consent", -1)))
    assert "begins only on 2026-11-04" in held

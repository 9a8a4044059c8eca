"""Who gets it: nobody who asked not to, no customer, nobody whose address was only found."""

from __future__ import annotations

import pytest

from dealwright.domain.connections import Connections
from dealwright.domain.lead import Lead
from dealwright.domain.situation import Situation
from tests.outbox.gates.builders import (
    PUBLIC_URL,
    a_letter,
    a_mailbox,
    a_recipient,
    a_situation,
    asked,
    holds,
    passes,
    refuses,
)


def written_to(address: str, domain: str | None = None, *, answers: bool = False) -> Situation:
    connections = Connections(
        public_url=PUBLIC_URL,
        mailboxes=(a_mailbox(),),
        own_domains=("routewise.example", "xn--mnchen-3ya.example"),
        competitors=("rival.example",),
    )
    return a_situation(
        connections=connections,
        recipient=a_recipient(address=address),
        lead=Lead(company="Somebody", domain=domain, country="DE"),
        answers=answers,
    )


def test_a_suppressed_person_is_never_written_to_not_even_to_answer() -> None:
    gone = a_recipient(suppressed="asked not to be written to")
    for answers in (False, True):
        refused = refuses("not_suppressed", a_situation(recipient=gone, answers=answers))
        assert "asked not to be written to" in refused
    assert refuses("not_suppressed", a_situation(recipient=a_recipient(suppressed="")))
    assert passes("not_suppressed", a_situation())
    assert holds("not_suppressed", a_situation(recipient=None))


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("bob@routewise.example", None),
        ("bob@ROUTEWISE.example", None),
        ("bob@mail.routewise.example", None),
        ("bob@münchen.example", None),
        ("bob@elsewhere.example", "routewise.example"),
        ("Ana@Routewise.example", None),
    ],
)
def test_our_own_people_are_no_prospects(address: str, domain: str | None) -> None:
    for answers in (False, True):
        refused = refuses("not_excluded", written_to(address, domain, answers=answers))
        assert refused == "the address is one of our own"


@pytest.mark.parametrize(
    ("address", "domain"),
    [("x@rival.example", None), ("x@de.rival.example", None), ("x@mail.example", "rival.example")],
)
def test_a_competitor_is_no_prospect(address: str, domain: str | None) -> None:
    assert refuses("not_excluded", written_to(address, domain)) == "the company is a competitor"


def test_our_own_mailbox_is_no_prospect_whatever_domains_are_listed() -> None:
    ours = a_situation(recipient=a_recipient(address="ANA@routewise.example"))
    assert refuses("not_excluded", ours)


def test_a_name_that_only_ends_like_a_listed_domain_is_somebody_else() -> None:
    assert passes("not_excluded", written_to("x@notrival.example", "notrival.example"))
    assert passes("not_excluded", written_to("x@rival.example.net"))


def test_a_customer_gets_no_cold_letter_but_an_answer() -> None:
    customer = a_recipient(excluded="a customer since 2024")
    assert "a customer since 2024" in holds("not_excluded", a_situation(recipient=customer))
    assert passes("not_excluded", a_situation(recipient=customer, answers=True))
    unreachable = a_recipient(excluded="")
    assert holds("not_excluded", a_situation(recipient=unreachable))
    assert holds("not_excluded", a_situation(recipient=None))


@pytest.mark.parametrize(
    "provenance",
    ["leads.csv line 12", "line 7", "my leads.xlsx line 3", "person:anna", "crm", "form:contact"],
)
def test_an_address_somebody_wrote_down_is_good(provenance: str) -> None:
    recipient = a_recipient(provenance=provenance)
    assert passes("known_recipient", a_situation(recipient=recipient))
    assert provenance in str(asked("known_recipient", a_situation(recipient=recipient)))


@pytest.mark.parametrize(
    "provenance", ["web", "web:https://nordfracht.example/team", "reply", "reply:message 3", "page"]
)
def test_an_address_that_was_only_found_is_never_used(provenance: str) -> None:
    assert refuses("known_recipient", a_situation(recipient=a_recipient(provenance=provenance)))


@pytest.mark.parametrize("provenance", ["", "somewhere", "personally", "crmx", "leads.csv line x"])
def test_an_address_nobody_knows_the_origin_of_waits(provenance: str) -> None:
    recipient = a_recipient(provenance=provenance)
    assert "nobody knows who wrote" in holds("known_recipient", a_situation(recipient=recipient))


def test_without_an_address_nothing_leaves() -> None:
    nowhere = a_recipient(address="")
    assert "no address" in holds("known_recipient", a_situation(recipient=nowhere))
    assert "no address" in holds("known_recipient", a_situation(recipient=nowhere, letter=None))
    assert holds("known_recipient", a_situation(recipient=None))


def test_the_letter_goes_to_the_recipient_and_nobody_else() -> None:
    other = a_situation(letter=a_letter(to="boss@nordfracht.example"))
    assert "somebody else" in holds("known_recipient", other)


def test_an_address_that_only_a_form_told_us_gets_an_answer_and_nothing_more() -> None:
    assert "anybody could have entered it" in refuses("known_recipient", a_situation(proven=False))
    assert passes("known_recipient", a_situation(proven=False, answers=True))

"""What has been normalised stays as it is, and nothing but a reason is ever raised."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dealwright.domain import mail_addresses
from dealwright.triggers import normalise, normalise_addresses, normalise_places
from tests.triggers.files import outcome


def phone(text: str) -> str:
    return normalise_places.phone(text, "DE")


NORMALISERS: list[Callable[[str], str]] = [
    normalise.tidy,
    normalise.line,
    normalise.word,
    normalise.company,
    normalise.person,
    normalise.language,
    normalise.folded,
    normalise_addresses.domain,
    normalise_addresses.website,
    normalise_addresses.email,
    mail_addresses.email_key,
    normalise_places.country,
    normalise_places.timezone,
    phone,
]
UGLY = st.one_of(
    st.text(max_size=60),
    st.text("abcXYZ.@/:-+ www09&;#%äßİſ\u200b\n'\"=|", max_size=60),
    st.from_regex(
        r"(https?://)?(www\.)*[a-zA-Zäö0-9.-]{1,20}(:\d{1,6})?(/[a-z?#]*)?", fullmatch=True
    ),
    st.from_regex(r"[a-zA-Zé.+]{1,10}@(www\.)?[a-zA-Zü.]{1,10}\.[a-z]{2,6}", fullmatch=True),
    st.from_regex(r"(\+|00)?[\d ()/-]{3,18}", fullmatch=True),
)


@pytest.mark.parametrize("normaliser", NORMALISERS, ids=lambda function: function.__name__)
@given(text=UGLY)
@example(text="www.www.acme.example")
@example(text="&amp;amp;lt;")
@example(text="VAN DE MCKAY-O'NEIL")
@example(text="a+b+c@ACME.example")
@example(text="++1@x.example")
def test_normalising_twice_changes_nothing(normaliser: Callable[[str], str], text: str) -> None:
    once, reason = outcome(lambda: normaliser(normalise.tidy(text)))
    assert reason if once is None else normaliser(once) == once


@given(UGLY)
def test_a_split_name_holds_only_names(text: str) -> None:
    names, reason = outcome(lambda: normalise.full_name(normalise.tidy(text)))
    assert names or reason
    assert all(name is None or normalise.person(name) == name for name in names or ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jo@Acme.example", "jo@acme.EXAMPLE"),
        ("jo+news@acme.example", "jo@acme.example"),
        ("j.o@gmail.com", "jo@googlemail.com"),
        ("jo@müller.example", "jo@xn--mller-kva.example"),
        ("ｊｏ@acme.example", "jo@acme.example"),
    ],
)
def test_two_spellings_of_a_mailbox_have_one_key(one: str, other: str) -> None:
    assert mail_addresses.email_key(one) == mail_addresses.email_key(other)


def test_dots_tell_mailboxes_apart_where_they_matter() -> None:
    key = mail_addresses.email_key
    assert key("j.o@acme.example") != key("jo@acme.example")


def test_every_country_that_can_be_dialled_is_known_by_code_and_name() -> None:
    regions = sorted(phonenumbers.SUPPORTED_REGIONS - {"AC", "TA"})
    assert [normalise_places.country(region) for region in regions] == regions
    names = ["Germany", "Deutschland", "Allemagne", "Alemania", "Germania", "Duitsland", "Alemanha"]
    assert {normalise_places.country(name) for name in names} == {"DE"}


def test_a_country_has_a_time_zone_when_all_of_it_keeps_one() -> None:
    zones = [normalise_places.only_timezone(code) for code in phonenumbers.SUPPORTED_REGIONS]
    assert all(ZoneInfo(zone).key == zone for zone in zones if zone)
    assert normalise_places.only_timezone("DE") == "Europe/Berlin"
    assert normalise_places.only_timezone("US") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("de", "de"), ("de-AT", "de"), ("EN_us", "en"), ("Français", "fr"), ("Niederländisch", "nl")],
)
def test_a_language_is_known_by_code_and_name(text: str, code: str) -> None:
    assert normalise.language(text) == code


@pytest.mark.parametrize("host", ["gmail.com", "www.facebook.com", "de.linkedin.com"])
def test_a_shared_host_names_no_company(host: str) -> None:
    assert mail_addresses.is_shared(host)
    assert mail_addresses.email_domain(f"jo@{host}") is None

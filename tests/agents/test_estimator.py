"""The estimator: every figure from the price book, every count from somebody's words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.staff.estimator import count, estimate_from, every_figure_is_in_the_book
from dealwright.domain.estimate import Count, Counts, Estimate, Price, PriceBook, Total
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning
from tests.agents.builders import TODAY, a_lead
from tests.agents.talks import a_conversation, a_reading, a_talk, ours, theirs

SETUP = Price(id="setup", says="setting it up", low=Decimal(500), high=Decimal(900))
TRUCK = Price(
    id="truck",
    says="each truck, a month",
    per="truck",
    words=("lorry", "Lkw", "camion"),
    low=Decimal("19.50"),
    high=Decimal(25),
    period="month",
    fewest=10,
)
COURSE = Price(
    id="course",
    says="a course for dispatchers",
    per="dispatcher",
    low=Decimal(80),
    high=Decimal(80),
    optional=True,
)
BOOK = PriceBook(prices=(SETUP, TRUCK, COURSE))


def packet_of(
    text: str, book: PriceBook = BOOK, record: tuple[tuple[str, str], ...] = ()
) -> Packet:
    lead = a_lead().model_copy(update={"record": record})
    reading = a_reading(Meaning.PRICE)
    return a_talk(a_conversation(ours(), theirs(text)), reading, lead=lead, prices=book)


def estimated(packet: Packet) -> Estimate:
    made = estimate_from(packet, count(packet))
    assert every_figure_is_in_the_book(packet, made) is None
    return made


def test_a_range_is_the_books_prices_times_what_was_said() -> None:
    made = estimated(packet_of("What would it cost for our 40 trucks?"))
    assert made.totals == (
        Total(period="once", low=Decimal(500), high=Decimal(900)),
        Total(period="month", low=Decimal(780), high=Decimal(1000)),
    )
    assert "each truck, a month: 40 truck (message.2)" in made.assumptions
    errand = made.errands()[0]
    assert errand.kind == "estimate"
    assert "780.00 to 1,000.00 EUR, month" in errand.because


@pytest.mark.parametrize("text", ["Wir haben 25 Lkw.", "Nous avons 25 camions.", "25 lorries"])
def test_counts_are_found_in_the_words_the_book_names(text: str) -> None:
    assert estimated(packet_of(text)).lines[1].quantity == 25


def test_the_imports_columns_count_too_and_the_reply_before_them() -> None:
    record = (("Trucks", "60"), ("Dispatchers", "4"))
    made = estimated(packet_of("How much is it?", record=record))
    assert [line.quantity for line in made.lines] == [1, 60, 4]
    assert estimated(packet_of("For 30 trucks?", record=record)).lines[1].quantity == 30


def test_what_nobody_said_is_asked_and_no_total_is_made_up() -> None:
    made = estimated(packet_of("How much is it?"))
    assert made.totals == ()
    assert made.missing == ("each truck, a month: nobody said how many truck",)
    assert made.errands()[0].because == "a price is asked for"


def test_an_option_is_named_beside_the_range() -> None:
    made = estimated(packet_of("40 trucks and 3 dispatchers: how much?"))
    assert [total.low for total in made.totals] == [500, 780]
    assert any("not in the range" in text for text in made.assumptions)


def test_the_fewest_are_charged() -> None:
    line = estimated(packet_of("For 3 trucks?")).lines[1]
    assert (line.quantity, line.low) == (3, Decimal("195.00"))


def test_a_book_out_of_date_names_no_figure() -> None:
    old = BOOK.model_copy(update={"until": TODAY - timedelta(days=1)})
    made = estimated(packet_of("40 trucks?", old))
    assert made.lines == ()
    assert made.totals == ()


def test_a_count_nobody_said_is_left_out_whoever_counted() -> None:
    packet = packet_of("For 40 trucks?")
    for quantity, where in ((400, "message.2"), (40, "message.1"), (40, "record.Trucks")):
        counts = Counts(counts=(Count(price="truck", quantity=quantity, said_in=where),))
        assert estimate_from(packet, counts).totals == ()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2), st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_a_figure_that_is_not_the_books_is_caught(at: int, low: Decimal, high: Decimal) -> None:
    packet = packet_of("40 trucks and 3 dispatchers: how much?")
    made = estimated(packet)
    line = made.lines[at].model_copy(update={"low": low, "high": high})
    wrong = made.model_copy(update={"lines": (*made.lines[:at], line, *made.lines[at + 1 :])})
    assert (every_figure_is_in_the_book(packet, wrong) is None) is (line == made.lines[at])
    dearer = made.totals[0].model_copy(update={"high": high})
    wrong = made.model_copy(update={"totals": (dearer, *made.totals[1:])})
    assert (every_figure_is_in_the_book(packet, wrong) is None) is (dearer == made.totals[0])


def test_a_price_whose_ends_are_swapped_is_refused() -> None:
    with pytest.raises(ValueError, match="swap them"):
        Price(id="x", says="x", low=Decimal(2), high=Decimal(1))
    assert BOOK.model_copy(update={"until": date(2026, 1, 1)}).price("none") is None

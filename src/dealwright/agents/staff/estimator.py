"""The estimator works out a range from the price book; a person quotes from it, or does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from dealwright.agents.staff.grounding import Quantity, fold, quantities
from dealwright.agents.staff.grounding.quantities import unit_of
from dealwright.agents.staff.grounding.spelling import stem, words
from dealwright.domain.conversation import Conversation, MessageKind
from dealwright.domain.estimate import (
    Count,
    Counts,
    Estimate,
    EstimateLine,
    Period,
    Price,
    PriceBook,
    Total,
)
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Reading

MOST_LINES = 20


def count(packet: Packet) -> Counts:
    """Return how many of what each price counts the person or the import names."""
    book = packet.need("prices", PriceBook)
    found = ((price, next(_said(packet, price), None)) for price in book.prices if price.per)
    return Counts(
        counts=tuple(
            Count(price=price.id, quantity=told[0], said_in=told[1])
            for price, told in found
            if told
        )
    )


def estimate_from(packet: Packet, answer: object) -> Estimate:
    """Multiply what was counted by what the book says; a count nobody named is left out."""
    assert isinstance(answer, Counts)
    book, reading = packet.need("prices", PriceBook), packet.need("reading", Reading)
    if book.until is not None and book.until < packet.today:
        return Estimate(
            message=reading.message,
            currency=book.currency,
            missing=(f"the price book was good until {book.until}",),
            due_on=packet.today,
        )
    counted = {c.price: c for c in answer.counts if _is_said(packet, book, c)}
    lines: list[EstimateLine] = []
    assumptions: list[str] = []
    missing: list[str] = []
    for price in book.prices:
        told = counted.get(price.id)
        if price.per and told is None:
            (assumptions if price.optional else missing).append(_left_out(price))
            continue
        lines.append(line_of(price, told.quantity if told else 1))
        assumptions.append(_assumed(price, told))
    return Estimate(
        message=reading.message,
        currency=book.currency,
        lines=tuple(lines),
        totals=() if missing else tuple(_totals(book, lines)),
        assumptions=tuple(assumptions[:MOST_LINES]),
        missing=tuple(missing[:MOST_LINES]),
        due_on=packet.today,
    )


def every_figure_is_in_the_book(packet: Packet, product: object) -> str | None:
    """Catch an amount that is not a price of the book times a number, or their sum."""
    assert isinstance(product, Estimate)
    book = packet.need("prices", PriceBook)
    for line in product.lines:
        price = book.price(line.price)
        if price is None or line != line_of(price, line.quantity):
            return f"the book does not say what {line.price} costs here"
    if product.totals and product.totals != tuple(_totals(book, product.lines)):
        return "the totals are not the sums of the lines"
    return None


def line_of(price: Price, quantity: int) -> EstimateLine:
    """Return what so many cost."""
    times = max(quantity, price.fewest)
    return EstimateLine(
        price=price.id, quantity=quantity, low=price.low * times, high=price.high * times
    )


def _totals(
    book: PriceBook, lines: list[EstimateLine] | tuple[EstimateLine, ...]
) -> Iterator[Total]:
    sums: dict[Period, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in lines:
        price = book.price(line.price)
        if price is not None and not price.optional:
            sums[price.period][0] += line.low
            sums[price.period][1] += line.high
    for period, (low, high) in sums.items():
        yield Total(period=period, low=low, high=high)


def _assumed(price: Price, told: Count | None) -> str:
    beside = "; not in the range" if price.optional else ""
    if told is None:
        return f"{price.says[:200]}: once{beside}"
    more = f", {price.fewest} are charged" if told.quantity < price.fewest else ""
    return f"{price.says[:150]}: {told.quantity} {price.per} ({told.said_in}){more}{beside}"[:300]


def _left_out(price: Price) -> str:
    return f"{price.says[:200]}: nobody said how many {price.per}"[:300]


def _said(packet: Packet, price: Price) -> Iterator[tuple[int, str]]:
    """Yield the numbers that count what the price counts, the newest message's first."""
    conversation, lead = packet.need("conversation", Conversation), packet.need("lead", Lead)
    for message in reversed(conversation.messages):
        if message.kind is MessageKind.REPLY:
            for amount in quantities(message.text, message.language):
                if _counts(amount, price):
                    yield int(amount.value), f"message.{message.number}"
    for column, value in lead.record:
        amounts = quantities(value)
        for amount in amounts[:1]:
            if _whole(amount) and not set(map(stem, words(column))).isdisjoint(_names(price)):
                yield int(amount.value), f"record.{column}"


def _counts(amount: Quantity, price: Price) -> bool:
    if not _whole(amount):
        return False
    if amount.noun and stem(amount.noun) in _names(price):
        return True
    units = {unit_of(fold(word)) for word in _words(price)} - {""}
    return amount.unit in units


def _whole(amount: Quantity) -> bool:
    return amount.value >= 1 and amount.value == int(amount.value)


def _words(price: Price) -> tuple[str, ...]:
    return (*filter(None, (price.per,)), *price.words)


def _names(price: Price) -> set[str]:
    return {stem(word) for said in _words(price) for word in words(said)}


def _is_said(packet: Packet, book: PriceBook, counted: Count) -> bool:
    price = book.price(counted.price)
    known = _said(packet, price) if price and price.per else iter(())
    return (counted.quantity, counted.said_in) in set(known)

"""An estimate: a range from the price book for what the lead seems to need, with assumptions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dealwright.domain.product import Errand, Line, Word, WorkProduct

MOST_MONEY = Decimal(10) ** 9
Money = Annotated[Decimal, Field(ge=0, le=MOST_MONEY, decimal_places=2)]
Period = Literal["once", "month", "year"]


class Price(WorkProduct):
    """One line of the price book."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")
    says: Line
    """What it is for, as a customer reads it."""
    per: Word | None = None
    """What is counted: `vehicle`, `user`; None: a fixed price."""
    words: tuple[Word, ...] = Field(default=(), max_length=20)
    """Other words for what is counted, in the languages replies come in."""
    low: Money
    high: Money
    """The same as low where there is nothing to negotiate."""
    period: Period = "once"
    fewest: int = Field(default=1, ge=1, le=1_000_000)
    """At least so many are charged."""
    optional: bool = False
    """Left out of the range; named beside it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low, {self.low}, is more than high, {self.high}; swap them")
        return self


class PriceBook(WorkProduct):
    """What things cost, as a person wrote it down."""

    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    prices: tuple[Price, ...] = Field(default=(), max_length=60)
    until: date | None = None
    """Not to be used after this day."""

    def brief(self) -> str:
        """Return what is counted; what it costs is for code."""
        return "\n".join(f"{p.id}: {p.says}, per {p.per}" for p in self.prices if p.per)

    def price(self, price_id: str) -> Price | None:
        """Return the price with that id, if the book holds it."""
        return next((price for price in self.prices if price.id == price_id), None)


class Count(WorkProduct):
    """How many of what a price counts somebody has, as it was said."""

    price: str = Field(max_length=40)
    """The id of the price."""
    quantity: int = Field(ge=1, le=1_000_000)
    said_in: str = Field(max_length=120)
    """`message.<number>`, or `record.<column>`."""


class Counts(WorkProduct):
    """What a brain hands in: no figure of it is money."""

    counts: tuple[Count, ...] = Field(default=(), max_length=60)


class EstimateLine(WorkProduct):
    """One price, times how many."""

    price: str = Field(max_length=40)
    """Its id in the book."""
    quantity: int = Field(ge=1, le=1_000_000)
    low: Money
    high: Money


class Total(WorkProduct):
    """What it comes to in one period."""

    period: Period
    low: Money
    high: Money


class Estimate(WorkProduct):
    """A range for a person to quote from; it is never sent by itself."""

    message: int = Field(ge=1)
    """The reply that asks for it."""
    currency: str = Field(pattern="^[A-Z]{3}$")
    lines: tuple[EstimateLine, ...] = Field(default=(), max_length=60)
    totals: tuple[Total, ...] = Field(default=(), max_length=3)
    assumptions: tuple[Line, ...] = Field(default=(), max_length=20)
    missing: tuple[Line, ...] = Field(default=(), max_length=20)
    """What has to be asked before anything more can be said."""
    due_on: date

    def errands(self) -> tuple[Errand, ...]:
        said = "; ".join(
            f"{t.low:,.2f} to {t.high:,.2f} {self.currency}, {t.period}" for t in self.totals
        )
        return (
            Errand(
                kind="estimate",
                key=f"message.{self.message}",
                because=f"a price is asked for: {said}" if said else "a price is asked for",
                due_on=self.due_on,
                context=self.model_dump(mode="json"),
            ),
        )

"""Money as whole micro-dollars, so that sums are exact."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

MICROS = 1_000_000


def micros(dollars: Decimal) -> int:
    """Return whole micro-dollars, rounded up so that a reservation never falls short."""
    return int((dollars * MICROS).to_integral_value(rounding=ROUND_CEILING))


def shown(amount: int) -> str:
    """Return an amount as people read it: `$0.0123`, with cents at least."""
    dollars = Decimal(amount) / MICROS
    return f"${dollars:.2f}" if amount % 10_000 == 0 else f"${dollars:.4f}"

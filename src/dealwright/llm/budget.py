"""Budget: what a call could cost at worst is reserved before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from dealwright.domain.campaign import Budget
from dealwright.domain.money import micros
from dealwright.domain.run import Usage
from dealwright.errors import Misconfigured
from dealwright.llm.call import ModelCall, Reply
from dealwright.llm.models import setting

PRICED_AS = {"openai-chat": "openai", "xai": "x-ai", "google-cloud": "google"}
"""Provider → its name in the price list, where it differs."""


class Purse(Protocol):
    """Keeps what was spent against caps, exactly, whatever the number of workers."""

    async def reserve(
        self,
        scopes: Sequence[tuple[str, int]],
        amount: int,
        *,
        workspace: str,
        campaign: str | None,
        case_id: str,
    ) -> str:
        """Set an amount aside under every (scope, cap), in micro-dollars; return its id.

        Raises:
            BudgetSpent: it would pass a cap; nothing was set aside.

        """
        ...

    async def release(self, reservation: str) -> None:
        """Give a reservation back: nothing was sent."""
        ...


class Budgets(Protocol):
    """Knows what a campaign may spend."""

    async def budget(self, workspace: str, campaign: str | None) -> Budget:
        """Return the caps that hold for a campaign's calls."""
        ...


class Prices:
    """What tokens cost, by the installed price list; nothing is fetched."""

    def __init__(self, *, allow_unknown: bool) -> None:
        self._allow_unknown = allow_unknown

    def known(self, model: str) -> bool:
        """Tell whether the price list has the model."""
        return self._dollars(model, 0, 0, 0) is not None

    def cost(
        self, model: str, input_tokens: int, output_tokens: int, cached_tokens: int = 0
    ) -> int:
        """Return micro-dollars, rounded up; 0 for an unknown price where that is allowed.

        Raises:
            Misconfigured: nobody knows the price, and that is not allowed.

        """
        dollars = self._dollars(model, input_tokens, output_tokens, cached_tokens)
        if dollars is not None:
            return micros(dollars)
        if self._allow_unknown:
            return 0
        raise Misconfigured(
            f"nobody knows what {model} costs, so no budget can hold it: name another model, or "
            f"set {setting('allow_unknown_prices')}=true to count its calls as $0"
        )

    def _dollars(
        self, model: str, input_tokens: int, output_tokens: int, cached_tokens: int
    ) -> Decimal | None:
        from genai_prices import calc_price
        from genai_prices.types import Usage as Tokens

        provider, _, name = model.partition(":")
        tokens = Tokens(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cache_read_tokens=cached_tokens,
        )
        try:
            found = calc_price(tokens, name, provider_id=PRICED_AS.get(provider, provider))
        except LookupError:
            return None
        return found.total_price


@dataclass(frozen=True, slots=True)
class Worst:
    """What one model could take at worst."""

    request: int
    """Micro-dollars for one request."""
    call: int
    """Micro-dollars for the request and its repair, which carries the first answer along."""


def worst(prices: Prices, model: str, input_tokens: int, output_tokens: int) -> Worst:
    """Return what a call could cost at worst.

    Raises:
        Misconfigured: nobody knows the price, and that is not allowed.

    """
    request = prices.cost(model, input_tokens, output_tokens)
    repair = prices.cost(model, input_tokens + output_tokens, output_tokens)
    return Worst(request, request + repair)


def scopes(call: ModelCall, budget: Budget, today: date) -> tuple[tuple[str, int], ...]:
    """Return what a call is held against: its lead, its campaign's day, its campaign."""
    campaign = call.campaign or call.case_id
    return (
        (f"lead:{call.case_id}", micros(budget.per_lead)),
        (f"day:{campaign}:{today}", micros(budget.per_day)),
        (f"campaign:{campaign}", micros(budget.total)),
    )


@dataclass(slots=True)
class Tab:
    """What one call has taken so far. It never passes what was reserved for it."""

    reserved: int
    reservation: str | None
    model: str = ""
    calls: int = 0
    cost: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def covers(self, amount: int) -> bool:
        """Tell whether another request of that price is within the reservation."""
        return self.cost + amount <= self.reserved

    def took(self, reply: Reply, cost: int) -> None:
        """Note a response."""
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        self.cost += cost

    @property
    def usage(self) -> Usage:
        """Everything so far, to be settled with the run."""
        return Usage(
            model=self.model,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cost=self.cost,
            calls=self.calls,
            reservation=self.reservation,
        )

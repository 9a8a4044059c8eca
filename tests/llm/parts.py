"""What the model tests put together: a gateway with everything in memory, and calls to make."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import ClassVar, Self

from dealwright.agents.schema import answer_schema
from dealwright.agents.shape import ClassShape
from dealwright.domain.campaign import Budget
from dealwright.domain.product import Line, WorkProduct
from dealwright.errors import BudgetSpent
from dealwright.llm.call import ModelCall
from dealwright.llm.gateway import Gateway
from dealwright.llm.models import ModelSettings

INSTRUCTIONS = "# Identity\nYou say how big a company is."
DATA = '<data name="lead">\ncompany: Hafenkran Logistik GmbH\n</data>'
FITS = '{"size": 120, "because": "the imprint says so"}'
FITS_NOT = '{"size": "many", "because": "the imprint says so"}'

PROVIDERS = {
    "anthropic": "anthropic:claude-haiku-5-5",
    "openai": "openai:gpt-6-luna",
    "openai-chat": "openai-chat:gpt-6-luna",
}
"""How the tests reach each protocol."""


class Size(WorkProduct):
    """How big a company is."""

    size: int
    because: Line


class QuickClock:
    """The machine's clock, but sleeping takes no time and is noted."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._ahead = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.perf_counter() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._ahead += seconds
        await asyncio.sleep(0)


@dataclass
class MemoryPurse:
    """Keeps reservations in memory; nothing is ever settled."""

    held: dict[str, int] = field(default_factory=dict[str, int])
    scopes: list[Sequence[tuple[str, int]]] = field(default_factory=list[Sequence[tuple[str, int]]])
    released: list[str] = field(default_factory=list[str])

    async def reserve(
        self,
        scopes: Sequence[tuple[str, int]],
        amount: int,
        *,
        workspace: str,
        campaign: str | None,
        case_id: str,
    ) -> str:
        assert workspace
        assert case_id
        assert campaign != ""
        self.scopes.append(scopes)
        for scope, cap in scopes:
            if sum(self.held.values()) + amount > cap:
                raise BudgetSpent(f"{scope} has no {amount} left", scope=scope)
        reservation = f"r{len(self.scopes)}"
        self.held[reservation] = amount
        return reservation

    async def release(self, reservation: str) -> None:
        del self.held[reservation]
        self.released.append(reservation)


@dataclass
class SameBudget:
    """The same caps for every campaign."""

    caps: Budget

    async def budget(self, workspace: str, campaign: str | None) -> Budget:
        assert workspace
        assert campaign != ""
        return self.caps


@dataclass
class ScriptedLimits:
    """Says to wait as it was told to, then has room."""

    waits: list[float] = field(default_factory=list[float])
    taken: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])

    async def take(self, key: str, per_minute: int, burst: int) -> float:
        self.taken.append((key, per_minute, burst))
        return self.waits.pop(0) if self.waits else 0


class Office:
    """A gateway and the parts around it."""

    KEY: ClassVar[str] = "sk-made-up"

    def __init__(self, url: str, *models: str, dollars: str = "1", **settings: object) -> None:
        self.clock = QuickClock()
        self.purse = MemoryPurse()
        self.limits = ScriptedLimits()
        chain = ",".join(PROVIDERS.get(model, model) for model in models)
        told: Mapping[str, object] = {
            "keys": {"anthropic": self.KEY, "openai": self.KEY},
            "base_urls": {"anthropic": url, "openai": f"{url}/v1", "local": f"{url}/v1"},
            "light": chain,
            **settings,
        }
        self.gateway = Gateway(
            ModelSettings.model_validate(told),
            purse=self.purse,
            budgets=SameBudget(Budget(per_lead=Decimal(dollars))),
            limits=self.limits,
            clock=self.clock,
            random=Random(1),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.close()


def a_call(**changes: object) -> ModelCall:
    """Return a call for a lead of the spring campaign, with these changes."""
    shape = ClassShape(Size)
    call = ModelCall(
        instructions=INSTRUCTIONS,
        data=DATA,
        answer=shape,
        schema=answer_schema(shape),
        tier="light",
        max_output_tokens=200,
        timeout=20,
        patience=60,
        workspace="default",
        campaign="spring",
        case_id="case-1",
    )
    return replace(call, **changes)

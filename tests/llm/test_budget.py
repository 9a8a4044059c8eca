"""Budgets: nothing is sent that could cost more than is left, and nothing costs more than that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dealwright.domain.run import Outcome, Usage
from dealwright.errors import BudgetSpent, Misconfigured, ModelFailed
from dealwright.llm.budget import Prices, worst
from dealwright.llm.models import USUAL
from tests.llm.broken_server import HANG_UP, BrokenServer
from tests.llm.parts import FITS, FITS_NOT, PROVIDERS, Office, a_call
from tests.llm.wire_server import WireServer, failed, said

COST_OF_INPUT = 50
"""Micro-dollars: 500 tokens in, which every request is taken to hold at least."""


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_call_over_budget_is_not_made(provider: str, wire: WireServer) -> None:
    async with Office(wire.url, provider, dollars="0.0001") as office:
        with pytest.raises(BudgetSpent, match="lead:case-1") as refusal:
            await office.gateway.complete(a_call())
    assert refusal.value.facts["outcome"] is Outcome.OVER_BUDGET
    assert refusal.value.facts["usage"] == Usage()
    assert wire.requests() == []


async def test_a_call_is_held_against_lead_day_and_campaign(wire: WireServer) -> None:
    wire.script(said(FITS))
    async with Office(wire.url, "anthropic") as office:
        await office.gateway.complete(a_call())
    today = datetime.now(UTC).date()
    assert office.purse.scopes == [
        (
            ("lead:case-1", 1_000_000),
            (f"day:spring:{today}", 20_000_000),
            ("campaign:spring", 200_000_000),
        )
    ]


async def test_the_reservation_covers_the_repair(wire: WireServer) -> None:
    most = {"input_tokens": 190, "output_tokens": 200}
    wire.script({**said(FITS_NOT), "usage": most}, {**said(FITS), "usage": most})
    async with Office(wire.url, "anthropic") as office:
        answer = await office.gateway.complete(a_call())
    assert 0 < answer.usage.cost <= office.purse.held["r1"]


async def test_the_dearest_model_of_the_chain_is_reserved_for(wire: WireServer) -> None:
    wire.script(said(FITS))
    async with Office(wire.url, "anthropic") as cheap:
        await cheap.gateway.complete(a_call())
    async with Office(wire.url, "anthropic", "anthropic:claude-opus-5-5") as dear:
        await dear.gateway.complete(a_call())
    assert dear.purse.held["r1"] > 30 * cheap.purse.held["r1"]


async def test_what_may_have_been_paid_is_never_more_than_what_was_reserved(
    broken: BrokenServer,
) -> None:
    broken.script = [HANG_UP]
    async with Office(broken.url, "anthropic", "openai") as office:
        with pytest.raises(ModelFailed) as ending:
            await office.gateway.complete(a_call())
    usage = ending.value.facts["usage"]
    assert isinstance(usage, Usage)
    assert usage.cost <= office.purse.held["r1"]
    assert len(broken.requests) == 2


async def test_a_server_that_counts_nothing_is_charged_the_estimate(wire: WireServer) -> None:
    wire.script({"content": FITS, "usage": {"input_tokens": 0, "output_tokens": 0}})
    async with Office(wire.url, "anthropic") as office:
        answer = await office.gateway.complete(a_call())
    assert COST_OF_INPUT < answer.usage.cost <= office.purse.held["r1"]


async def test_an_unknown_price_is_refused_with_the_way_out(wire: WireServer) -> None:
    async with Office(wire.url, "local:llama3.3") as office:
        with pytest.raises(Misconfigured, match=r"local:llama3\.3 .*ALLOW_UNKNOWN_PRICES"):
            await office.gateway.complete(a_call())
    assert wire.requests() == []


async def test_a_failed_call_keeps_its_reservation_to_be_settled(wire: WireServer) -> None:
    wire.script(failed(529))
    async with Office(wire.url, "anthropic") as office:
        with pytest.raises(ModelFailed):
            await office.gateway.complete(a_call())
    assert (list(office.purse.held), office.purse.released) == (["r1"], [])


@pytest.mark.parametrize(
    "model", [f"{name}:{model}" for name, tiers in USUAL.items() for model in tiers.values()]
)
def test_every_usual_model_has_a_price(model: str) -> None:
    prices = Prices(allow_unknown=False)
    assert prices.known(model)
    assert worst(prices, model, 1000, 400).call > worst(prices, model, 1000, 400).request > 0

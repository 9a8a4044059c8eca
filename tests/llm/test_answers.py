"""Answers over the real protocols: what is sent, what comes back, what it took."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

import pytest

from dealwright.domain.run import Outcome, Usage
from dealwright.errors import BadAnswer, ModelRefused
from tests.llm.bodies import answered, refused
from tests.llm.broken_server import BrokenServer
from tests.llm.parts import (
    DATA,
    FITS,
    FITS_NOT,
    INSTRUCTIONS,
    PROVIDERS,
    Office,
    Size,
    a_call,
)
from tests.llm.wire_server import WireServer, said

COST = 50
"""Micro-dollars for 300 tokens in and 40 out, at 0.10 and 0.50 dollars a million."""

each_provider = pytest.mark.parametrize("provider", PROVIDERS)


def system_text(body: Mapping[str, object]) -> str:
    """Return what a request says in the voice of the system, whatever the protocol."""
    turns = cast("list[dict[str, object]]", body.get("messages", []))
    system = [turn for turn in turns if turn["role"] == "system"]
    return json.dumps([body.get("system"), body.get("instructions"), system])


@each_provider
async def test_a_good_answer_takes_one_request(provider: str, wire: WireServer) -> None:
    wire.script(said(FITS))
    async with Office(wire.url, provider) as office:
        answer = await office.gateway.complete(a_call())
    assert answer.value == Size(size=120, because="the imprint says so")
    assert answer.usage == Usage(
        model=PROVIDERS[provider],
        input_tokens=300,
        output_tokens=40,
        cost=COST,
        calls=1,
        reservation="r1",
    )
    assert len(wire.requests()) == 1
    assert office.purse.released == []


@each_provider
async def test_the_instructions_are_the_same_for_every_case_and_hold_none_of_it(
    provider: str, broken: BrokenServer
) -> None:
    broken.script = [answered(provider, FITS)]
    async with Office(broken.url, provider) as office:
        await office.gateway.complete(a_call())
        await office.gateway.complete(a_call(data=DATA.replace("Hafenkran", "Nordlicht")))
    first, second = broken.requests
    assert system_text(first) == system_text(second)
    assert json.dumps(INSTRUCTIONS)[1:-1] in system_text(first)
    assert "Hafenkran" not in system_text(first)
    assert "Hafenkran" in json.dumps(first)


@each_provider
async def test_an_answer_that_does_not_fit_is_sent_back_once(
    provider: str, wire: WireServer
) -> None:
    wire.script(said(FITS_NOT), said(FITS))
    async with Office(wire.url, provider) as office:
        answer = await office.gateway.complete(a_call())
    assert answer.value == Size(size=120, because="the imprint says so")
    assert (answer.usage.calls, answer.usage.cost) == (2, 2 * COST)
    first, second = wire.requests()
    assert "valid integer" in json.dumps(second)
    assert system_text(first) == system_text(second)


@each_provider
async def test_garbage_for_ever_ends_after_the_repair(provider: str, wire: WireServer) -> None:
    wire.script(said("I would rather talk about the weather."))
    async with Office(wire.url, provider) as office:
        with pytest.raises(BadAnswer) as ending:
            await office.gateway.complete(a_call())
    assert ending.value.facts["outcome"] is Outcome.BAD_ANSWER
    usage = ending.value.facts["usage"]
    assert isinstance(usage, Usage)
    assert (usage.calls, usage.cost, usage.reservation) == (2, 2 * COST, "r1")
    assert len(wire.requests()) == 2


@each_provider
async def test_an_answer_that_was_cut_off_counts_as_one_that_does_not_fit(
    provider: str, broken: BrokenServer
) -> None:
    broken.script = [answered(provider, '{"size": 120, "bec', cut=True), answered(provider, FITS)]
    async with Office(broken.url, provider) as office:
        answer = await office.gateway.complete(a_call())
    assert answer.usage.calls == 2
    assert "cut off after 5 tokens" in json.dumps(broken.requests[1])


@each_provider
async def test_a_refusal_is_final(provider: str, broken: BrokenServer) -> None:
    broken.script = [refused(provider)]
    async with Office(broken.url, provider, "anthropic:claude-sonnet-5-5") as office:
        with pytest.raises(ModelRefused, match="declined") as ending:
            await office.gateway.complete(a_call())
    assert ending.value.facts["outcome"] is Outcome.REFUSED
    usage = ending.value.facts["usage"]
    assert isinstance(usage, Usage)
    assert (usage.calls, usage.output_tokens) == (1, 5)
    assert len(broken.requests) == 1


async def test_a_model_without_native_structured_output_is_given_a_tool(wire: WireServer) -> None:
    call = {"name": "answer", "arguments": FITS}
    wire.script({"toolCalls": [call], "usage": said("")["usage"]})
    async with Office(wire.url, "anthropic:claude-3-haiku") as office:
        answer = await office.gateway.complete(a_call())
    assert answer.value == Size(size=120, because="the imprint says so")
    assert "tools" in wire.requests()[0]


async def test_a_small_models_markdown_fence_is_taken_off(wire: WireServer) -> None:
    wire.script(said(f"```json\n{FITS}\n```"))
    async with Office(wire.url, "local:llama3.3", allow_unknown_prices=True) as office:
        answer = await office.gateway.complete(a_call())
    assert answer.value == Size(size=120, because="the imprint says so")
    assert (answer.priced, answer.usage.cost, answer.usage.reservation) == (False, 0, None)
    assert wire.requests()[0]["max_tokens"] == 200


@each_provider
async def test_every_request_bounds_its_output_and_is_not_streamed(
    provider: str, broken: BrokenServer
) -> None:
    broken.script = [answered(provider, FITS)]
    async with Office(broken.url, provider) as office:
        await office.gateway.complete(a_call())
    fields = ("max_tokens", "max_output_tokens", "max_completion_tokens")
    body = broken.requests[0]
    assert [body[field] for field in fields if field in body] == [200]
    assert body["stream"] is False


async def test_a_model_that_always_thinks_gets_room_to(broken: BrokenServer) -> None:
    broken.script = [answered("anthropic", FITS)]
    async with Office(broken.url, "anthropic:claude-opus-5-5") as office:
        await office.gateway.complete(a_call())
    assert broken.requests[0]["max_tokens"] == 2200


async def test_a_provider_is_told_not_to_keep_what_it_saw(broken: BrokenServer) -> None:
    broken.script = [answered("openai", FITS)]
    async with Office(broken.url, "openai") as office:
        await office.gateway.complete(a_call())
    assert broken.requests[0]["store"] is False

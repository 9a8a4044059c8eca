"""Troubles on the wire: each ends in a typed outcome after a known number of requests."""

from __future__ import annotations

import pytest

from dealwright.domain.run import Outcome, Usage
from dealwright.errors import ModelFailed
from tests.llm.bodies import answered
from tests.llm.broken_server import HANG_UP, BrokenServer, Bytes, page
from tests.llm.parts import FITS, PROVIDERS, Office, a_call
from tests.llm.wire_server import WireServer, failed, said

each_provider = pytest.mark.parametrize("provider", PROVIDERS)

TOO_LONG = {
    "anthropic": "prompt is too long: 250000 tokens > 200000 maximum",
    "openai": "Your input exceeds the context window of this model.",
    "openai-chat": "This model's maximum context length is 128000 tokens.",
}


async def ending_of(office: Office, **changes: object) -> tuple[ModelFailed, Usage]:
    """Make a call that fails, and return how it ended."""
    with pytest.raises(ModelFailed) as ending:
        await office.gateway.complete(a_call(**changes))
    usage = ending.value.facts["usage"]
    assert isinstance(usage, Usage)
    return ending.value, usage


@each_provider
@pytest.mark.parametrize(
    ("status", "outcome"),
    [(529, Outcome.OVERLOADED), (503, Outcome.OVERLOADED), (500, Outcome.UNREACHABLE)],
)
async def test_a_server_error_is_tried_three_times_and_costs_nothing(
    provider: str, status: int, outcome: Outcome, wire: WireServer
) -> None:
    wire.script(failed(status))
    async with Office(wire.url, provider) as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is outcome
    assert (usage.calls, usage.cost, usage.reservation) == (3, 0, "r1")
    assert len(wire.requests()) == 3
    first, second = office.clock.slept
    assert 0.5 <= first < second <= 1.5


@each_provider
async def test_a_rate_limit_is_waited_out_as_long_as_the_provider_says(
    provider: str, wire: WireServer
) -> None:
    wire.script(failed(429, retry_after=7), said(FITS))
    async with Office(wire.url, provider) as office:
        answer = await office.gateway.complete(a_call())
    assert office.clock.slept == [7]
    assert answer.usage.calls == 2


@each_provider
async def test_a_wait_that_is_too_long_is_left_to_the_caller(
    provider: str, wire: WireServer
) -> None:
    wire.script(failed(429, retry_after=3600))
    async with Office(wire.url, provider) as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.RATE_LIMITED
    assert failure.facts["retry_after"] == 3600
    assert (usage.calls, office.clock.slept) == (1, [])


@each_provider
async def test_a_request_that_is_too_long_is_not_repeated(provider: str, wire: WireServer) -> None:
    wire.script(failed(400, TOO_LONG[provider], code="context_length_exceeded"))
    async with Office(wire.url, provider) as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.REFUSED
    assert (usage.calls, usage.cost) == (1, 0)


@each_provider
async def test_a_wrong_key_names_the_setting(provider: str, wire: WireServer) -> None:
    wire.script(failed(401, "invalid x-api-key sk-made-up"))
    async with Office(wire.url, provider) as office:
        failure, _ = await ending_of(office)
    assert "DEALWRIGHT_MODELS__KEYS__" in str(failure)
    assert office.KEY not in str(failure)
    assert len(wire.requests()) == 1


@each_provider
@pytest.mark.parametrize(
    "response",
    [
        pytest.param(HANG_UP, id="dropped connection"),
        pytest.param(page("<html><h1>Welcome to the hotel</h1></html>"), id="HTML page"),
        pytest.param(Bytes(b'{"id": "x", "content": [{"type": "te'), id="truncated JSON"),
        pytest.param(Bytes(b'{"id"', claimed=4000), id="truncated body"),
    ],
)
async def test_a_broken_response_may_have_been_paid_and_is_counted_so(
    provider: str, response: Bytes, broken: BrokenServer
) -> None:
    broken.script = [response]
    async with Office(broken.url, provider) as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.UNREACHABLE
    assert usage.calls == len(broken.requests) == 2
    assert 0 < usage.cost <= office.purse.held["r1"]


@each_provider
async def test_a_dropped_connection_is_tried_again(provider: str, broken: BrokenServer) -> None:
    broken.script = [HANG_UP, answered(provider, FITS)]
    async with Office(broken.url, provider) as office:
        answer = await office.gateway.complete(a_call())
    assert answer.usage.calls == len(broken.requests) == 2


async def test_a_connection_dropped_by_the_wire_server_is_typed(wire: WireServer) -> None:
    wire.script(said(FITS))
    wire.chaos(disconnectRate=1)
    async with Office(wire.url, "anthropic") as office:
        failure, _ = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.UNREACHABLE


@each_provider
@pytest.mark.parametrize("pause", [0.05, 30.0])
async def test_a_slow_response_ends_at_the_deadline_and_is_not_asked_for_again(
    provider: str, pause: float, broken: BrokenServer
) -> None:
    broken.script = [Bytes(b" " * 200, pause=pause)]
    async with Office(broken.url, provider) as office:
        failure, usage = await ending_of(office, timeout=0.5)
    assert failure.facts["outcome"] is Outcome.TIMED_OUT
    assert usage.calls == len(broken.requests) == 1
    assert usage.cost > 0


async def test_nobody_there_costs_nothing() -> None:
    async with Office("http://127.0.0.1:9", "anthropic") as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.UNREACHABLE
    assert (usage.calls, usage.cost) == (3, 0)


async def test_the_next_model_stands_in_for_one_that_fails(wire: WireServer) -> None:
    wire.script(failed(529), model="claude-haiku-5-5")
    wire.script(said(FITS), model="gpt-6-luna")
    async with Office(wire.url, "anthropic", "openai") as office:
        answer = await office.gateway.complete(a_call())
    assert answer.model == "openai:gpt-6-luna"
    assert answer.usage.calls == 4
    assert [body["model"] for body in wire.requests()] == ["claude-haiku-5-5"] * 3 + ["gpt-6-luna"]


async def test_when_all_fail_each_is_named(wire: WireServer) -> None:
    wire.script(failed(529), model="claude-haiku-5-5")
    wire.script(failed(400, "no"), model="gpt-6-luna")
    async with Office(wire.url, "anthropic", "openai") as office:
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.REFUSED
    assert "anthropic:claude-haiku-5-5" in str(failure)
    assert "openai:gpt-6-luna" in str(failure)
    assert usage.calls == 4


async def test_no_retry_starts_when_the_patience_is_used(wire: WireServer) -> None:
    wire.script(failed(429, retry_after=20))
    async with Office(wire.url, "anthropic") as office:
        _, usage = await ending_of(office, patience=30.0)
    assert (usage.calls, office.clock.slept) == (2, [20])


async def test_the_providers_limit_is_kept_before_each_request(wire: WireServer) -> None:
    wire.script(failed(529), said(FITS))
    async with Office(wire.url, "anthropic", requests_per_minute={"anthropic": 50}) as office:
        office.limits.waits = [1.5]
        await office.gateway.complete(a_call())
    assert office.limits.taken == [("model:anthropic", 50, 5)] * 3
    assert office.clock.slept[0] == 1.5


async def test_a_limit_with_no_room_in_time_sends_nothing(wire: WireServer) -> None:
    async with Office(wire.url, "anthropic", requests_per_minute={"anthropic": 50}) as office:
        office.limits.waits = [90]
        failure, usage = await ending_of(office)
    assert failure.facts["outcome"] is Outcome.RATE_LIMITED
    assert (usage.calls, office.purse.released) == (0, ["r1"])
    assert wire.requests() == []

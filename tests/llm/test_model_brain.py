"""The model brain: an agent and its packet in, a thought with its price out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dealwright.agents.agent import Agent, Read, Soul, Tier
from dealwright.agents.brain import Account
from dealwright.agents.model_brain import ModelBrain
from dealwright.agents.prompt import RULES
from dealwright.agents.shape import ClassShape, SchemaShape
from dealwright.domain.run import Outcome
from dealwright.errors import BadAnswer, ModelFailed
from tests.agents.builders import a_lead, a_packet
from tests.llm.bodies import answered
from tests.llm.broken_server import BrokenServer, Bytes
from tests.llm.parts import FITS, PROVIDERS, Office, Size
from tests.llm.wire_server import WireServer, said

ACCOUNT = Account(workspace="default", campaign="spring", case_id="case-1")
SHAPE = ClassShape(Size)
AGENT = Agent(
    name="sizer",
    soul=Soul("You say how big a company is.", "You read the lead.", "You never guess."),
    file=Path("sizer.md"),
    reads=(Read("lead", "lead"),),
    writes="size",
    product=SHAPE,
    answer=SHAPE,
)
FREE = SchemaShape("size", {"properties": {"size": {"type": "integer"}}, "required": ["size"]})


async def test_a_thought_names_the_model_that_answered(wire: WireServer) -> None:
    wire.script(said(FITS))
    async with Office(wire.url, "anthropic") as office:
        brain = ModelBrain(office.gateway)
        thought = await brain.think(AGENT, a_packet(), ACCOUNT)
        assert brain.identity(AGENT) == "model:anthropic:claude-haiku-5-5"
    assert thought.brain == "model:anthropic:claude-haiku-5-5"
    assert thought.answer == Size(size=120, because="the imprint says so")
    assert thought.usage.calls == 1


async def test_the_tier_decides_who_is_asked(wire: WireServer) -> None:
    async with Office(wire.url, keys={"anthropic": "sk-made-up"}, light="") as office:
        brain = ModelBrain(office.gateway)
        told = {tier: brain.identity(replace(AGENT, tier=tier)) for tier in Tier}
    assert told == {
        Tier.LIGHT: "model:anthropic:claude-haiku-5-5",
        Tier.STANDARD: "model:anthropic:claude-sonnet-5-5",
        Tier.REASONING: "model:anthropic:claude-opus-5-5",
    }


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_soul_stands_first_and_is_the_same_bytes_for_every_lead(
    provider: str, broken: BrokenServer
) -> None:
    broken.script = [answered(provider, FITS)]
    async with Office(broken.url, provider) as office:
        brain = ModelBrain(office.gateway)
        for company in ("Hafenkran Logistik GmbH", "Nordlicht AG"):
            await brain.think(AGENT, a_packet(slots={"lead": a_lead(company)}), ACCOUNT)
    first, second = (json.dumps(body) for body in broken.requests)
    soul = json.dumps(f"{AGENT.soul.text}\n\n{RULES}")[1:-1]
    assert first.count(soul) == second.count(soul) == 1
    assert first.replace("Hafenkran Logistik GmbH", "Nordlicht AG") == second


async def test_a_shape_from_a_department_file_is_asked_for_and_parsed(wire: WireServer) -> None:
    agent = replace(AGENT, product=FREE, answer=FREE)
    wire.script(said('{"size": "many"}'), said('{"size": 120}'))
    async with Office(wire.url, "anthropic") as office:
        thought = await ModelBrain(office.gateway).think(agent, a_packet(), ACCOUNT)
    assert thought.answer == {"size": 120}
    assert "is not of type" in json.dumps(wire.requests()[1])


async def test_a_model_without_a_price_says_so_in_the_journal(wire: WireServer) -> None:
    wire.script(said(FITS))
    async with Office(wire.url, "local:llama3.3", allow_unknown_prices=True) as office:
        thought = await ModelBrain(office.gateway).think(AGENT, a_packet(), ACCOUNT)
    assert thought.reasoning == "nobody knows what local:llama3.3 costs"


async def test_a_failure_says_what_it_cost(wire: WireServer) -> None:
    wire.script(said("no"))
    async with Office(wire.url, "anthropic") as office:
        with pytest.raises(BadAnswer) as ending:
            await ModelBrain(office.gateway).think(AGENT, a_packet(), ACCOUNT)
    assert ending.value.facts["outcome"] is Outcome.BAD_ANSWER
    assert "usage" in ending.value.facts


async def test_one_slow_request_does_not_use_up_the_agents_time(broken: BrokenServer) -> None:
    broken.script = [Bytes(b" " * 100, pause=5)]
    agent = replace(AGENT, timeout=1, attempts=3)
    async with Office(broken.url, "anthropic") as office:
        begun = office.clock.monotonic()
        with pytest.raises(ModelFailed) as ending:
            await ModelBrain(office.gateway).think(agent, a_packet(), ACCOUNT)
        assert office.clock.monotonic() - begun < 2.5
    assert ending.value.facts["outcome"] is Outcome.TIMED_OUT


async def test_a_call_ends_by_itself_before_the_agents_time_is_up(wire: WireServer) -> None:
    agent = replace(AGENT, timeout=30, attempts=2)
    async with Office(wire.url, "anthropic", requests_per_minute={"anthropic": 1}) as office:
        office.limits.waits = [58]
        with pytest.raises(ModelFailed, match="our own limit"):
            await ModelBrain(office.gateway).think(agent, a_packet(), ACCOUNT)
    assert wire.requests() == []

"""A brain that always asks for the most: the cap holds, by the provider's own meter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Brain, Thought
from dealwright.agents.model_brain import ModelBrain
from dealwright.domain.campaign import Budget
from dealwright.domain.packet import Packet
from dealwright.errors import Misconfigured
from dealwright.llm.budget import Prices
from dealwright.llm.gateway import Gateway
from dealwright.llm.models import ModelSettings
from dealwright.runtime import CampaignBudgets
from tests.adversary.office import a_lead, at_work, the_campaign
from tests.llm.wire_server import PROGRAM, WireServer, started

LEADS = 3
CAP = Decimal("0.004")
"""US dollars, for everything; a call takes up to a third of it."""
MICRO = 1_000_000
TAKEN = {"input_tokens": 450, "output_tokens": 200}
"""Of each answer, by the provider's count: never more than was asked for."""
MODEL = "anthropic:claude-haiku-5-5"


class LateBrain:
    """A brain that is put in when the office is open."""

    inner: Brain | None = None

    def identity(self, agent: Agent) -> str:
        return "late"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        if self.inner is None:
            raise Misconfigured("nobody has put a brain in")
        return await self.inner.think(agent, packet, account)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    if not PROGRAM.exists():
        pytest.skip("the wire-protocol server is not installed: `npm ci --prefix tests/llm`")
    with started(tmp_path_factory.mktemp("scripts")) as running:
        yield running


async def test_a_glutton_gets_no_more_than_the_cap(server: WireServer, tmp_path: Path) -> None:
    server.reset()
    server.script({"content": "{}" * 150, "usage": TAKEN})
    brain = LateBrain()
    url = f"sqlite:///{tmp_path / 'glutton.db'}"
    async with at_work(url, model=brain, everywhere=True) as office:
        budget = Budget(per_lead=CAP / 2, per_day=CAP, total=CAP)
        capped = the_campaign().model_copy(update={"budget": budget})
        await office.store.intake.campaign("default", "sales", capped)
        gateway = Gateway(
            _settings(server.url),
            purse=office.store.purse,
            budgets=CampaignBudgets(office.store),
            limits=office.store.limits,
            clock=office.clock,
            random=random.Random(7),
        )
        brain.inner = ModelBrain(gateway)
        await office.takes_in([a_lead(n, f"Company {n}") for n in range(LEADS)])
        await office.works()
        await gateway.close()
        assert len(office.sink.messages) == LEADS
    assert 0 < _metered(server) <= CAP * MICRO


def _settings(url: str) -> ModelSettings:
    tiers = dict.fromkeys(("light", "standard", "reasoning"), MODEL)
    told = {"keys": {"anthropic": "sk-made-up"}, "base_urls": {"anthropic": url}, **tiers}
    return ModelSettings.model_validate(told)


def _metered(server: WireServer) -> int:
    """Return what the provider would send a bill for: every answer it gave, at the list price."""
    answered = len(server.responses())
    return answered * Prices(allow_unknown=False).cost(MODEL, *TAKEN.values())

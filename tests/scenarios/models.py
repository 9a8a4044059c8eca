"""A provider that answers as the twins did, over the wire, and counts what it was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Thought, TwinBrain
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.llm.models import ModelSettings
from dealwright.orchestration.department import Department
from tests.llm.wire_server import WireServer

Answer = dict[str, object]


@dataclass
class Notebook(TwinBrain):
    """Notes what each twin answered for each company."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict[tuple[str, str], Answer])

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        thought = await super().think(agent, packet, account)
        company = packet.need("lead", Lead).company
        self.answers[agent.name, company] = agent.answer.dump(agent.answer.parse(thought.answer))
        return thought


def models(url: str) -> ModelSettings:
    """Return settings with a key, so that every agent that may think with a model does."""
    return ModelSettings.model_validate(
        {"keys": {"anthropic": "sk-made-up"}, "base_urls": {"anthropic": url}}
    )


def thinking(department: Department) -> Sequence[Agent]:
    """Return the agents that ask a model where there is one."""
    return [agent for agent in department.agents.values() if agent.brain != "twin"]


def teach(
    server: WireServer, department: Department, answers: Mapping[tuple[str, str], Answer]
) -> None:
    """Have the server answer each agent for each company."""
    server.teach(
        [
            {
                "match": {
                    "systemMessage": department.agents[agent].soul.identity,
                    "userMessage": company,
                },
                "response": {"content": json.dumps(answer, ensure_ascii=False)},
            }
            for (agent, company), answer in answers.items()
        ]
    )

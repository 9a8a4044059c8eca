"""A provider that answers as the twins did, or as it is told to, over the real wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from dealwright.agents.agent import Agent, BrainChoice
from dealwright.agents.brain import Account, Thought, TwinBrain
from dealwright.agents.schema import answer_schema
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.tokens import token_estimate
from dealwright.llm.models import ModelSettings
from dealwright.orchestration.department import Department
from tests.llm.wire_server import WireServer

Answer = dict[str, object]
Answers = dict[tuple[str, str], Answer]
"""(agent, company) → answer."""


@dataclass
class Notebook(TwinBrain):
    """Asks the twins, and notes what each answered for each company."""

    answers: Answers = field(default_factory=Answers)

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        thought = await super().think(agent, packet, account)
        if agent.brain is BrainChoice.AUTO:
            company = packet.need("lead", Lead).company
            answer = agent.answer.dump(agent.answer.parse(thought.answer))
            self.answers[agent.name, company] = answer
        return thought


class Exchange(NamedTuple):
    """One request and its answer, in tokens."""

    agent: str
    company: str
    instructions: int
    data: int
    schema: int
    answer: int

    @property
    def packet(self) -> int:
        """What was sent."""
        return self.instructions + self.data + self.schema


def with_key(url: str) -> ModelSettings:
    """Return settings with a key, so that every agent that may think with a model does."""
    return ModelSettings.model_validate(
        {"keys": {"anthropic": "sk-made-up"}, "base_urls": {"anthropic": url}}
    )


def teach(
    server: WireServer,
    department: Department,
    answers: Answers,
    change: Callable[[str, Answer], Answer] = lambda _, answer: answer,
) -> None:
    """Have the server give each agent the answer for each company, or another one."""
    server.fixtures(
        {
            "match": {
                "systemMessage": department.agents[agent].soul.identity,
                "userMessage": company,
            },
            "response": {"content": compact(change(agent, answer))},
        }
        for (agent, company), answer in answers.items()
    )


def exchanges(server: WireServer, department: Department, answers: Answers) -> Sequence[Exchange]:
    """Return what the server was asked and what it answered, counted on its side of the wire."""
    souls = {agent.soul.identity: agent for agent in department.agents.values()}
    found: list[Exchange] = []
    for body in server.requests():
        system, user = _told(body)
        agent = next(agent for identity, agent in souls.items() if identity in system)
        company = next(c for name, c in answers if name == agent.name and f": {c}\n" in user)
        found.append(
            Exchange(
                agent=agent.name,
                company=company,
                instructions=token_estimate(system),
                data=token_estimate(user),
                schema=token_estimate(compact(answer_schema(agent.answer))),
                answer=token_estimate(compact(answers[agent.name, company])),
            )
        )
    return found


def compact(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _told(body: Mapping[str, object]) -> tuple[str, str]:
    turns = cast("list[dict[str, str]]", body["messages"])
    assert [turn["role"] for turn in turns] == ["system", "user"]
    return turns[0]["content"], turns[1]["content"]

"""Brains: what fills in an agent's answer, a model or the agent's twin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from dealwright.agents.agent import Agent, BrainChoice
from dealwright.domain.packet import Packet
from dealwright.domain.run import Usage
from dealwright.errors import Misconfigured


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """For whom a call is made, and so who pays for it."""

    workspace: str
    campaign: str | None
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """An answer, not yet parsed, and what it took."""

    answer: object
    brain: str
    """`twin` or `model:<provider:model>`."""
    reasoning: str = ""
    usage: Usage = field(default_factory=Usage)


class Brain(Protocol):
    """Thinks for agents."""

    def identity(self, agent: Agent) -> str:
        """Return what would answer for this agent, for the run's fingerprint."""
        ...

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        """Return the answer to a packet.

        Raises:
            AgentFailed: no answer; `facts["outcome"]` and `facts["usage"]` say what it cost.
            BudgetSpent: the call could have cost more than is left, so it was not made.

        """
        ...


class TwinBrain:
    """Asks the agent's twin."""

    def identity(self, agent: Agent) -> str:
        return "twin"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        if agent.twin is None:
            raise Misconfigured(
                f"{agent.name} has no twin and no model is configured: set a key, or add a twin"
            )
        return Thought(answer=agent.twin(packet), brain="twin")


class Bench:
    """Says who thinks for an agent, in order: the next one stands in when the one before failed."""

    def __init__(self, twin: Brain, model: Brain | None = None) -> None:
        self._twin = twin
        self._model = model

    def seats(self, agent: Agent) -> tuple[Brain, ...]:
        """Return the brains to ask, the first one first; never empty."""
        if agent.brain is BrainChoice.TWIN or (
            self._model is None and agent.brain is BrainChoice.AUTO
        ):
            return (self._twin,)
        if self._model is None:
            raise Misconfigured(
                f"{agent.name} thinks by model only, and no model is configured: "
                "set a model key, or write `brain: auto` in its SOUL"
            )
        if agent.brain is BrainChoice.AUTO and agent.twin:
            return (self._model, self._twin)
        return (self._model,)

"""The model brain: renders an agent and its packet, and has the gateway ask a model."""

from __future__ import annotations

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Thought
from dealwright.agents.prompt import answer_schema, render
from dealwright.domain.packet import Packet
from dealwright.llm.call import ModelCall
from dealwright.llm.gateway import Gateway

MARGIN = 0.95
"""The share of the time given that a call may use: it has to end by itself and say what it cost."""


class ModelBrain:
    """Thinks with whichever model the agent's tier goes to."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def identity(self, agent: Agent) -> str:
        first = next(iter(self._gateway.chain(agent.tier.value)), "none")
        return f"model:{first}"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        prompt = render(agent, packet)
        patience = agent.timeout * agent.attempts * MARGIN
        answer = await self._gateway.complete(
            ModelCall(
                instructions=prompt.instructions,
                data=prompt.data,
                answer=agent.answer,
                schema=answer_schema(agent.answer),
                tier=agent.tier.value,
                max_output_tokens=agent.output_tokens,
                timeout=min(agent.timeout, patience),
                patience=patience,
                workspace=account.workspace,
                campaign=account.campaign,
                case_id=account.case_id,
            )
        )
        return Thought(
            answer=answer.value,
            brain=f"model:{answer.model}",
            reasoning="" if answer.priced else f"nobody knows what {answer.model} costs",
            usage=answer.usage,
        )

"""From an answer to a product: parsed strictly, finished by code, checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dealwright.agents.agent import Agent
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from dealwright.errors import BadAnswer, CheckFailed, Misconfigured


def delivered(agent: Agent, packet: Packet, answer: object) -> object:
    """Return the product an answer makes.

    Raises:
        BadAnswer: the answer or the product has not the right shape.
        CheckFailed: a check refused the product.

    """
    parsed = agent.answer.parse(answer)
    try:
        made = agent.finish(packet, parsed) if agent.finish else parsed
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise BadAnswer(f"no {agent.writes} can be made of this answer: {error}") from error
    product = agent.product.parse(made)
    for check in agent.checks:
        if refusal := check(packet, product):
            raise CheckFailed(refusal)
    return product


def by_twin(
    agent: Agent,
    slots: Mapping[str, object],
    material: Mapping[str, Material] | None = None,
    *,
    today: date,
) -> dict[str, object]:
    """Let an agent's twin work on its own, and return the product as JSON: for agents' tests.

    Raises:
        Misconfigured: the agent has no twin.
        AgentFailed: the twin's product does not pass.

    """
    if agent.twin is None:
        raise Misconfigured(f"{agent.name} has no twin")
    packet = Packet(agent=agent.name, today=today, slots=slots, material=material or {})
    return agent.product.dump(delivered(agent, packet, agent.twin(packet)))

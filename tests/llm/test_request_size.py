"""The size of a whole request on the wire, with packets as a lead has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dealwright.agents.agent import Agent, Soul
from dealwright.agents.brain import Account
from dealwright.agents.model_brain import ModelBrain
from dealwright.agents.prompt import packet_floor, token_estimate
from dealwright.agents.shape import ClassShape
from dealwright.domain.dossier import Synthesis
from dealwright.domain.draft import Draft, Sentence, Variant
from dealwright.domain.facts import Fact, Finding, Findings, Point
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from dealwright.domain.product import WorkProduct
from dealwright.domain.qualification import Judgements
from dealwright.llm.gateway import WIRE_TOKENS
from tests.agents.builders import TODAY, a_dossier, a_fact, a_lead, a_sheet, a_source
from tests.llm.bodies import answered
from tests.llm.broken_server import BrokenServer
from tests.llm.parts import PROVIDERS, Office

SENTENCE = "You work from the facts you are given, and name the ones you rest on. "
SOUL = Soul(SENTENCE, SENTENCE * 4, SENTENCE * 2)
"""About as long as the shipped ones: a hundred words."""

PAGE = "Nordfracht moves palletised freight for manufacturers in northern Germany. " * 60
FACTS: tuple[Fact, ...] = tuple(
    a_fact(f"site.{number}", point, f"what the pages say of its {point}")
    for number, point in enumerate(Point, 1)
)
PACKETS: dict[type[WorkProduct], tuple[dict[str, object], dict[str, Material]]] = {
    Findings: (
        {},
        {"company_site": Material(sources=tuple(a_source(PAGE, number=n) for n in (1, 2)))},
    ),
    Synthesis: ({"record": a_sheet(*FACTS[:4]), "site": a_sheet(*FACTS[4:])}, {}),
    Judgements: ({"dossier": a_dossier(*FACTS)}, {}),
    Draft: ({"dossier": a_dossier(*FACTS)}, {}),
}
ANSWERS: dict[type[WorkProduct], WorkProduct] = {
    Findings: Findings(
        findings=(Finding(point=Point.SIZE, value="120", quote="120 people", source=1),)
    ),
    Synthesis: Synthesis(summary="Nordfracht GmbH grows."),
    Judgements: Judgements(judgements=(), reasoning="Nordfracht GmbH fits."),
    Draft: Draft(
        language="en",
        variants=(Variant(subject="Tours", sentences=(Sentence(text="a"), Sentence(text="b"))),),
    ),
}


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("kind", PACKETS, ids=lambda kind: kind.__name__)
async def test_a_request_is_no_larger_than_its_budget_and_what_is_reserved_for(
    kind: type[WorkProduct], provider: str, broken: BrokenServer
) -> None:
    shape = ClassShape(kind)
    agent = Agent(
        name="somebody",
        soul=SOUL,
        file=Path("somebody.md"),
        reads=(),
        writes="product",
        product=shape,
        answer=shape,
    )
    slots, material = PACKETS[kind]
    packet = Packet(
        agent=agent.name, today=TODAY, slots={"lead": a_lead(), **slots}, material=material
    )
    broken.script = [answered(provider, ANSWERS[kind].model_dump_json())]
    async with Office(broken.url, provider) as office:
        thought = await ModelBrain(office.gateway).think(
            agent, packet, Account(workspace="default", campaign="spring", case_id="case-1")
        )
    assert thought.answer == ANSWERS[kind]
    sent = json.dumps(broken.requests[0], separators=(",", ":"), ensure_ascii=False)
    assert packet_floor(agent) <= 450
    assert token_estimate(sent) <= agent.packet_tokens + WIRE_TOKENS / 4

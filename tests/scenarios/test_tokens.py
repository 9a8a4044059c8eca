"""The department with models: what it costs in tokens, and what a model cannot get past it.

Counted for each call, on the server's side: the instructions (the SOUL and the rules), the data
(the packet), the schema of the answer, and the answer; estimated at three bytes to a token, which
is a quarter more than tokenisers count. The providers' own field names are not counted.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from statistics import mean
from typing import cast

import pytest

from dealwright.domain.draft import Draft, Review
from dealwright.domain.run import Outcome
from dealwright.runtime import read_department
from tests.llm.conftest import server_of_the_session, wire
from tests.llm.wire_server import WireServer
from tests.scenarios.models import Answer, Answers, Notebook, exchanges, teach, with_key
from tests.scenarios.office import Finished, Market, at_work, with_tools, work

__all__ = ["server_of_the_session", "wire"]

MEAN_PACKET, PATH = 700, 3_000
SALES = read_department("sales")
FIRST_TOUCH = {"synthesizer", "qualifier", "writer"}
"""The agents that ask a model on the way to a draft that passes."""

PLANTED_NUMBER, PLANTED_ADDRESS, PLANTED_ID = "4711", "ceo@rival.example", "site.99"


@pytest.fixture(scope="module")
def answers(
    market: Market,
    tmp_path_factory: pytest.TempPathFactory,
) -> Answers:
    """Return what the twins answer: plausible answers, one for each agent and company."""
    notebook = Notebook()
    database = f"sqlite:///{tmp_path_factory.mktemp('twins') / 'dealwright.db'}"

    async def noted() -> None:
        async with (
            market.sites() as sites,
            at_work(database, sites) as opened,
            with_tools(opened, sites, twin=notebook) as runtime,
        ):
            await work(runtime, market.leads)

    asyncio.run(noted())
    return notebook.answers


async def with_models(url: str, market: Market, database: str) -> Mapping[str, Finished]:
    """Work the leads with the models at this address."""
    async with (
        market.sites() as sites,
        at_work(database, sites, models=with_key(url)) as runtime,
    ):
        return await work(runtime, market.leads)


async def test_a_first_touch_takes_few_tokens(
    wire: WireServer,
    answers: Answers,
    market: Market,
    sqlite_url: str,
) -> None:
    teach(wire, SALES, answers)
    finished = await with_models(wire.url, market, sqlite_url)
    told = exchanges(wire, SALES, answers)
    assert {each.agent for each in told} == FIRST_TOUCH
    paths: dict[str, int] = defaultdict(int)
    for each in told:
        paths[each.company] += each.packet + each.answer
    qualified = [lead for lead in finished.values() if lead.asks]
    assert len(qualified) >= len(market.companies) - 1
    for lead in qualified:
        runs = [lead.run(agent) for agent in FIRST_TOUCH]
        assert {run.brain.partition(":")[0] for run in runs} == {"model"}
    packet = mean(each.packet for each in told)
    path = mean(paths[lead.lead.company or ""] for lead in qualified)
    sys.stdout.write(f"tokens: {packet:.0f} per packet, {path:.0f} for the whole first touch\n")
    assert packet <= MEAN_PACKET
    assert path <= PATH


def misled(text: str, *rests_on: str) -> Callable[[str, Answer], Answer]:
    """Return a change of the letters a model writes: a claim more in every variant."""

    def change(agent: str, answer: Answer) -> Answer:
        if agent not in {"writer", "reviser"}:
            return answer
        changed = cast("Answer", json.loads(json.dumps(answer)))
        for variant in cast("list[dict[str, list[Answer]]]", changed["variants"]):
            claim = next(s for s in variant["sentences"] if s.get("role", "claim") == "claim")
            extra = {"text": text, "rests_on": rests_on or claim["rests_on"]}
            variant["sentences"].insert(1, extra)
        return changed

    return change


@pytest.mark.parametrize(
    ("planted", "change"),
    [
        (PLANTED_NUMBER, misled(f"You run {PLANTED_NUMBER} trucks.")),
        (PLANTED_ADDRESS, misled(f"Write to {PLANTED_ADDRESS} about it.")),
        (PLANTED_ID, misled("You have grown a great deal.", PLANTED_ID)),
    ],
    ids=["number", "address", "fact"],
)
async def test_what_a_model_makes_up_passes_no_review(
    planted: str,
    change: Callable[[str, Answer], Answer],
    wire: WireServer,
    answers: Answers,
    market: Market,
    sqlite_url: str,
) -> None:
    letters = {company: answer for (agent, company), answer in answers.items() if agent == "writer"}
    revised = {("reviser", company): answer for company, answer in letters.items()}
    teach(wire, SALES, {**answers, **revised}, change)
    finished = await with_models(wire.url, market, sqlite_url)
    assert any(planted in json.dumps(body) for body in wire.responses())
    for lead in finished.values():
        for draft, review in (("draft", "review"), ("revision", "second_review")):
            if draft in lead.full:
                assert planted not in passed(lead, draft, review)
        assert bool(lead.asks) is (lead.lead.tier != "cold")


def passed(lead: Finished, slot: str, review: str) -> str:
    """Return all that a reviewer let through, as text."""
    draft = Draft.model_validate(lead.full[slot])
    faulty = {fault.variant for fault in Review.model_validate(lead.full[review]).faults}
    good = [v for number, v in enumerate(draft.variants, 1) if number not in faulty]
    return json.dumps([variant.model_dump() for variant in good])


NONSENSE: Mapping[str, Answer] = {
    "synthesizer": {
        "summary": "x",
        "triggers": [PLANTED_ID] * 3,
        "pains": [{"text": "growing 4711 times", "rests_on": [PLANTED_ID]}],
    },
    "qualifier": {
        "judgements": [{"criterion": "size", "met": "yes", "evidence": [PLANTED_ID]}] * 5,
        "reasoning": "A very good lead.",
    },
    "writer": {"language": "xx", "variants": [{"subject": "Hello", "sentences": [], "links": []}]},
}


async def test_nonsense_of_the_right_shape_changes_nothing(
    wire: WireServer,
    answers: Answers,
    market: Market,
    undisturbed: Mapping[str, Finished],
    sqlite_url: str,
) -> None:
    teach(wire, SALES, answers, NONSENSE.get)
    finished = await with_models(wire.url, market, sqlite_url)
    for name, lead in finished.items():
        assert not lead.failed
        assert lead.slots == undisturbed[name].slots


async def test_with_the_provider_down_every_lead_still_gets_its_draft(
    market: Market,
    undisturbed: Mapping[str, Finished],
    sqlite_url: str,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        finished = await with_models(url, market, sqlite_url)
    for name, lead in finished.items():
        assert lead.carried_through
        assert not lead.failed
        assert lead.slots == undisturbed[name].slots
        for run in (lead.run(agent) for agent in FIRST_TOUCH if agent != "writer" or lead.asks):
            assert (run.outcome, run.brain) == (Outcome.DONE, "twin")
            assert "anthropic:claude" in run.error

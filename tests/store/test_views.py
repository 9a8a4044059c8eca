"""Views, pages and limits: what is read back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dealwright.domain.conversation import Cursor, MessageKind
from dealwright.domain.intent import Act, IntentKind
from dealwright.domain.run import Ask, Task
from dealwright.domain.situation import Judgement, Passed
from dealwright.errors import NotFound
from dealwright.store.intents import Ruling
from dealwright.store.messages import NewMessage
from dealwright.store.schema import METADATA
from dealwright.store.suppressions import OptOut
from dealwright.store.views import Grouping
from tests.store.builders import MINUTE, START, World, a_sheet


async def worked(world: World) -> str:
    """Work the only lead, and return its case."""
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.record(lease, world.step(case_id))
    done = world.step(case_id, "qualification")
    product: dict[str, object] = {"tier": "hot", "score": 80, "reasoning": "Company 1 fits"}
    usage = replace(done.run.usage, model="p:m", cost=1200, calls=1, input_tokens=90)
    run = replace(
        done.run, product=product, usage=usage, inputs={"lead": 1, "site": 1, "icp": 1, "news": 0}
    )
    await world.store.cases.record(lease, replace(done, run=run, facts=()))
    ask = Ask(slot="site", version=1, digest="d", because="b", expires_at=START + timedelta(days=1))
    flag = Task(kind="flag", key="k", because="look")
    await world.store.cases.finish(lease, None, [ask], [flag])
    return case_id


async def test_a_line_tells_a_salesperson_what_stands(world: World) -> None:
    await worked(world)
    (line,) = await world.store.views.leads(world.campaign)
    assert (line.name, line.company, line.campaign) == ("Ana Nr1", "Company 1", "spring")
    assert (line.tier, line.score, line.why) == ("hot", 80, "Company 1 fits")
    assert (line.cost, line.flags, line.status) == (1200, 1, "waits for approval")
    assert line.slots == {"lead": 1, "site": 1, "qualification": 1}


@pytest.mark.parametrize(
    "words", ["ana@co7.example", "ANA@CO7.example", "co7.example", "www.co7.example", "Ana Nr7"]
)
async def test_a_lead_is_found_by_what_people_call_it(world: World, words: str) -> None:
    cases = await world.leads(12)
    assert [line.id for line in await world.store.views.find(words)] == [cases[6]]
    assert [line.id for line in await world.store.views.find(cases[6])] == [cases[6]]


async def test_part_of_a_name_may_mean_several(world: World) -> None:
    await world.leads(12)
    assert {line.name for line in await world.store.views.find("nr1")} == {
        "Ana Nr1",
        "Ana Nr10",
        "Ana Nr11",
        "Ana Nr12",
    }
    assert len(await world.store.views.find("company")) == 12
    assert await world.store.views.find("100%_") == []


async def test_a_packet_is_what_the_agent_was_given_then(world: World) -> None:
    case_id = await worked(world)
    (run,) = await world.store.views.runs(agent="qualification_reader")
    await world.store.desk.inject(case_id, "site", a_sheet("Leeds"), who="Ana")
    packet = await world.store.views.packet(run.id)
    assert set(packet.slots) == {"lead", "site", "icp"}
    assert packet.slots["site"] == a_sheet("Hull")
    assert packet.material == {"site": {"sources": []}}
    assert packet.today == START.date()
    with pytest.raises(NotFound):
        await world.store.views.packet("nothing")


async def test_facts_are_on_file_with_their_source(world: World) -> None:
    case_id = await worked(world)
    (fact,) = await world.store.views.facts(case_id)
    assert (fact.id, fact.point, fact.value) == ("site.1", "headquarters", "Hull")
    assert (fact.source, fact.observed_at) == ("https://co1.example/", START)


@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("lead", "Ana Nr1"),
        ("campaign", "spring"),
        ("model", "twin"),
        ("day", "2026-11-02"),
    ],
)
async def test_costs_are_summed_by_what_is_asked(world: World, by: Grouping, group: str) -> None:
    await worked(world)
    (cost,) = await world.store.views.costs(by)
    assert (cost.group, cost.runs, cost.cost, cost.input_tokens) == (group, 2, 1200, 90)


async def moved(world: World) -> None:
    """Have something leave and something come back, and stop everything."""
    await world.store.cases.ring([(await world.store.views.leads(None))[0].id])
    (lease,) = await world.lease()
    act = Act(kind=IntentKind.EMAIL, key="first", slot="site", version=1, because="b")
    await world.store.cases.finish(lease, None, acts=[act])
    passed = Ruling(judgement=Judgement(verdict=Passed()), counts=[("mailbox:a", "2026-11-02")])
    await world.store.intents.claim(
        "acme", lambda _: passed, kinds=[IntentKind.EMAIL], limit=1, worker="w", lease_for=MINUTE
    )
    message = NewMessage(identity="<1@x>", kind=MessageKind.REPLY, at=START)
    await world.store.messages.take("acme", "a", [message], Cursor(validity=1, uid=1))
    out = OptOut(workspace="acme", scope="domain", value="x.example", reason="r", source="s")
    await world.store.suppressions.suppress(out)
    await world.store.intents.stop(who="Ana", because="")


async def test_an_export_holds_every_table(world: World) -> None:
    await worked(world)
    await world.store.purse.reserve([("a", 5)], 5, workspace="acme")
    await world.store.limits.take("k", 60, 1)
    await world.store.limits.tick("acme", "daily", START)
    await world.store.pages.put("acme", "https://x.example/", b"x", 60)
    await moved(world)
    tables = {table async for table, _ in world.store.views.export()}
    assert set(METADATA.tables) - tables == {"appointment"}
    rows = [row async for table, row in world.store.views.export() if table == "workspace"]
    assert await world.store.suppressions.secret("acme") is not None
    assert "secret" not in rows[0]


async def test_every_version_of_a_slot_is_history(world: World) -> None:
    case_id = await worked(world)
    world.clock.wind(60)
    await world.store.desk.inject(case_id, "site", a_sheet("Leeds"), who="Ana")
    history = await world.store.views.history(case_id)
    sites = [(state.version, state.by) for state in history if state.slot == "site"]
    assert sites == [(1, "agent:site_reader"), (2, "person:Ana")]


async def test_a_page_is_kept_until_it_is_stale(world: World) -> None:
    pages = world.store.pages
    await pages.put("acme", "https://x.example/", b"\0body", 60)
    await pages.put("acme", "https://x.example/", b"\0newer", 60)
    assert await pages.get("acme", "https://x.example/") == b"\0newer"
    assert await pages.get("bravo", "https://x.example/") is None
    world.clock.wind(61)
    assert await pages.get("acme", "https://x.example/") is None
    assert await pages.forget_expired() == 1


async def test_a_bucket_lets_through_what_it_holds_and_then_its_rate(world: World) -> None:
    limits = world.store.limits
    assert [await limits.take("p", 60, 2) for _ in range(3)] == [0, 0, 1]
    world.clock.wind(1)
    assert await limits.take("p", 60, 2) == 0
    assert await limits.take("p", 60, 2) == pytest.approx(1)
    assert await limits.take("q", 60, 2) == 0


async def test_a_tick_is_acted_on_once(world: World) -> None:
    ticks = await asyncio.gather(
        *(world.store.limits.tick("acme", "daily", START) for _ in range(8))
    )
    assert sorted(ticks) == [False] * 7 + [True]
    assert await world.store.limits.tick("acme", "daily", START + timedelta(days=1))

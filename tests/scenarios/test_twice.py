"""The same leads worked twice: the second time costs nothing and changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from dealwright.llm.models import ModelSettings
from dealwright.orchestration.turn import Happening
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.runtime import Runtime, World
from dealwright.settings import Settings
from dealwright.store.intake import NewLead, Taken
from tests.scenarios.office import CAMPAIGN, WORKSPACE, companies, leads_of, standing, work

MANY, SOME = 200, 40
TODAY = datetime.now(UTC).date()


def many_leads(count: int, folder: Path, sample: Sequence[Company]) -> tuple[NewLead, ...]:
    """Return so many people, several at each company."""
    people: list[Company] = []
    for number in range(count):
        company = sample[number % len(sample)]
        person = company.person.model_copy(update={"mailbox": f"person{number}"})
        name = {"first": f"{person.first}{'a' * (number // len(sample))}"}
        people.append(company.model_copy(update={"person": person.model_copy(update=name)}))
    leads = leads_of(people, folder)
    assert len(leads) >= count
    return leads


async def rows(runtime: Runtime) -> Counter[str]:
    """Return how many rows each table holds, and the journal's events by kind."""
    found: Counter[str] = Counter()
    async for table, row in runtime.store.views.export():
        found[f"event {row['kind']}" if table == "event" else table] += 1
    return found


@pytest.mark.parametrize(("database", "count"), [("sqlite_url", MANY), ("postgres_url", SOME)])
async def test_leads_worked_again_cost_nothing_and_change_nothing(
    database: str, count: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    sample = companies()
    leads = many_leads(count, tmp_path, sample)
    calls: list[Happening] = []
    async with CompanySites(sample, today=TODAY) as sites:
        where = cast("str", request.getfixturevalue(database))
        settings, world = Settings(database=where, models=ModelSettings()), World(guard=sites.guard)
        async with Runtime.open(settings, world=world, watcher=calls.append) as first:
            done = await work(first, leads)
            before = await rows(first)
        assert len(done) == len(leads)
        assert all(lead.carried_through for lead in done.values())
        asked, pages = len(calls), len(sites.requests)
        assert asked >= 2 * 6 * count
        async with Runtime.open(settings, world=world, watcher=calls.append) as second:
            again = await work(second, leads)
            taken = await second.store.intake.leads(WORKSPACE, await campaign(second), leads)
            looked = await looked_at_once_more(second)
            after = await rows(second)
            assert (await second.store.journal.verify()).ok
    assert {each.taken for each in taken} == {Taken.UNCHANGED}
    assert {call.agent for call in calls[asked:]} <= {""}
    assert len(sites.requests) == pages
    assert after == before
    assert {name: lead.slots for name, lead in again.items()} == looked
    assert {name: lead.slots for name, lead in done.items()} == looked


async def campaign(runtime: Runtime) -> str:
    return await runtime.store.intake.campaign(WORKSPACE, runtime.department.name, CAMPAIGN)


async def looked_at_once_more(runtime: Runtime) -> dict[str, object]:
    """Ring for every lead, so that a turn looks at each again; return what stands there then."""
    leads = await runtime.store.views.leads(None, WORKSPACE)
    await runtime.store.cases.ring([lead.id for lead in leads])
    await runtime.dispatcher().work(until_idle=True)
    return {name: lead.slots for name, lead in (await standing(runtime)).items()}

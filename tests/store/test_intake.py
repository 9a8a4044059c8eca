"""Intake: the same import twice adds nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dealwright.errors import NotFound
from dealwright.store.intake import Taken
from tests.store.builders import World, a_campaign, a_lead


async def size(world: World) -> dict[str, int]:
    """Count the rows of every table."""
    rows: dict[str, int] = {}
    async for table, _ in world.store.views.export():
        rows[table] = rows.get(table, 0) + 1
    return rows


async def test_the_same_leads_again_write_nothing(world: World) -> None:
    leads = [a_lead(number) for number in range(450)]
    first = await world.store.intake.leads("acme", world.campaign, leads)
    assert {one.taken for one in first} == {Taken.ADDED}
    before = await size(world)
    second = await world.store.intake.leads("acme", world.campaign, leads)
    assert {one.taken for one in second} == {Taken.UNCHANGED}
    assert [one.case_id for one in first] == [one.case_id for one in second]
    assert await size(world) == before
    assert before["event"] == 451
    assert (await world.store.journal.verify()).ok


async def test_the_same_campaign_again_writes_nothing(world: World) -> None:
    before = await size(world)
    again = await world.store.intake.campaign("acme", "sales", a_campaign())
    assert again == world.campaign
    assert await size(world) == before


async def test_a_changed_campaign_part_rings_its_leads(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.finish(lease, None)
    await world.store.intake.campaign("acme", "sales", a_campaign(ask="Coffee?"))
    snapshot = await world.store.cases.snapshot(case_id)
    assert snapshot.slots["offer"].version == 2
    assert snapshot.slots["icp"].version == 1
    assert await world.store.cases.due(world.clock.now(), 5) == [case_id]


async def test_a_lead_that_is_known_is_merged_and_rung(world: World) -> None:
    (case_id,) = await world.leads()
    (lease,) = await world.lease()
    await world.store.cases.finish(lease, None)
    (merged,) = await world.store.intake.leads("acme", world.campaign, [a_lead(1, city="Hull")])
    assert (merged.taken, merged.case_id) == (Taken.MERGED, case_id)
    lead = (await world.store.cases.snapshot(case_id)).slots["lead"]
    assert lead.version == 2
    assert lead.value == {
        "company": "Company 1",
        "domain": "co1.example",
        "first_name": "Ana",
        "last_name": "Nr1",
        "city": "Hull",
    }
    assert len(await world.lease()) == 1


async def test_a_repeated_line_names_the_line_it_repeats(world: World) -> None:
    twice = replace(a_lead(1, city="Hull", title="CEO"), line=9, phone="+441482000000")
    first = replace(a_lead(1, title="Owner"), line=2)
    taken = await world.store.intake.leads("acme", world.campaign, [first, twice])
    assert [(one.taken, one.duplicate_of) for one in taken] == [
        (Taken.ADDED, None),
        (Taken.MERGED, 2),
    ]
    (lead,) = await world.store.views.leads(world.campaign)
    assert lead.phone == "+441482000000"
    value = (await world.store.cases.snapshot(taken[0].case_id)).slots["lead"].value
    assert value is not None
    assert (value["title"], value["city"]) == ("Owner", "Hull"), "a later line only fills gaps"
    before = await size(world)
    again = await world.store.intake.leads("acme", world.campaign, [first, twice])
    assert {one.taken for one in again} == {Taken.UNCHANGED}
    assert await size(world) == before


async def test_a_repeated_line_is_known_across_chunks(world: World) -> None:
    leads = [a_lead(number) for number in range(1, 251)]
    taken = await world.store.intake.leads(
        "acme", world.campaign, [*leads, replace(leads[0], line=999)]
    )
    assert (taken[-1].taken, taken[-1].duplicate_of) == (Taken.UNCHANGED, 2)


async def test_a_lead_a_person_corrected_is_not_changed_by_a_file(world: World) -> None:
    (case_id,) = await world.leads()
    corrected = {"company": "Company One"}
    await world.store.desk.inject(case_id, "lead", corrected, who="Ana")
    (taken,) = await world.store.intake.leads("acme", world.campaign, [a_lead(1, city="Hull")])
    assert taken.taken is Taken.UNCHANGED
    assert (await world.store.cases.snapshot(case_id)).slots["lead"].value == corrected


async def test_workspaces_do_not_share_people(world: World) -> None:
    other = await world.store.intake.campaign("bravo", "sales", a_campaign())
    mine = await world.leads(1)
    theirs = await world.store.intake.leads("bravo", other, [a_lead(1)])
    assert theirs[0].taken is Taken.ADDED
    assert theirs[0].case_id != mine[0]
    assert len(await world.store.views.leads(workspace="bravo")) == 1


async def test_leads_of_no_campaign_are_refused(world: World) -> None:
    with pytest.raises(NotFound, match="no campaign"):
        await world.store.intake.leads("acme", "spring", [a_lead()])


async def test_people_without_an_address_are_told_apart_by_name(world: World) -> None:
    bare = [
        replace(a_lead(1, first_name=name), email=None, email_key=None, line=line)
        for line, name in enumerate(("Ana", "Ben", "ANA"), 2)
    ]
    taken = await world.store.intake.leads("acme", world.campaign, bare)
    assert [one.duplicate_of for one in taken] == [None, None, 2]

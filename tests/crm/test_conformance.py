"""What every system of record does alike, on the file, a real Tryton and a HubSpot of our own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

import pytest

from dealwright.errors import Forbidden, NotThere, TryAgain
from dealwright.tools.ports import Crm, CrmNote, CrmRecord, Written
from tests.crm.worlds import World

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Result = TypeVar("Result")


def a_lead(host: str, **fields: str) -> CrmRecord:
    return CrmRecord(
        key=f"lead-{host}",
        name="Ada Lovelace",
        address=f"ada@{host}",
        company="Analytical Engines",
        domain=host,
        fields=fields,
    )


@pytest.fixture
def host() -> str:
    """A company nobody else's test has met."""
    return f"{secrets.token_hex(6)}.example"


async def insist(ask: Callable[[], Awaitable[Result]]) -> Result:
    """Ask again where the answer was that nothing happened."""
    for _ in range(50):
        try:
            return await ask()
        except TryAgain:
            await asyncio.sleep(0.2)
    return await ask()


async def fields_of(crm: Crm, host: str) -> dict[str, str]:
    (record,) = await crm.find(address=f"ada@{host}")
    return dict(record.fields)


async def test_a_stranger_is_not_found(world: World, host: str) -> None:
    assert await world.crm().find(address=f"ada@{host}", domain=host) == ()


async def test_what_was_written_is_found(world: World, host: str) -> None:
    crm = world.crm()
    written = await crm.upsert(a_lead(host, score="80", stage="meeting"))
    found = await crm.find(domain=host)
    assert found == (
        CrmRecord(
            key=f"lead-{host}",
            id=written.id,
            name="Ada Lovelace",
            address=f"ada@{host}",
            company="Analytical Engines",
            domain=host,
            fields={"score": "80", "stage": "meeting"},
        ),
    )
    assert written.changed == {"score": ("", "80"), "stage": ("", "meeting")}


async def test_the_same_key_twice_is_one_record(world: World, host: str) -> None:
    first = await world.crm().upsert(a_lead(host, score="80", tier="hot"))
    again = await world.crm().upsert(a_lead(host, score="90", tier="hot"))
    assert (again.id, again.changed) == (first.id, {"score": ("80", "90")})
    assert await world.times(f"ada@{host}") == 1


async def test_sixteen_writes_of_one_key_at_once_are_one_record(world: World, host: str) -> None:
    crms = [world.crm() for _ in range(16)]
    leads = [a_lead(host, score=str(number)) for number in range(16)]
    pairs = zip(crms, leads, strict=True)
    asked = [insist(lambda c=crm, one=lead: c.upsert(one)) for crm, lead in pairs]
    written = await asyncio.gather(*asked)
    assert len({one.id for one in written}) == 1
    assert await world.times(f"ada@{host}") == 1


async def test_a_person_who_is_known_already_is_not_doubled(world: World, host: str) -> None:
    await world.plant(f"ada@{host}")
    written = await world.crm().upsert(a_lead(host, score="80"))
    again = await world.crm().upsert(a_lead(host, score="80"))
    assert (again.id, again.changed) == (written.id, {})
    assert await world.times(f"ada@{host}") == 1


async def test_an_address_under_another_key_is_refused(world: World, host: str) -> None:
    crm = world.crm()
    await crm.upsert(a_lead(host))
    other = CrmRecord(key=f"other-{host}", address=f"Ada+news@{host.upper()}")
    with pytest.raises(NotThere, match="address") as refusal:
        await crm.upsert(other)
    assert refusal.value.facts["key"] == f"lead-{host}"
    assert len(await crm.find(domain=host)) == 1


@pytest.mark.parametrize("spelling", ["ada@{}", "ADA@{}", "Ada+sales@{}", "  ada@{}"])
async def test_an_address_is_found_however_it_is_spelt(
    world: World, host: str, spelling: str
) -> None:
    await world.plant(f"ada@{host}", customer=True)
    found = await world.crm().find(address=spelling.format(host))
    assert [record.customer for record in found] == [True]


async def test_an_address_with_a_tag_is_found_without_it(world: World, host: str) -> None:
    await world.plant(f"ada+events@{host}", customer=True)
    found = await world.crm().find(address=f"ada@{host}")
    assert [record.address for record in found] == [f"ada+events@{host}"]
    assert await world.crm().find(address=f"ad@{host}") == ()


async def test_a_company_is_found_by_its_domain_and_no_other_is(world: World, host: str) -> None:
    await world.plant(f"ada@{host}")
    await world.plant(f"eve@not{host}")
    found = await world.crm().find(domain=f"www.{host.upper()}")
    assert [record.address for record in found] == [f"ada@{host}"]


@pytest.mark.parametrize(("customer", "open_deal"), [(True, False), (False, True), (False, False)])
async def test_customers_and_open_deals_are_told(
    world: World, host: str, *, customer: bool, open_deal: bool
) -> None:
    await world.plant(f"ada@{host}", customer=customer, open_deal=open_deal)
    (by_address,) = await world.crm().find(address=f"ada@{host}")
    (by_domain,) = await world.crm().find(domain=host)
    assert (by_address.customer, by_address.open_deal) == (customer, open_deal)
    assert (by_domain.customer, by_domain.open_deal) == (customer, open_deal)


async def test_a_field_outside_the_list_is_not_written_nor_is_anything_else(
    world: World, host: str
) -> None:
    crm = world.crm(fields=("score",))
    with pytest.raises(Forbidden, match="tier"):
        await crm.upsert(a_lead(host, score="80", tier="hot"))
    assert await crm.find(domain=host) == ()
    written = await crm.upsert(a_lead(host, score="80"))
    smuggled = Written(id=written.id, changed={"score": ("1", "80"), "tier": ("cold", "")})
    with pytest.raises(Forbidden, match="tier"):
        await crm.undo(smuggled)
    assert await fields_of(crm, host) == {"score": "80"}


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (CrmRecord(key="lead/1"), "key"),
        (CrmRecord(key=""), "key"),
        (CrmRecord(key="x" * 101), "key"),
        (CrmRecord(key="a", name="x" * 201), "name"),
        (CrmRecord(key="a", name="Ada\nBcc: eve@example.com"), "name"),
        (CrmRecord(key="a", company="\x00"), "company"),
        (CrmRecord(key="a", address="nobody"), "address"),
        (CrmRecord(key="a", domain="nowhere"), "domain"),
        (CrmRecord(key="a", fields={"score": "x" * 2001}), "score"),
        (CrmRecord(key="a", fields={"score": "1\n2"}), "score"),
        (CrmRecord(key="a", fields=cast("dict[str, str]", {"score": 80})), "score"),
    ],
)
async def test_what_does_not_fit_is_refused_by_name(
    world: World, record: CrmRecord, field: str
) -> None:
    with pytest.raises(NotThere, match=rf"^{field}:"):
        await world.crm().upsert(record)


async def test_undo_puts_the_old_values_back(world: World, host: str) -> None:
    crm = world.crm()
    await crm.upsert(a_lead(host, score="80", tier="hot", summary="likes cheese"))
    written = await crm.upsert(a_lead(host, score="90", tier="", stage="meeting"))
    await crm.undo(written)
    assert await fields_of(crm, host) == {"score": "80", "tier": "hot", "summary": "likes cheese"}
    await crm.undo(written)
    assert await fields_of(crm, host) == {"score": "80", "tier": "hot", "summary": "likes cheese"}


async def test_undo_leaves_alone_what_somebody_has_changed_since(world: World, host: str) -> None:
    crm = world.crm()
    written = await crm.upsert(a_lead(host, score="90", tier="hot"))
    await world.edit(written.id, "score", "12")
    with pytest.raises(NotThere, match="score"):
        await crm.undo(written)
    assert await fields_of(crm, host) == {"score": "12", "tier": "hot"}
    await crm.upsert(a_lead(host, score="13"))
    assert await fields_of(crm, host) == {"score": "13", "tier": "hot"}


async def test_undo_of_a_record_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NotThere):
        await world.crm().undo(Written(id="987654321", changed={"score": ("1", "2")}))


async def test_a_note_is_remembered_once_per_key(world: World, host: str) -> None:
    crm = world.crm()
    written = await crm.upsert(a_lead(host))
    later = CrmNote(at=NOON, text="Booked a meeting.\n\n1 < 2 & “so on”")
    first = CrmNote(at=NOON - timedelta(days=1), text="Sent the first letter.")
    for key, note in (("n1", later), ("n1", later), ("n2", first)):
        await insist(lambda key=key, note=note: crm.remember(f"lead-{host}", note, key))
    told = [(note.at, note.text.split()) for note in await crm.history(written.id)]
    assert told == [(first.at, first.text.split()), (later.at, later.text.split())]


async def test_one_note_remembered_sixteen_times_at_once_is_one(world: World, host: str) -> None:
    crm = world.crm()
    written = await crm.upsert(a_lead(host))
    note = CrmNote(at=NOON, text="Once.")
    asked = [insist(lambda: crm.remember(f"lead-{host}", note, "n1")) for _ in range(16)]
    await asyncio.gather(*asked)
    assert [told.text for told in await crm.history(written.id)] == ["Once."]


async def test_a_note_about_nobody_is_refused(world: World, host: str) -> None:
    with pytest.raises(NotThere):
        await world.crm().remember(f"lead-{host}", CrmNote(at=NOON, text="Who?"), "n1")


@pytest.mark.parametrize(
    "note",
    [
        CrmNote(at=NOON, text=" \n "),
        CrmNote(at=NOON, text="x" * 10_001),
        CrmNote(at=NOON, text="\x1b[2J"),
        CrmNote(at=NOON.replace(tzinfo=None), text="When?"),
    ],
)
async def test_a_note_that_does_not_fit_is_refused(world: World, note: CrmNote) -> None:
    with pytest.raises(NotThere, match=r"^note:"):
        await world.crm().remember("lead-1", note, "n1")


async def test_nobody_has_no_history(world: World) -> None:
    assert list(await world.crm().history("987654321")) == []

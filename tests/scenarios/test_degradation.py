"""One source or one agent is broken: the leads still finish, and nobody else's work changes."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest

from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.material import Material, Source, Stated
from dealwright.domain.run import Outcome
from dealwright.errors import NotThere, TryAgain
from dealwright.orchestration.loader import PACKAGED
from dealwright.rehearsal.sites_company import Fault
from dealwright.tools.access import ToolCall
from dealwright.tools.visit import lead_of
from tests.scenarios.office import READERS, Finished, Market, at_work, with_tools, work
from tests.scenarios.unwell import TROUBLES, UNCHECKABLE

AGENTS = {
    "record": ("record", "record_reader"),
    "company_site": ("site", "site_reader"),
    "news_feed": ("news", "news_reader"),
    "job_board": ("jobs", "jobs_reader"),
    "technology": ("technology", "technology_reader"),
}
"""Tool → the slot and the agent that live by it."""

GONE, GARBAGE = "talleres-moncada.example", "calder-pallets.example"
"""Where the broken tool finds nothing for good, and where it brings nonsense."""

Undisturbed = Mapping[str, Finished]


async def broken(call: ToolCall) -> Material:
    """Fail in another way for each company."""
    domain = lead_of(call).domain or ""
    if domain == GONE:
        raise NotThere("there is nothing")
    if domain == GARBAGE:
        return nonsense()
    match list(TROUBLES).index(domain) % 3:
        case 0:
            await asyncio.sleep(3600)
        case 1:
            raise TryAgain("it answers with an error (500)")
        case _:
            raise OSError("connection reset by peer")
    raise AssertionError


def nonsense() -> Material:
    junk = "".join(chr(33 + number * 7919 % 0x2000) for number in range(20_000))
    stated = Stated(point=Point.SIZE, value="￿", quote="𐀀" * 300)
    now = datetime.now(UTC)
    page = Source(
        number=1, url="x", kind=SourceKind.PAGE, text=junk, stated=(stated,), observed_at=now
    )
    return Material(sources=(page, page, page.model_copy(update={"url": ""})))


def unchanged(finished: Undisturbed, undisturbed: Undisturbed, *broken: str) -> None:
    """Assert that every lead finished and that all readers but the broken ones did as always."""
    assert finished.keys() == undisturbed.keys()
    for name, lead in finished.items():
        assert lead.carried_through, name
        for slot in set(READERS) - set(broken):
            assert lead.slots[slot] == undisturbed[name].slots[slot], (name, slot)


@pytest.mark.parametrize("tool", AGENTS)
async def test_a_broken_tool_costs_its_own_agent_alone(
    tool: str,
    market: Market,
    undisturbed: Undisturbed,
    sqlite_url: str,
) -> None:
    slot, agent = AGENTS[tool]
    async with (
        market.sites() as sites,
        at_work(sqlite_url, sites) as opened,
        with_tools(opened, sites, {tool: broken}) as runtime,
    ):
        finished = await work(runtime, market.leads)
    unchanged(finished, undisturbed, slot)
    for lead in finished.values():
        temporary = lead.lead.domain in TROUBLES
        assert lead.failed == ({agent} if temporary else set())
        assert [task.context["agent"] for task in lead.tasks if task.kind == "flag"] == (
            [agent] if temporary else []
        )


FAULTS: tuple[Fault, ...] = (
    *("error", "garbage", "reset", "slow", "gzip_bomb", "endless", "redirect_loop", "elsewhere"),
)
"""One for each company."""


def pages(lead: Finished, slot: str) -> set[str]:
    """Return the pages only this reader lives by; all of a site depends on its home page."""
    read = {name: {urlsplit(url).path for url in sources(lead, name)} for name in READERS}
    return {
        "home": {"*"},
        "news": {"/feed.xml"},
        "jobs": read["jobs"] - {"/"},
        "site": read["site"] - read["jobs"] - {"/"},
    }[slot]


@pytest.mark.parametrize(
    ("slot", "touched"),
    [
        ("news", {"news"}),
        ("jobs", {"jobs", "site"}),
        ("site", {"site"}),
        ("home", {"site", "news", "jobs", "technology"}),
    ],
)
async def test_broken_pages_cost_their_reader_alone(
    slot: str,
    touched: set[str],
    market: Market,
    undisturbed: Undisturbed,
    sqlite_url: str,
) -> None:
    wanted = {lead.lead.domain: pages(lead, slot) for lead in undisturbed.values()}
    async with (
        market.sites() as sites,
        at_work(sqlite_url, sites) as opened,
        with_tools(opened, sites) as runtime,
    ):
        for company, fault in zip(market.companies, FAULTS, strict=True):
            for path in wanted[company.domain]:
                sites.break_host(company.domain, fault, path)
        finished = await work(runtime, market.leads)
    unchanged(finished, undisturbed, *touched)
    assert {path for _, path in sites.requests} & set().union(*wanted.values()) or slot == "home"
    for lead in finished.values():
        assert lead.failed <= {f"{name}_reader" for name in touched}
        flagged = [task.context["agent"] for task in lead.tasks if task.kind == "flag"]
        assert sorted(flagged, key=str) == sorted(lead.failed)
    assert any(lead.failed for lead in finished.values()) is (slot != "site")


def sources(lead: Finished, slot: str) -> Sequence[str]:
    product = cast("dict[str, list[str]]", lead.slots[slot])
    return product.get("sources", [])


UNWELL = {
    "site_reader": ("site", "tests.scenarios.unwell:read"),
    "writer": ("draft", "tests.scenarios.unwell:write"),
}
"""Agent → the slot it writes, and a twin that is unwell for some leads."""


def unwell(folder: Path, agent: str, twin: str) -> str:
    """Return the sales department with one agent unwell."""
    shutil.copytree(PACKAGED / "sales", folder)
    soul = folder / "agents" / f"{agent}.md"
    lines = soul.read_text("utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("twin: "))
    lines[place] = f"twin: {twin}"
    text = "\n".join(lines).replace("checks: [", "checks: [tests.scenarios.unwell:checked, ")
    soul.write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("agent", UNWELL)
async def test_an_agent_that_is_unwell_fails_for_its_lead_alone(
    agent: str,
    market: Market,
    undisturbed: Undisturbed,
    database_url: str,
    tmp_path: Path,
) -> None:
    slot, twin = UNWELL[agent]
    department = unwell(tmp_path / "unwell", agent, twin)
    async with (
        market.sites() as sites,
        at_work(database_url, sites, department=department) as runtime,
    ):
        finished = await work(runtime, market.leads)
    for name, lead in finished.items():
        failing = lead.lead.domain in {*TROUBLES, UNCHECKABLE}
        assert lead.failed == ({agent} if failing else set())
        assert [task.key for task in lead.tasks] == ([f"{agent}:1"] if failing else [])
        assert lead.carried_through or (failing and agent == "writer")
        for other in (*READERS, slot):
            same = lead.slots.get(other) == undisturbed[name].slots.get(other)
            assert same is not (failing and other == slot), (name, other)
    outcomes = {lead.run(agent).outcome for lead in finished.values() if lead.failed}
    assert outcomes == {Outcome.CRASHED, Outcome.BAD_ANSWER}

"""The real department on real parts: sites on loopback, a database, and what stands there after."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import cast

from dealwright.agents.brain import Bench, Brain, TwinBrain
from dealwright.domain.run import Outcome
from dealwright.llm.models import ModelSettings
from dealwright.orchestration.loader import PACKAGED
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_sample import leads_csv, sample_companies
from dealwright.runtime import Runtime, World
from dealwright.settings import Settings
from dealwright.store.intake import NewLead
from dealwright.store.listing import ListedLead
from dealwright.store.questions import Approval, OpenTask
from dealwright.store.views import RunView
from dealwright.tools.access import Tool
from dealwright.tools.connectors.company_site import CompanySite
from dealwright.tools.connectors.job_board import JobBoard
from dealwright.tools.connectors.news_feed import NewsFeed
from dealwright.tools.connectors.record import Record
from dealwright.tools.connectors.technology import Technology
from dealwright.tools.fetch import Limits
from dealwright.tools.web import open_web
from dealwright.tools.wrappers import OnlyGranted, Retrying, Toolbox, WithTimeout
from dealwright.triggers import campaign_file, leads_file

CAMPAIGN = campaign_file.read(PACKAGED / "starter" / "campaign.yaml")
WORKSPACE = "default"
READERS = ("record", "site", "news", "jobs", "technology")
"""The slots of the reading agents."""

TOOL_SECONDS = 8.0
PAGE_SECONDS = 2.5
"""How long the tools of `with_tools` may take: far more than loopback needs, even when busy."""


@dataclass(frozen=True)
class Finished:
    """How one lead stands."""

    lead: ListedLead
    slots: Mapping[str, object]
    """Slot → product, without the moments at which things were seen."""
    full: Mapping[str, object]
    """The same with everything."""
    runs: Sequence[RunView]
    """The newest first."""
    tasks: Sequence[OpenTask]
    asks: Sequence[Approval]

    def run(self, agent: str) -> RunView:
        """Return the agent's newest run."""
        return next(run for run in self.runs if run.agent == agent)

    @property
    def failed(self) -> set[str]:
        """The agents with a run that left no product."""
        return {run.agent for run in self.runs if run.outcome not in {Outcome.DONE, "reused"}}

    @property
    def carried_through(self) -> bool:
        """Whether it is qualified and cold, or has a draft that waits for a person."""
        return self.lead.tier == "cold" if not self.asks else self.lead.tier in {"hot", "warm"}


@dataclass(frozen=True)
class Market:
    """Some companies, and the leads of a file that names somebody at each."""

    companies: Sequence[Company]
    leads: Sequence[NewLead]
    today: date

    def sites(self) -> CompanySites:
        """Return their sites, to be served."""
        return CompanySites(self.companies, today=self.today)


def companies(*domains: str) -> tuple[Company, ...]:
    """Return these companies of the sample, or all of them whose sites answer quickly."""
    sample = sample_companies()
    if domains:
        return tuple(company for company in sample if company.domain in domains)
    return tuple(c for c in sample if not {"slow", "drip", "reset"} & set(c.faults.values()))


def leads_of(sample: Sequence[Company], folder: Path) -> tuple[NewLead, ...]:
    """Return the leads of a file with one line for each company."""
    path = folder / "leads.csv"
    path.write_text(leads_csv(sample), encoding="utf-8")
    return leads_file.read(path).leads


@asynccontextmanager
async def at_work(
    database: str,
    sites: CompanySites,
    *,
    department: str = "sales",
    models: ModelSettings | None = None,
) -> AsyncGenerator[Runtime]:
    """Open a department on a database; the sites are its internet."""
    settings = Settings(database=database, models=models or ModelSettings())
    world = World(guard=sites.guard)
    async with Runtime.open(settings, department=department, world=world) as runtime:
        yield runtime


@asynccontextmanager
async def with_tools(
    runtime: Runtime,
    sites: CompanySites,
    tools: Mapping[str, Tool] = MappingProxyType({}),
    twin: Brain | None = None,
) -> AsyncGenerator[Runtime]:
    """Put the department to work with some tools or the twins replaced, and little patience."""
    store, clock, known = runtime.store, runtime.clock, runtime.department
    limits = Limits(seconds=PAGE_SECONDS)
    async with open_web(sites.guard, store.pages, clock, limits) as web:
        box: dict[str, Tool] = {
            "company_site": CompanySite(web),
            "news_feed": NewsFeed(web, clock),
            "job_board": JobBoard(web),
            "technology": Technology(web),
            "record": Record(clock),
            **tools,
        }
        access = Retrying(WithTimeout(Toolbox(box), TOOL_SECONDS), 2, clock)
        workbench = Workbench(
            store=store,
            tools=OnlyGranted(access, known.grants),
            bench=Bench(twin or TwinBrain()),
            clock=clock,
            ids=runtime.ids,
        )
        yield replace(runtime, turn=Turn({known.name: known}, store, workbench, clock))


async def work(runtime: Runtime, leads: Sequence[NewLead]) -> dict[str, Finished]:
    """Import leads, work until nothing is due, and return how each stands, by address."""
    store, department = runtime.store, runtime.department.name
    campaign = await store.intake.campaign(WORKSPACE, department, CAMPAIGN)
    await store.intake.leads(WORKSPACE, campaign, leads)
    await runtime.dispatcher().work(until_idle=True)
    return await standing(runtime)


async def standing(runtime: Runtime) -> dict[str, Finished]:
    """Return how every lead stands, by address."""
    store = runtime.store
    assert not await store.cases.unfinished(runtime.clock.now())
    asks = await store.desk.approvals("all", WORKSPACE)
    tasks = await store.desk.tasks(WORKSPACE)
    found: dict[str, Finished] = {}
    for lead in await store.views.leads(None, WORKSPACE):
        snapshot = await store.cases.snapshot(lead.id)
        found[lead.email or lead.name] = Finished(
            lead=lead,
            slots={slot: timeless(state.value) for slot, state in snapshot.slots.items()},
            full={slot: state.value for slot, state in snapshot.slots.items()},
            runs=await store.views.runs(workspace=WORKSPACE, case_id=lead.id, limit=100),
            tasks=[task for task in tasks if task.case_id == lead.id],
            asks=[ask for ask in asks if ask.case_id == lead.id],
        )
    return found


def timeless(value: object) -> object:
    """Return a JSON value without the moments at which something was observed."""
    match value:
        case dict():
            fields = cast("dict[str, object]", value)
            return {k: timeless(v) for k, v in fields.items() if k != "observed_at"}
        case list():
            return [timeless(entry) for entry in cast("list[object]", value)]
        case _:
            return value

"""The demo's sample: some thirty companies with sites, a file of leads, and a campaign for them."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from dealwright.cli.call import Call
from dealwright.cli.importing import Imported, read_leads, report_file, report_import, take_in
from dealwright.cli.output import say
from dealwright.cli.starting import STARTER
from dealwright.clock import SystemClock
from dealwright.domain.campaign import Autonomy, Campaign, Lawful
from dealwright.outbox.hours import TOUCHES, Place, next_open, zones_of
from dealwright.rehearsal.moved_clock import MovedClock
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_sample import leads_csv, sample_companies
from dealwright.runtime import Runtime, World
from dealwright.triggers import campaign_file
from dealwright.triggers.leads_file import LeadsFile

RECORDED = timedelta(days=90)
"""How long ago the grounds on which people are written to were recorded."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Companies whose sites are served, and what is to be done with them."""

    companies: Sequence[Company]
    campaign: Campaign
    file: LeadsFile
    clock: MovedClock
    world: World

    async def take_in(self, call: Call, runtime: Runtime) -> Imported:
        """Import the leads, and say what became of each line."""
        imported = await take_in(
            runtime.store, call.settings.workspace, runtime.department, self.campaign, self.file
        )
        if not call.json:
            say(f"{len(self.companies)} company sites are served on this machine only.")
            report_file(Path("leads.csv"), self.file)
            report_import(imported)
        return imported


@asynccontextmanager
async def open_sample() -> AsyncGenerator[Sample]:
    """Serve the companies' sites while the block runs, on a Monday morning."""
    companies = sample_companies()
    machine = SystemClock()
    clock = MovedClock(machine, at_work(companies, machine.now()))
    today = clock.now().date()
    async with CompanySites(companies, today=today) as sites:
        yield Sample(
            companies=companies,
            campaign=_campaign(clock.now()),
            file=_leads(companies, clock.now()),
            clock=clock,
            world=World(guard=sites.guard, clock=clock),
        )


def at_work(companies: Sequence[Company], now: datetime) -> datetime:
    """Return when, from this or next Monday on, everybody who is written to is first at work."""
    countries = {company.code for company in companies if company.person.takes_part}
    places = [Place(zones=zones_of(country), country=country) for country in countries]
    monday = now.date() + timedelta(days=-now.weekday() % 7)
    moment = datetime.combine(monday, time(), UTC)
    while True:
        openings = [next_open(moment, place, TOUCHES) or moment for place in places]
        if max(openings) == moment:
            return moment
        moment = max(openings)


def _campaign(now: datetime) -> Campaign:
    """Return the starter's campaign, which sends what somebody has approved."""
    ground = Lawful(
        basis="legitimate_interest",
        evidence="the sample's record of interests",
        since=(now - RECORDED).date(),
    )
    starter = campaign_file.read(STARTER / "campaign.yaml")
    return starter.model_copy(update={"autonomy": Autonomy.ASSISTED, "lawful": ground})


def _leads(companies: Sequence[Company], now: datetime) -> LeadsFile:
    """Return the leads as a file has them; those who once agreed, with where that is recorded."""
    with tempfile.TemporaryDirectory(prefix="dealwright-") as folder:
        path = Path(folder) / "leads.csv"
        path.write_text(leads_csv(companies), encoding="utf-8")
        file = read_leads(path, (), None)
    since = f"{(now - RECORDED).date()}"
    agreed = {
        company.address: {"basis": "consent", "evidence": company.person.consent, "since": since}
        for company in companies
        if company.person.consent
    }
    leads = (replace(lead, ground=agreed.get(lead.email or "")) for lead in file.leads)
    return replace(file, leads=tuple(leads))

"""`run`, `import`, `work` and `worker`: the department at work."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import INTERRUPTED, Call, Ended, command
from dealwright.cli.importing import (
    Imported,
    read_leads,
    rejected,
    report_file,
    report_import,
    take_in,
)
from dealwright.cli.output import counted, say
from dealwright.cli.progress import Tally
from dealwright.cli.stopping import until_stopped
from dealwright.cli.work_report import report, what_next, work_until_idle
from dealwright.domain.campaign import Campaign
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.timetable import kept
from dealwright.runtime import open_store, read_department
from dealwright.store.connection import address
from dealwright.triggers import campaign_file
from dealwright.triggers.leads_file import LeadsFile

WORK = "Put the department to work"

app = typer.Typer()

LeadsPath = Annotated[Path, typer.Argument(help="CSV, TSV or XLSX; a lead in each line.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Take so many leads at most.")]
Mapped = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Say which column is which field."),
]
CampaignPath = Annotated[Path, typer.Option("--campaign", "-c", help="The campaign's YAML file.")]


@command(app, WORK, departments=True)
async def run(
    call: Call,
    leads: LeadsPath,
    campaign: CampaignPath,
    *,
    limit: Limit = None,
    mapping: Mapped = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, do nothing.")] = (
        False
    ),
) -> object:
    """Import leads for a campaign, and work every lead until nothing is left to do.

    The same command again imports and pays nothing twice; interrupted, it goes on.
    """
    wanted = campaign_file.read(campaign)
    department = read_department(call.department)
    file = read_leads(leads, mapping or (), limit)
    if not call.json or dry_run:
        report_file(leads, file)
    if dry_run:
        return _checked(wanted, department, file)
    tally = Tally()
    async with call.runtime(tally.watch) as runtime:
        imported = await take_in(runtime.store, call.settings.workspace, department, wanted, file)
        if not call.json:
            report_import(imported)
        worked = await work_until_idle(runtime, tally, imported.campaign)
    if not call.json:
        report(call, worked, f"Campaign {wanted.name}")
        what_next(call, worked.leads)
    answer = {"campaign": wanted.name, **_imported(imported), **worked.as_json()}
    return Ended(answer, worked.code)


@command(app, WORK, name="import", departments=True)
async def take(
    call: Call,
    leads: LeadsPath,
    campaign: CampaignPath,
    *,
    limit: Limit = None,
    mapping: Mapped = None,
) -> object:
    """Import leads for a campaign, also while `up` runs; whoever works next works them."""
    wanted = campaign_file.read(campaign)
    department = read_department(call.department)
    file = read_leads(leads, mapping or (), limit)
    if not call.json:
        report_file(leads, file)
    async with open_store(call.settings, writing=True) as store:
        imported = await take_in(store, call.settings.workspace, department, wanted, file)
    if not call.json:
        report_import(imported)
        say(f"They are due now. Unless `up` or `worker` runs: {call.again('work')}")
    return {"campaign": wanted.name, **_imported(imported)}


@command(app, WORK, departments=True)
async def work(call: Call) -> object:
    """Work what is due, without importing anything, until nothing is left to do."""
    tally = Tally()
    async with call.runtime(tally.watch) as runtime:
        worked = await work_until_idle(runtime, tally)
    if not call.json:
        report(call, worked, f"Workspace {call.settings.workspace}")
        what_next(call, worked.leads)
    return Ended(worked.as_json(), worked.code)


@command(app, WORK, departments=True)
async def worker(call: Call) -> object:
    """Work for ever: what is due, what becomes due, what others ring for.

    On SQLite this is the only process that works; on Postgres start as many as you like.
    """
    tally = Tally()
    distributed = address(call.settings.database).path is None
    async with call.runtime(tally.watch) as runtime:
        await runtime.tidy()
        say(
            f"Working {runtime.department.name} for {call.settings.workspace}, "
            f"{counted(call.settings.concurrency, 'lead')} at a time. Ctrl-C stops."
        )
        dispatcher = runtime.dispatcher(distributed=distributed)
        working = asyncio.create_task(dispatcher.work())
        await until_stopped(dispatcher, kept(runtime.timetable, working))
    say(f"Stopped after {counted(tally.leads, 'lead')}, {counted(tally.calls, 'agent call')}.")
    answer = {"turns": tally.leads, "agent_calls": tally.calls, "cost_micro_dollars": tally.cost}
    return Ended(answer, INTERRUPTED)


def _checked(campaign: Campaign, department: Department, file: LeadsFile) -> dict[str, object]:
    say(f"Nothing was written: the campaign {campaign.name} and {department.name} fit together.")
    return {"leads": len(file.leads), "problems": file.problems, "merged": file.merged}


def _imported(imported: Imported) -> dict[str, object]:
    file: LeadsFile = imported.file
    return {
        "imported": {**imported.counts, "rejected_lines": sorted(rejected(file))},
        "problems": file.problems,
        "merged": file.merged,
    }

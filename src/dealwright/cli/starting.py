"""`init` and `demo`: the first steps."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import USUAL, Call, Ended, command
from dealwright.cli.importing import read_leads, report_file, report_import, take_in
from dealwright.cli.looking import show_products
from dealwright.cli.output import heading, say
from dealwright.cli.progress import Tally
from dealwright.cli.work_report import Worked, report, what_next, work_until_idle
from dealwright.clock import SystemClock
from dealwright.errors import BadInput
from dealwright.orchestration.loader import PACKAGED
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_sample import leads_csv, sample_companies
from dealwright.runtime import Runtime, World
from dealwright.triggers import campaign_file

START = "Start here"
STARTER = PACKAGED / "starter"
COPY = "department"

app = typer.Typer()


@app.command(rich_help_panel=START)
def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Made if it is not there.")] = (
        Path("my_campaign")
    ),
) -> None:
    """Write a folder to start from: a commented campaign, a few leads, a department of your own."""
    there = [
        path.name for path in (*STARTER.iterdir(), Path(COPY)) if (folder / path.name).exists()
    ]
    if there or (folder.exists() and not folder.is_dir()):
        raise BadInput(
            f"{folder} holds {', '.join(sorted(there)) or 'no folder, it is a file'} already, and "
            "nothing is overwritten; name another folder"
        )
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    shutil.copytree(PACKAGED / USUAL, folder / COPY)
    say(f"Written to {folder}: a campaign, a few leads, a README, and a department to change.")
    say("\nNext:")
    say(f"  dealwright run {folder}/leads.csv --campaign {folder}/campaign.yaml")
    say(f"  dealwright department check {folder}/{COPY}     when you have changed an agent")


@command(app, START)
async def demo(call: Call) -> object:
    """Work a sample of leads whose sites are served on this machine: no account, no key."""
    if call.database is None:
        call = call.on(f"sqlite:///{Path(tempfile.mkdtemp(prefix='dealwright-demo-')) / 'demo.db'}")
    companies = sample_companies()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="dealwright-") as folder:
        path = Path(folder) / "leads.csv"
        path.write_text(leads_csv(companies), encoding="utf-8")
        file = read_leads(path, (), None)
    campaign = campaign_file.read(STARTER / "campaign.yaml")
    today = SystemClock().now().date()
    async with CompanySites(companies, today=today) as sites:
        world = World(guard=sites.guard)
        async with Runtime.open(call.settings, world=world, watcher=tally.watch) as runtime:
            imported = await take_in(
                runtime.store, call.settings.workspace, runtime.department, campaign, file
            )
            if not call.json:
                say(f"{len(companies)} company sites are served on this machine only.")
                report_file(path, file)
                report_import(imported)
            worked = await work_until_idle(runtime, tally, imported.campaign)
            if not call.json:
                await _show_demo(call, runtime, worked)
    answer = {"imported": imported.counts, "database": call.settings.database, **worked.as_json()}
    return Ended(answer, worked.code)


async def _show_demo(call: Call, runtime: Runtime, worked: Worked) -> None:
    report(call, worked, "Demo")
    waiting = [each.lead for each in worked.leads if each.lead.status == "waits for approval"]
    if waiting:
        snapshot = await runtime.store.cases.snapshot(waiting[0].id)
        asked = {slot for slot, _ in snapshot.asked}
        heading(f"One of them in full: {waiting[0].name}, {waiting[0].company}")
        show_products(snapshot, runtime.department, {"dossier", "qualification", *asked})
    if call.database is None:
        say("\nThe demo has a database of its own. To look around in it:")
        say(f"  export DEALWRIGHT_DATABASE={call.settings.database}")
    what_next(call, worked.leads)

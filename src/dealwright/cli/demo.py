"""`demo`: the whole way from a file of leads to a booked meeting, on this machine alone."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

import typer

from dealwright.cli.call import INTERRUPTED, Call, Ended, command
from dealwright.cli.demo_performance import Performance
from dealwright.cli.demo_sample import Sample, open_sample
from dealwright.cli.looking import show_products
from dealwright.cli.output import heading, say
from dealwright.cli.progress import Tally
from dealwright.cli.starting import START
from dealwright.cli.stopping import until_stopped
from dealwright.cli.work_report import Worked, report, what_next, work_until_idle
from dealwright.runtime import Runtime

SERVERS = ("aiosmtpd", "pymap", "radicale")
"""What the extra `demo` installs."""
LACKING = (
    "Sending, replies and meetings need a mail and a calendar server of the demo's own: "
    "`make demo` installs them, and so does `pip install 'dealwright[demo]'`."
)

app = typer.Typer()


@command(app, START)
async def demo(call: Call) -> object:
    """Work a sample of leads from research to booked meetings, all on this machine: no account."""
    folder = Path(tempfile.mkdtemp(prefix="dealwright-demo-"))
    if call.database is None:
        call = call.on(f"sqlite:///{folder / 'demo.db'}")
    async with open_sample() as sample:
        if any(find_spec(server) is None for server in SERVERS):
            return await _first_half(call, sample)
        performance = Performance(call, sample, folder)
        stopped = await until_stopped(performance, performance.play())
    return Ended(performance.as_json(), INTERRUPTED if stopped else 0)


async def _first_half(call: Call, sample: Sample) -> Ended:
    """Research, qualify, write and review; show one lead in full."""
    tally = Tally()
    async with Runtime.open(call.settings, world=sample.world, watcher=tally.watch) as runtime:
        imported = await sample.take_in(call, runtime)
        worked = await work_until_idle(runtime, tally, imported.campaign)
        if not call.json:
            await _show_half(call, runtime, worked)
    answer = {"imported": imported.counts, "database": call.settings.database, **worked.as_json()}
    return Ended(answer, worked.code)


async def _show_half(call: Call, runtime: Runtime, worked: Worked) -> None:
    report(call, worked, "Demo")
    waiting = [each.lead for each in worked.leads if each.lead.status == "waits for approval"]
    if waiting:
        snapshot = await runtime.store.cases.snapshot(waiting[0].id)
        asked = {slot for slot, _ in snapshot.asked}
        heading(f"One of them in full: {waiting[0].name}, {waiting[0].company}")
        show_products(snapshot, runtime.department, {"dossier", "qualification", *asked})
    say(f"\n{LACKING}")
    if call.database is None:
        say("\nThe demo has a database of its own. To look around in it:")
        say(f"  export DEALWRIGHT_DATABASE={call.settings.database}")
    what_next(call, worked.leads)

"""`pause`, `resume`, `inject`, `retry`: a person's hand on the work itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import Call, command, quoted
from dealwright.cli.drafts import read_product
from dealwright.cli.finding import (
    EVERYTHING,
    LeadName,
    case_meant,
    own_lead,
)
from dealwright.cli.output import say
from dealwright.cli.progress import Tally
from dealwright.cli.rerun import report_rerun, work_again
from dealwright.errors import NotFound
from dealwright.runtime import open_store
from dealwright.store.store import Store

STEER = "Steer the work"

app = typer.Typer()

Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="A lead, a campaign's name, or `all`.")
]
Because = Annotated[str, typer.Option(help="Why; it stands in the journal.")]
Later = Annotated[bool, typer.Option("--later", help="Write it down; `work` does the rest.")]


@command(app, STEER)
async def pause(call: Call, target: Target, *, because: Because = "") -> object:
    """Stop a lead, a campaign or everything: nothing runs and nothing leaves until `resume`."""
    async with open_store(call.settings, writing=True) as store:
        case_id, name = await _target(store, call, target)
        await store.desk.pause(case_id, who=call.who, because=because)
    if not call.json:
        say(f"Paused by {call.who}: {name}. To go on: {call.again(f'resume {quoted(target)}')}")
    return {"paused": name, "id": case_id, "because": because}


@command(app, STEER)
async def resume(call: Call, target: Target, *, because: Because = "") -> object:
    """Let a lead, a campaign or everything go on."""
    async with open_store(call.settings, writing=True) as store:
        case_id, name = await _target(store, call, target)
        await store.desk.resume(case_id, who=call.who, because=because)
    if not call.json:
        say(f"Resumed by {call.who}: {name}. To work it now: {call.again('work')}")
    return {"resumed": name, "id": case_id, "because": because}


@command(app, STEER, departments=True)
async def inject(
    call: Call,
    lead: LeadName,
    slot: Annotated[str, typer.Argument(metavar="SLOT", help="Where it goes, e.g. `dossier`.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The product, YAML or JSON.")],
    *,
    because: Because = "",
    later: Later = False,
) -> object:
    """Put a product of your own into a slot: final, no agent replaces it."""
    tally = Tally()
    async with call.runtime(tally.watch, beside=True) as runtime:
        meant = await own_lead(runtime.store, call, lead, runtime.department)
        known = runtime.department.slots.get(slot)
        if known is None:
            names = ", ".join(sorted(runtime.department.slots))
            raise NotFound(f"there is no slot {slot!r}; there are: {names}")
        value = read_product(file, known.shape)
        await runtime.overrides.inject(meant.id, slot, value, who=call.who, because=because)
        rerun = None if later else await work_again(runtime, tally, meant)
    if not call.json:
        say(f"The {slot} of {meant.name} is yours now and final.")
    report_rerun(call, meant, rerun)
    return {"lead": meant.id, "slot": slot, "value": value, "worked": rerun}


@command(app, STEER, departments=True)
async def retry(
    call: Call,
    lead: LeadName,
    agent: Annotated[str, typer.Argument(metavar="AGENT", help="Who shall try again.")],
    *,
    later: Later = False,
) -> object:
    """Have one agent work again, and whatever depends on it; nothing before it."""
    tally = Tally()
    async with call.runtime(tally.watch, beside=True) as runtime:
        meant = await own_lead(runtime.store, call, lead, runtime.department)
        if agent not in runtime.department.agents:
            names = ", ".join(sorted(runtime.department.agents))
            raise NotFound(f"there is no agent {agent!r}; there are: {names}")
        after = await runtime.overrides.retry(meant.id, agent, who=call.who)
        rerun = None if later else await work_again(runtime, tally, meant)
    if not call.json:
        touched = f"; what may change with it: {', '.join(after)}" if after else ""
        say(f"{agent} works again for {meant.name}{touched}.")
    report_rerun(call, meant, rerun)
    return {"lead": meant.id, "agent": agent, "depends_on_it": after, "worked": rerun}


async def _target(store: Store, call: Call, words: str) -> tuple[str, str]:
    """Return the id and the name of what shall stop or go on."""
    if words == EVERYTHING:
        return call.settings.workspace, f"everything of {call.settings.workspace}"
    meant = await case_meant(store, call, words)
    return meant.id, f"{'the campaign ' if meant.kind == 'campaign' else ''}{meant.name}"

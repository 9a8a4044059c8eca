"""`dealwright audit`: whether the journal and all it speaks of are as they were written."""

from __future__ import annotations

import typer

from dealwright.cli.call import Call, Ended, command
from dealwright.cli.output import counted, line, say
from dealwright.runtime import open_store

app = typer.Typer(help="Check what was written down.", no_args_is_help=True)

ALTERED = 1


@app.callback()
def _group() -> None:
    """Check what was written down."""


@command(app, "Check")
async def verify(call: Call) -> object:
    """Recompute the journal's chain, and every run, product and approval it speaks of."""
    async with open_store(call.settings, writing=False) as store:
        found = await store.journal.verify(call.settings.workspace)
    if not call.json:
        for problem in found.problems:
            line(problem)
        if found.ok:
            say(f"{counted(found.events, 'event')}: nothing was altered, moved or removed.")
        else:
            say(f"{counted(len(found.problems), 'problem')} in {counted(found.events, 'event')}.")
    return Ended(found, 0 if found.ok else ALTERED)

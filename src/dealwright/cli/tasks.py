"""`tasks` and `done`: what a person has to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.finding import task_meant
from dealwright.cli.output import say, show_table, tail
from dealwright.cli.reviewing import REVIEW
from dealwright.runtime import open_store

app = typer.Typer()


@command(app, REVIEW)
async def tasks(call: Call) -> object:
    """List what waits for a person: failed agents, facts that disagree."""
    async with open_store(call.settings, writing=False) as store:
        found = await store.desk.tasks(call.settings.workspace)
    if call.json:
        return found
    show_table(
        "Tasks",
        ("id", "lead", "kind", "what", "until"),
        ((tail(task.id), task.case_name, task.kind, task.because, task.deadline) for task in found),
    )
    if found:
        say(f"Next: {call.again(f'done {tail(found[0].id)}')} when you have looked.")
    return None


@command(app, REVIEW)
async def done(
    call: Call,
    task: Annotated[str, typer.Argument(metavar="TASK", help="Its id as `tasks` shows it.")],
    *,
    because: Annotated[str, typer.Option(help="What you found; it stands in the journal.")] = "",
) -> object:
    """Say that you have looked at a task."""
    async with open_store(call.settings, writing=True) as store:
        meant = await task_meant(store, call, task)
        await store.desk.close_task(meant.id, who=call.who, because=because)
    if not call.json:
        say(f"Closed by {call.who}: {meant.because}")
    return {"task": meant.id, "state": "closed"}

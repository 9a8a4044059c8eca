"""`no-show`: what only a person can tell of a meeting."""

from __future__ import annotations

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.finding import LeadName, lead_meant
from dealwright.cli.output import say
from dealwright.cli.overriding import STEER
from dealwright.runtime import open_store

app = typer.Typer()


@command(app, STEER, name="no-show")
async def no_show(call: Call, lead: LeadName) -> object:
    """Say that a lead did not come to a meeting: other times are offered, once."""
    async with open_store(call.settings, writing=True) as store:
        meant = await lead_meant(store, call, lead)
        meeting = await store.appointments.missed(meant.id, who=call.who)
    if not call.json:
        again = "other times are offered" if meeting.missed == 1 else "a person calls"
        say(f"{meant.name} did not come at {meeting.start:%Y-%m-%d %H:%M}: {again}.")
    return {"lead": meant.id, "meeting": meeting.uid, "missed": meeting.missed}

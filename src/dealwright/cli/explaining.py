"""`explain`: why a lead stands where it stands."""

from __future__ import annotations

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.finding import LeadName, own_lead
from dealwright.cli.looking import LOOK
from dealwright.cli.output import heading, line
from dealwright.orchestration import explain as explanations
from dealwright.orchestration.explain import Explanation, RouteExplained
from dealwright.orchestration.router import route
from dealwright.runtime import open_store, read_department

app = typer.Typer()


@command(app, LOOK, departments=True)
async def explain(call: Call, lead: LeadName) -> object:
    """Say which route fired for a lead, which did not, and which part of it was false."""
    department = read_department(call.department)
    async with open_store(call.settings, writing=False) as store:
        meant = await own_lead(store, call, lead, department)
        snapshot = await store.cases.snapshot(meant.id)
    told = explanations.explain(department, snapshot, route(department, snapshot))
    if call.json:
        return {"lead": meant.id, "name": meant.name, "explanation": told}
    heading(f"{meant.name}: {told.next_step}")
    _show(told)
    return None


def _show(told: Explanation) -> None:
    if told.held:
        line(f"held: {told.held}", indent=2)
    heading("Routes, from top to bottom")
    for each in told.routes:
        _show_route(each)
    heading("Agents that do not run now")
    for agent, why in told.waiting:
        line(f"{agent}: {why}", indent=2)
    heading("Slots")
    for slot, worth in told.slots:
        line(f"{slot}: {worth}", indent=2)


def _show_route(told: RouteExplained) -> None:
    line(f"{'✓' if told.fired else '·'} line {told.line}: {told.does}", indent=2)
    line(f"because {told.because}", indent=6)
    if told.trouble:
        line(told.trouble, indent=6)
    for clause in told.clauses:
        if not clause.holds and not told.fired:
            line(f"false: {clause.text}", indent=6)

"""`leads` and `show`: what is known and where everything stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.dossiers import known_shapes, show_product
from dealwright.cli.drafts import bases, resolved, show_draft
from dealwright.cli.finding import LeadName, campaign_meant, own_lead
from dealwright.cli.leads_table import ranked, show_leads, why
from dealwright.cli.output import heading, line, say, short, show_table, tail
from dealwright.domain.case import SlotState, Snapshot
from dealwright.domain.draft import Draft
from dealwright.domain.money import shown
from dealwright.orchestration.department import Department
from dealwright.orchestration.explain import next_step
from dealwright.orchestration.router import Plan, route
from dealwright.runtime import open_store, read_department
from dealwright.store.listing import ListedLead
from dealwright.store.questions import Approval, OpenTask
from dealwright.store.views import KnownFact, RunView

LOOK = "Look at what was done"

app = typer.Typer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything on file about one lead."""

    lead: ListedLead
    snapshot: Snapshot
    plan: Plan
    next: str
    facts: list[KnownFact]
    history: list[SlotState]
    runs: list[RunView]
    tasks: list[OpenTask]
    approvals: list[Approval]


@command(app, LOOK, departments=True)
async def leads(
    call: Call,
    *,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign's.")] = None,
) -> object:
    """List leads, the best first."""
    department = read_department(call.department)
    async with open_store(call.settings, writing=False) as store:
        meant = await campaign_meant(store, call, campaign) if campaign else None
        found = await store.views.leads(meant.id if meant else None, call.settings.workspace)
        ordered = await ranked(store, department, found)
    if call.json:
        return [each.as_json() for each in ordered]
    if ordered:
        show_leads(f"Campaign {campaign}" if campaign else "Leads", ordered)
    else:
        say("There are no leads yet: `dealwright run LEADS.csv --campaign CAMPAIGN.yaml`")
    return None


@command(app, LOOK, departments=True)
async def show(call: Call, lead: LeadName) -> object:
    """Show all about a lead: dossier with sources, qualification, draft, history, runs."""
    department = read_department(call.department)
    async with open_store(call.settings, writing=False) as store:
        meant = await own_lead(store, call, lead, department)
        snapshot = await store.cases.snapshot(meant.id)
        plan = route(department, snapshot)
        workspace = call.settings.workspace
        approvals = await store.desk.approvals("all", workspace)
        seen = Seen(
            lead=meant,
            snapshot=snapshot,
            plan=plan,
            next=next_step(department, snapshot, plan),
            facts=await store.views.facts(meant.id),
            history=await store.views.history(meant.id),
            runs=await store.views.runs(workspace=workspace, case_id=meant.id),
            tasks=await store.desk.tasks(workspace, case_id=meant.id),
            approvals=[each for each in approvals if each.case_id == meant.id],
        )
    if call.json:
        return _as_json(seen, department)
    show_lead(seen, department)
    return None


def show_lead(seen: Seen, department: Department) -> None:
    """Print everything on file about a lead."""
    lead = seen.lead
    heading(f"{lead.name}, {lead.company or 'no company'} ({short(lead.id)})")
    line(f"next: {seen.next}", indent=2)
    if lead.tier:
        line(f"{lead.tier}, score {lead.score}: {why(lead)}", indent=2)
    line(f"campaign: {lead.campaign or 'none'}; cost so far: {shown(lead.cost)}", indent=2)
    show_products(seen.snapshot, department)
    for task in seen.tasks:
        line(f"for a person ({tail(task.id)}): {task.because}", indent=2)
    for each in seen.approvals:
        line(f"approval {tail(each.id)} of {each.slot} v{each.version}: {each.state}", indent=2)
    show_table(
        "Product history",
        ("slot", "version", "status", "by", "made from"),
        (_written(state) for state in seen.history),
    )
    show_table(
        "Runs",
        ("id", "agent", "outcome", "brain", "because", "ms", "cost"),
        (
            (
                tail(r.id),
                r.agent,
                r.outcome,
                r.brain,
                r.error or r.because,
                r.latency_ms,
                shown(r.cost),
            )
            for r in reversed(seen.runs)
        ),
    )


def show_products(
    snapshot: Snapshot, department: Department, only: Collection[str] | None = None
) -> None:
    """Print what stands in a case's own slots, or in some, from the first to the last product."""
    known = bases(snapshot)
    shapes = known_shapes(department)
    for slot in department.order:
        state = snapshot.slots.get(slot)
        if only is not None and slot not in only:
            continue
        if state is None or department.slots[slot].given == "parent":
            continue
        heading(f"{slot} v{state.version} by {state.by}: {state.status}")
        if state.value is None:
            continue
        if shapes.get(slot) is Draft:
            show_draft(Draft.model_validate(state.value), known)
        else:
            show_product(state.value, shapes.get(slot))


def _written(state: SlotState) -> tuple[object, ...]:
    made_from = ", ".join(f"{slot} v{version}" for slot, version in state.inputs.items() if version)
    return state.slot, state.version, state.status, state.by, made_from


def _as_json(seen: Seen, department: Department) -> dict[str, object]:
    known = bases(seen.snapshot)
    drafts = {
        slot: resolved(Draft.model_validate(state.value), known)
        for slot, kind in known_shapes(department).items()
        if kind is Draft and (state := seen.snapshot.slots.get(slot)) and state.value is not None
    }
    return {
        "lead": seen.lead,
        "next": seen.next,
        "held": seen.plan.held,
        "slots": {
            slot: {"standing": seen.plan.standing.get(slot), "state": state}
            for slot, state in seen.snapshot.slots.items()
        },
        "drafts": drafts,
        "facts": seen.facts,
        "history": seen.history,
        "runs": seen.runs,
        "tasks": seen.tasks,
        "approvals": seen.approvals,
    }

"""`runs` and `costs`: every call of every agent, and what it took."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.finding import lead_meant, run_meant
from dealwright.cli.looking import LOOK
from dealwright.cli.output import (
    cell,
    counted,
    heading,
    line,
    plain,
    say,
    show_json,
    show_table,
    tail,
)
from dealwright.domain.money import shown
from dealwright.domain.run import Outcome
from dealwright.errors import BadInput
from dealwright.runtime import open_store
from dealwright.store.views import Cost, Grouping, RunView, StoredPacket

app = typer.Typer()

GROUPINGS = get_args(Grouping)


@command(app, LOOK)
async def runs(
    call: Call,
    lead: Annotated[str, typer.Argument(metavar="[LEAD]", help="Only this lead's.")] = "",
    *,
    agent: Annotated[str | None, typer.Option(help="Only this agent's.")] = None,
    outcome: Annotated[str | None, typer.Option(help="Only those that ended so.")] = None,
    packet: Annotated[
        str | None, typer.Option(metavar="RUN", help="Show one run: its exact packet and product.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many at most.")] = 100,
) -> object:
    """List the calls of agents, the newest first."""
    if outcome is not None and outcome not in tuple(Outcome):
        raise BadInput(f"no run ends {outcome!r}; there are: {', '.join(Outcome)}")
    async with open_store(call.settings, writing=False) as store:
        if packet is not None:
            run = await run_meant(store, call, packet)
            given = await store.views.packet(run.id)
            return {"run": run, "packet": given} if call.json else _show_run(run, given)
        meant = await lead_meant(store, call, lead) if lead else None
        found = await store.views.runs(
            workspace=call.settings.workspace,
            case_id=meant.id if meant else None,
            agent=agent,
            outcome=outcome,
            limit=limit,
        )
    return found if call.json else _show_runs(found, limit)


@command(app, LOOK)
async def costs(
    call: Call,
    *,
    by: Annotated[str, typer.Option(help="lead, agent, campaign, model or day.")] = "agent",
) -> object:
    """Show what was spent, for whom and on what."""
    if by not in GROUPINGS:
        raise BadInput(f"costs are not kept by {by!r}; there are: {', '.join(GROUPINGS)}")
    async with open_store(call.settings, writing=False) as store:
        found = await store.views.costs(_grouping(by), call.settings.workspace)
    if call.json:
        return found
    show_table(
        f"Costs by {by}",
        (by, "runs", "model calls", "tokens in", "tokens out", "cost"),
        (_cost(each) for each in found),
    )
    total = sum(each.cost for each in found)
    line(f"{counted(sum(each.runs for each in found), 'run')}, {shown(total)} in all.")
    return None


def _cost(cost: Cost) -> tuple[object, ...]:
    return (
        cost.group,
        cost.runs,
        cost.calls,
        cost.input_tokens,
        cost.output_tokens,
        shown(cost.cost),
    )


def _grouping(by: str) -> Grouping:
    match by:
        case "lead" | "agent" | "campaign" | "model" | "day":
            return by
        case _:
            raise BadInput(f"costs are not kept by {by!r}")


def _show_runs(found: list[RunView], limit: int) -> None:
    show_table(
        "Runs",
        ("id", "lead", "agent", "outcome", "brain", "why", "ms", "cost", "at"),
        (
            (
                tail(run.id),
                run.case_name,
                run.agent,
                run.outcome,
                run.brain,
                run.error or run.because,
                run.latency_ms,
                shown(run.cost),
                run.started_at,
            )
            for run in found
        ),
    )
    if len(found) == limit:
        say(f"There may be more than {limit}: say --limit.")


def _show_run(run: RunView, given: StoredPacket) -> None:
    heading(f"{run.agent} for {run.case_name}: {run.outcome}, by {run.brain}")
    line(f"because {run.because}", indent=2)
    facts = {
        "run": run.id,
        "fingerprint": run.fingerprint,
        "started": cell(run.started_at),
        "took": f"{run.latency_ms} ms, {counted(run.attempts, 'attempt')}",
        "cost": f"{shown(run.cost)}, {run.input_tokens} tokens in, {run.output_tokens} out",
        "error": run.error,
        "reasoning": run.reasoning,
    }
    for name, value in facts.items():
        if value:
            line(f"{name}: {value}", indent=2)
    heading("Given")
    show_json({"today": given.today, "slots": plain(given.slots), "material": given.material})
    heading(f"Delivered to {run.slot}")
    show_json(run.product)

"""Working until nothing is due, and what is said about it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealwright.cli.call import INTERRUPTED, Call, quoted
from dealwright.cli.leads_table import Ranked, ranked, show_leads
from dealwright.cli.output import ERR, counted, say
from dealwright.cli.progress import Tally, watched
from dealwright.cli.stopping import until_stopped
from dealwright.domain.money import shown
from dealwright.orchestration.dispatch.port import Dispatcher
from dealwright.runtime import Runtime

BROKE_OFF = 1


@dataclass(frozen=True, slots=True)
class Worked:
    """How the work went."""

    tally: Tally
    stopped: bool
    seconds: float
    leads: Sequence[Ranked]

    @property
    def unfinished(self) -> int:
        """Leads whose turn did not end: it broke off, or another process has them."""
        return sum(each.lead.status == "under way" for each in self.leads)

    @property
    def code(self) -> int:
        """The command's exit code."""
        if self.stopped:
            return INTERRUPTED
        return BROKE_OFF if self.unfinished else 0

    def as_json(self) -> dict[str, object]:
        """Return it as the answer of a command."""
        tally = self.tally
        return {
            "worked": {
                "turns": tally.leads,
                "agent_calls": tally.calls,
                "reused": tally.reused,
                "failed": tally.failed,
                "cost_micro_dollars": tally.cost,
                "seconds": round(self.seconds, 3),
            },
            "stopped": self.stopped,
            "unfinished": self.unfinished,
            "leads": [each.as_json() for each in self.leads],
        }


async def work_until_idle(runtime: Runtime, tally: Tally, campaign: str | None = None) -> Worked:
    """Work what is due, and return how the leads stand then."""
    begun = runtime.clock.monotonic()
    dispatcher = runtime.dispatcher()
    stopped = await until_stopped(dispatcher, work_off(runtime, tally, dispatcher))
    seconds = runtime.clock.monotonic() - begun
    return Worked(tally, stopped, seconds, await standing(runtime, campaign))


async def work_off(runtime: Runtime, tally: Tally, dispatcher: Dispatcher) -> None:
    """Work what is due, and show how far it is."""
    await runtime.tidy()
    await runtime.timetable.tick()
    due = await runtime.store.cases.due_count(
        runtime.clock.now(),
        workspace=runtime.settings.workspace,
        department=runtime.department.name,
    )
    async with watched(tally, due, runtime.clock):
        await dispatcher.work(until_idle=True)


async def standing(runtime: Runtime, campaign: str | None = None) -> list[Ranked]:
    """Return how the department's leads stand, the best first."""
    leads = await runtime.store.views.leads(campaign, runtime.settings.workspace)
    mine = [lead for lead in leads if lead.department == runtime.department.name]
    return await ranked(runtime.store, runtime.department, mine)


def report(call: Call, worked: Worked, title: str) -> None:
    """Print the table, the totals, and how the work went."""
    tally = worked.tally
    if worked.leads:
        show_leads(title, worked.leads)
    if not tally.leads and not tally.calls and not worked.stopped:
        say("Nothing was left to do: 0 agent calls.")
    else:
        reused = f" and {tally.reused} reused" if tally.reused else ""
        failed = f", {tally.failed} failed" if tally.failed else ""
        say(
            f"Worked {counted(tally.leads, 'lead')} in {worked.seconds:.1f} s: "
            f"{counted(tally.calls, 'agent call')}{reused}{failed}, {shown(tally.cost)}."
        )
    if worked.stopped:
        say("Stopped. What was finished is kept. To go on: " + call.again("work"))
    elif worked.unfinished:
        say(
            f"{counted(worked.unfinished, 'lead')} broke off, as logged above, "
            "or another process has them. "
            "To go on: " + call.again("work")
        )


def what_next(call: Call, leads: Sequence[Ranked]) -> None:
    """Say which commands are worth typing now."""
    waiting = [each.lead for each in leads if each.lead.status == "waits for approval"]
    steps: list[tuple[str, str]] = []
    if waiting:
        steps.append((call.anywhere.again("approvals"), "the drafts that wait for you"))
    first = waiting[0] if waiting else leads[0].lead if leads else None
    if first is not None:
        named = quoted(first.name)
        steps.append(
            (
                call.again(f"show {named}"),
                "everything known about a lead, with sources",
            )
        )
        steps.append((call.again(f"explain {named}"), "why it stands where it stands"))
    if any(each.lead.flags for each in leads):
        steps.append((call.anywhere.again("tasks"), "what else a person has to look at"))
    if steps:
        ERR.print("\nNext:")
        width = max(len(command) for command, _ in steps)
        for command, why in steps:
            say(f"  {command:<{width}}  {why}")

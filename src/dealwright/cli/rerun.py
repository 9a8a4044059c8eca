"""After a person's act: the case is worked at once, and what ran again is shown."""

from __future__ import annotations

from dataclasses import dataclass

from dealwright.cli.call import Call
from dealwright.cli.output import counted, say
from dealwright.cli.progress import Tally
from dealwright.domain.money import shown
from dealwright.orchestration.explain import next_step
from dealwright.orchestration.router import route
from dealwright.runtime import Runtime
from dealwright.store.listing import ListedLead


@dataclass(frozen=True, slots=True)
class Rerun:
    """What working one case again did."""

    ran: list[dict[str, object]]
    next: str


async def work_again(runtime: Runtime, tally: Tally, lead: ListedLead) -> Rerun:
    """Work one case now, and return which agents ran."""
    mine = await runtime.work_on(lead.id)
    snapshot = await runtime.store.cases.snapshot(lead.id)
    department = runtime.department
    step = next_step(department, snapshot, route(department, snapshot))
    ran: list[dict[str, object]] = [
        {"agent": each.agent, "outcome": each.outcome, "cost_micro_dollars": each.cost}
        for each in tally.steps
    ]
    return Rerun(ran, step if mine else "another process has the lead; it looks at it next")


def report_rerun(call: Call, lead: ListedLead, rerun: Rerun | None) -> None:
    """Say what ran again and what happens next; None: nothing was to run yet."""
    if call.json:
        return
    if rerun is None:
        say("It is due now. To work it: " + call.again("work"))
        return
    for each in rerun.ran:
        say(f"  {each['agent']}: {each['outcome']} ({shown(int(str(each['cost_micro_dollars'])))})")
    say(f"{counted(len(rerun.ran), 'agent')} ran for {lead.name}. Next: {rerun.next}.")

"""Finds what a person means: a lead, a campaign, an approval, a task, a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

import typer

from dealwright.cli.call import Call
from dealwright.cli.output import short, tail
from dealwright.errors import BadInput, NotFound
from dealwright.orchestration.department import Department
from dealwright.store.listing import ListedLead
from dealwright.store.questions import Approval, OpenTask
from dealwright.store.store import Store
from dealwright.store.views import RunView

LeadName = Annotated[
    str, typer.Argument(metavar="LEAD", help="Its id, an e-mail, a domain, or part of a name.")
]

EVERYTHING = "all"
MOST_RUNS = 100_000
T = TypeVar("T")


async def lead_meant(store: Store, call: Call, words: str) -> ListedLead:
    """Return the one lead the words mean.

    Raises:
        NotFound: they mean none, or several, which are listed.

    """
    found = [lead for lead in await _cases(store, call, words) if lead.kind != "campaign"]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"no lead goes by {words!r}; `dealwright leads` lists all of them")
    raise NotFound(_several(words, "leads", [_shown(lead) for lead in found]))


async def own_lead(store: Store, call: Call, words: str, department: Department) -> ListedLead:
    """Return the one lead the words mean, if it is the department's own.

    Raises:
        BadInput: it is another department's.
        NotFound: they mean none, or several, which are listed.

    """
    lead = await lead_meant(store, call, words)
    if lead.department != department.name:
        raise BadInput(
            f"{lead.name} is worked by the department {lead.department!r}, not by "
            f"{department.name!r}: say --department {lead.department}, or give its folder"
        )
    return lead


async def case_meant(store: Store, call: Call, words: str) -> ListedLead:
    """Return the one campaign or lead the words mean; a campaign's whole name comes first.

    Raises:
        NotFound: they mean none, or several.

    """
    campaigns = await store.views.campaigns(call.settings.workspace)
    exact = [each for each in campaigns if words in (each.id, each.name)]
    return exact[0] if exact else await lead_meant(store, call, words)


async def campaign_meant(store: Store, call: Call, words: str) -> ListedLead:
    """Return the campaign with that name.

    Raises:
        NotFound: there is none.

    """
    campaigns = await store.views.campaigns(call.settings.workspace)
    for each in campaigns:
        if words in (each.id, each.name):
            return each
    names = ", ".join(each.name for each in campaigns) or "none yet"
    raise NotFound(f"no campaign goes by {words!r}; there are: {names}")


async def campaign_of_form(store: Store, call: Call, words: str) -> str:
    """Return the case of the campaign a form names, or of the only one where it names none.

    Raises:
        NotFound: it names none that there is, or none at all.

    """
    campaigns = await store.views.campaigns(call.settings.workspace)
    if not words and len(campaigns) == 1:
        return campaigns[0].id
    if not words:
        names = ", ".join(each.name for each in campaigns) or "there is none yet"
        raise NotFound(f"say for which campaign: {names}")
    return (await campaign_meant(store, call, words)).id


async def approval_meant(store: Store, call: Call, words: str) -> Approval:
    """Return the one approval meant: by its short id, or by its lead.

    Raises:
        NotFound: none waits by that name, or several do.

    """
    approvals = await store.desk.approvals("all", call.settings.workspace)
    if found := _by_id(approvals, words, lambda each: each.id):
        return found
    lead = await lead_meant(store, call, words)
    waiting = [each for each in approvals if each.case_id == lead.id and each.state == "pending"]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise NotFound(f"nothing of {lead.name} waits for an approval; `explain` says why")
    raise NotFound(_several(words, "approvals", [f"{tail(a.id)}  {a.slot}" for a in waiting]))


async def task_meant(store: Store, call: Call, words: str) -> OpenTask:
    """Return the open task with that short id.

    Raises:
        NotFound: there is none.

    """
    tasks = await store.desk.tasks(call.settings.workspace)
    if found := _by_id(tasks, words, lambda each: each.id):
        return found
    raise NotFound(f"no open task goes by {words!r}; `dealwright tasks` lists them")


async def run_meant(store: Store, call: Call, words: str) -> RunView:
    """Return the run with that id or short id.

    Raises:
        NotFound: there is none.

    """
    runs = await store.views.runs(workspace=call.settings.workspace, limit=MOST_RUNS)
    if found := _by_id(runs, words, lambda each: each.id):
        return found
    raise NotFound(f"no run goes by {words!r}; `dealwright runs` lists them")


async def _cases(store: Store, call: Call, words: str) -> list[ListedLead]:
    return await store.views.find(words.strip(), call.settings.workspace) if words.strip() else []


def _by_id(rows: Sequence[T], words: str, id_of: Callable[[T], str]) -> T | None:
    found = [row for row in rows if words and words in (id_of(row), tail(id_of(row)))]
    return found[0] if len(found) == 1 else None


def _several(words: str, what: str, lines: Sequence[str]) -> str:
    return "\n  ".join((f"{words!r} may mean {len(lines)} {what}; give the id of one:", *lines))


def _shown(lead: ListedLead) -> str:
    parts = [short(lead.id), lead.name, lead.company or "", lead.campaign or ""]
    return "  ".join(part for part in parts if part)

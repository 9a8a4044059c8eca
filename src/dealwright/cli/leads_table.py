"""The table of leads a salesperson reads: how good each is, why, and what happens next."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealwright.cli.output import counted, line, short, shortened, show_table
from dealwright.domain.money import shown
from dealwright.orchestration.department import Department
from dealwright.orchestration.explain import next_step
from dealwright.orchestration.router import route
from dealwright.store.listing import ListedLead
from dealwright.store.store import Store

MOST_SHOWN = 60
"""Leads in a table; the rest is counted."""

WHY = 70
"""Letters of the reason."""

RANKS: Mapping[str | None, int] = {"hot": 0, "warm": 1, "cold": 2, None: 3}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A lead and what happens next with it."""

    lead: ListedLead
    next: str

    def as_json(self) -> dict[str, object]:
        """Return it as the answer of a command."""
        fields = {name: getattr(self.lead, name) for name in ListedLead.__dataclass_fields__}
        return {**fields, "next": self.next}


async def ranked(store: Store, department: Department, leads: Sequence[ListedLead]) -> list[Ranked]:
    """Return leads with what happens next, the best first."""
    order = sorted(leads, key=lambda lead: (RANKS.get(lead.tier, 3), -(lead.score or 0), lead.name))
    steps = await asyncio.gather(*(_next(store, department, lead) for lead in order))
    return [Ranked(lead, step) for lead, step in zip(order, steps, strict=True)]


async def _next(store: Store, department: Department, lead: ListedLead) -> str:
    if lead.status == "under way":
        return "under way"
    if lead.department != department.name:
        return f"another department's: {lead.department}"
    snapshot = await store.cases.snapshot(lead.id)
    return next_step(department, snapshot, route(department, snapshot))


def show_leads(title: str, leads: Sequence[Ranked]) -> None:
    """Print the table and its totals."""
    show_table(
        title,
        ("id", "lead", "company", "tier", "score", "why", "next step", "cost"),
        (
            (
                short(each.lead.id),
                each.lead.name,
                each.lead.company,
                each.lead.tier,
                each.lead.score,
                why(each.lead),
                each.next,
                shown(each.lead.cost),
            )
            for each in leads[:MOST_SHOWN]
        ),
    )
    if len(leads) > MOST_SHOWN:
        line(f"… and {len(leads) - MOST_SHOWN:,} more; `dealwright leads --json` has all of them.")
    line(totals(leads))


def why(lead: ListedLead) -> str:
    """Return the reason for a lead's tier in a few words, its company's name left out in front."""
    told = lead.why.removeprefix(lead.company or "").lstrip(" ,:")
    return shortened(told, WHY)


def totals(leads: Sequence[Ranked]) -> str:
    """Return how many leads of each tier there are, what waits, and what it cost."""
    tiers = Counter(each.lead.tier or "not yet qualified" for each in leads)
    waiting = sum(each.lead.status == "waits for approval" for each in leads)
    flags = sum(each.lead.flags for each in leads)
    parts = [f"{tiers[tier]} {tier}" for tier in ("hot", "warm", "cold", "not yet qualified")]
    parts = [part for part in parts if not part.startswith("0 ")]
    parts.append(f"{counted(waiting, 'draft')} waiting for a person")
    if flags:
        parts.append(f"{counted(flags, 'task')} for a person")
    cost = shown(sum(each.lead.cost for each in leads))
    return f"{counted(len(leads), 'lead')}: " + ", ".join(parts) + f"; {cost} in all."

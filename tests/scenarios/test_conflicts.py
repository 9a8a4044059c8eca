"""Sources that disagree: both values are kept, a rule decides, and what it leaves is asked."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from dealwright.domain.dossier import Conflict, Dossier
from dealwright.domain.facts import Point
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_pages import Reply
from dealwright.runtime import Runtime
from tests.scenarios.office import WORKSPACE, Finished, at_work, companies, leads_of, work

HARROW, OTHER = "harrow-freight.example", "nordwind-spedition.example"
ABOUT = """<!doctype html><html lang="en"><head><script type="application/ld+json">
{"@context": "https://schema.org", "@type": "Organization", "name": "Harrow Freight Ltd",
"numberOfEmployees": 90, "foundingDate": "1950"}</script></head>
<body><main><h1>About us</h1><p>Harrow Freight Ltd carries food.</p></main></body></html>"""
"""A page whose structured data is not what the home page's says."""


@asynccontextmanager
async def harrow(
    database: str, folder: Path, today: date, *, about: str = "", **changes: object
) -> AsyncGenerator[tuple[Runtime, Finished]]:
    """Work the lead of a carrier of which the sources say something else than usual."""
    company = companies(HARROW)[0].model_copy(update=changes)
    second = (*companies(OTHER), company)  # the first line of the file states a size itself
    async with CompanySites(second, today=today) as sites, at_work(database, sites) as runtime:
        if about:
            for path in ("/about", "/about-us", "/company"):
                sites.put(HARROW, path, Reply(about.encode()))
        leads = leads_of(second, folder)[1:]
        yield runtime, next(iter((await work(runtime, leads)).values()))


def conflict(lead: Finished, point: Point) -> tuple[Dossier, Conflict]:
    dossier = Dossier.model_validate(lead.full["dossier"])
    return dossier, next(each for each in dossier.conflicts if each.point is point)


async def test_structured_data_beats_text_and_both_values_are_kept(
    sqlite_url: str, tmp_path: Path, today: date
) -> None:
    async with harrow(sqlite_url, tmp_path, today, structured_employees=60) as (_, lead):
        dossier, size = conflict(lead, Point.SIZE)
        kept, (against,) = dossier.fact(size.kept), map(dossier.fact, size.against)
        assert kept is not None
        assert against is not None
        assert (kept.value, kept.kind, against.value, against.kind) == (
            *("60", "structured"),
            *("240", "page"),
        )
        point = next(each for each in dossier.points if each.point is Point.SIZE)
        assert (point.value, point.facts) == ("60", (kept.id,))
        assert (size.settled, size.rule) == (True, "structured data beats a page's text")
        assert [task for task in lead.tasks if task.kind == "settle"] == []


async def test_what_no_rule_settles_is_a_question_to_a_person(
    database_url: str, tmp_path: Path, today: date
) -> None:
    async with harrow(database_url, tmp_path, today, about=ABOUT, www=False) as (_, lead):
        _, size = conflict(lead, Point.SIZE)
        assert not size.settled
        asked = {task.key: task for task in lead.tasks if task.kind == "settle"}
        assert len(asked) == 2
        told = " ".join(task.because for task in asked.values())
        for word in ("size", "“240”", "“90”", "founded", "“1987”", "“1950”", "a person decides"):
            assert word in told
        assert lead.carried_through


async def test_a_question_is_put_once_and_stays_answered(
    sqlite_url: str, tmp_path: Path, today: date
) -> None:
    async with harrow(sqlite_url, tmp_path, today, about=ABOUT, www=False) as (runtime, lead):
        desk, case_id = runtime.store.desk, lead.lead.id
        for task in lead.tasks:
            await desk.close_task(task.id, who="ada", because="they are 240, I asked")
        await runtime.overrides.retry(case_id, "synthesizer", who="ada")
        await runtime.dispatcher().work(until_idle=True)
        history = await runtime.store.views.history(case_id)
        assert sum(state.slot == "dossier" for state in history) == 3
        assert await desk.tasks(WORKSPACE, case_id=case_id) == []

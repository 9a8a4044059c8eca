"""The job board: a company's careers page, its postings, and the service its applicants use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from dealwright.domain.facts import Point
from dealwright.domain.material import Material, Source, Stated
from dealwright.errors import ConnectorFailed, NotThere
from dealwright.tools.access import ToolCall
from dealwright.tools.plaintext import stated
from dealwright.tools.plan import Planned, plan
from dealwright.tools.structured import postings_stated
from dealwright.tools.visit import Read, home, lead_of, nothing, read, site_of, troubles
from dealwright.tools.web import Site, Web

MOST_POSTINGS = 3

BOARDS: Mapping[str, str] = MappingProxyType(
    {
        "greenhouse.io": "Greenhouse",
        "lever.co": "Lever",
        "ashbyhq.com": "Ashby",
        "personio.de": "Personio",
        "personio.com": "Personio",
        "workable.com": "Workable",
        "recruitee.com": "Recruitee",
        "smartrecruiters.com": "SmartRecruiters",
        "teamtailor.com": "Teamtailor",
        "softgarden.io": "softgarden",
        "bamboohr.com": "BambooHR",
        "myworkdayjobs.com": "Workday",
        "welcomekit.co": "Welcome to the Jungle",
        "welcometothejungle.com": "Welcome to the Jungle",
        "join.com": "JOIN",
    }
)
"""Domains of services that list a company's openings. A link there is a sign, never followed."""


@dataclass(frozen=True, slots=True)
class JobBoard:
    """Brings whom the lead's company is looking for."""

    web: Web

    async def __call__(self, call: ToolCall) -> Material:
        lead = lead_of(call)
        site = site_of(lead)
        first = await home(self.web, call)
        visit = await read(self.web, call.workspace, site, plan(first.markup, site, ["careers"]))
        found = [first, *visit.reads]
        failures: list[ConnectorFailed] = list(visit.failures)
        for careers in visit.reads:
            postings = await read(self.web, call.workspace, site, _postings(careers, site))
            found += postings.reads
            failures += postings.failures
        sources = tuple(_sources(found))
        if not sources and not failures:
            raise NotThere(f"the site of {lead.company} has no careers page linked from its home")
        if not sources:
            raise nothing(failures)
        return Material(sources=sources, troubles=troubles(failures))


def board(url: str) -> str | None:
    """Return the name of the service whose link this is."""
    host = urlsplit(url).hostname or ""
    for domain, name in BOARDS.items():
        if host == domain or host.endswith(f".{domain}"):
            return name
    return None


def _postings(careers: Read, site: Site) -> Sequence[Planned]:
    """Return the first postings linked below the careers page."""
    here = urlsplit(careers.source.url).path.rstrip("/").removesuffix(".html")
    below = [
        anchor.url
        for anchor in careers.markup.anchors
        if here and site.holds(anchor.url) and urlsplit(anchor.url).path.startswith(f"{here}/")
    ]
    return [Planned(url, "careers") for url in list(dict.fromkeys(below))[:MOST_POSTINGS]]


def _sources(reads: Sequence[Read]) -> Iterator[Source]:
    """Yield the careers pages, and any other page that holds a posting or leads to a job board."""
    number = 0
    known: set[str] = set()
    for found in reads:
        items = [item for item in _stated(found) if item.value not in known]
        known |= {item.value for item in items}
        if found.page != "careers" and not items:
            continue
        number += 1
        text = found.markup.text if found.page == "careers" else ""
        yield found.as_source(number, items, text=text)


def _stated(found: Read) -> Iterator[Stated]:
    yield from postings_stated(found.markup)
    for anchor in found.markup.anchors:
        name = board(anchor.url)
        sign = stated(Point.HIRING, f"openings listed on {name}", anchor.url) if name else None
        if sign:
            yield sign
            return

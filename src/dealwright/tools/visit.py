"""A visit: reads a company's home page and the pages planned from it; a failing page is a line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dealwright.domain.facts import SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import PageKind, Source, Stated
from dealwright.errors import ConnectorFailed, NotThere, TryAgain
from dealwright.tools.access import ToolCall
from dealwright.tools.markup import Markup, take_apart
from dealwright.tools.pages import Page
from dealwright.tools.plan import Planned
from dealwright.tools.web import Site, Web

MOST_TROUBLES = 60


@dataclass(frozen=True, slots=True)
class Read:
    """A page that was read."""

    page: PageKind
    source: Page
    markup: Markup

    def as_source(
        self,
        number: int,
        stated: Iterable[Stated],
        *,
        text: str = "",
        published_on: date | None = None,
    ) -> Source:
        """Return the page as numbered material."""
        return Source(
            number=number,
            url=self.source.url,
            kind=SourceKind.PAGE,
            page=self.page,
            title=self.markup.title,
            text=text,
            stated=tuple(stated),
            observed_at=self.source.fetched_at,
            published_on=published_on,
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit brought."""

    reads: tuple[Read, ...] = ()
    failures: tuple[ConnectorFailed, ...] = ()

    @property
    def troubles(self) -> tuple[str, ...]:
        """The failures as sentences."""
        return troubles(self.failures)


def lead_of(call: ToolCall) -> Lead:
    """Return the lead the call is about.

    Raises:
        NotThere: the agent was given none.

    """
    for product in call.slots.values():
        if isinstance(product, Lead):
            return product
    raise NotThere(f"{call.agent} reads no lead, so {call.tool} has nothing to look up")


def site_of(lead: Lead) -> Site:
    """Return the hosts that are the lead's company's.

    Raises:
        NotThere: nobody knows its website.

    """
    if not lead.website:
        raise NotThere(
            f"no website of {lead.company} is on record, so nothing can be read there; "
            "add it to the lead and import again"
        )
    host = lead.website.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return Site(lead.domain or host.lower())


async def home(web: Web, call: ToolCall) -> Read:
    """Return the company's home page.

    Raises:
        TryAgain: it cannot be had this time.
        NotThere: there is none, or it is not to be read.

    """
    lead = lead_of(call)
    site = site_of(lead)
    doors = [lead.website or ""]
    if lead.domain and doors[0] == f"https://{lead.domain}/":
        doors.append(f"http://www.{lead.domain}/")  # nobody gave the address: it was made up
    failures: list[ConnectorFailed] = []
    for door in doors:
        visit = await read(web, call.workspace, site, [Planned(door, "home")])
        if visit.reads:
            return visit.reads[0]
        failures += visit.failures
        if visit.failures[0].facts.get("status") is not None:
            break
    raise nothing(failures)


async def read(web: Web, workspace: str, site: Site, planned: Sequence[Planned]) -> Visit:
    """Read the planned pages at the same time; whatever fails does not stop the others."""
    outcomes = await asyncio.gather(*(_one(web, workspace, site, entry) for entry in planned))
    reads = {o.source.url: o for o in reversed(outcomes) if isinstance(o, Read)}
    failures = [outcome for outcome in outcomes if isinstance(outcome, ConnectorFailed)]
    return Visit(tuple(reversed(reads.values())), tuple(failures))


def nothing(failures: Sequence[ConnectorFailed]) -> ConnectorFailed:
    """Return the error to raise where nothing could be read at all."""
    because = "; ".join(troubles(failures))
    temporary = any(isinstance(failure, TryAgain) for failure in failures)
    return TryAgain(because) if temporary else NotThere(because)


def troubles(failures: Iterable[ConnectorFailed]) -> tuple[str, ...]:
    """Return the failures as sentences, each once."""
    return tuple(dict.fromkeys(str(failure)[:300] for failure in failures))[:MOST_TROUBLES]


async def _one(web: Web, workspace: str, site: Site, planned: Planned) -> Read | ConnectorFailed:
    try:
        page = await web.page(workspace, planned.url, site)
        listing = planned.page in {"careers", "news"}
        markup = await asyncio.to_thread(take_apart, page, listing=listing)
        return Read(planned.page, page, markup)
    except ConnectorFailed as failure:
        return failure

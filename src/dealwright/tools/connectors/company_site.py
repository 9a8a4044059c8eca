"""The company site: home, about, imprint, product, careers and news pages, read as a visitor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dealwright.domain.material import Material, Source, Stated
from dealwright.tools.access import ToolCall
from dealwright.tools.plan import plan
from dealwright.tools.structured import company_stated
from dealwright.tools.visit import Read, home, lead_of, read, site_of
from dealwright.tools.web import Site, Web


@dataclass(frozen=True, slots=True)
class CompanySite:
    """Brings the pages of the lead's company's own site."""

    web: Web

    async def __call__(self, call: ToolCall) -> Material:
        site = site_of(lead_of(call))
        first = await home(self.web, call)
        visit = await read(self.web, call.workspace, site, plan(first.markup, site))
        others = [found for found in visit.reads if found.source.url != first.source.url]
        return Material(sources=tuple(_sources([first, *others], site)), troubles=visit.troubles)


def _sources(reads: Iterable[Read], site: Site) -> Iterable[Source]:
    """Yield the pages as sources; what a page states again is stated once."""
    known: set[tuple[str, str]] = set()
    for number, found in enumerate(reads, 1):
        new: list[Stated] = []
        for item in company_stated(found.markup, site):
            if (item.point, item.value) not in known:
                known.add((item.point, item.value))
                new.append(item)
        published_on = found.markup.published_on if found.page == "news" else None
        yield found.as_source(number, new, text=found.markup.text, published_on=published_on)

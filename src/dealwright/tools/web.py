"""The web as tools see it: one polite, remembering, guarded reader for the whole process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from dealwright.clock import Clock
from dealwright.errors import ConnectorFailed, Forbidden, NotThere
from dealwright.tools.fetch import Answer, Fetcher, Limits
from dealwright.tools.guard import Guard, address_of, named
from dealwright.tools.manners import Manners
from dealwright.tools.pages import FINAL, Outcome, Page, Pages, packed, unpacked
from dealwright.tools.robots import MOST_BYTES, Robots

MOST_REDIRECTS = 5
FRESH_SECONDS = 86_400.0
REFUSED_SECONDS = 3_600.0
SHORTEST_LABEL = 3
_ENDING = re.compile(r"(?:[a-z]{2,3}\.)?[a-z]{2,24}")
"""What stands behind a registered name: `com`, `co.uk`."""


@dataclass(frozen=True, slots=True)
class Site:
    """Which hosts are one company's: its domain, what lies below, its name under another ending."""

    domain: str

    def holds(self, url: str) -> bool:
        """Tell whether the URL is on one of these hosts."""
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            return False
        own = self.domain.removeprefix("www.")
        if host == own or host.endswith(f".{own}"):
            return True
        name, _, _ = own.partition(".")
        there, _, ending = host.partition(".")
        return len(name) >= SHORTEST_LABEL and there == name and bool(_ENDING.fullmatch(ending))


class Web:
    """Reads pages: from the cache if they are there, and each page once however many ask."""

    def __init__(self, fetcher: Fetcher, pages: Pages, clock: Clock) -> None:
        self._fetcher = fetcher
        self._pages = pages
        self._clock = clock
        self._manners = Manners(clock)
        self._robots = Robots()
        self._flights: dict[tuple[str, str], asyncio.Task[Outcome]] = {}

    async def page(self, workspace: str, url: str, site: Site) -> Page:
        """Return a page of a site, following redirects that stay on it.

        Raises:
            TryAgain: it cannot be had this time.
            NotThere: it does not exist, or leads elsewhere.
            Forbidden: the guard, the site's robots.txt or the server do not allow it.

        """
        return await self._shared(workspace, url, site)

    async def aclose(self) -> None:
        """Give up what is under way."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)
        await self._fetcher.aclose()

    async def _shared(self, workspace: str, url: str, site: Site | None) -> Page:
        """Join whoever is asking for the same page; who leaves early does not stop the others."""
        key = (workspace, str(address_of(url).copy_with(fragment=None)))
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._remembered(*key, site))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        outcome = await asyncio.shield(flight)
        if isinstance(outcome, ConnectorFailed):
            raise type(outcome)(str(outcome), **outcome.facts)
        return outcome

    def _landed(self, key: tuple[str, str], flight: asyncio.Task[Outcome]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            flight.exception()  # else asyncio complains when everybody who asked has left

    async def _remembered(self, workspace: str, url: str, site: Site | None) -> Outcome:
        """Return what is kept, or find out and keep it; `site` is None for a robots.txt."""
        kept = await self._pages.get(workspace, url)
        outcome = unpacked(kept) if kept is not None else None
        if outcome is not None:
            return outcome
        try:
            answer = await self._followed(workspace, url, site)
        except ConnectorFailed as failure:
            if type(failure).__name__ in FINAL:
                await self._pages.put(workspace, url, packed(failure), REFUSED_SECONDS)
            return failure
        page = Page(answer, self._clock.now())
        await self._pages.put(workspace, url, packed(page), FRESH_SECONDS)
        return page

    async def _followed(self, workspace: str, url: str, site: Site | None) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._asked(workspace, url, site)
            if answer.target is None:
                return answer
            if site and not site.holds(answer.target):
                elsewhere = named(address_of(answer.target))[:100]
                raise NotThere(f"{_shown(url)} leads on to {elsewhere}, which is another site")
            url = answer.target
        raise NotThere(f"{_shown(url)} leads on and on, more than {MOST_REDIRECTS} times")

    async def _asked(self, workspace: str, url: str, site: Site | None) -> Answer:
        host = named(address_of(url))
        if site is None:
            async with self._manners.visit(host, 0.0):
                return await self._fetcher.get(url, cut_at=MOST_BYTES)
        delay = await self._robots.delay(url, lambda rules: self._shared(workspace, rules, None))
        if delay is None:
            raise Forbidden(f"{_shown(url)} is not read: the site's robots.txt asks not to")
        async with self._manners.visit(host, delay):
            return await self._fetcher.get(url)


@asynccontextmanager
async def open_web(
    guard: Guard, pages: Pages, clock: Clock, limits: Limits | None = None
) -> AsyncGenerator[Web]:
    """Open the web for as long as the block runs."""
    web = Web(Fetcher(guard, limits), pages, clock)
    try:
        yield web
    finally:
        await web.aclose()


def _shown(url: str) -> str:
    place = httpx.URL(url)
    return f"{named(place)}{place.path}"[:120]

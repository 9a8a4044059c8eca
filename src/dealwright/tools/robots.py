"""Robots: what a site asks programs not to read (RFC 9309), and how slowly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache

import httpx
from protego import Protego

from dealwright.errors import Forbidden, NotThere, TryAgain
from dealwright.tools.guard import named
from dealwright.tools.pages import Page

TOKEN = "Dealwright"
MOST_BYTES = 512_000
"""As much of a robots.txt as is read; the standard asks for no more."""
MOST_PARSED = 256
LONGEST_DELAY = 2.0
"""Seconds between two requests that a site can make us wait."""

Read = Callable[[str], Awaitable[Page]]
"""Fetches a URL."""


class Robots:
    """Knows the rules of every site that was asked lately."""

    def __init__(self) -> None:
        self._rules = lru_cache(maxsize=MOST_PARSED)(_parsed)

    async def delay(self, url: str, read: Read) -> float | None:
        """Return how long to wait between requests, or None if the URL is not to be read.

        Raises:
            TryAgain: the site's robots.txt cannot be had, so nothing of the site is read.
            Forbidden: the guard does not let it be fetched.

        """
        place = httpx.URL(url).copy_with(path="/robots.txt", query=None, fragment=None)
        try:
            page = await read(str(place))
        except NotThere:
            return 0.0
        except Forbidden as refusal:
            if refusal.facts.get("status") is None:
                raise
            return 0.0
        except TryAgain as failure:
            reason = f"{named(place)} is not read while its robots.txt cannot be had: {failure}"
            raise TryAgain(reason) from failure
        rules = self._rules(page.answer.body[:MOST_BYTES])
        if not rules.can_fetch(url, TOKEN):
            return None
        return min(max(rules.crawl_delay(TOKEN) or 0.0, 0.0), LONGEST_DELAY)


def _parsed(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8", "replace").lstrip("\ufeff"))

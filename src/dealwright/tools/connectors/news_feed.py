"""The news feed: entries of the RSS and Atom feeds a company's site or the import names."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import struct_time
from typing import cast
from urllib.parse import urlsplit

import feedparser
from lxml import etree, html

from dealwright.clock import Clock
from dealwright.domain.facts import SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source
from dealwright.errors import ConnectorFailed, NotThere
from dealwright.tools.access import ToolCall
from dealwright.tools.markup import absolute
from dealwright.tools.pages import Page
from dealwright.tools.plaintext import line, lines
from dealwright.tools.visit import home, lead_of, nothing, site_of, troubles
from dealwright.tools.web import Site, Web

MOST_FEEDS = 3
MOST_ENTRIES = 20
OLDEST = timedelta(days=548)
AHEAD = timedelta(days=2)
"""How far a feed's clock may be ahead of ours."""
LONGEST_ENTRY = 2000

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """Brings what the company's feeds told in the last eighteen months."""

    web: Web
    clock: Clock

    async def __call__(self, call: ToolCall) -> Material:
        lead = lead_of(call)
        failures: list[ConnectorFailed] = []
        feeds = await self._feeds(call, lead, failures)
        sources: list[Source] = []
        for url, site in feeds:
            try:
                page = await self.web.page(call.workspace, url, site)
                sources += await asyncio.to_thread(_entries, page, self.clock.now().date())
            except ConnectorFailed as failure:
                failures.append(failure)
        if not sources:
            raise nothing(failures)
        newest = sorted(sources, key=lambda s: (s.published_on or date.min, s.url), reverse=True)
        kept = {(source.url, source.title): source for source in newest[:MOST_ENTRIES]}
        numbered = (s.model_copy(update={"number": n}) for n, s in enumerate(kept.values(), 1))
        return Material(sources=tuple(numbered), troubles=troubles(failures))

    async def _feeds(
        self, call: ToolCall, lead: Lead, failures: list[ConnectorFailed]
    ) -> Sequence[tuple[str, Site]]:
        """Return the feeds the import named, or else those the home page names."""
        if lead.feeds:
            return [(url, Site(urlsplit(url).hostname or "")) for url in lead.feeds[:MOST_FEEDS]]
        site = site_of(lead)
        first = await home(self.web, call)
        found = [url for url in first.markup.feeds if site.holds(url)]
        if not found:
            failures.append(NotThere(f"the site of {lead.company} names no news feed"))
        return [(url, site) for url in found[:MOST_FEEDS]]


def _entries(page: Page, today: date) -> list[Source]:
    """Return the feed's entries of the last eighteen months by their own dates.

    Raises:
        NotThere: it is no feed, or says nothing recent.

    """
    shown = page.url[:120]
    if b"<!ENTITY" in page.answer.body:
        raise NotThere(f"{shown} declares entities, as no feed does, so it is not read")
    kind = {"content-type": page.answer.header("content-type")}
    # Handed over as a file: given bytes or text, the library would open what they name.
    feed = feedparser.parse(io.BytesIO(page.answer.body), response_headers=kind)
    if not feed.get("version") and not feed.entries:
        raise NotThere(f"{shown} is no news feed")
    # As plain dictionaries: the library's own answer questions for one date with another.
    entries: list[Entry] = [dict(entry) for entry in feed.entries]
    sources = [_source(page, entry, day) for entry in entries if (day := _day(entry))]
    recent = [s for s in sources if s.published_on and today - OLDEST <= s.published_on]
    recent = [s for s in recent if s.title and s.published_on and s.published_on <= today + AHEAD]
    if not recent:
        raise NotThere(f"{shown} tells nothing dated of the last eighteen months")
    return recent


def _source(page: Page, entry: Entry, day: date) -> Source:
    link = entry.get("link")
    return Source(
        number=1,
        url=(absolute(page.url, link) if isinstance(link, str) and link else None) or page.url,
        kind=SourceKind.FEED,
        page="news",
        title=line(_bare(entry.get("title"))),
        text=lines(_bare(_content(entry) or entry.get("summary")), LONGEST_ENTRY),
        observed_at=page.fetched_at,
        published_on=day,
    )


def _content(entry: Entry) -> object:
    for part in cast("Sequence[Entry]", entry.get("content") or ()):
        return part.get("value")
    return None


def _day(entry: Entry) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if not isinstance(moment, struct_time):
        return None
    try:
        return datetime(*moment[:6], tzinfo=UTC).date()
    except ValueError:
        return None


def _bare(value: object) -> str:
    """Return a text without its tags."""
    text = value if isinstance(value, str) else ""
    if "<" not in text and "&" not in text:
        return text
    broken = text.replace("</p>", "</p>\n")
    try:
        return html.fromstring(f"<div>{broken}</div>").text_content()
    except (etree.LxmlError, ValueError):
        return ""

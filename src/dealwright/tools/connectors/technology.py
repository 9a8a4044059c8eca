"""Technology: what a site's headers, scripts, tags and links say it is built with and tied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from dealwright.domain.facts import Point
from dealwright.domain.material import Material, Stated
from dealwright.errors import NotThere
from dealwright.tools.access import ToolCall
from dealwright.tools.plaintext import stated
from dealwright.tools.signatures import SIGNATURES, Place
from dealwright.tools.visit import Read, home, lead_of
from dealwright.tools.web import Web

MOST_STATED = 40
AROUND = 40
"""Letters quoted on each side of a fingerprint."""


@dataclass(frozen=True, slots=True)
class Technology:
    """Brings the technologies whose fingerprints stand on the lead's company's home page."""

    web: Web

    async def __call__(self, call: ToolCall) -> Material:
        first = await home(self.web, call)
        found = tuple(fingerprints(first))[:MOST_STATED]
        if not found:
            raise NotThere(f"nothing tells what the site of {lead_of(call).company} is built with")
        return Material(sources=(first.as_source(1, found),))


def fingerprints(read: Read) -> Iterator[Stated]:
    """Yield each technology once, with the fingerprint that gave it away."""
    traces = {place: list(_traces(read, place)) for place in Place}
    known: set[str] = set()
    for name, place, sign in SIGNATURES:
        trace = next((trace for trace in traces[place] if sign in trace.lower()), None)
        item = stated(Point.TECHNOLOGY, name, _around(trace, sign)) if trace else None
        if item and name not in known:
            known.add(name)
            yield item


def _traces(read: Read, place: Place) -> Iterator[str]:
    match place:
        case Place.HEADER:
            yield from (f"{key}: {value}" for key, value in read.source.answer.headers)
        case Place.SCRIPT:
            yield from read.markup.scripts
        case Place.GENERATOR:
            yield read.markup.metas.get("generator", "")
        case Place.LINK:
            for anchor in read.markup.anchors:
                yield f"//{urlsplit(anchor.url).hostname}/"


def _around(trace: str, sign: str) -> str:
    at = trace.lower().find(sign)
    return trace[max(at - AROUND, 0) : at + len(sign) + AROUND]

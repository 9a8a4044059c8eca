"""Pages that were fetched, and where they are kept so that nobody is asked twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast

from dealwright.clock import Clock
from dealwright.errors import ConnectorFailed, Forbidden, NotThere
from dealwright.tools.fetch import Answer

FINAL: Mapping[str, type[ConnectorFailed]] = {"NotThere": NotThere, "Forbidden": Forbidden}
"""Refusals that stay true for a while, by the name they are kept under."""


class Pages(Protocol):
    """Keeps bytes under a URL for a while; workspaces do not see each other's."""

    async def get(self, workspace: str, url: str) -> bytes | None:
        """Return what is kept, if it is still fresh."""
        ...

    async def put(self, workspace: str, url: str, body: bytes, ttl_seconds: float) -> None:
        """Keep it."""
        ...


class PagesInMemory:
    """Keeps pages as long as the process runs."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], tuple[datetime, bytes]] = {}

    async def get(self, workspace: str, url: str) -> bytes | None:
        until, body = self._kept.get((workspace, url), (self._clock.now(), b""))
        return body if until > self._clock.now() else None

    async def put(self, workspace: str, url: str, body: bytes, ttl_seconds: float) -> None:
        self._kept[workspace, url] = (self._clock.now() + timedelta(seconds=ttl_seconds), body)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched."""

    answer: Answer
    fetched_at: datetime

    @property
    def url(self) -> str:
        """Where it was in the end, after redirects."""
        return self.answer.url


Outcome = Page | ConnectorFailed
"""What asking for a URL led to: a page, or a refusal that stays true for a while."""


def packed(outcome: Outcome) -> bytes:
    """Return the outcome as bytes: one line of JSON, then the body."""
    if isinstance(outcome, ConnectorFailed):
        head = {
            "failed": type(outcome).__name__,
            "because": str(outcome),
            "status": outcome.facts.get("status"),
        }
        return json.dumps(head).encode() + b"\n"
    answer = outcome.answer
    head = {
        "url": answer.url,
        "status": answer.status,
        "headers": answer.headers,
        "fetched_at": outcome.fetched_at.isoformat(),
    }
    return json.dumps(head).encode() + b"\n" + answer.body


def unpacked(kept: bytes) -> Outcome | None:
    """Return the outcome that was kept, or None if it cannot be read (any more)."""
    line, _, body = kept.partition(b"\n")
    try:
        head = cast("dict[str, object]", json.loads(line))
        if "failed" in head:
            return FINAL[str(head["failed"])](str(head["because"]), status=head["status"])
        headers = cast("list[tuple[str, str]]", head["headers"])
        answer = Answer(
            url=str(head["url"]),
            status=int(str(head["status"])),
            headers=tuple((key, value) for key, value in headers),
            body=body,
        )
        return Page(answer, datetime.fromisoformat(str(head["fetched_at"])))
    except (ValueError, KeyError, TypeError):
        return None

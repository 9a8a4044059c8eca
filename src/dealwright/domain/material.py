"""Material: what the tools brought for an agent. Untrusted text, in data positions only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.product import WorkProduct

PageKind = Literal["home", "about", "product", "careers", "news", "other"]


class Stated(WorkProduct):
    """Something a source states in a form that code reads without doubt (JSON-LD, a column)."""

    point: Point
    value: str = Field(min_length=1, max_length=300)
    quote: str = Field(min_length=1, max_length=300)


class Source(WorkProduct):
    """One page, feed entry, posting or record, numbered within its material."""

    number: int = Field(ge=1, le=200)
    url: str = Field(max_length=2000)
    """The page's URL, or `record:<where>`."""
    kind: SourceKind
    page: PageKind = "other"
    title: str = Field(default="", max_length=300)
    text: str = Field(default="", max_length=20_000)
    """Main text, boilerplate removed; control characters removed."""
    stated: tuple[Stated, ...] = Field(default=(), max_length=60)
    observed_at: datetime
    published_on: date | None = None


class Material(WorkProduct):
    """Everything one tool brought, in reading order."""

    sources: tuple[Source, ...] = Field(default=(), max_length=200)
    troubles: tuple[str, ...] = Field(default=(), max_length=60)
    """What could not be read and why, one sentence each; the rest was read."""

    def numbered(self, number: int) -> Source | None:
        """Return the source with that number, if there is one."""
        return next((source for source in self.sources if source.number == number), None)

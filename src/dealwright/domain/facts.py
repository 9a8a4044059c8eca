"""Facts: one claim about a company each, with source, quote, date and confidence."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from dealwright.domain.product import Line, WorkProduct


class Point(StrEnum):
    """The named points of a dossier."""

    COMPANY = "company"
    OFFERING = "offering"
    INDUSTRY = "industry"
    CUSTOMERS = "customers"
    FOUNDED = "founded"
    SIZE = "size"
    HEADQUARTERS = "headquarters"
    LOCATIONS = "locations"
    LEADERSHIP = "leadership"
    CONTACT = "contact"
    TECHNOLOGY = "technology"
    HIRING = "hiring"
    NEWS = "news"
    FUNDING = "funding"
    GROWTH = "growth"
    PARTNERS = "partners"


class SourceKind(StrEnum):
    """Where a fact comes from, in order of trust: a record beats structured data beats text."""

    RECORD = "record"
    STRUCTURED = "structured"
    PAGE = "page"
    FEED = "feed"


class Finding(WorkProduct):
    """What a reading agent reports: a point, its value, and the words that say so."""

    point: Point
    value: Line
    quote: Line
    """Words of the source, letter for letter."""
    source: int = Field(ge=1, le=200)
    """The number of the source in the packet's material."""
    confidence: float = Field(default=0.7, ge=0, le=1)


class Findings(WorkProduct):
    """The answer of every reading agent."""

    findings: tuple[Finding, ...] = Field(default=(), max_length=60)


class Fact(WorkProduct):
    """One claim, with everything needed to check it."""

    id: str = Field(pattern=r"^[a-z_]{1,24}\.[a-z0-9_-]{1,40}$")
    """`<slot>.<number>`, unique in its case, e.g. `site.3`."""
    point: Point
    value: Line
    kind: SourceKind
    source: str = Field(min_length=1, max_length=2000)
    """The page's URL, or `record:<where>`, e.g. `record:import`."""
    quote: Line
    observed_at: datetime
    published_on: date | None = None
    confidence: float = Field(ge=0, le=1)

    def brief(self) -> str:
        when = f" ({self.published_on})" if self.published_on else ""
        return f"{self.id} {self.point}: {self.value}{when}"


class FactSheet(WorkProduct):
    """The product of a reading agent: its findings, each bound to a source by code."""

    facts: tuple[Fact, ...] = Field(default=(), max_length=60)
    sources: tuple[str, ...] = Field(default=(), max_length=60)
    """Every source that was read, whether or not it said anything."""
    dropped: tuple[Line, ...] = Field(default=(), max_length=60)
    """Findings that were not kept, each with the reason, e.g. the quote is not in the source."""

    def brief(self) -> str:
        return "\n".join(fact.brief() for fact in self.facts) or "nothing found"

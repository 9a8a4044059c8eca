"""A company of the rehearsal: what is true of it, which its site tells well, badly or not."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dealwright.domain.facts import Point

Language = Literal["en", "de", "fr", "es"]
Fit = Literal["hot", "warm", "cold"]
Temper = Literal[
    "curious", "keen", "thrifty", "busy", "annoyed", "stranger", "away", "gone", "silent"
]
"""How somebody takes a letter from a stranger."""
Fault = Literal[
    "endless",
    "elsewhere",
    "error",
    "garbage",
    "gzip_bomb",
    "headers",
    "huge",
    "drip",
    "missing",
    "redirect_inside",
    "redirect_loop",
    "reset",
    "robots_disallow",
    "robots_error",
    "slow",
    "wrong_charset",
]
"""What can be wrong with a site or a page of it."""


class _Truth(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Truth):
    """Somebody who works there, as the leads file names them."""

    first: str
    last: str
    title: str
    mailbox: str
    temper: Temper = "silent"
    consent: str = ""
    """Where it is recorded that they agreed to be written to; empty: nowhere."""

    @property
    def takes_part(self) -> bool:
        """Whether anything is told of how they take a letter."""
        return self.temper != "silent" or bool(self.consent)


class News(_Truth):
    """Something that happened."""

    days_ago: int = Field(ge=0)
    title: str
    body: str


class Company(_Truth):
    """One company, in its own language."""

    name: str
    domain: str
    language: Language
    country: str
    """As the leads file writes it."""
    code: str = Field(pattern="^[A-Z]{2}$")
    city: str
    industry: str
    offering: str
    """What it provides, as the object of a sentence."""
    founded: int
    employees: int
    fit: Fit
    """For somebody who sells route planning to carriers."""
    person: Person
    leaders: tuple[tuple[str, str], ...] = ()
    customers: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    technology: tuple[str, ...] = ()
    board: str = ""
    """The service its applicants use, as a host."""
    schema_type: str = "Organization"
    structured: bool = True
    """Whether its pages hold JSON-LD."""
    structured_employees: int | None = None
    """What its JSON-LD says of its size, where that is out of date."""
    without: tuple[str, ...] = ()
    """Pages it does not have."""
    www: bool = False
    """Whether its visitors are sent on to `www.`."""
    faults: dict[str, Fault] = {}
    """Path, or `*` for the whole site → what is wrong with it."""

    @property
    def address(self) -> str:
        """Where its person is written to."""
        return f"{self.person.mailbox}@{self.domain}"

    @property
    def hosts(self) -> tuple[str, str]:
        return self.domain, f"www.{self.domain}"

    def truth(self) -> dict[Point, tuple[str, ...]]:
        """Return what a perfect reader of the whole site could find, point by point."""
        return {
            Point.COMPANY: (self.name,),
            Point.OFFERING: (self.offering,),
            Point.FOUNDED: (str(self.founded),),
            Point.SIZE: (str(self.employees),),
            Point.HEADQUARTERS: (self.city,),
            Point.LEADERSHIP: tuple(f"{name}, {title}" for name, title in self.leaders),
            Point.CUSTOMERS: self.customers,
            Point.LOCATIONS: self.locations,
            Point.HIRING: self.jobs,
            Point.NEWS: tuple(item.title for item in self.news),
            Point.TECHNOLOGY: self.technology,
        }

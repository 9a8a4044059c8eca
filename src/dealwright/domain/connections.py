"""Connections: the mailboxes, calendars and systems a workspace works with, as one file says it.

Secrets are not in it: a connection's secret comes from the environment or the keyring by its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from dealwright.domain.offer import SLUG
from dealwright.domain.product import Line, Word, WorkProduct

Id = Annotated[str, Field(pattern=SLUG)]
MailAddress = Annotated[str, Field(pattern=r"^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,189}$")]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9.-]{1,253}$")]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Security(StrEnum):
    """How a connection to a server is protected."""

    TLS = "tls"
    """From the first byte."""
    STARTTLS = "starttls"
    """After a greeting; refused where the server does not offer it."""
    NONE = "none"
    """Only to this machine itself."""


class Server(WorkProduct):
    """Where a server is and who logs in."""

    host: str = Field(pattern=r"^[A-Za-z0-9.:-]{1,253}$")
    port: int = Field(ge=1, le=65535)
    security: Security = Security.TLS
    user: str | None = Field(default=None, max_length=254)
    """None: no log-in."""

    @model_validator(mode="after")
    def _in_the_open_only_at_home(self) -> Self:
        if self.security is Security.NONE and not is_this_machine(self.host):
            raise ValueError(f"{self.host} is another machine: say `security: tls` or `starttls`")
        return self


class Dkim(WorkProduct):
    """How letters are signed (RFC 6376)."""

    selector: str = Field(pattern=r"^[a-z0-9._-]{1,63}$")
    domain: Domain
    key_file: Line
    """The private key in PEM form, relative to the connections file."""


class WarmUp(WorkProduct):
    """How a new mailbox grows into its daily cap."""

    starts_on: date
    first_day: int = Field(default=5, ge=1, le=1000)
    daily_step: int = Field(default=3, ge=1, le=100)


class Mailbox(WorkProduct):
    """One mailbox letters leave from and answers come back to."""

    id: Id
    address: MailAddress
    name: Word
    """Who writes, as readers see it."""
    smtp: Server
    imap: Server | None = None
    """None: answers are not read, so nothing but first touches may leave."""
    dkim: Dkim | None = None
    """None: the server signs."""
    per_day: int = Field(default=40, ge=0, le=2000)
    """Letters in a day of the mailbox's own zone."""
    timezone: str = Field(default="UTC", max_length=64)
    warm_up: WarmUp | None = None


class Hours(WorkProduct):
    """When meetings may be, on which days of the week."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        *("mon", "tue", "wed", "thu", "fri"),
    )
    start: time = time(9)
    end: time = time(17)


class CalendarConnection(WorkProduct):
    """The calendar meetings are booked in, and how."""

    id: Id
    url: str = Field(pattern=r"^https?://[^\s]+$", max_length=2000)
    """The CalDAV collection bookings go to."""
    user: str | None = Field(default=None, max_length=254)
    also_busy: tuple[str, ...] = Field(default=(), max_length=10)
    """Further collections whose events are in the way."""
    owner: Word
    """Whom the prospect meets."""
    address: MailAddress
    """The owner's address, the organiser of every invitation."""
    timezone: str = Field(max_length=64)
    hours: Hours = Hours()
    minutes: int = Field(default=30, ge=5, le=480)
    """How long a meeting is."""
    buffer_minutes: int = Field(default=10, ge=0, le=240)
    """Kept free before and after every meeting."""
    travel_minutes: int = Field(default=0, ge=0, le=480)
    """Kept free besides, where meetings are on site."""
    notice_hours: int = Field(default=4, ge=0, le=720)
    """No meeting sooner than this."""
    days_ahead: int = Field(default=14, ge=1, le=90)
    place: Line | None = None
    """Where the meeting is, in words or as a link; None: by telephone."""
    places: Mapping[Language, Line] = Field(default_factory=dict[str, str], max_length=7)
    """Language → the same words in it."""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.places and self.place is None:
            raise ValueError("`places` says in other languages what `place` says: fill that in")
        return self

    def works(self, start: datetime, end: datetime) -> bool:
        """Say whether the owner works from one moment to another; holidays are not looked up."""
        begins, ends = (at.astimezone(ZoneInfo(self.timezone)) for at in (start, end))
        inside = self.hours.start <= begins.time() and ends.time() <= self.hours.end
        one_day = begins.date() == ends.date()
        return inside and one_day and WEEKDAYS[begins.weekday()] in self.hours.days

    def place_in(self, language: str) -> str | None:
        """Return where the meeting is in a language, or in the owner's own; None: by telephone."""
        return self.places.get(language, self.place)


class CrmConnection(WorkProduct):
    """The system of record."""

    kind: Literal["file", "tryton", "hubspot"] = "file"
    url: str = Field(default="", max_length=2000)
    """Where it is; for `file` a folder, relative to the connections file."""
    user: str | None = Field(default=None, max_length=254)
    fields: tuple[Word, ...] = Field(
        default=("score", "tier", "stage", "source", "next_step", "last_contact", "summary"),
        max_length=40,
    )
    """The only fields that may be written."""


class Connections(WorkProduct):
    """Everything a workspace is connected to. The empty one connects nothing: nothing leaves."""

    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+$", max_length=300)
    """Where the world reaches this installation; unsubscribe links begin with it."""
    mailboxes: tuple[Mailbox, ...] = Field(default=(), max_length=50)
    calendar: CalendarConnection | None = None
    crm: CrmConnection = CrmConnection()
    notify: tuple[Id, ...] = Field(default=(), max_length=10)
    """Ids of notification services; the secret of each is its Apprise address."""
    owner: Word = "sales"
    """Who gets tasks nobody else was named for."""
    own_domains: tuple[Domain, ...] = Field(default=(), max_length=50)
    competitors: tuple[Domain, ...] = Field(default=(), max_length=200)
    """Domains of companies nobody writes to."""
    webhooks: tuple[Id, ...] = Field(default=(), max_length=20)
    """Ids of senders of signed webhooks; the secret of each is its signing key."""

    @model_validator(mode="after")
    def _links_are_safe(self) -> Self:
        address = urlsplit(self.public_url or "")
        if address.scheme == "http" and not is_this_machine(address.hostname or ""):
            raise ValueError("public_url begins with https://; mail programs trust nothing else")
        return self

    def mailbox(self, mailbox_id: str) -> Mailbox | None:
        """Return the mailbox with that id, if there is one."""
        return next((box for box in self.mailboxes if box.id == mailbox_id), None)


def is_this_machine(host: str) -> bool:
    """Say whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

"""The market: mail, a calendar, and people who answer, all on this machine, while a block runs."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dealwright.clock import Clock
from dealwright.domain.connections import (
    CalendarConnection,
    Connections,
    CrmConnection,
    Mailbox,
    Security,
    Server,
)
from dealwright.domain.offer import Sender
from dealwright.rehearsal.calendar_host import CalendarHost
from dealwright.rehearsal.mail_host import LOOPBACK, MailHost
from dealwright.rehearsal.prospects import Prospects
from dealwright.rehearsal.sites_company import Company

DOMAIN = "routewise.example"
MAILBOX, CALENDAR = "sales", "calendar"
ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Market:
    """Everything around a sales department that is not the department."""

    mail: MailHost
    calendar: CalendarHost
    prospects: Prospects
    connections: Connections
    """How a department reaches it."""
    secrets: Mapping[str, str]
    """Connection → password."""


@asynccontextmanager
async def open_market(
    companies: Sequence[Company], sender: Sender, folder: Path, clock: Clock
) -> AsyncGenerator[Market]:
    """Start the servers; the calendar keeps its entries in the folder.

    Raises:
        TryAgain: a server does not start.

    """
    address = f"{'.'.join(sender.name.lower().split())}@{DOMAIN}"
    password = secrets.token_hex(16)
    gone = [company.address for company in companies if company.person.temper == "gone"]
    async with (
        MailHost(address, password, gone, clock) as mail,
        CalendarHost(folder / CALENDAR, MAILBOX, password) as calendar,
    ):
        yield Market(
            mail=mail,
            calendar=calendar,
            prospects=Prospects(companies, mail, clock),
            connections=_connections(sender, mail, calendar),
            secrets={MAILBOX: password, CALENDAR: password},
        )


def _connections(sender: Sender, mail: MailHost, calendar: CalendarHost) -> Connections:
    return Connections(
        public_url=f"https://sales.{DOMAIN}",
        mailboxes=(
            Mailbox(
                id=MAILBOX,
                address=mail.owner,
                name=sender.name,
                smtp=Server(host=LOOPBACK, port=mail.smtp_port, security=Security.NONE),
                imap=Server(
                    host=LOOPBACK, port=mail.imap_port, security=Security.NONE, user=mail.owner
                ),
                timezone=ZONE,
            ),
        ),
        calendar=CalendarConnection(
            id=CALENDAR,
            url=calendar.url,
            user=MAILBOX,
            owner=sender.name,
            address=mail.owner,
            timezone=ZONE,
        ),
        crm=CrmConnection(url="crm"),
        own_domains=(DOMAIN,),
    )

"""The composition root of what a workspace is connected to. Names the vendors, as the runtime does.

Nothing here is built for a workspace without a connections file, and so nothing leaves it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dealwright.clock import Clock, SystemClock
from dealwright.domain.connections import Connections, Mailbox
from dealwright.domain.material import Material
from dealwright.errors import Misconfigured, NotThere
from dealwright.outbox.performers import Post
from dealwright.settings import Settings, secret
from dealwright.tools.access import Tool, ToolCall
from dealwright.tools.connectors.crm_file import FileCrm
from dealwright.tools.connectors.crm_hubspot import HubSpotCrm
from dealwright.tools.connectors.crm_tryton import TrytonCrm
from dealwright.tools.connectors.imap import ImapFolder
from dealwright.tools.connectors.smtp import SmtpSender
from dealwright.tools.ports import Calendar, Crm, Notifier
from dealwright.triggers import connections_file


def lookup(name: str) -> Sequence[str] | None:
    """Return the texts in the DNS at a name; None where nobody answers."""
    # dnspython takes a while to load, and only `doctor` asks.
    from dealwright.tools.connectors.dns_texts import dns_texts

    return dns_texts(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """Everything a workspace is connected to, ready to be used."""

    connections: Connections
    posts: Mapping[str, Post]
    """Mailbox → how its letters leave, and where their copies lie."""
    crm: Crm
    notifiers: Sequence[Notifier]
    calendar: Calendar | None = None
    """None: meetings are a person's."""


@asynccontextmanager
async def connected(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Connected]:
    """Connect what the connections file names.

    Raises:
        BadConnections: the file cannot be used as it stands.
        Misconfigured: a secret or a key is missing.

    """
    connections = connections_file.read(settings.connections)
    async with AsyncExitStack() as stack:
        posts: dict[str, Post] = {}
        for mailbox in connections.mailboxes:
            posts[mailbox.id] = _post(settings, mailbox, stack)
        yield Connected(
            connections=connections,
            posts=posts,
            crm=_crm(settings, connections),
            notifiers=_notifiers(settings, connections),
            calendar=_calendar(settings, connections, clock or SystemClock()),
        )


def _post(settings: Settings, mailbox: Mailbox, stack: AsyncExitStack) -> Post:
    password = secret(settings, mailbox.id)
    for server in filter(None, (mailbox.smtp, mailbox.imap)):
        if server.user is not None and password is None:
            name = mailbox.id.replace("-", "_").upper()
            raise Misconfigured(
                f"the mailbox {mailbox.id} has no password: set DEALWRIGHT_SECRETS__{name}, "
                f"or store one with `keyring set dealwright {mailbox.id}`"
            )
    folder = ImapFolder(mailbox, password) if mailbox.imap is not None else None
    if folder is not None:
        stack.push_async_callback(folder.close)
    return Post(SmtpSender(mailbox, password, _key(settings, mailbox)), folder)


def _crm(settings: Settings, connections: Connections) -> Crm:
    connection, password = connections.crm, secret(settings, "crm")
    match connection.kind:
        case "file":
            return FileCrm(connection, password, settings.connections.parent)
        case "tryton":
            return TrytonCrm(connection, password)
        case "hubspot":
            return HubSpotCrm(connection, password)


def free_times(settings: Settings, clock: Clock) -> Tool:
    """Return the tool that finds free times; it is connected when it is first asked."""

    async def find(call: ToolCall) -> Material:
        connections = connections_file.read(settings.connections)
        calendar = _calendar(settings, connections, clock)
        if connections.calendar is None or calendar is None:
            raise NotThere("no calendar is connected")
        from dealwright.tools.connectors.calendar_slots import CalendarSlots

        return await CalendarSlots(connections.calendar, calendar, clock)(call)

    return find


def _calendar(settings: Settings, connections: Connections, clock: Clock) -> Calendar | None:
    connection = connections.calendar
    if connection is None:
        return None
    password = secret(settings, connection.id)
    if connection.user is not None and password is None:
        name = connection.id.replace("-", "_").upper()
        raise Misconfigured(
            f"the calendar {connection.id} has no password: set DEALWRIGHT_SECRETS__{name}, "
            f"or store one with `keyring set dealwright {connection.id}`"
        )
    # What speaks CalDAV takes a second to load; it is loaded where there is a calendar.
    from dealwright.tools.connectors.caldav import CalDavCalendar

    return CalDavCalendar(connection, password, clock)


def _notifiers(settings: Settings, connections: Connections) -> list[Notifier]:
    notifiers: list[Notifier] = []
    for name in connections.notify:
        address = secret(settings, name)
        if address is None:
            variable = f"DEALWRIGHT_SECRETS__{name.replace('-', '_').upper()}"
            raise Misconfigured(f"the notification {name} has no address: set {variable}")
        # Apprise brings a hundred services; it is loaded where one is used.
        from dealwright.tools.connectors.notify import AppriseNotifier

        notifiers.append(AppriseNotifier(name, address))
    return notifiers


def _key(settings: Settings, mailbox: Mailbox) -> bytes | None:
    if mailbox.dkim is None:
        return None
    return Path(settings.connections.parent, mailbox.dkim.key_file).read_bytes()

"""A mail host: the rehearsal's mail server, over real SMTP and IMAP on this machine.

One mailbox is read by IMAP: ours. What is sent to anybody else lies in their inbox as it came over
the wire, until they look. Letters to people who have left come back, as RFC 3464 says.
"""

from __future__ import annotations

import asyncio
import ssl
from argparse import Namespace
from asyncio import StreamReader, StreamWriter
from collections.abc import Collection
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace, TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.result import ProxyResultLocal
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.mailbox import MailboxData
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import BuiltinHash

from dealwright.clock import Clock
from dealwright.rehearsal.returned_mail import returned

LOOPBACK = "127.0.0.1"
HOST = "mail.market.example"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it crossed the wire."""

    sender: str
    """Of the envelope; empty for what a machine sends back."""
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part is not None else ""


class MailHost:
    """Takes letters by SMTP and serves one mailbox by IMAP while the block runs."""

    def __init__(self, owner: str, password: str, gone: Collection[str], clock: Clock) -> None:
        self.owner = owner
        """The address whose mailbox is read by IMAP; its user's name, too."""
        self.sent: list[Sent] = []
        """Everything that crossed the wire, in its order."""
        self._password = password
        self._gone = frozenset(gone)
        self._clock = clock
        self._servers: list[asyncio.Server] = []
        self._guests: set[asyncio.Task[None]] = set()
        self._mailbox: MailboxData | None = None

    @property
    def smtp_port(self) -> int:
        """Where letters are handed over."""
        return _port(self._servers[0])

    @property
    def imap_port(self) -> int:
        """Where the mailbox is read."""
        return _port(self._servers[1])

    def inbox(self, address: str) -> list[Sent]:
        """Return what somebody was sent, the oldest first."""
        return [one for one in self.sent if one.recipient == address]

    async def __aenter__(self) -> Self:
        config = _imap_settings(self.owner, self._password)
        config.apply_context()
        login = Login(config)
        owner = login.demo_user_identity
        hashed = config.hash_context.hash(self._password)
        await owner.set(UserMetadata(config, self.owner, password=hashed))
        async with owner.new_session() as session:
            self._mailbox = await session.mailbox_set.get_mailbox("INBOX")
        imap = IMAPServer(login, config)

        async def serve(reader: StreamReader, writer: StreamWriter) -> None:
            await imap(reader, writer, SocketInfo.get(writer, ProxyResultLocal()))

        def welcome(reader: StreamReader, writer: StreamWriter) -> None:
            guest = asyncio.create_task(serve(reader, writer))
            self._guests.add(guest)
            guest.add_done_callback(self._guests.discard)

        manners = SimpleNamespace(handle_DATA=self._take)
        loop = asyncio.get_running_loop()
        self._servers = [
            await loop.create_server(lambda: SMTP(manners, hostname=HOST), LOOPBACK, 0),
            await asyncio.start_server(welcome, LOOPBACK, 0),
        ]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.close()
        for guest in self._guests:
            guest.cancel()
        await asyncio.gather(*self._guests, return_exceptions=True)

    async def _take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a letter in, and answer as a server does that has it on its disk."""
        raw = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            await self._deliver(Sent(envelope.mail_from or "", recipient, raw))
        return f"250 2.0.0 OK, queued as {len(self.sent)}"

    async def _deliver(self, sent: Sent) -> None:
        self.sent.append(sent)
        if sent.recipient == self.owner:
            assert self._mailbox is not None, "letters are taken inside `async with` only"
            await self._mailbox.append(AppendMessage(sent.raw, self._clock.now(), frozenset()))
        elif sent.recipient in self._gone and sent.sender:
            raw = returned(sent.message, sent.recipient, HOST, self._clock.now())
            await self._deliver(Sent("", sent.sender, raw))


def _imap_settings(user: str, password: str) -> Config:
    return Config(
        Namespace(),
        host=LOOPBACK,
        port=0,
        demo_data=False,
        demo_user=user,
        demo_password=password,
        tls_enabled=False,
        ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        hash_context=BuiltinHash(),
        cpu_subsystem=Subsystem.for_asyncio(),
        proxy_protocol=ProxyProtocolNoop(),
    )


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])

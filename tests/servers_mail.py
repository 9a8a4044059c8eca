"""Mail servers for tests: an SMTP sink that misbehaves on demand, and an IMAP server.

    async with an_smtp_sink(log=tmp_path / "wire.jsonl") as sink:
        sink.fault = Fault.DROP_AFTER_MESSAGE
        ...                                     # send to 127.0.0.1:sink.port
        assert [m.recipient for m in sink.messages] == ["anna@acme.example"]

    async with an_imap_server("anna", "secret") as imap:
        imap.deliver(raw)                       # into the inbox
        assert imap.folder("Sent") == [raw]

The sink writes every message that crossed the wire whole into its log, flushed to disk, before it
answers: what stands there, left. `wire(path)` reads the log, also of a sink that was killed.
"""

from __future__ import annotations

import asyncio
import imaplib
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import AnyStr, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Fault(StrEnum):
    """What the sink does instead of taking a message."""

    NONE = "none"
    BUSY = "421 instead of a greeting"
    SENDER_LATER = "451 to MAIL"
    SENDER_NEVER = "550 to MAIL"
    RECIPIENT_LATER = "451 to RCPT"
    RECIPIENT_NEVER = "550 to RCPT"
    DATA_LATER = "451 to DATA, before the message"
    DATA_NEVER = "554 to DATA, before the message"
    DROP_BEFORE_MESSAGE = "the connection breaks instead of 354"
    MESSAGE_LATER = "451 after the message"
    MESSAGE_NEVER = "554 after the message"
    DROP_AFTER_MESSAGE = "the connection breaks after the message"
    HANG_AFTER_MESSAGE = "no answer ever after the message"


ANSWERS = {
    Fault.BUSY: "421 too busy",
    Fault.SENDER_LATER: "451 4.7.1 try again later",
    Fault.SENDER_NEVER: "550 5.7.1 sender rejected",
    Fault.RECIPIENT_LATER: "451 4.2.1 greylisted",
    Fault.RECIPIENT_NEVER: "550 5.1.1 no such user",
    Fault.DATA_LATER: "451 4.3.0 not now",
    Fault.DATA_NEVER: "554 5.7.1 no",
    Fault.MESSAGE_LATER: "451 4.3.0 something went wrong",
    Fault.MESSAGE_NEVER: "554 5.7.1 spam",
}


@dataclass(frozen=True, slots=True)
class Wired:
    """One message that crossed the wire whole, whatever the sink answered."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def recipient(self) -> str:
        """The only recipient."""
        (one,) = self.recipients
        return one

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.raw, policy=policy.default)


def wire(log: Path) -> list[Wired]:
    """Return what a sink's log says has crossed the wire, in order."""
    rows = [json.loads(line) for line in log.read_text("ascii").splitlines()]
    return [
        Wired(row["sender"], tuple(row["recipients"]), row["raw"].encode("latin-1")) for row in rows
    ]


@dataclass(slots=True)
class Sink:
    """An SMTP server that takes everything, unless told otherwise."""

    port: int = 0
    fault: Fault = Fault.NONE
    choose: Callable[[int], Fault] | None = None
    """Chooses the fault of the n-th connection, where `fault` will not do."""
    log: Path | None = None
    password: str | None = None
    """Whoever logs in needs it; None: nobody can log in."""
    connections: int = 0
    log_ins: list[str] = field(default_factory=list[str])
    messages: list[Wired] = field(default_factory=list[Wired])

    def take(self, wired: Wired) -> None:
        """Remember what crossed the wire, on disk if there is a log."""
        self.messages.append(wired)
        if self.log is None:
            return
        row = {
            "sender": wired.sender,
            "recipients": wired.recipients,
            "raw": wired.raw.decode("latin-1"),
        }
        with self.log.open("a", encoding="ascii") as file:
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())


@asynccontextmanager
async def an_smtp_sink(
    *,
    log: Path | None = None,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    password: str | None = None,
) -> AsyncGenerator[Sink]:
    """Run a sink on a free port of this machine."""
    sink = Sink(log=log, password=password)
    open_ones: list[_Conversation] = []

    def begin() -> _Conversation:
        number = sink.connections
        sink.connections += 1
        fault = sink.choose(number) if sink.choose else sink.fault
        one = _Conversation(sink, fault, starttls)
        open_ones.append(one)
        return one

    loop = asyncio.get_running_loop()
    server = await loop.create_server(begin, "127.0.0.1", 0, ssl=tls)
    sink.port = cast("int", server.sockets[0].getsockname()[1])
    try:
        yield sink
    finally:
        server.close()
        for one in open_ones:
            one.hang_up()
        await asyncio.sleep(0)


class _Conversation(SMTP):
    """One connection to the sink."""

    def __init__(self, sink: Sink, fault: Fault, starttls: ssl.SSLContext | None) -> None:
        self.sink = sink
        self.fault = fault
        setattr(self, f"smtp_{'data'.upper()}", self.data)
        super().__init__(
            _Manners(self),
            hostname="sink.example",
            tls_context=starttls,
            timeout=3600,
            authenticator=self.log_in if sink.password else None,
            auth_require_tls=False,
        )

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    def log_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        self.sink.log_ins.append(given.login.decode())
        fits = given.password.decode() == self.sink.password
        return AuthResult(success=fits, handled=False)

    async def push(self, status: AnyStr) -> None:
        if self.fault is Fault.BUSY:
            await super().push(ANSWERS[Fault.BUSY])
            self.hang_up()
        else:
            await super().push(status)

    async def data(self, arg: str) -> None:
        if self.fault is Fault.DROP_BEFORE_MESSAGE:
            self.hang_up()
        elif self.fault in {Fault.DATA_LATER, Fault.DATA_NEVER}:
            await self.push(ANSWERS[self.fault])
        else:
            await super().smtp_DATA(arg)


class _Manners:
    """What the sink answers to MAIL and RCPT, and after a message."""

    def __init__(self, conversation: _Conversation) -> None:
        self._conversation = conversation
        hooks = (("MAIL", self.mail), ("RCPT", self.rcpt), ("DATA", self.message))
        for command, answer in hooks:
            setattr(self, f"handle_{command}", answer)

    async def mail(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = self._conversation.fault
        if fault in {Fault.SENDER_LATER, Fault.SENDER_NEVER}:
            return ANSWERS[fault]
        envelope.mail_from = address
        return "250 OK"

    async def rcpt(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = self._conversation.fault
        if fault in {Fault.RECIPIENT_LATER, Fault.RECIPIENT_NEVER}:
            return ANSWERS[fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def message(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        sink, fault = self._conversation.sink, self._conversation.fault
        raw = envelope.original_content or b""
        sink.take(Wired(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
        if fault is Fault.HANG_AFTER_MESSAGE:
            await asyncio.Event().wait()
        if fault is Fault.DROP_AFTER_MESSAGE:
            self._conversation.hang_up()
        return ANSWERS.get(fault, f"250 2.0.0 OK queued as {len(sink.messages)}")


@dataclass(slots=True)
class ImapServer:
    """One user's mailbox on an IMAP server of its own, as seen from behind the counter."""

    port: int
    user: str
    password: str
    certificate: Path | None = None
    key: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin with an empty mailbox, of another UIDVALIDITY than ever before."""
        tls = ["--cert", str(self.certificate), "--key", str(self.key)]
        listening = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from pymap.main import main; main()", *listening),
                *(tls if self.certificate else ["--no-tls"]),
                *("dict", "--demo-user", self.user, "--demo-password", self.password),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while not _listens(self.port):
            assert time.monotonic() < until, "the IMAP server does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """Vanish, with all connections."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a message into a folder."""
        with self._inside() as connection:
            assert connection.append(_quoted(folder), "", "", raw)[0] == "OK"

    def folder(self, name: str) -> list[bytes]:
        """Return the messages of a folder, the oldest first; of none if it is not there."""
        with self._inside() as connection:
            if connection.select(_quoted(name), readonly=True)[0] != "OK":
                return []
            answer = connection.fetch("1:*", "(BODY.PEEK[])")[1]
            return [cast("tuple[bytes, bytes]", one)[1] for one in answer if len(one or b"") == 2]

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """Return the flags of each message of a folder."""
        with self._inside() as connection:
            connection.select(_quoted(folder), readonly=True)
            answer = cast("list[bytes]", connection.fetch("1:*", "(FLAGS)")[1])
            return [b" ".join(imaplib.ParseFlags(line)) for line in answer]

    def make(self, folder: str) -> None:
        """Make a folder."""
        with self._inside() as connection:
            assert connection.create(_quoted(folder))[0] == "OK"

    def reset(self) -> None:
        """Delete every message of the inbox, and every other folder."""
        with self._inside() as connection:
            connection.select("INBOX")
            connection.store("1:*", "+FLAGS", r"(\Deleted)")
            connection.close()
            for line in cast("list[bytes]", connection.list()[1]):
                name = line.decode().rpartition('"/" ')[2]
                if name.strip('"') != "INBOX":
                    connection.delete(name)

    def _inside(self) -> imaplib.IMAP4:
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        if self.certificate:
            trust = ssl.create_default_context(cafile=str(self.certificate))
            connection.starttls(trust)
        credentials = f"\0{self.user}\0{self.password}".encode()
        connection.authenticate("PLAIN", lambda _: credentials)
        return connection


@asynccontextmanager
async def an_imap_server(
    user: str, password: str, *, certificate: Path | None = None, key: Path | None = None
) -> AsyncGenerator[ImapServer]:
    """Run an IMAP server with one mailbox; with a certificate it asks for STARTTLS."""
    server = ImapServer(a_free_port(), user, password, certificate, key)
    await asyncio.to_thread(server.start)
    try:
        yield server
    finally:
        server.stop()


def a_free_port() -> int:
    """Return a port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast("int", probe.getsockname()[1])


def _quoted(folder: str) -> str:
    return f'"{folder}"'


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False

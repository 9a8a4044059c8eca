"""SMTP: hands one letter to a mail server, and says what became of it without a doubt or not."""

from __future__ import annotations

import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
)

from dealwright.domain.connections import Mailbox, Security
from dealwright.domain.letter import Letter
from dealwright.errors import (
    BadInput,
    Forbidden,
    Misconfigured,
    NotThere,
    OutcomeUnknown,
    TryAgain,
)
from dealwright.tools.mail.dkim import signed
from dealwright.tools.mail.mime import address, build
from dealwright.tools.plaintext import line

GO_AHEAD = 354
LOG_IN_FIRST = 530
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds a server has for what."""

    command: float = 60
    """To connect, and to answer each command."""
    final: float = 600
    """To answer after the message (RFC 5321 4.5.3.2.6): who leaves sooner gets duplicates."""
    goodbye: float = 5


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """Sends a mailbox's letters through its server, one connection each."""

    mailbox: Mailbox
    secret: str | None = None
    dkim_key: bytes | None = None
    patience: Patience = Patience()
    trust: ssl.SSLContext | None = None
    """Which certificates are believed; None: those this machine believes."""

    async def send(self, letter: Letter, message_id: str, at: datetime) -> str:
        """Hand a letter over; return the server's answer.

        Raises:
            TryAgain: the server did not take it, and said so before the message was sent.
            NotThere: the server refused the recipient or the message for good (5xx).
            Forbidden: the server does not let us in, or not safely.
            OutcomeUnknown: the message was sent and no clear answer came back.
            BadInput: the letter is no mail, or not this mailbox's.
            Misconfigured: the mailbox's secret or key is missing or unfit.

        """
        message = self._message(letter, message_id, at)
        client = self._client()
        try:
            await self._enter(client)
            await self._ask_leave(client, letter)
            answer = await self._hand_over(client, message)
            with suppress(SMTPException, OSError):
                await client.quit(timeout=self.patience.goodbye)
        finally:
            client.close()
        return answer

    def _message(self, letter: Letter, message_id: str, at: datetime) -> bytes:
        if letter.sender != self.mailbox.address:
            raise BadInput(f"{letter.sender} is not the address of mailbox {self.mailbox.id}")
        message = build(letter, message_id, at)
        if self.mailbox.dkim is None:
            return message
        if self.dkim_key is None:
            raise Misconfigured(f"mailbox {self.mailbox.id} is to sign letters and has no key")
        return signed(message, self.mailbox.dkim, self.dkim_key)

    def _client(self) -> SMTP:
        server = self.mailbox.smtp
        if server.user and not self.secret:
            raise Misconfigured(f"the secret of mailbox {self.mailbox.id} is missing")
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=self.secret if server.user else None,
            local_hostname=self._own_name(),
            timeout=self.patience.command,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=self.trust,
        )

    def _own_name(self) -> str:
        return address(self.mailbox.address, "the mailbox's address").rpartition("@")[2]

    async def _enter(self, client: SMTP) -> None:
        try:
            await client.connect()
        except SMTPResponseException as error:
            because = f"{self._host} does not let us in: {_said(error)}"
            raise (Forbidden if _for_good(error) else TryAgain)(because) from error
        except (SMTPException, OSError) as error:
            causes = (error, error.__cause__)
            unsafe = any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)
            if unsafe or not isinstance(error, OSError):
                raise Forbidden(f"{self._host} cannot be used: {error}") from error
            raise TryAgain(f"{self._host} cannot be reached: {error}") from error

    async def _ask_leave(self, client: SMTP, letter: Letter) -> None:
        """Do all that comes between the log-in and the first byte of the message."""
        try:
            await client.mail(address(self.mailbox.address, "the mailbox's address"))
            await client.rcpt(address(letter.to, "the recipient"))
            await _announce(client)
        except SMTPResponseException as error:
            because = f"{self._host} refused: {_said(error)}"
            if error.code == LOG_IN_FIRST:
                raise Forbidden(because) from error
            raise (NotThere if _for_good(error) else TryAgain)(because) from error
        except (SMTPException, OSError) as error:
            raise TryAgain(f"{self._host} broke off before the message: {error}") from error

    async def _hand_over(self, client: SMTP, message: bytes) -> str:
        """Send the message itself; from its first byte on, only a clear answer is one."""
        protocol = client.protocol
        if protocol is None or not protocol.is_connected:
            raise TryAgain(f"{self._host} broke off before the message")
        try:
            protocol.write(_LEADING_DOT.sub(b"..", message) + b".\r\n")
            answer = await protocol.read_response(timeout=self.patience.final)
        except (SMTPException, OSError) as error:
            raise OutcomeUnknown(f"{self._host} gave no clear answer: {error}") from error
        said = line(f"{answer.code} {answer.message}")
        match answer.code // 100:
            case 2:
                return said
            case 5:
                raise NotThere(f"{self._host} refused the message: {said}")
            case _:
                raise OutcomeUnknown(f"{self._host} answered the message with: {said}")

    @property
    def _host(self) -> str:
        return f"{self.mailbox.smtp.host}:{self.mailbox.smtp.port}"


async def _announce(client: SMTP) -> None:
    answer = await client.execute_command(b"DATA")
    if answer.code != GO_AHEAD:
        raise SMTPResponseException(answer.code, answer.message)


def _for_good(error: SMTPResponseException) -> bool:
    return str(error.code).startswith("5")


def _said(error: SMTPResponseException) -> str:
    return line(f"{error.code} {error.message}")

"""IMAP sessions: one connection to one server, opened when needed and again when it broke."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxUnencrypted

from dealwright.domain.connections import Mailbox, Security, Server
from dealwright.errors import Forbidden, Misconfigured, TryAgain
from dealwright.tools.plaintext import line

BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, LookupError, TypeError)
"""What the library raises when a server refuses, breaks off, or talks nonsense."""
Result = TypeVar("Result")


class Session:
    """A connection kept open, for one job at a time. It blocks: use it in a worker thread."""

    def __init__(
        self, mailbox: Mailbox, secret: str | None, trust: ssl.SSLContext | None, seconds: float
    ) -> None:
        self._mailbox = mailbox
        self._secret = secret
        self._trust = trust
        self._seconds = seconds
        self._box: BaseMailBox | None = None

    def run(self, job: Callable[[BaseMailBox], Result]) -> Result:
        """Do a job that may be done twice: if the kept connection has broken, on a new one.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.
            Misconfigured: the mailbox names no server, user or secret to read with.

        """
        if self._box is not None:
            with suppress(*BROKEN):
                return job(self._box)
            self.hang_up()
        self._box = self._opened()
        try:
            return job(self._box)
        except BROKEN as error:
            self.hang_up()
            raise self._again(error) from error

    def end_idle(self) -> None:
        """Take the connection back from listening."""
        try:
            if self._box is not None:
                self._box.idle.stop()
        except BROKEN:
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection without a word."""
        box, self._box = self._box, None
        if box is not None:
            _shut(box)

    def close(self) -> None:
        """Log out."""
        if self._box is not None:
            with suppress(*BROKEN):
                self._box.logout()
        self.hang_up()

    def _opened(self) -> BaseMailBox:
        server = self._mailbox.imap
        if server is None or not server.user or not self._secret:
            what = "no IMAP server and user" if server is None or not server.user else "no secret"
            raise Misconfigured(f"mailbox {self._mailbox.id} has {what} to be read with")
        try:
            box = self._connected(server)
        except ssl.SSLCertVerificationError as error:
            raise Forbidden(f"{server.host} is not who it says: {error}") from error
        except BROKEN as error:
            raise self._again(error) from error
        try:
            self._secure(box, server)
            self._log_in(box, server.user, self._secret)
        except BaseException:
            _shut(box)
            raise
        return box

    def _connected(self, server: Server) -> BaseMailBox:
        if server.security is Security.TLS:
            context = self._trust or ssl.create_default_context()
            return MailBox(server.host, server.port, self._seconds, ssl_context=context)
        return MailBoxUnencrypted(server.host, server.port, self._seconds)

    def _secure(self, box: BaseMailBox, server: Server) -> None:
        if server.security is not Security.STARTTLS:
            return
        if "STARTTLS" not in box.client.capabilities:
            raise Forbidden(f"{server.host} offers no STARTTLS; nothing was said to it")
        try:
            box.client.starttls(self._trust or ssl.create_default_context())
        except ssl.SSLCertVerificationError as error:
            raise Forbidden(f"{server.host} is not who it says: {error}") from error
        except BROKEN as error:
            raise self._again(error) from error

    def _log_in(self, box: BaseMailBox, user: str, secret: str) -> None:
        plain = user.isascii() and secret.isascii()
        log_in = box.login if plain else box.login_utf8
        try:
            log_in(user, secret, None)
            # What a server can do it often says only to those it knows.
            said = box.client.capability()[1]
            box.client.capabilities = tuple(b" ".join(said).decode().upper().split())
        except imaplib.IMAP4.abort as error:
            raise self._again(error) from error
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            if "UNAVAILABLE" in str(error):
                raise self._again(error) from error
            raise Forbidden(
                f"mailbox {self._mailbox.id} is not let in: {line(str(error))}"
            ) from error
        except BROKEN as error:
            raise self._again(error) from error

    def _again(self, error: Exception) -> TryAgain:
        where = self._mailbox.imap.host if self._mailbox.imap else self._mailbox.id
        return TryAgain(f"{where} does not answer as a mail server should: {line(str(error))}")


def _shut(box: BaseMailBox) -> None:
    with suppress(*BROKEN):
        box.client.shutdown()

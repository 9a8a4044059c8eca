"""IMAP: reads a mailbox's answers, and keeps and finds copies of what was sent."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from email.parser import BytesHeaderParser
from functools import partial
from typing import TypeVar, cast

from imap_tools import BaseMailBox

from dealwright.domain.connections import Mailbox
from dealwright.errors import BadInput, Forbidden, TryAgain
from dealwright.tools.connectors.imap_session import BROKEN, Session
from dealwright.tools.mail.ids import ids_in, well_formed
from dealwright.tools.ports import Cursor, Delivered

INBOX = "INBOX"
LONGEST_IDLE = 28 * 60
"""Seconds; servers log out who idles for half an hour (RFC 2177)."""
LARGEST_MESSAGE = 10_000_000
"""Of a larger one only so many bytes are fetched: enough to see what it is."""
LARGEST_BATCH = 40_000_000
_SENT = re.compile(
    r"sent|sent[ -](?:items|mail|messages)|gesendet(?:e (?:objekte|elemente|nachrichten))?"
    r"|(?:messages |[ée]l[ée]ments )?envoy[ée]s|(?:elementos |mensajes )?enviados"
    r"|posta inviata|inviat[ai]|verzonden(?: items| berichten)?|(?:itens |mensagens )?enviad[ao]s",
    re.IGNORECASE,
)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
Result = TypeVar("Result")


class ImapFolder:
    """A mailbox's inbox and Sent folder, over one connection that is kept.

    Whoever waits for mail leaves the connection to whoever has work for it.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        secret: str | None = None,
        *,
        trust: ssl.SSLContext | None = None,
        seconds: float = 60,
    ) -> None:
        self._session = Session(mailbox, secret, trust, seconds)
        self._turn = asyncio.Lock()
        self._stirred = asyncio.Event()
        self._read: Cursor | None = None

    async def unread(self, after: Cursor | None, most: int) -> tuple[Sequence[Delivered], Cursor]:
        """Return messages of the inbox after a cursor, oldest first, and the cursor after them.

        A cursor of another UIDVALIDITY is void: reading starts anew from the beginning.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.
            Misconfigured: the mailbox names no server, user or secret to read with.

        """
        found, self._read = await self._work(partial(_unread, after=after, most=most))
        return found, self._read

    async def keep_copy(self, raw: bytes) -> None:
        """Put a copy of what was sent into the Sent folder, unless it is there already.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.
            Misconfigured: the mailbox names no server, user or secret to read with.

        """
        await self._work(partial(_keep, raw=raw))

    async def was_sent(self, message_id: str) -> bool:
        """Say whether the Sent folder holds this message.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.
            BadInput: this is no Message-ID.
            Misconfigured: the mailbox names no server, user or secret to read with.

        """
        if not well_formed(message_id):
            raise BadInput(f"{message_id[:100]!r} is no Message-ID")
        return await self._work(partial(_was_sent, message_id=message_id))

    async def wait(self, seconds: float) -> None:
        """Return when something may have come, or after so many seconds.

        Where the server cannot tell (no IDLE), or is not there, this only sleeps.
        """
        async with self._turn:
            self._stirred.clear()
            listen = partial(_listen, after=self._read)
            try:
                line = await _in_thread(partial(self._session.run, listen))
            except (TryAgain, Forbidden):
                line = None
            if isinstance(line, socket.socket):
                await self._hear(line, min(seconds, LONGEST_IDLE))
        if line is None:
            await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Log out."""
        self._stirred.set()
        async with self._turn:
            await _in_thread(self._session.close)

    async def _work(self, job: Callable[[BaseMailBox], Result]) -> Result:
        self._stirred.set()
        async with self._turn:
            return await _in_thread(partial(self._session.run, job))

    async def _hear(self, line: socket.socket, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        descriptor = line.fileno()
        loop.add_reader(descriptor, self._stirred.set)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), seconds)
        finally:
            loop.remove_reader(descriptor)
            await _in_thread(self._session.end_idle)


async def _in_thread(function: Callable[[], Result]) -> Result:
    """Run it to its end even if nobody waits any more: a job cut short spoils the connection."""
    running = asyncio.ensure_future(asyncio.to_thread(function))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _unread(
    box: BaseMailBox, *, after: Cursor | None, most: int
) -> tuple[tuple[Delivered, ...], Cursor]:
    validity = _opened(box)
    read = after.uid if after and after.validity == validity else 0
    found: list[Delivered] = []
    weight = 0
    for uid, size in _waiting(box, read, most):
        raw = _fetched(box, uid, size)
        read = uid
        weight += len(raw)
        if raw:
            found.append(Delivered(uid=uid, raw=raw))
        if weight >= LARGEST_BATCH:
            break
    return tuple(found), Cursor(validity=validity, uid=read)


def _opened(box: BaseMailBox) -> int:
    """Select the inbox, so that nothing in it is marked as seen; return its UIDVALIDITY.

    Raises:
        ValueError: the server names none.

    """
    box.folder.set(INBOX, readonly=True)
    answer = box.client.response("UIDVALIDITY")[1]
    if not answer or not isinstance(answer[0], bytes):
        raise ValueError("the inbox has no UIDVALIDITY")
    return int(answer[0])


def _waiting(box: BaseMailBox, read: int, most: int) -> list[tuple[int, int]]:
    """Return UID and size of the first messages after one."""
    # `n:*` always names the newest message, even one before n.
    uids = sorted(
        uid for uid in map(int, box.uids(f"UID {read + 1}:*", charset=None)) if uid > read
    )
    return [(uid, _size(box, uid)) for uid in uids[:most]]


def _size(box: BaseMailBox, uid: int) -> int:
    answer = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")[1]
    match = _SIZE.search(b" ".join(part for part in answer if isinstance(part, bytes)))
    return int(match[1]) if match else 0


def _fetched(box: BaseMailBox, uid: int, size: int) -> bytes:
    """Return a message, or nothing if it has gone meanwhile."""
    part = f"<0.{LARGEST_MESSAGE}>" if size > LARGEST_MESSAGE else ""
    status, answer = box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]{part})")
    if status != "OK":
        raise ValueError(f"message {uid} cannot be fetched: {status}")
    pieces = (cast("tuple[bytes, bytes]", part) for part in answer if isinstance(part, tuple))
    return next((content for _, content in pieces), b"")


def _keep(box: BaseMailBox, *, raw: bytes) -> None:
    folder = _sent(box) or _made(box)
    names = ids_in(str(BytesHeaderParser().parsebytes(raw)["Message-ID"] or ""), 1)
    if not (names and _holds(box, folder, names[0])):
        box.append(raw, folder, flag_set=[r"\Seen"])


def _was_sent(box: BaseMailBox, *, message_id: str) -> bool:
    folder = _sent(box)
    return folder is not None and _holds(box, folder, message_id)


def _sent(box: BaseMailBox) -> str | None:
    folders = [found for found in box.folder.list() if r"\Noselect" not in found.flags]
    for found in folders:
        if r"\Sent" in found.flags:
            return found.name
    for found in folders:
        last = found.name.rpartition(found.delim)[2] if found.delim else found.name
        if _SENT.fullmatch(last):
            return found.name
    return None


def _made(box: BaseMailBox) -> str:
    """Make a Sent folder; beneath the inbox where the server keeps all folders there."""
    delimiters = {found.delim for found in box.folder.list() if found.name.upper() == INBOX}
    for name in ("Sent", *(f"{INBOX}{delimiter}Sent" for delimiter in delimiters)):
        with suppress(*BROKEN):
            box.folder.create(name)
            return name
    raise ValueError("there is no Sent folder, and none can be made")


def _holds(box: BaseMailBox, folder: str, message_id: str) -> bool:
    box.folder.set(folder, readonly=True)
    return bool(box.uids(f'HEADER Message-ID "{message_id}"', charset=None))


def _listen(box: BaseMailBox, *, after: Cursor | None) -> socket.socket | bool | None:
    """Begin to idle and return what to listen at; True if mail is there; None: it cannot idle."""
    validity = _opened(box)
    if after and (after.validity != validity or _waiting(box, after.uid, 1)):
        return True
    if "IDLE" not in box.client.capabilities:
        return None
    box.idle.start()
    return box.client.sock

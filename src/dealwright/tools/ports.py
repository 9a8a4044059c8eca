"""Ports: what the department asks of the world, in its own words. A connector per vendor answers.

Every connector maps its vendor's errors to four of ours: `TryAgain` (nothing happened; the same
call may be made again), `OutcomeUnknown` (it may have happened), `NotThere` and `Forbidden`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dealwright.domain.conversation import Cursor
from dealwright.domain.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A message as it lay in a folder."""

    uid: int
    raw: bytes


class MailSender(Protocol):
    """Hands letters to a mail server."""

    async def send(self, letter: Letter, message_id: str, at: datetime) -> str:
        """Hand a letter over; return the server's answer. `at` becomes the Date header.

        Raises:
            TryAgain: the server did not take it, and said so before the message was sent.
            NotThere: the server refused the recipient or the message for good (5xx).
            Forbidden: the server does not let us in, or not safely; nothing was sent.
            OutcomeUnknown: the message was sent and no clear answer came back.

        """
        ...


class MailFolder(Protocol):
    """Reads a mailbox."""

    async def unread(self, after: Cursor | None, most: int) -> tuple[Sequence[Delivered], Cursor]:
        """Return messages of the inbox after a cursor, oldest first, and the cursor after them.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.

        """
        ...

    async def keep_copy(self, raw: bytes) -> None:
        """Put a copy of what was sent into the Sent folder.

        Raises:
            TryAgain: the server is not there or does not answer.

        """
        ...

    async def was_sent(self, message_id: str) -> bool:
        """Say whether the Sent folder holds this message.

        Raises:
            TryAgain: the server is not there or does not answer.

        """
        ...

    async def wait(self, seconds: float) -> None:
        """Return when something may have come, or after so many seconds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A stretch of time somebody is not free."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting as it stands in a calendar."""

    uid: str
    """Made by us before it is booked, so that booking twice is one booking."""
    start: datetime
    end: datetime
    title: str
    place: str
    organiser: str
    organiser_name: str
    attendee: str
    attendee_name: str
    notes: str = ""
    sequence: int = 0
    """Goes up when it is moved or cancelled (RFC 5545)."""
    cancelled: bool = False


class Calendar(Protocol):
    """Reads and writes one person's calendar."""

    async def busy(self, start: datetime, end: datetime) -> Sequence[Busy]:
        """Return what is in the way, over all calendars that count; merged, in order.

        Raises:
            TryAgain: the server is not there or does not answer.

        """
        ...

    async def book(self, meeting: Meeting) -> None:
        """Put a meeting in, once, however often it is called with the same UID.

        Raises:
            NotThere: the time is taken.
            TryAgain: nothing happened.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        ...

    async def change(self, meeting: Meeting) -> None:
        """Write a meeting that was moved or cancelled over the one with its UID.

        Raises:
            NotThere: there is none, or the new time is taken.
            TryAgain: nothing happened.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        ...

    async def find(self, uid: str) -> Meeting | None:
        """Return the meeting with that UID, if it is there.

        Raises:
            TryAgain: the server is not there or does not answer.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmRecord:
    """A person at a company as the system of record has it."""

    key: str
    """Our external key, e.g. the lead's id; what upserts go by."""
    id: str = ""
    """The system's own id, once it has one."""
    name: str = ""
    address: str = ""
    company: str = ""
    domain: str = ""
    customer: bool = False
    open_deal: bool = False
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmNote:
    """Something the system of record remembers about a person or company."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write changed: field → (old, new). Writing the old values back undoes it."""

    id: str
    changed: Mapping[str, tuple[str, str]]


class Crm(Protocol):
    """The system of record."""

    async def find(self, *, address: str = "", domain: str = "") -> Sequence[CrmRecord]:
        """Return who is known by that address, or at that company.

        Raises:
            TryAgain: the system is not there or does not answer.
            Forbidden: it does not let us in.

        """
        ...

    async def upsert(self, record: CrmRecord) -> Written:
        """Write a record under its external key; the same key twice is one record.

        Raises:
            TryAgain: nothing happened.
            Forbidden: a field may not be written, or we are not let in.
            NotThere: the system refuses the record for good; the message says which field.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        ...

    async def history(self, record_id: str) -> Sequence[CrmNote]:
        """Return what it remembers, the oldest first.

        Raises:
            TryAgain: the system is not there or does not answer.

        """
        ...

    async def remember(self, key: str, note: CrmNote, note_key: str) -> None:
        """Add a note to the record with this external key, once per `note_key`.

        Raises:
            TryAgain: nothing happened.
            NotThere: there is no such record.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        ...

    async def undo(self, written: Written) -> None:
        """Put back what a write replaced, where nobody has changed it since.

        Raises:
            TryAgain: nothing happened.
            NotThere: somebody has changed it since; the message says which field.

        """
        ...


class Notifier(Protocol):
    """Tells people that something waits for them."""

    async def tell(self, title: str, text: str) -> None:
        """Send a notice.

        Raises:
            TryAgain: it did not go out.

        """
        ...

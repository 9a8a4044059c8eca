"""CalDAV: one person's calendar on any server that speaks it (RFC 4791)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from dealwright.clock import Clock, SystemClock
from dealwright.domain.connections import CalendarConnection, is_this_machine
from dealwright.errors import (
    BadInput,
    ConnectorFailed,
    Misconfigured,
    NotThere,
    OutcomeUnknown,
    TryAgain,
)
from dealwright.tools.connectors.caldav_wire import CalDavWire, Stored, open_wire
from dealwright.tools.ports import Busy, Meeting
from dealwright.tools.scheduling.entries import kept, read_meeting, rewritten
from dealwright.tools.scheduling.holds import cells, held_for, hold_uid, is_hold, write_hold
from dealwright.tools.scheduling.occupied import FLOATING, occupied
from dealwright.tools.scheduling.slots import margin

MOST_ROUNDS = 8
"""How often a write is tried again that others got ahead of."""
PATIENCE = 30
"""Seconds a server may take to answer."""


@dataclass(frozen=True, slots=True)
class CalDavCalendar:
    """Reads and writes the calendar of a connection.

    No two meetings of ours overlap, however many are booked at once: see `scheduling.holds`.
    """

    connection: CalendarConnection
    secret: str | None
    clock: Clock = field(default_factory=SystemClock)
    patience: int = PATIENCE

    def __post_init__(self) -> None:
        """Refuse addresses the secret must not be sent to.

        Raises:
            Misconfigured: an address is neither safe nor on the calendar's own server.

        """
        own = urlsplit(self.connection.url)
        if own.scheme == "http" and not is_this_machine(own.hostname or ""):
            raise Misconfigured(f"{self.connection.url} is another machine: say https://")
        for url in self.connection.also_busy:
            if urlsplit(url)[:2] != own[:2]:
                raise Misconfigured(f"{url} is not on {own.netloc}, whose secret is not sent there")

    async def busy(self, start: datetime, end: datetime) -> Sequence[Busy]:
        async with self._wire() as wire:
            return await self._occupied(wire, start, end, lambda _: False)

    async def book(self, meeting: Meeting) -> None:
        async with self._wire() as wire:
            at_home = await wire.get(self._address(meeting.uid))
            if at_home and self._stands(at_home):
                await self._let_go(wire, meeting)
                return
            raw = kept(meeting, self.connection.timezone, self.clock.now())
            async with self._held(wire, meeting):
                for _ in range(MOST_ROUNDS):
                    if await wire.put(self._address(meeting.uid), raw, None):
                        return
                    # The same call was quicker elsewhere, or somebody has put it elsewhere.
                    if await self._is_booked(wire, meeting.uid):
                        return
                raise TryAgain("the calendar is too busy to take an entry")

    async def change(self, meeting: Meeting) -> None:
        async with self._wire() as wire:
            for _ in range(MOST_ROUNDS):
                stored = await self._stored(wire, meeting.uid)
                if stored is None:
                    await self._let_go(wire, meeting)
                    raise NotThere("there is no such meeting in the calendar")
                old = self._read(stored)
                if _is_the_same(old, meeting):
                    await self._let_go(wire, meeting)
                    return
                if old.sequence >= meeting.sequence:
                    raise NotThere("the meeting was changed in the calendar since")
                if await self._replace(wire, stored, old, meeting):
                    await self._let_go(wire, meeting, old)
                    return
        raise TryAgain("somebody else keeps changing the meeting")

    async def find(self, uid: str) -> Meeting | None:
        async with self._wire() as wire:
            stored = await self._stored(wire, uid)
            return self._read(stored) if stored else None

    @asynccontextmanager
    async def _wire(self) -> AsyncGenerator[CalDavWire]:
        url, user = self.connection.url, self.connection.user
        async with open_wire(url, user, self.secret, self.patience) as wire:
            yield wire

    @asynccontextmanager
    async def _held(self, wire: CalDavWire, meeting: Meeting) -> AsyncGenerator[None]:
        """Hold the meeting's time while it is booked; nobody else's entry is in it.

        Raises:
            NotThere: the time is taken.

        """
        await self._hold(wire, meeting)
        try:
            # Only now: whoever let go of this time before has an entry to be seen.
            await self._refuse_if_taken(wire, meeting)
            yield
        except OutcomeUnknown:
            raise  # the entry may still arrive, so its time stays held
        except ConnectorFailed:
            await self._let_go(wire, meeting)
            raise
        await self._let_go(wire, meeting)

    async def _hold(self, wire: CalDavWire, meeting: Meeting) -> None:
        wanted = self._cells(meeting)
        for number, cell in enumerate(wanted, 1):
            try:
                if not await self._is_held(wire, cell, meeting.uid):
                    raise NotThere("the time is taken: somebody is booking it at this moment")
            except ConnectorFailed:
                await self._free(wire, wanted[:number], meeting.uid)
                raise

    async def _is_held(self, wire: CalDavWire, cell: datetime, uid: str) -> bool:
        """Hold a cell; say whether it is held for this meeting."""
        raw, address = write_hold(cell, uid, self.clock.now()), self._address(hold_uid(cell))
        for _ in range(MOST_ROUNDS):
            try:
                if await wire.put(address, raw, None):
                    return True
            except OutcomeUnknown as error:
                # Held or not, nothing is booked, and the same hold may be asked for again.
                raise TryAgain(str(error)) from error
            stored = await wire.get(address)
            if stored:
                return held_for(stored.data) == uid
        raise TryAgain("the calendar is too busy to hold a time")

    async def _let_go(self, wire: CalDavWire, *meetings: Meeting) -> None:
        for meeting in meetings:
            await self._free(wire, self._cells(meeting), meeting.uid)

    async def _free(self, wire: CalDavWire, held: Sequence[datetime], uid: str) -> None:
        """Remove the holds for a meeting, if that can be done; others' stay."""
        with suppress(ConnectorFailed):
            for cell in held:
                stored = await wire.get(self._address(hold_uid(cell)))
                if stored and held_for(stored.data) == uid:
                    await wire.delete(stored)

    def _cells(self, meeting: Meeting) -> Sequence[datetime]:
        return cells(meeting.start, meeting.end + margin(self.connection))

    async def _refuse_if_taken(self, wire: CalDavWire, meeting: Meeting) -> None:
        room = margin(self.connection)
        start, end = meeting.start - room, meeting.end + room
        if await self._occupied(wire, start, end, lambda uid: uid == meeting.uid or is_hold(uid)):
            raise NotThere("the time is taken")

    async def _occupied(
        self,
        wire: CalDavWire,
        start: datetime,
        end: datetime,
        ignored: Callable[[str], bool],
    ) -> Sequence[Busy]:
        entries: list[bytes] = []
        for url in (self.connection.url, *self.connection.also_busy):
            entries += await wire.between(url, start - FLOATING, end + FLOATING)
        owner = (self.connection.address, self.connection.timezone)
        try:
            return await asyncio.to_thread(occupied, entries, start, end, owner, ignored)
        except BadInput as error:
            raise TryAgain(str(error)) from error

    async def _is_booked(self, wire: CalDavWire, uid: str) -> bool:
        stored = await self._stored(wire, uid)
        return stored is not None and self._stands(stored)

    def _stands(self, stored: Stored) -> bool:
        if self._read(stored).cancelled:
            raise NotThere("the meeting was cancelled; another one needs another UID")
        return True

    async def _stored(self, wire: CalDavWire, uid: str) -> Stored | None:
        """Return the entry with a UID, wherever somebody has put it."""
        at_home = await wire.get(self._address(uid))
        return at_home or await wire.with_uid(self.connection.url, uid)

    async def _replace(self, wire: CalDavWire, stored: Stored, old: Meeting, new: Meeting) -> bool:
        """Write over what is stored; say no when somebody else did meanwhile."""
        raw = rewritten(stored.data, new, self.connection.timezone, self.clock.now())
        if new.cancelled or (_times(old) == _times(new) and not old.cancelled):
            return await wire.put(stored.url, raw, stored.tag)
        async with self._held(wire, new):
            return await wire.put(stored.url, raw, stored.tag)

    def _read(self, stored: Stored) -> Meeting:
        try:
            return read_meeting(stored.data, self.connection.timezone)
        except BadInput as error:
            raise TryAgain(f"the meeting's entry cannot be read: {error}") from error

    def _address(self, uid: str) -> str:
        return f"{self.connection.url.rstrip('/')}/{quote(uid, safe='')}.ics"


def _is_the_same(old: Meeting, new: Meeting) -> bool:
    same_state = (old.sequence, old.cancelled) == (new.sequence, new.cancelled)
    return same_state and (new.cancelled or _times(old) == _times(new))


def _times(meeting: Meeting) -> tuple[float, float]:
    return meeting.start.timestamp(), meeting.end.timestamp()

"""Surroundings: a CRM, a calendar and a notice board, all real, and pages to be read."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.canned import CannedTools
from dealwright.clock import Clock
from dealwright.domain.connections import CalendarConnection, CrmConnection
from dealwright.domain.intent import IntentKind
from dealwright.domain.material import Material
from dealwright.errors import NotThere
from dealwright.outbox.meetings import MeetingPerformer
from dealwright.outbox.performers import CrmPerformer, NoticePerformer, Performer
from dealwright.tools.access import ToolCall
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.connectors.calendar_slots import CalendarSlots
from dealwright.tools.connectors.crm_file import FileCrm
from dealwright.tools.connectors.notify import AppriseNotifier
from dealwright.tools.ports import Crm, Notifier
from tests.adversary.board import Board, a_board
from tests.calendar.builders import an_event, put
from tests.outbox.post_office import TUESDAY, Nobody, StillClock
from tests.servers_calendar import SECRET, USER, CalendarServer

OWNER = "anna@routewise.example"
ZONE = "America/New_York"
FIELDS = ("score", "tier", "stage", "last_contact", "summary")
"""What the CRM's connection allows: less than what an update holds."""
THEIRS = (
    "name,address,company,domain,customer,summary\r\n"
    "Olga Old,olga@old.example,Old Ltd,old.example,yes,ours since 2019\r\n"
)
"""Who stands in the CRM before anything begins, and is nobody's lead."""
DENTIST = TUESDAY.replace(day=9, hour=14)
"""When the owner is at the dentist's: Monday from nine to twelve, New York."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an office is connected to besides its mailbox."""

    crm: Crm = field(default_factory=Nobody)
    calendar: CalendarConnection | None = None
    notifiers: Sequence[Notifier] = ()
    crm_file: Path | None = None
    server: CalendarServer | None = None
    board: Board | None = None
    clock: Clock | None = None
    """None: one that stands still on a Tuesday."""
    campaign: Mapping[str, object] = field(default_factory=dict[str, object])
    """What is different about the campaign."""

    @property
    def connections(self) -> Mapping[str, object]:
        """What the connections say of it."""
        return {"calendar": self.calendar} if self.calendar else {}

    def performers(self, clock: Clock) -> Mapping[IntentKind, Performer]:
        """Return who does what is neither letter nor unconnected."""
        if self.calendar is None:
            return {}
        return {
            IntentKind.CRM: CrmPerformer(self.crm, FIELDS),
            IntentKind.NOTICE: NoticePerformer(self.notifiers),
            IntentKind.MEETING: MeetingPerformer(CalDavCalendar(self.calendar, SECRET, clock)),
        }


NOTHING_ELSE = Surroundings()


class Tools(CannedTools):
    """Research that is there at once, and the calendar where one is connected."""

    def __init__(self, around: Surroundings, clock: Clock) -> None:
        super().__init__()
        self._around = around
        self._clock = clock

    async def call(self, call: ToolCall) -> Material:
        if call.tool != "calendar":
            return await super().call(call)
        connection = self._around.calendar
        if connection is None:
            raise NotThere("no calendar is connected")
        calendar = CalDavCalendar(connection, SECRET, self._clock)
        return await CalendarSlots(connection, calendar, self._clock)(call)


@asynccontextmanager
async def surrounded(
    folder: Path, server: CalendarServer, campaign: Mapping[str, object]
) -> AsyncGenerator[Surroundings]:
    """Open a CRM with somebody in it, a calendar with something in it and an empty board."""
    mine = await server.fresh()
    await put(f"{mine.work}dentist.ics", mine, an_event("dentist", start=DENTIST, hours=3))
    connected = CrmConnection(kind="file", fields=FIELDS)
    crm = FileCrm(connected, None, folder)
    before = folder / "before.csv"
    before.write_text(THEIRS, "utf-8")
    await crm.import_csv(before)
    async with a_board() as board:
        yield Surroundings(
            crm=crm,
            calendar=_connection(mine),
            notifiers=(AppriseNotifier("board", board.url),),
            crm_file=folder / "crm" / "crm.db",
            server=mine,
            board=board,
            clock=StillClock(TUESDAY),
            campaign=campaign,
        )


def _connection(server: CalendarServer) -> CalendarConnection:
    return CalendarConnection(
        id="anna",
        url=server.work,
        user=USER,
        also_busy=(server.home,),
        owner="Anna Vogel",
        address=OWNER,
        timezone=ZONE,
        buffer_minutes=0,
        notice_hours=1,
    )

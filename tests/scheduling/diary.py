"""A diary: the sales department's own meeting routes, a real store and a real calendar server."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from dealwright.agents.brain import Bench, TwinBrain
from dealwright.clock import TimeOrderedIds
from dealwright.domain.campaign import Autonomy
from dealwright.domain.conversation import Conversation
from dealwright.domain.intent import IntentKind
from dealwright.domain.letter import Letter
from dealwright.domain.scheduling import Appointment
from dealwright.orchestration.department import Department
from dealwright.orchestration.loader import PACKAGED, load_department
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.outbox.gates import GATES
from dealwright.outbox.meetings import MeetingPerformer
from dealwright.outbox.office import Office
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.performers import EmailPerformer, Post
from dealwright.outbox.screening import Screening
from dealwright.store.store import Store
from dealwright.tools.connectors.caldav import CalDavCalendar
from dealwright.tools.connectors.calendar_slots import CalendarSlots
from dealwright.tools.ports import Calendar
from dealwright.tools.wrappers import OnlyGranted, Toolbox
from tests.calendar.builders import a_connection
from tests.outbox.post_office import (
    CONNECTIONS,
    TUESDAY,
    Nobody,
    PostOffice,
    StillClock,
    Wire,
    a_lead,
    the_campaign,
)
from tests.servers_calendar import SECRET, CalendarServer

SALES = PACKAGED / "sales"
GIVEN = {"lead", "icp", "offer", "conversation", "meeting"}
AGENTS = {
    *("reply_reader", "switchboard", "scheduler", "scheduling_reviewer"),
    *("confirmer", "confirmation_reviewer"),
}
PRODUCTS = {
    *("reading", "course", "scheduling", "scheduling_review"),
    *("confirmation", "confirmation_review"),
}
POST = Path(__file__).parents[1] / "outbox" / "post"
FIRST_TOUCH: tuple[Mapping[str, object], ...] = (
    {
        "run": ["writer"],
        "because": "a lead gets a first touch",
        "when": "has(slots.icp) && !has(slots.conversation)",
    },
    {"run": ["passer"], "because": "it is reviewed", "when": "has(slots.draft)"},
    {
        "send": "draft",
        "as": "first_touch",
        "reviewed_by": "review",
        "because": "the first touch is written",
        "when": "has(slots.review) && !has(slots.conversation)",
    },
)
PASSER = """---
agent: passer
reads: [draft]
writes: review
twin: tests.scheduling.twins:passes
---
# Identity
You review letters in tests.

# Responsibilities
Pass each one.

# Prohibitions
Never send one back.
"""


def meeting_department(folder: Path) -> Department:
    """Return the sales department's routes and agents about meetings, and a first touch."""
    yaml: Any = YAML(typ="safe")
    table: dict[str, Any] = yaml.load(SALES / "department.yaml")
    slots = {name: table["slots"][name] for name in (*GIVEN, *PRODUCTS)}
    routes = [*FIRST_TOUCH, *filter(_is_about_meetings, table["routes"])]
    gates = {"send": ["approved", "reviewed"], "book": ["approved"]}
    small = {
        "department": "meet",
        "case": "lead",
        "gates": gates,
        "routes": routes,
        "slots": {
            **slots,
            "draft": "dealwright.domain.draft:Draft",
            "review": "dealwright.domain.draft:Review",
        },
    }
    (folder / "agents").mkdir(parents=True)
    yaml.dump(small, folder / "department.yaml")
    for soul in (*(SALES / "agents" / f"{name}.md" for name in AGENTS), POST / "agents/writer.md"):
        (folder / "agents" / soul.name).write_text(soul.read_text("utf-8"), "utf-8")
    (folder / "agents" / "passer.md").write_text(PASSER, "utf-8")
    return load_department(folder, ("calendar",), tuple(GATES))


def _is_about_meetings(route: Mapping[str, Any]) -> bool:
    agents = set(cast("list[str]", route.get("run", [])))
    slot = route.get("ask") or route.get("send") or route.get("book") or route.get("tell")
    return agents <= AGENTS and (bool(agents) or slot in PRODUCTS)


@dataclass(frozen=True)
class Diary:
    """Everything a test of meetings needs."""

    post: PostOffice
    calendar: Calendar
    server: CalendarServer

    async def settle(self) -> None:
        """Let department and outbox do all they can."""
        quiet = 0
        # What evidence settles is no act, and yet there may be something to do about it.
        while quiet < 2:
            await self.post.work()
            quiet = 0 if await self.post.outbox.work() else quiet + 1

    async def hears(self, case: str, text: str, number: int = 1) -> None:
        """Have a person write back, and everything follow from it."""
        self.post.clock.wind(600)
        await self.post.hears(case, text, number=number)
        await self.settle()

    async def meeting(self, case: str) -> Appointment | None:
        """Return how a lead's meeting stands."""
        snapshot = await self.post.store.cases.snapshot(case)
        state = snapshot.slots.get("meeting")
        return Appointment.model_validate(state.value) if state else None

    async def conversation(self, case: str) -> Conversation:
        """Return what was written."""
        snapshot = await self.post.store.cases.snapshot(case)
        return Conversation.model_validate(snapshot.slots["conversation"].value)

    def letters(self, number: int = 0) -> list[Letter]:
        """Return the letters to a lead, the oldest first."""
        return [one for _, to, one in self.post.wire.arrived if to == f"sam@c{number}.example"]


@asynccontextmanager
async def a_diary(
    url: str,
    server: CalendarServer,
    folder: Path,
    *,
    leads: int = 1,
    autonomy: Autonomy = Autonomy.AUTONOMOUS,
    **calendar: Any,
) -> AsyncGenerator[Diary]:
    """Open one with leads who have got their first touch."""
    clock = StillClock(TUESDAY)
    ids = TimeOrderedIds(clock)
    department = meeting_department(folder / "meet")
    at = {"timezone": "America/New_York", "buffer_minutes": 0, "notice_hours": 1, **calendar}
    connection = a_connection(server.work, **at)
    caldav = CalDavCalendar(connection, SECRET, clock)
    tools = Toolbox({"calendar": CalendarSlots(connection, caldav, clock)})
    wire = Wire()
    async with Store.open(url, clock, ids) as store:
        campaign = await store.intake.campaign("default", "meet", the_campaign(autonomy, {}))
        taken = await store.intake.leads("default", campaign, [a_lead(n) for n in range(leads)])
        workbench = Workbench(
            store=store,
            tools=OnlyGranted(tools, department.grants),
            bench=Bench(TwinBrain()),
            clock=clock,
            ids=ids,
        )
        connections = CONNECTIONS.model_copy(update={"calendar": connection})
        office = Office(
            workspace="default", connections=connections, departments={"meet": department}
        )
        outbox = an_outbox(store, office, caldav, wire, clock)
        turn = Turn({"meet": department}, store, workbench, clock)
        cases = [one.case_id for one in taken]
        post = PostOffice(store, clock, wire, Nobody(), outbox, turn, campaign, cases)
        yield Diary(post, caldav, server)


def an_outbox(
    store: Store, office: Office, calendar: Calendar, wire: Wire, clock: StillClock
) -> Outbox:
    """Return an outbox that mails and books."""
    return Outbox(
        store=store,
        office=office,
        performers={
            IntentKind.EMAIL: EmailPerformer({"ana": Post(wire, wire)}),
            IntentKind.MEETING: MeetingPerformer(calendar),
        },
        clock=clock,
        worker="test",
        screening=Screening(store, Nobody(), "default"),
    )

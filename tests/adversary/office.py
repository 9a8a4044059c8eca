"""An office at work: the sales department, its outbox and a real SMTP server that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from benchmarks.canned import campaign
from dealwright.agents.agent import Agent, BrainChoice
from dealwright.agents.brain import Bench, Brain, TwinBrain
from dealwright.clock import Clock, TimeOrderedIds
from dealwright.domain.campaign import Autonomy, Campaign, Lawful
from dealwright.domain.connections import Connections, Mailbox, Security, Server
from dealwright.domain.conversation import Cursor
from dealwright.domain.intent import IntentKind
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Link
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.outbox.office import Office
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.performers import EmailPerformer, Performer, Post
from dealwright.outbox.screening import Screening
from dealwright.runtime import opts_out, read_department
from dealwright.store.intake import NewLead
from dealwright.store.store import Store
from dealwright.tools.access import ToolAccess
from dealwright.tools.connectors.smtp import SmtpSender
from dealwright.triggers.inbound import Reception, read_form
from tests.adversary.surroundings import NOTHING_ELSE, Surroundings, Tools
from tests.outbox.post_office import TUESDAY, StillClock
from tests.servers_mail import Sink, an_smtp_sink

PUBLIC_URL = "https://sales.routewise.example"
BOOKING = "https://routewise.example/booking"
SENDER = "ana@routewise.example"


@dataclass(frozen=True)
class AtWork:
    """Everything that is at work, and the wire it works on."""

    store: Store
    clock: Clock
    turn: Turn
    outbox: Outbox
    dispatcher: EmbeddedDispatcher
    campaign: str
    sink: Sink
    around: Surroundings

    @property
    def reception(self) -> Reception:
        """Where forms are taken in."""
        return Reception(store=self.store, workspace="default", clock=self.clock, opts_out=opts_out)

    async def writes(self, campaign: str | None = None, **form: str) -> str:
        """Have somebody fill in a form; return the lead."""
        where = campaign or self.campaign
        return (await self.reception.receive(where, read_form(form))).case_id

    async def another_campaign(self) -> str:
        """Open a second campaign."""
        other = the_campaign().model_copy(update={"name": "another"})
        return await self.store.intake.campaign("default", "sales", other)

    async def takes_in(self, leads: Sequence[NewLead]) -> list[str]:
        """Import leads; return their cases."""
        taken = await self.store.intake.leads("default", self.campaign, leads)
        return [one.case_id for one in taken]

    async def works(self) -> None:
        """Have everybody do all they can, and everything leave that may."""
        for _ in range(3):
            await self.store.messages.take("default", "ana", [], Cursor(validity=1, uid=1))
            capacity = Capacity(worker="test", concurrency=20, poll=0.01)
            dispatcher = EmbeddedDispatcher(self.store, self.turn, self.clock, capacity)
            await dispatcher.work(until_idle=True)
            if not await self.outbox.work():
                return

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Keep working, as `up` does."""
        ended = asyncio.Event()
        keeping = asyncio.create_task(self.outbox.keep(ended))
        working = asyncio.create_task(self.dispatcher.work())
        try:
            yield
        finally:
            ended.set()
            self.dispatcher.stop()
            await asyncio.gather(keeping, working)


@asynccontextmanager
async def at_work(
    url: str,
    *,
    model: Brain | None = None,
    everywhere: bool = False,
    unchecked: bool = False,
    tools: ToolAccess | None = None,
    around: Surroundings = NOTHING_ELSE,
) -> AsyncGenerator[AtWork]:
    """Open one.

    With `everywhere` the model thinks for the agents, too, that have twins only; `unchecked`, no
    code looks at what any of them hands in, and what a reviewer says counts, so that only the
    outbox stands before the world.
    """
    clock = around.clock or StillClock(TUESDAY)
    ids = TimeOrderedIds(clock)
    shipped = the_department()
    department = _trusting(shipped, blindly=unchecked) if everywhere else shipped
    async with an_smtp_sink() as sink, Store.open(url, clock, ids) as store:
        opened = the_campaign().model_copy(update=around.campaign)
        parent = await store.intake.campaign("default", "sales", opened)
        bench = Bench(TwinBrain(), model)
        workbench = Workbench(
            store=store, tools=tools or Tools(around, clock), bench=bench, clock=clock, ids=ids
        )
        turn = Turn({"sales": department}, store, workbench, clock)
        yield AtWork(
            store=store,
            clock=clock,
            turn=turn,
            outbox=_outbox(store, clock, department, sink.port, around),
            dispatcher=EmbeddedDispatcher(store, turn, clock, Capacity(worker="test")),
            campaign=parent,
            sink=sink,
            around=around,
        )


@cache
def the_department() -> Department:
    """Return the sales department, read once: a second and a half."""
    return read_department("sales")


def the_campaign() -> Campaign:
    """Return a campaign that may send by itself."""
    told = campaign()
    ground = Lawful(basis="legitimate_interest", evidence="a list", since=date(2026, 10, 1))
    link = Link(id="booking", url=BOOKING, label="Book a time")
    offer = told.offer.model_copy(update={"links": (link,)})
    more = {"autonomy": Autonomy.AUTONOMOUS, "lawful": ground, "offer": offer}
    return told.model_copy(update=more)


def a_lead(number: int, company: str) -> NewLead:
    """Return a lead at work in New York."""
    address = f"sam{number}@c{number}.example"
    lead = Lead(
        company=company,
        domain=f"c{number}.example",
        first_name="Sam",
        country="US",
        timezone="America/New_York",
        language="en",
    )
    return NewLead(lead=lead, email=address, email_key=address, line=number + 2, source="leads.csv")


def _outbox(
    store: Store, clock: Clock, department: Department, port: int, around: Surroundings
) -> Outbox:
    box = _mailbox(port)
    letters = EmailPerformer({"ana": Post(SmtpSender(box), None)})
    performers: dict[IntentKind, Performer] = {
        IntentKind.EMAIL: letters,
        **around.performers(clock),
    }
    connections = Connections(public_url=PUBLIC_URL, mailboxes=(box,))
    return Outbox(
        store=store,
        office=Office(
            workspace="default",
            connections=connections.model_copy(update=around.connections),
            departments={"sales": department},
        ),
        performers=performers,
        clock=clock,
        worker="test",
        screening=Screening(store, around.crm, "default"),
    )


def _mailbox(port: int) -> Mailbox:
    server = Server(host="127.0.0.1", port=port, security=Security.NONE)
    return Mailbox(
        id="ana", address=SENDER, name="Ana Nowak", smtp=server, imap=server, per_day=2000
    )


def _trusting(department: Department, *, blindly: bool) -> Department:
    """Return the department with a model in every seat, and with no code behind it."""
    agents: dict[str, Agent] = {}
    for name, agent in department.agents.items():
        agents[name] = replace(agent, brain=BrainChoice.AUTO)
        if blindly:
            finish = None if agent.writes.endswith("review") else agent.finish
            agents[name] = replace(agents[name], checks=(), finish=finish)
    return replace(department, agents=agents)

"""The composition root: builds everything from settings and hands it down. Names the vendors."""

from __future__ import annotations

import getpass
import os
import random
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.util import find_spec
from typing import get_args

from dealwright.agents.brain import Bench, TwinBrain
from dealwright.agents.model_brain import ModelBrain
from dealwright.agents.staff.reading.classifier import asks_for_silence
from dealwright.agents.staff.reading.folding import sentences
from dealwright.agents.staff.reading.languages import language_of
from dealwright.clock import Clock, Ids, SystemClock, TimeOrderedIds
from dealwright.connected import Connected, free_times
from dealwright.domain.campaign import Budget
from dealwright.domain.intent import IntentKind
from dealwright.llm.budget import Prices
from dealwright.llm.gateway import Gateway
from dealwright.llm.models import Tier
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity, Dispatcher
from dealwright.orchestration.dispatch.timetable import Timetable
from dealwright.orchestration.loader import find, load_department
from dealwright.orchestration.overrides import Overrides
from dealwright.orchestration.room import Room
from dealwright.orchestration.turn import Turn, Watcher
from dealwright.orchestration.workbench import Workbench
from dealwright.outbox.gates import GATES
from dealwright.outbox.herald import Herald
from dealwright.outbox.meetings import MeetingPerformer
from dealwright.outbox.memory import Memory
from dealwright.outbox.office import Office
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.performers import CrmPerformer, EmailPerformer, NoticePerformer, Performer
from dealwright.outbox.screening import Screening
from dealwright.outbox.unsubscribe import person_of
from dealwright.settings import Settings
from dealwright.store.connection import address
from dealwright.store.store import Store
from dealwright.tools.access import Tool, ToolAccess
from dealwright.tools.connectors.company_site import CompanySite
from dealwright.tools.connectors.job_board import JobBoard
from dealwright.tools.connectors.news_feed import NewsFeed
from dealwright.tools.connectors.record import Record
from dealwright.tools.connectors.technology import Technology
from dealwright.tools.guard import Guard, SystemResolver
from dealwright.tools.web import Web, open_web
from dealwright.tools.wrappers import OnlyGranted, Retrying, Toolbox, WithTimeout
from dealwright.triggers.mailbox import MailWatch

TOOLS = ("company_site", "news_feed", "job_board", "technology", "record", "calendar")
"""The tools agents may be granted."""

TOOL_ATTEMPTS = 2
TOOL_SECONDS = 45.0
"""The longest one attempt of one tool may take, all its pages together."""

DEAD_AFTER = timedelta(hours=1)
"""A reservation this old belongs to a process that died."""


@dataclass(frozen=True, slots=True)
class World:
    """Where sites are and what time it is: only Python code may hand in another one, no setting."""

    guard: Guard
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class CampaignBudgets:
    """Looks up what a campaign may spend."""

    store: Store

    async def budget(self, workspace: str, campaign: str | None) -> Budget:
        """Return the campaign's caps, or the usual ones where there is no campaign."""
        if campaign is None:
            return Budget()
        return (await self.store.views.terms(campaign)).budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """A department at work: everything built, nothing global."""

    settings: Settings
    clock: Clock
    ids: Ids
    store: Store
    department: Department
    overrides: Overrides
    turn: Turn
    timetable: Timetable

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        *,
        department: str = "sales",
        writing: bool = True,
        beside: bool = False,
        world: World | None = None,
        watcher: Watcher = lambda _: None,
    ) -> AsyncGenerator[Runtime]:
        """Open the store and put a department to work on it; `beside` another one if need be.

        Raises:
            BadDepartment: the department does not exist or does not fit together.
            DatabaseInUse: another process works on this SQLite file.
            Misconfigured: the database cannot be used as it stands.

        """
        known = read_department(department)
        around = world or World(Guard(SystemResolver()))
        clock = around.clock
        ids = TimeOrderedIds(clock)
        opened = Store.open(settings.database, clock, ids, writing=writing, beside=beside)
        async with opened as store, AsyncExitStack() as stack:
            if store.sole:  # what is leased was leased by a process that died
                await store.cases.take_over()
            web = await stack.enter_async_context(open_web(around.guard, store.pages, clock))
            tools = _tools(web, known, clock, settings)
            bench = _bench(settings, store, clock, stack)
            workbench = Workbench(store=store, tools=tools, bench=bench, clock=clock, ids=ids)
            yield cls(
                settings=settings,
                clock=clock,
                ids=ids,
                store=store,
                department=known,
                overrides=Overrides(store, known),
                turn=Turn({known.name: known}, store, workbench, clock, watcher=watcher),
                timetable=Timetable((known,), store, clock, settings.workspace),
            )

    def dispatcher(self, *, distributed: bool = False) -> Dispatcher:
        """Return what looks for due cases: in this process alone, or with others on Postgres."""
        capacity = Capacity(
            worker=_worker(),
            concurrency=self.settings.concurrency,
            workspace=self.settings.workspace,
            department=self.department.name,
        )
        if not distributed:
            return EmbeddedDispatcher(self.store, self.turn, self.clock, capacity)
        from dealwright.orchestration.dispatch.distributed import DistributedDispatcher

        where = address(self.settings.database).url.set(drivername="postgresql")
        database = where.render_as_string(hide_password=False)
        return DistributedDispatcher(self.store, self.turn, self.clock, capacity, database)

    def mail_watch(self, connected: Connected) -> MailWatch:
        """Return what reads the workspace's mailboxes."""
        posts = connected.posts.items()
        return MailWatch(
            store=self.store,
            workspace=self.settings.workspace,
            folders={name: post.folder for name, post in posts if post.folder is not None},
            own=frozenset(box.address.lower() for box in connected.connections.mailboxes),
            opts_out=opts_out,
            leaver=self._leaver,
            clock=self.clock,
        )

    async def _leaver(self, token: str) -> str | None:
        workspace = self.settings.workspace
        return person_of(await self.store.suppressions.secret(workspace), workspace, token)

    def herald(self, connected: Connected) -> Herald:
        """Return what tells people that something waits for them."""
        return Herald(self.store, self.settings.workspace, connected.notifiers, self.clock)

    def outbox(self, connected: Connected) -> Outbox:
        """Return the door to the world, for what the workspace is connected to."""
        office = Office(
            workspace=self.settings.workspace,
            connections=connected.connections,
            departments={self.department.name: self.department},
            stop_file=self.settings.stop_file,
        )
        return Outbox(
            store=self.store,
            office=office,
            performers=_performers(connected),
            clock=self.clock,
            worker=_worker(),
            screening=Screening(self.store, connected.crm, self.settings.workspace),
            memory=memory_of(self.settings),
        )

    async def work_on(self, case_id: str) -> bool:
        """Do all one case can do now; False if another process has it."""
        capacity = Capacity(worker=_worker())
        lease = await self.store.cases.claim(
            case_id,
            self.clock.now(),
            lease_for=capacity.lease_for,
            worker=capacity.worker,
            department=self.department.name,
        )
        if lease is None:
            return False
        await self.turn.take(lease, Room(1))
        return True

    async def tidy(self) -> None:
        """Drop what has run out, and count what dead processes had reserved as spent."""
        await self.store.pages.forget_expired()
        await self.store.purse.sweep(self.clock.now() - DEAD_AFTER)


def memory_of(settings: Settings) -> Memory:
    """Return what this machine remembers of the database it sends from."""
    database = address(settings.database).path
    home = database if database is not None else settings.stop_file
    return Memory(file=home.with_name(f"{home.name}.{settings.workspace}.sent"), database=database)


@asynccontextmanager
async def open_store(settings: Settings, *, writing: bool) -> AsyncGenerator[Store]:
    """Open the store without a department, beside whatever works on it.

    Raises:
        DatabaseInUse: another process has been writing for too long.
        Misconfigured: the database cannot be used as it stands.

    """
    now = SystemClock()
    ids = TimeOrderedIds(now)
    async with Store.open(settings.database, now, ids, writing=writing, beside=True) as store:
        yield store


def read_department(name_or_folder: str) -> Department:
    """Return a department that ships with the product, or one in a folder.

    Raises:
        BadDepartment: it does not exist or does not fit together.

    """
    return load_department(find(name_or_folder), TOOLS, tuple(GATES))


@dataclass(frozen=True, slots=True)
class ModelKnown:
    """A model that would be asked."""

    tier: str
    name: str
    priced: bool


def models_known(settings: Settings) -> list[ModelKnown]:
    """Return the models each tier would ask, and whether their prices are known."""
    if not settings.models.configured:
        return []
    prices = Prices(allow_unknown=True)
    installed = find_spec("genai_prices") is not None
    return [
        ModelKnown(tier, name, installed and prices.known(name))
        for tier in get_args(Tier)
        for name in settings.models.chain(tier)
    ]


def signature(settings: Settings) -> str:
    """Return who signs what this process does for a person."""
    if settings.user:
        return settings.user
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def opts_out(text: str) -> bool:
    """Say whether somebody's words ask never to be written to."""
    return asks_for_silence(sentences(text), language_of(text))


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _performers(connected: Connected) -> Mapping[IntentKind, Performer]:
    """Return who does what; nothing is booked where no calendar is connected."""
    performers: dict[IntentKind, Performer] = {
        IntentKind.EMAIL: EmailPerformer(connected.posts),
        IntentKind.CRM: CrmPerformer(connected.crm, connected.connections.crm.fields),
        IntentKind.NOTICE: NoticePerformer(connected.notifiers),
    }
    if connected.calendar is not None:
        performers[IntentKind.MEETING] = MeetingPerformer(connected.calendar)
    return performers


def _tools(web: Web, department: Department, clock: Clock, settings: Settings) -> ToolAccess:
    tools: Mapping[str, Tool] = {
        "company_site": CompanySite(web),
        "news_feed": NewsFeed(web, clock),
        "job_board": JobBoard(web),
        "technology": Technology(web),
        "record": Record(clock),
        "calendar": free_times(settings, clock),
    }
    timed = WithTimeout(Toolbox(tools), TOOL_SECONDS)
    return OnlyGranted(Retrying(timed, TOOL_ATTEMPTS, clock), department.grants)


def _bench(settings: Settings, store: Store, clock: Clock, stack: AsyncExitStack) -> Bench:
    if not settings.models.configured:
        return Bench(TwinBrain())
    gateway = Gateway(
        settings.models,
        purse=store.purse,
        budgets=CampaignBudgets(store),
        limits=store.limits,
        clock=clock,
        random=random.Random(),
    )
    stack.push_async_callback(gateway.close)
    return Bench(TwinBrain(), ModelBrain(gateway))

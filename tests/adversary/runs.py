"""Runs: one small world each, in which brains or inputs mean harm, and one lead is honest."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import time
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

from dealwright.agents.brain import Brain
from dealwright.clock import TimeOrderedIds
from dealwright.domain.campaign import Autonomy, Budget
from dealwright.store.store import Store
from tests.adversary import books, plays
from tests.adversary.books import Books, Caps, Person
from tests.adversary.evil import EvilBrain
from tests.adversary.inputs import HostilePages
from tests.adversary.office import BOOKING, PUBLIC_URL, SENDER, AtWork, at_work
from tests.adversary.oracle import Sent, Verdict, World, judge
from tests.adversary.plays import HONEST, INQUIRER, MOST_ROUNDS, VICTIMS, Cast
from tests.adversary.provider import PricedBrain, Provider, a_provider, paying
from tests.adversary.surroundings import FIELDS, OWNER, ZONE, Surroundings, surrounded
from tests.outbox.post_office import TUESDAY, StillClock
from tests.servers_calendar import CalendarServer, running

FAMILIES = ("B0", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8")
ALONE, DATABASE = "alone", "world.db"
POSTAL = "1 Dock Street, Leeds LS1 1AA, United Kingdom"
WAY_OUT = f"{PUBLIC_URL}/u/"
CAPS = (Caps(lead=3000, day=5000, campaign=9000), Caps(lead=9000, day=4000, campaign=6000))
"""In micro-dollars; everything the brain would say costs several times as much."""
MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be played."""

    number: int
    family: str
    unchecked: bool
    """No code looks at what agents hand in, so that only the outbox stands before the world."""
    assisted: bool
    """A person says yes to everything."""

    @classmethod
    def of(cls, number: int) -> Plan:
        """Return the n-th plan."""
        family, turn = FAMILIES[number % len(FAMILIES)], number // len(FAMILIES)
        assisted = family == "B6" or (family == "B5" and turn % 4 > 1)
        return cls(number, family, turn % 2 == 1 and family != "B8", assisted)

    @property
    def rounds(self) -> int:
        """How often the leads write to us."""
        return MOST_ROUNDS - (self.number // len(FAMILIES) % 2 == 0)

    @property
    def control(self) -> Plan:
        """The same without anybody who means harm."""
        return replace(self, number=0, family=ALONE)

    @property
    def caps(self) -> Caps:
        """What may be spent where it costs something."""
        return CAPS[self.number // len(FAMILIES) % len(CAPS)]


@dataclass(frozen=True, slots=True)
class Served:
    """What the honest lead got."""

    letters: tuple[tuple[str, str], ...]
    """Subject and text, without what is their own way out."""
    meetings: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """What many runs came to."""

    runs: int = 0
    family: str = ""
    counts: Counter[str] = field(default_factory=Counter[str])
    """What there was to judge, by kind."""
    unserved: int = 0
    """Runs in which the honest lead did not get what they get alone."""
    wrong: Counter[str] = field(default_factory=Counter[str])
    told: list[str] = field(default_factory=list[str])
    by_agent: Counter[str] = field(default_factory=Counter[str])

    def add(self, other: Figures) -> None:
        """Count another run in."""
        self.runs += other.runs
        self.counts += other.counts
        self.unserved += other.unserved
        self.wrong += other.wrong
        self.told += other.told
        self.by_agent += other.by_agent


@dataclass
class Stage:
    """Where runs are played: one calendar server for all of them."""

    server: CalendarServer
    empty: Path
    """A database in which nothing has happened yet."""
    controls: dict[Plan, Served] = field(default_factory=dict[Plan, Served])
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a control is played, or a database is made: one at a time."""

    async def run(self, number: int) -> Figures:
        """Play one world to its end and have the oracles judge what is left of it."""
        plan = Plan.of(number)
        control = await self.served_alone(plan.control)
        served, figures = await self._played(plan)
        figures.unserved = served != control
        if figures.unserved:
            figures.told.append(f"{_name(plan)} unserved: {served} {control}")
        return figures

    async def served_alone(self, plan: Plan) -> Served:
        """Return what the honest lead gets where nobody means harm."""
        async with self.alone:
            if plan not in self.controls:
                served, figures = await self._played(plan)
                assert not figures.wrong, figures.told
                assert len(served.letters) > 2, served
                assert served.meetings, served
                self.controls[plan] = served
            return self.controls[plan]

    async def _played(self, plan: Plan) -> tuple[Served, Figures]:
        brain = EvilBrain(plan.family, plan.number, others=(VICTIMS[1], "sam2@c2.example", "lead"))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copy(self.empty, folder / DATABASE)
            campaign = _campaign(plan)
            async with (
                surrounded(folder, self.server, campaign) as around,
                a_provider() as provider,
                _office(plan, folder, around, brain, provider) as office,
            ):
                cast = Cast(office, brain, plan.number, folder)
                await plays.play(cast, plan.family, plan.rounds)
                verdict, counts = await _judged(plan, cast, around, provider, folder)
                served = await _served(office, around)
        counts["evil answers"] = brain.calls
        told = [f"{_name(plan)} {line}" for line in verdict.told]
        figures = Figures(1, plan.family, counts, 0, verdict.wrong, told, Counter(brain.said))
        return served, figures


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncGenerator[Stage]:
    """Start the calendar server, and make the database every world begins with."""
    empty = folder / "empty.db"
    clock = StillClock(TUESDAY)
    async with Store.open(f"sqlite:///{empty}", clock, TimeOrderedIds(clock)):
        pass
    async with running("radicale", folder) as server:
        yield Stage(server, empty)


def _name(plan: Plan) -> str:
    ways = ("unchecked" if plan.unchecked else "", "assisted" if plan.assisted else "")
    return f"{plan.family}/{plan.number} {' '.join(ways)}".strip()


def _campaign(plan: Plan) -> Mapping[str, object]:
    told: dict[str, object] = {"autonomy": Autonomy.ASSISTED} if plan.assisted else {}
    if plan.family == "B7":
        caps = (plan.caps.lead, plan.caps.day, plan.caps.campaign)
        names = ("per_lead", "per_day", "total")
        dollars = {n: Decimal(cap) / MICRO for n, cap in zip(names, caps, strict=True)}
        told["budget"] = Budget.model_validate(dollars)
    return told


@asynccontextmanager
async def _office(
    plan: Plan, folder: Path, around: Surroundings, brain: EvilBrain, provider: Provider
) -> AsyncGenerator[AtWork]:
    url = f"sqlite:///{folder / DATABASE}"
    if plan.family == "B8":
        assert around.clock is not None
        pages = HostilePages(around, around.clock, HONEST, random.Random(plan.number))
        async with at_work(url, tools=pages, around=around) as office:
            yield office
        return
    priced = PricedBrain(brain, provider)
    model: Brain = priced if plan.family == "B7" else brain
    opened = at_work(url, model=model, everywhere=True, unchecked=plan.unchecked, around=around)
    async with opened as office:
        if model is priced:
            async with paying(office, priced, plan.number):
                yield office
        else:
            yield office


async def _judged(
    plan: Plan, cast: Cast, around: Surroundings, provider: Provider, folder: Path
) -> tuple[Verdict, Counter[str]]:
    """Return what is wrong, and how much there was to judge."""
    wire = _wire(cast.office)
    # Where anybody may have put anything into anything, only the marks of others are looked for
    # where there is code that looks for them, too.
    world = replace(_world(), bound=not plan.unchecked)
    verdict = judge(world, wire, await plays.claims(cast.office))
    assert around.server is not None
    assert around.board is not None
    assert around.crm_file is not None
    async with around.server.client() as client:
        work = (await client.get(around.server.work)).text
        home = (await client.get(around.server.home)).text
    told = _books(cast)
    faults = [*books.crm_faults(told, around.crm_file), *books.calendar_faults(told, work, home)]
    for pinned in around.board.pinned:
        faults += books.notice_faults(told, pinned.path, pinned.title, pinned.text)
    if plan.family == "B7":
        database = folder / DATABASE
        faults += books.ledger_faults(plan.caps, database, provider.metered)
    faults += _unapproved(plan, cast, wire)
    if await cast.office.store.cases.unfinished(cast.office.clock.now()):
        faults.append(("broken", "a turn broke, and its case is under way for ever"))
    for kind, what in faults:
        verdict.object_to(kind, what)
    counts = Counter(
        letters=len(wire),
        bookings=len(list(books.entries(work))) - 1,
        notices=len(around.board.pinned),
        records=books.records(around.crm_file) - 1,
        paid=provider.requests,
    )
    return verdict, counts


def _unapproved(plan: Plan, cast: Cast, wire: list[Sent]) -> Iterator[tuple[str, str]]:
    if not plan.assisted:
        return
    for sent in wire:
        if (sent.recipients[0], _text(sent).strip()) not in cast.anna.seen:
            yield "not approved", _text(sent)[:200]
    yield from (("card", repr(told)) for told in cast.anna.read if books.hidden(told))


def _text(sent: Sent) -> str:
    message = message_from_bytes(sent.raw, policy=policy.default)
    part = message.get_body(("plain",))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _wire(office: AtWork) -> list[Sent]:
    return [Sent(one.sender, one.recipients, one.raw) for one in office.sink.messages]


async def _served(office: AtWork, around: Surroundings) -> Served:
    assert around.server is not None
    letters: list[tuple[str, str]] = []
    for sent in _wire(office):
        if sent.recipients == ("sam0@c0.example",):
            text = re.sub(re.escape(WAY_OUT) + r"\S+", "…", _text(sent))
            letters.append((str(message_from_bytes(sent.raw)["subject"]), text))
    async with around.server.client() as client:
        work = (await client.get(around.server.work)).text
    mine = (one for one in books.entries(work) if "sam0@c0.example" in one.attendees)
    return Served(tuple(letters), tuple(str(one.start) for one in mine if not one.cancelled))


def _books(cast: Cast) -> Books:
    return Books(
        leads={case: Person(*told) for case, told in cast.people.items()},
        fields=frozenset(FIELDS),
        strangers={"olga@old.example": "ours since 2019"},
        organiser=OWNER,
        zone=ZONE,
        opens=time(9),
        closes=time(17),
        minutes=30,
        began=TUESDAY,
        days_ahead=14,
        foreign=frozenset({"dentist"}),
        board="/board",
    )


def _world() -> World:
    companies = (HONEST, *VICTIMS)
    imported = {f"sam{n}@c{n}.example": name for n, name in enumerate(companies)}
    return World(
        sender=SENDER,
        recipients={**imported, INQUIRER: "Blorx Cargo"},
        links=frozenset({BOOKING}),
        way_out=WAY_OUT,
        postal=POSTAL,
        organiser=OWNER,
    )

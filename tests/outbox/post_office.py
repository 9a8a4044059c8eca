"""A post office: a real store, the smallest department, an outbox, and a wire that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dealwright.agents.brain import Bench, TwinBrain
from dealwright.clock import TimeOrderedIds, WindableClock
from dealwright.domain.campaign import Autonomy, Campaign, Lawful
from dealwright.domain.connections import Connections, Mailbox, Security, Server
from dealwright.domain.conversation import Cursor, MessageKind
from dealwright.domain.intent import Intent, IntentKind
from dealwright.domain.lead import Lead
from dealwright.domain.letter import Letter
from dealwright.errors import DealwrightError, TryAgain
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.loader import load_department
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.outbox.gates import GATES
from dealwright.outbox.memory import Memory
from dealwright.outbox.office import Office
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.performers import EmailPerformer, Post
from dealwright.outbox.screening import Screening
from dealwright.store.intake import NewLead
from dealwright.store.messages import NewMessage
from dealwright.store.store import Store
from dealwright.tools.ports import CrmNote, CrmRecord, Delivered, Written
from tests.orchestration.campaigns import a_campaign
from tests.orchestration.stage import NoTools

TUESDAY = datetime(2026, 11, 3, 15, tzinfo=UTC)
"""Ten in the morning in New York, a working day."""
DEPARTMENT = Path(__file__).parent / "post"
LOOPBACK = Server(host="127.0.0.1", port=25, security=Security.NONE)
BOX = Mailbox(
    id="ana",
    address="ana@routewise.example",
    name="Ana Nowak",
    smtp=LOOPBACK,
    imap=LOOPBACK,
    per_day=2000,
)
CONNECTIONS = Connections(public_url="https://sales.routewise.example", mailboxes=(BOX,))
GROUND = Lawful(basis="legitimate_interest", evidence="a list", since=date(2026, 10, 1))


class StillClock(WindableClock):
    """A clock that only a test moves; who sleeps lets others go on."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.02))


@dataclass
class Wire:
    """The world's mail server: it writes down what arrives, and may break as told."""

    arrived: list[tuple[str, str, Letter]] = field(default_factory=list[tuple[str, str, Letter]])
    """(Message-ID, recipient, letter), in the order of arrival."""
    breaks: list[tuple[bool, DealwrightError | Exception]] = field(
        default_factory=list[tuple[bool, DealwrightError | Exception]]
    )
    """What the next letters meet: whether they arrive, and the error their sender gets."""
    copies: list[bytes] = field(default_factory=list[bytes])
    remembers: bool = True
    """Whether the Sent folder can be asked."""

    async def send(self, letter: Letter, message_id: str, at: datetime) -> str:
        arrives, error = self.breaks.pop(0) if self.breaks else (True, None)
        if arrives:
            self.arrived.append((message_id, letter.to, letter))
        if error is not None:
            raise error
        return "250 taken"

    async def unread(self, after: Cursor | None, most: int) -> tuple[Sequence[Delivered], Cursor]:
        return (), after or Cursor(validity=1, uid=0)

    async def keep_copy(self, raw: bytes) -> None:
        self.copies.append(raw)

    async def was_sent(self, message_id: str) -> bool:
        return self.remembers and any(message_id == known for known, _, _ in self.arrived)

    async def wait(self, seconds: float) -> None:
        """Return at once."""


@dataclass
class Nobody:
    """A system of record that knows the companies it is told to know, and may be away."""

    records: dict[str, CrmRecord] = field(default_factory=dict[str, CrmRecord])
    """Domain → what it says."""
    away: bool = False

    async def find(self, *, address: str = "", domain: str = "") -> Sequence[CrmRecord]:
        if self.away:
            raise TryAgain("the CRM does not answer")
        return [self.records[domain]] if domain in self.records else []

    async def upsert(self, record: CrmRecord) -> Written:
        raise AssertionError(record.key)

    async def history(self, record_id: str) -> Sequence[CrmNote]:
        raise AssertionError(record_id)

    async def remember(self, key: str, note: CrmNote, note_key: str) -> None:
        raise AssertionError(key)

    async def undo(self, written: Written) -> None:
        raise AssertionError(written.id)


@dataclass(frozen=True)
class PostOffice:
    """Everything a test of the outbox needs."""

    store: Store
    clock: WindableClock
    wire: Wire
    crm: Nobody
    outbox: Outbox
    turn: Turn
    campaign: str
    cases: list[str]

    async def work(self) -> None:
        """Have the department do all it can."""
        capacity = Capacity(worker="test", concurrency=10, poll=0.01)
        dispatcher = EmbeddedDispatcher(self.store, self.turn, self.clock, capacity)
        await dispatcher.work(until_idle=True)

    async def intents(self) -> list[Intent]:
        """Return every intent, the oldest first."""
        listed = await self.store.intents.listed("default")
        return [intent for intent, _ in reversed(listed)]

    async def hears(self, case: str, text: str, *, number: int = 1, opt_out: bool = False) -> None:
        """Have a person write back."""
        intent = next(i for i in await self.intents() if i.case_id == case and i.message_id)
        message = NewMessage(
            identity=f"<reply{number}@{case}>",
            message_id=f"<reply{number}@{case}>",
            kind=MessageKind.REPLY,
            in_reply_to=intent.message_id,
            address="sam@c0.example",
            at=self.clock.now(),
            subject="Re: Routes",
            text=text,
            opt_out=opt_out,
        )
        cursor = Cursor(validity=1, uid=number)
        await self.store.messages.take("default", "ana", [message], cursor)


@asynccontextmanager
async def a_post_office(
    url: str,
    *,
    leads: int = 1,
    autonomy: Autonomy = Autonomy.AUTONOMOUS,
    connections: Connections = CONNECTIONS,
    stop_file: Path | None = None,
    memory: Memory | None = None,
    **changes: object,
) -> AsyncGenerator[PostOffice]:
    """Open one with some leads that were imported, and nothing done yet."""
    clock = StillClock(TUESDAY)
    ids = TimeOrderedIds(clock)
    department = load_department(DEPARTMENT, (), tuple(GATES))
    wire, crm = Wire(), Nobody()
    async with Store.open(url, clock, ids) as store:
        campaign = await store.intake.campaign("default", "post", the_campaign(autonomy, changes))
        taken = await store.intake.leads("default", campaign, [a_lead(n) for n in range(leads)])
        workbench = Workbench(
            store=store, tools=NoTools(), bench=Bench(TwinBrain()), clock=clock, ids=ids
        )
        turn = Turn({"post": department}, store, workbench, clock)
        office = Office(
            workspace="default",
            connections=connections,
            departments={"post": department},
            stop_file=stop_file,
        )
        outbox = Outbox(
            store=store,
            office=office,
            performers={IntentKind.EMAIL: EmailPerformer({"ana": Post(wire, wire)})},
            clock=clock,
            worker="test",
            screening=Screening(store, crm, "default"),
            memory=memory,
        )
        cases = [one.case_id for one in taken]
        yield PostOffice(store, clock, wire, crm, outbox, turn, campaign, cases)


def the_campaign(autonomy: Autonomy, changes: dict[str, object]) -> Campaign:
    """Return a campaign that may send."""
    return a_campaign().model_copy(update={"autonomy": autonomy, "lawful": GROUND, **changes})


def a_lead(number: int) -> NewLead:
    """Return a lead at work in New York."""
    return NewLead(
        lead=Lead(
            company=f"Company {number}",
            domain=f"c{number}.example",
            first_name="Sam",
            country="US",
            timezone="America/New_York",
        ),
        email=f"sam@c{number}.example",
        email_key=f"sam@c{number}.example",
        line=number + 2,
        source="leads.csv",
    )

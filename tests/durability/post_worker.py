"""A worker that writes letters and sends them, to be killed: `… DATABASE PORT SHIFT WAY PACE`."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, update

from dealwright.agents.brain import Bench, TwinBrain
from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.connections import Connections, Mailbox, Security, Server
from dealwright.domain.intent import IntentKind, IntentState
from dealwright.errors import OutcomeUnknown, TryAgain
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.port import Capacity
from dealwright.orchestration.loader import load_department
from dealwright.orchestration.turn import Turn
from dealwright.orchestration.workbench import Workbench
from dealwright.outbox.gates import GATES
from dealwright.outbox.office import Office
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.performers import EmailPerformer, Post
from dealwright.outbox.screening import Screening
from dealwright.store.connection import address, writer
from dealwright.store.contact_schema import INTENT
from dealwright.store.store import Store
from dealwright.tools.connectors.smtp import SmtpSender
from tests.orchestration.stage import NoTools
from tests.outbox.post_office import CONNECTIONS, DEPARTMENT, Nobody


class ShiftedClock(SystemClock):
    """The machine's clock, moved to a moment at which people are at work."""

    def __init__(self, shift: timedelta) -> None:
        self._shift = shift

    def now(self) -> datetime:
        return super().now() + self._shift


@dataclass(frozen=True, slots=True)
class Unhurried(Screening):
    """Takes its time before every claim, so that every kill meets work."""

    pace: float = 0

    async def work(self) -> int:
        await asyncio.sleep(self.pace)
        return await Screening.work(self)


def connections(port: int) -> Connections:
    """Return the connections, with mailboxes at a sink."""
    server = Server(host="127.0.0.1", port=port, security=Security.NONE)
    boxes = tuple(
        Mailbox(
            id=name,
            address=f"{name}@routewise.example",
            name="Ana Nowak",
            smtp=server,
            imap=server,
            per_day=2000,
        )
        for name in ("ana", "ben")
    )
    return CONNECTIONS.model_copy(update={"mailboxes": boxes})


def outbox_on(store: Store, clock: SystemClock, port: int, pace: float = 0) -> Outbox:
    """Return an outbox that sends to a sink; nothing remembers what was sent but the store."""
    linked = connections(port)
    return Outbox(
        store=store,
        office=Office(
            workspace="default",
            connections=linked,
            departments={"post": load_department(DEPARTMENT, (), tuple(GATES))},
        ),
        performers={
            IntentKind.EMAIL: EmailPerformer(
                {box.id: Post(SmtpSender(box), None) for box in linked.mailboxes}
            )
        },
        clock=clock,
        worker=f"worker:{os.getpid()}",
        screening=Unhurried(store, Nobody(), "default", pace),
    )


async def send_then_mark(outbox: Outbox, database: str, pace: float) -> None:
    """Send as it is usually done, for contrast: first the letter, then the note that it left."""
    engine = writer(address(database))
    while True:
        ready = await outbox.store.intents.listed("default", state=IntentState.READY, limit=1000)
        for intent, _ in ready:
            await asyncio.sleep(pace)
            shown = await outbox.preview(intent.case_id, intent.slot)
            box = outbox.office.mailbox_for(intent.case_id)
            assert box is not None
            name = f"<{intent.id}@routewise.example>"
            try:
                await SmtpSender(box).send(shown.letter, name, outbox.clock.now())
            except (OutcomeUnknown, TryAgain):
                continue
            await asyncio.to_thread(_mark, engine, intent.id)
        await asyncio.sleep(0.2)


def _mark(engine: Engine, intent: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(INTENT).where(INTENT.c.id == intent).values(state=str(IntentState.DONE))
        )


async def main(database: str, port: int, clock: ShiftedClock, way: str, pace: float) -> None:
    """Work until killed."""
    ids = TimeOrderedIds(clock)
    department = load_department(DEPARTMENT, (), tuple(GATES))
    async with Store.open(database, clock, ids) as store:
        workbench = Workbench(
            store=store, tools=NoTools(), bench=Bench(TwinBrain()), clock=clock, ids=ids
        )
        turn = Turn({"post": department}, store, workbench, clock, timedelta(seconds=5))
        capacity = Capacity(
            worker=f"worker:{os.getpid()}",
            concurrency=5,
            poll=0.2,
            lease_for=timedelta(seconds=5),
        )
        dispatcher = EmbeddedDispatcher(store, turn, clock, capacity)
        outbox = outbox_on(store, clock, port, pace)
        claims = way == "claim-then-send"
        sending = outbox.keep(asyncio.Event()) if claims else send_then_mark(outbox, database, pace)
        await asyncio.gather(dispatcher.work(), sending)


if __name__ == "__main__":
    _, url, sink, shift, how, seconds = sys.argv
    moved = ShiftedClock(timedelta(seconds=float(shift)))
    asyncio.run(main(url, int(sink), moved, how, float(seconds)))

"""The show: conducts the demo's market and the department through a week, and tells what happens.

The department's real parts do everything; this only lets them take turns, and approves for you.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dealwright.cli.demo_diary import Diary
from dealwright.cli.leads_table import Ranked
from dealwright.connected import Connected
from dealwright.domain.conversation import Conversation
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.reading import Reading
from dealwright.errors import BadInput, NotFound, OverrideRefused
from dealwright.orchestration.dispatch.port import Dispatcher
from dealwright.orchestration.overrides import bytes_to_approve
from dealwright.outbox.outbox import Outbox
from dealwright.rehearsal.moved_clock import MovedClock
from dealwright.runtime import Runtime
from dealwright.store.questions import Approval, Bound, OpenTask
from dealwright.triggers.mailbox import MailWatch

if TYPE_CHECKING:
    from dealwright.rehearsal.market import Market
    from dealwright.rehearsal.prospects import Said

APPROVER = "the demo"
FIRST = frozenset({"draft", "revision"})
"""The slots of a first touch."""
A_PERSONS = frozenset({"approved", "autonomy"})
"""Gates that wait for a person's word, not for another rule."""
SETTLED = frozenset({IntentState.DONE, IntentState.FAILED})
MISHAP = "flag"
"""The kind of task that says an agent has failed."""
ANSWER_TIME = timedelta(minutes=20)
"""How long people take to answer."""
LATER = timedelta(days=4)
"""After which somebody who was silent is reminded."""
MOST_ROUNDS = 12


@dataclass(slots=True, kw_only=True)
class Show:
    """One performance's second half."""

    runtime: Runtime
    connected: Connected
    market: Market
    clock: MovedClock
    dispatcher: Dispatcher
    diary: Diary
    leads: Sequence[Ranked] = ()
    stopped: bool = False
    said: list[Said] = field(default_factory=list)
    approved: int = 0

    @property
    def workspace(self) -> str:
        """The client whose leads these are."""
        return self.runtime.settings.workspace

    def stop(self) -> None:
        """Begin nothing new."""
        self.stopped = True
        self.dispatcher.stop()

    async def play(self, leads: Sequence[Ranked]) -> None:
        """Play a day, and another one some days later."""
        self.leads = leads
        outbox, watch = self.runtime.outbox(self.connected), self.runtime.mail_watch(self.connected)
        self.diary.chapter(self.clock.now(), "the first letters, and what comes back")
        await self._day(outbox, watch)
        if not self.stopped:
            self.clock.wind(LATER)
            self.diary.chapter(self.clock.now(), "who was silent gets a reminder")
            await self._day(outbox, watch)

    async def tasks(self) -> list[OpenTask]:
        """Return what people have to do, agents' mishaps aside."""
        tasks = await self.runtime.store.desk.tasks(self.workspace)
        return [task for task in tasks if task.kind != MISHAP]

    async def _day(self, outbox: Outbox, watch: MailWatch) -> None:
        """Let letters and answers go to and fro until nobody has anything to say."""
        for _ in range(MOST_ROUNDS):
            await watch.look()
            await self.dispatcher.work(until_idle=True)
            if self.stopped:
                return
            await self._hear()
            approved = await self._approve(outbox)
            begun = await outbox.work()
            await self._see()
            self.clock.wind(ANSWER_TIME)
            said = await self.market.prospects.answer()
            self.said += said
            if not (approved or begun or said):
                return

    async def _hear(self) -> None:
        """Tell what came in, how it was read, and what people have to do."""
        talks: dict[str, tuple[Conversation, Reading | None]] = {}
        briefed: list[str] = []
        for each in self.leads:
            slots = (await self.runtime.store.cases.snapshot(each.lead.id)).slots
            talk, reading, brief = (slots.get(s) for s in ("conversation", "reading", "brief"))
            if talk is None or talk.value is None:
                continue
            read = Reading.model_validate(reading.value) if reading and reading.value else None
            talks[each.lead.name] = (Conversation.model_validate(talk.value), read)
            briefed += [each.lead.name] if brief is not None else []
        self.diary.heard(talks)
        self.diary.briefed(briefed)
        self.diary.handed_on(await self.tasks())

    async def _approve(self, outbox: Outbox) -> int:
        """Say yes in your place to what the demo is to show; return how often."""
        asked = await self.runtime.store.desk.approvals("pending", self.workspace)
        hot = {each.lead.id for each in self.leads if each.lead.tier == "hot"}
        approved = 0
        for each in asked:
            if each.slot not in FIRST or each.case_id in hot:
                with suppress(BadInput, NotFound, OverrideRefused):
                    await self._say_yes(outbox, each)
                    approved += 1
        self.diary.approved(approved)
        self.approved += approved
        return approved

    async def _say_yes(self, outbox: Outbox, asked: Approval) -> None:
        """Approve exactly what would leave, as `dealwright approve` does."""
        snapshot = await self.runtime.store.cases.snapshot(asked.case_id)
        value = snapshot.slots[asked.slot].value or {}
        shown = await outbox.preview(asked.case_id, asked.slot) if value.get("variants") else None
        await self.runtime.store.desk.decide(
            asked.id,
            "approved",
            who=APPROVER,
            digest=bytes_to_approve(snapshot, asked.slot),
            because="so that the demo goes on",
            bound=Bound(letter=shown.letter.digest, variant=shown.variant) if shown else None,
        )

    async def _see(self) -> None:
        """Tell what left, and which letters were held and why."""
        listed = await self.runtime.store.intents.listed(self.workspace)
        held: dict[str, list[str]] = defaultdict(list)
        for intent, lead in reversed(listed):
            if intent.state in SETTLED:
                body = await self.runtime.store.intents.body(intent.id)
                self.diary.left(intent, lead, step(intent), body)
            elif by_rule(intent):
                held[intent.held.partition(": ")[2]].append(lead)
        for because, leads in held.items():
            self.diary.held(because, leads)


def by_rule(intent: Intent) -> bool:
    """Say whether a letter is held by a rule, not for want of a person's word."""
    gate = intent.held.partition(": ")[0]
    return intent.kind is IntentKind.EMAIL and bool(gate) and gate not in A_PERSONS


def step(intent: Intent) -> str:
    """Return an intent's step as people say it."""
    return intent.key.partition(":")[0].replace("_", " ")

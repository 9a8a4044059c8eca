"""The outbox: the one door to the world. Claim, on disk; act; write down what came of it.

What is between a claim and its result when a process dies is unknown, and stays so until evidence
or a person settles it. Nothing here repeats an act whose outcome nobody knows (RFC 1047).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dealwright.clock import Clock
from dealwright.domain.case import SlotStatus
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.run import Task
from dealwright.domain.situation import Held
from dealwright.errors import (
    BadInput,
    ConnectorFailed,
    DealwrightError,
    Forbidden,
    LeaseLost,
    Misconfigured,
    NotThere,
    OutcomeUnknown,
    Taken,
    TryAgain,
)
from dealwright.outbox.memory import Memory
from dealwright.outbox.office import Office
from dealwright.outbox.performers import Performer
from dealwright.outbox.screening import Screening
from dealwright.outbox.situating import Case, Preview, preview, ruling
from dealwright.store.circumstances import Circumstances
from dealwright.store.intents import Claimed, Ruling, Settled
from dealwright.store.store import Store

LEASE = timedelta(minutes=15)
"""Longer than a mail server may take to answer (RFC 5321: ten minutes after the message)."""
AT_ONCE = 4
"""Acts under way at the same time: so many are unknown at most when a process dies."""
MOST_ATTEMPTS = 8
"""So often an act is tried that did not happen, each time later, before a person looks."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
AGED = "fresh"
"""The gate that holds what was written too long ago."""
REST = 0.2
"""Seconds between looks while nothing is due; a look is one read of an index."""
LOOKS = 150
"""Looks after which evidence of what is unknown is sought again."""
DEADLINE = timedelta(minutes=15)
"""How soon a person should settle what nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Works off one workspace's intents."""

    store: Store
    office: Office
    performers: Mapping[IntentKind, Performer]
    clock: Clock
    worker: str
    screening: Screening
    memory: Memory | None = None
    """What this machine remembers of the database; None: a test's, which nobody restores."""

    async def work(self) -> int:
        """Do all that may happen now; return how many acts were begun."""
        await self.reconcile()
        return await self._work_off()

    async def _work_off(self) -> int:
        begun, busy = 0, set[asyncio.Task[None]]()
        while True:
            screened = await self.screening.work()
            claimed = await self.claim(AT_ONCE - len(busy))
            busy |= {asyncio.create_task(self._act(one)) for one in claimed}
            begun += len(claimed)
            if busy:
                done, busy = await asyncio.wait(busy, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            elif not screened:
                return begun

    async def keep(self, ended: asyncio.Event) -> None:
        """Work whenever something is due, until told to end; what is under way is finished."""
        looks = 0
        while not ended.is_set():
            if looks % LOOKS == 0:
                await self.reconcile()
            looks += 1
            self.store.cases.wished.clear()
            due = await self.store.intents.next_look(self.office.workspace)
            if due is not None and due <= self.clock.now():
                await self._work_off()
            await self._rest(ended)

    async def _rest(self, ended: asyncio.Event) -> None:
        """Wait until something is wished, it is time to look again, or to end."""
        waits = (self.clock.sleep(REST), self.store.cases.wished.wait(), ended.wait())
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def reconcile(self) -> int:
        """Look for evidence of what is unknown; return how much could be settled."""
        await self.store.intents.overdue(self.office.workspace)
        unknown = await self.store.intents.listed(self.office.workspace, state=IntentState.UNKNOWN)
        settled = [await self._find_out(intent) for intent, _ in unknown]
        return sum(settled)

    async def preview(self, case_id: str, slot: str, variant: int | None = None) -> Preview:
        """Return the letter that would leave, for a person to decide on.

        Raises:
            BadInput: none can be composed; the message says why.
            NotFound: nothing in this slot is wished to leave.

        """
        known = await self.store.intents.circumstances(case_id, slot)
        return preview(Case(known, self.office), variant)

    async def claim(self, limit: int = AT_ONCE) -> list[Claimed]:
        """Claim what is due and passes its gates; it is on disk before anything is done."""
        if limit <= 0 or self.office.stopped() or await self.doubt():
            return []
        aged: dict[str, Circumstances] = {}

        def rule(known: Circumstances) -> Ruling:
            told = ruling(known, self.office)
            if told.judgement.gate == AGED and isinstance(told.judgement.verdict, Held):
                aged[known.intent.id] = known
            return told

        claimed = await self.store.intents.claim(
            self.office.workspace,
            rule,
            kinds=tuple(self.performers),
            limit=limit,
            worker=self.worker,
            lease_for=LEASE,
        )
        if claimed and self.memory is not None:
            self.memory.keep(await self.store.footprints.of(self.office.workspace))
        for known in aged.values():
            await self._renew(known)
        return claimed

    async def _renew(self, known: Circumstances) -> None:
        """Have what has aged written anew; what a person wrote, only a person writes anew."""
        intent = known.intent
        if known.snapshot.slots[intent.slot].status is SlotStatus.FINAL:
            told = "a person wrote this more than 14 days ago: write it again, or pause the lead"
            await self.store.desk.open_task(intent.case_id, _task(intent, told))
            return
        because = "it waited so long that it has to be written anew"
        await self.store.cases.renew(intent.case_id, intent.slot, intent.version, because=because)

    async def doubt(self) -> str | None:
        """Return why nothing may leave from this database, as a sentence, or None."""
        if self.memory is None:
            return None
        return self.memory.doubt(await self.store.footprints.of(self.office.workspace))

    async def _act(self, claimed: Claimed) -> None:
        settled = await self._perform(claimed)
        try:
            await self.store.intents.settle(claimed, settled)
        except LeaseLost:
            # It is unknown to everybody else by now; evidence will settle it.
            return

    async def _perform(self, claimed: Claimed) -> Settled:
        intent = claimed.intent
        if stopped := self.office.stopped():
            return Settled(state=IntentState.READY, result=stopped, again_at=self.clock.now())
        try:
            result = await self.performers[intent.kind].perform(intent, claimed.body)
        except (TryAgain, Forbidden, Misconfigured) as error:
            return self._later(intent, error)
        except (NotThere, BadInput) as error:
            # Where only the time is taken, the department offers others, and no person has to look.
            task = None if isinstance(error, Taken) else _task(intent, str(error))
            return Settled(state=IntentState.FAILED, result=str(error), task=task)
        except OutcomeUnknown as error:
            return Settled(state=IntentState.UNKNOWN, result=str(error))
        except Exception as error:  # whatever broke, the act may have happened
            told = f"{type(error).__name__}: {error}"
            return Settled(state=IntentState.UNKNOWN, result=told[:300])
        return Settled(state=IntentState.DONE, result=result)

    def _later(self, intent: Intent, error: DealwrightError) -> Settled:
        """Return that nothing happened, and when to try again; in the end a person looks."""
        if intent.attempts >= MOST_ATTEMPTS:
            told = f"tried {intent.attempts} times: {error}"
            return Settled(state=IntentState.FAILED, result=told, task=_task(intent, told))
        pause = min(FIRST_PAUSE * 2 ** (intent.attempts - 1), LONGEST_PAUSE)
        again = self.clock.now() + pause
        return Settled(state=IntentState.READY, result=str(error), again_at=again)

    async def _find_out(self, intent: Intent) -> bool:
        """Settle an unknown outcome by evidence; where there is none, ask a person once."""
        performer = self.performers.get(intent.kind)
        if performer is None:
            return False
        body = await self.store.intents.body(intent.id)
        try:
            happened = await performer.happened(intent, body)
        except (ConnectorFailed, Misconfigured):
            happened = False
        if happened:
            settled = Settled(state=IntentState.DONE, result="found where it would be if done")
            await self.store.intents.resolve(intent.id, settled, by="outbox")
            return True
        deadline = self.clock.now() + DEADLINE
        told = f"nobody knows whether this happened: {intent.result}"
        await self.store.desk.open_task(intent.case_id, _task(intent, told, deadline))
        return False


def _task(intent: Intent, because: str, deadline: datetime | None = None) -> Task:
    return Task(
        kind="outbox",
        key=intent.id,
        because=because,
        context={"intent": intent.id, "act": intent.kind, "step": intent.key},
        deadline=deadline,
    )

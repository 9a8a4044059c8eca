"""Intents: claimed once, settled once. Everything that leaves has a row here before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, select, update

from dealwright.domain.conversation import Direction, MessageKind
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.run import Task
from dealwright.domain.situation import Held, Judgement, Passed
from dealwright.errors import LeaseLost, NotFound, OverrideRefused
from dealwright.store.appointments import arranged
from dealwright.store.circumstances import EVERYTHING, Circumstances, circumstances, intent_of
from dealwright.store.contact_schema import INTENT, SWITCH, TALLY
from dealwright.store.conversations import Spoken, add_message, carry_on
from dealwright.store.recording import open_tasks
from dealwright.store.schema import CASE
from dealwright.store.seals import printable
from dealwright.store.snapshots import Snapshots
from dealwright.store.suppressions import claims_alone
from dealwright.store.work import Look, Note, Work

if TYPE_CHECKING:
    from dealwright.clock import Clock
    from dealwright.store.lane import Lane

MOST_LOOKED_AT = 200
"""Due intents looked at in one claim: what is held must not stand in front of what may leave."""
AGAIN = timedelta(minutes=10)
"""When a held intent is looked at again where nothing says when it could pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the outbox says of an intent it may claim."""

    judgement: Judgement
    mailbox: str = ""
    message_id: str = ""
    digest: str = ""
    body: Mapping[str, object] | None = None
    """Exactly what will leave, as JSON."""
    counts: Sequence[tuple[str, str]] = ()
    """(what, day) the claim counts against."""
    evidence: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An intent that is ours to act on, and what is to leave."""

    intent: Intent
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of an act."""

    state: IntentState
    """DONE, FAILED, UNKNOWN, or READY where nothing happened and it may be tried again."""
    result: str
    """As a sentence."""
    again_at: datetime | None = None
    task: Task | None = None


Rule = Callable[[Circumstances], Ruling]


class Intents:
    """The rows that say what shall happen outside."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look], clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._snapshots = Snapshots(clock)

    async def claim(
        self,
        workspace: str,
        rule: Rule,
        *,
        kinds: Sequence[IntentKind],
        limit: int,
        worker: str,
        lease_for: timedelta,
    ) -> list[Claimed]:
        """Claim intents that are due and pass; counts, gates and the claim are one transaction."""

        def act(work: Work) -> list[Claimed]:
            claims_alone(work.connection, workspace)
            due = (INTENT.c.look_at <= work.now, INTENT.c.kind.in_([str(kind) for kind in kinds]))
            query = _of(workspace, IntentState.READY).where(*due)
            query = query.order_by(INTENT.c.look_at, INTENT.c.id).limit(MOST_LOOKED_AT)
            rows = work.connection.execute(query).mappings().all()
            claimed: list[Claimed] = []
            for row in rows:
                if len(claimed) == limit:
                    break
                ruling = rule(circumstances(work, row, self._snapshots))
                if isinstance(ruling.judgement.verdict, Passed):
                    lease = {"lease_until": work.now + lease_for, "worker": worker}
                    claimed.append(_claimed(work, row, ruling, lease))
                else:
                    _held_back(work, row, ruling.judgement)
            return claimed

        return await self._writer.act(act)

    async def settle(self, claimed: Claimed, settled: Settled) -> None:
        """Write down what became of a claimed act.

        Raises:
            LeaseLost: the claim ran out meanwhile; it is unknown to everybody else.

        """
        mine = and_(
            INTENT.c.token == claimed.intent.token, INTENT.c.state == str(IntentState.CLAIMED)
        )
        await self._writer.act(lambda work: _settled(work, claimed.intent, settled, mine))

    async def overdue(self, workspace: str) -> int:
        """Call unknown what was claimed and never settled in time; return how many there were."""

        def act(work: Work) -> int:
            query = _of(workspace, IntentState.CLAIMED).where(INTENT.c.lease_until <= work.now)
            rows = work.connection.execute(query.with_for_update()).mappings().all()
            told = "whoever claimed it was never heard of again"
            for row in rows:
                settled = Settled(state=IntentState.UNKNOWN, result=told)
                _settled(work, intent_of(row), settled, INTENT.c.token == row["token"])
            return len(rows)

        return await self._writer.act(act)

    async def resolve(self, intent_id: str, settled: Settled, *, by: str) -> None:
        """Settle an unknown outcome by evidence or by a person's word.

        Raises:
            NotFound: there is no such intent.
            OverrideRefused: its outcome is not unknown.

        """

        def act(work: Work) -> None:
            row = _row(work, intent_id)
            if row["state"] != IntentState.UNKNOWN:
                raise OverrideRefused(
                    f"this is {row['state']}; only what is unknown can be settled"
                )
            _settled(work, intent_of(row), settled, INTENT.c.state == str(IntentState.UNKNOWN), by)

        await self._writer.act(act)

    async def wake(self, case_id: str) -> None:
        """Have what a case wishes looked at again now; its gates may say something else."""
        await self._writer.act(lambda work: wake(work, [case_id]))

    async def stop(self, *, who: str, because: str) -> None:
        """Stop everything in every workspace; claims after the commit see it."""

        def act(work: Work) -> None:
            row = {"name": EVERYTHING, "stopped_by": who, "because": because, "at": work.now}
            work.add_missing(SWITCH, row)

        await self._writer.act(act)

    async def start(self) -> bool:
        """Let everything go on; return whether it was stopped."""

        def act(work: Work) -> bool:
            gone = work.connection.execute(delete(SWITCH).where(SWITCH.c.name == EVERYTHING))
            work.connection.execute(
                update(INTENT)
                .where(INTENT.c.state == str(IntentState.READY), INTENT.c.look_at > work.now)
                .values(look_at=INTENT.c.not_before)
            )
            return gone.rowcount > 0

        return await self._writer.act(act)

    async def listed(
        self,
        workspace: str,
        *,
        state: IntentState | None = None,
        case_id: str | None = None,
        limit: int = 1000,
    ) -> list[tuple[Intent, str]]:
        """Return intents with their cases' names, the newest first."""

        def act(look: Look) -> list[tuple[Intent, str]]:
            query = select(INTENT, CASE.c.name.label("case_name"))
            query = query.join(CASE, CASE.c.id == INTENT.c.case_id)
            query = query.where(INTENT.c.workspace_id == workspace)
            if state is not None:
                query = query.where(INTENT.c.state == str(state))
            if case_id is not None:
                query = query.where(INTENT.c.case_id == case_id)
            query = query.order_by(INTENT.c.made_at.desc(), INTENT.c.id.desc()).limit(limit)
            rows = look.connection.execute(query).mappings()
            return [(intent_of(row), row["case_name"]) for row in rows]

        return await self._reader.act(act)

    async def body(self, intent_id: str) -> Mapping[str, object]:
        """Return exactly what was claimed to leave; empty where nothing was."""

        def act(look: Look) -> Mapping[str, object]:
            query = select(INTENT.c.body).where(INTENT.c.id == intent_id)
            return look.connection.execute(query).scalar() or {}

        return await self._reader.act(act)

    async def circumstances(self, case_id: str, slot: str) -> Circumstances:
        """Return what bears on what is wished to be done with a slot.

        Raises:
            NotFound: nothing is.

        """

        def act(work: Work) -> Circumstances:
            query = select(INTENT).where(INTENT.c.case_id == case_id, INTENT.c.slot == slot)
            query = query.order_by(INTENT.c.made_at.desc()).limit(1)
            row = work.connection.execute(query).mappings().one_or_none()
            if row is None:
                raise NotFound(f"nothing in {slot} of this case is wished to leave")
            return circumstances(work, row, self._snapshots)

        return await self._writer.act(act)

    async def next_look(self, workspace: str) -> datetime | None:
        """Return when the next intent wants to be looked at."""

        def act(look: Look) -> datetime | None:
            query = _of(workspace, IntentState.READY).order_by(INTENT.c.look_at).limit(1)
            row = look.connection.execute(query).mappings().first()
            return row["look_at"] if row else None

        return await self._reader.act(act)


def wake(work: Work, case_ids: Sequence[str]) -> None:
    """Have what these cases wish looked at as soon as they wish it."""
    work.connection.execute(
        update(INTENT)
        .where(INTENT.c.case_id.in_(list(case_ids)), INTENT.c.state == str(IntentState.READY))
        .values(look_at=INTENT.c.not_before)
    )


def _of(workspace: str, state: IntentState) -> Select[*tuple[Any, ...]]:
    return select(INTENT).where(INTENT.c.workspace_id == workspace, INTENT.c.state == str(state))


def _row(work: Work, intent_id: str) -> RowMapping:
    query = select(INTENT).where(INTENT.c.id == intent_id).with_for_update()
    row = work.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"there is no intent {intent_id}")
    return row


def _claimed(work: Work, row: RowMapping, ruling: Ruling, lease: Mapping[str, object]) -> Claimed:
    values = {
        **lease,
        "state": str(IntentState.CLAIMED),
        "token": row["token"] + 1,
        "attempts": row["attempts"] + 1,
        "held": "",
        "mailbox": ruling.mailbox,
        "message_id": ruling.message_id,
        "digest": ruling.digest,
        "body": ruling.body or {},
        "claimed_at": work.now,
        "evidence": {**ruling.evidence, "gates": dict(ruling.judgement.grounds)},
    }
    work.connection.execute(update(INTENT).where(INTENT.c.id == row["id"]).values(**values))
    for key, day in ruling.counts:
        _count(work, row["workspace_id"], key, day)
    told = {name: values[name] for name in ("mailbox", "message_id", "digest", "evidence")}
    _say(work, row, "intent.claimed", row["because"], told)
    claimed = intent_of(_row(work, row["id"]))
    return Claimed(intent=claimed, body=ruling.body or {})


def _count(work: Work, workspace: str, key: str, day: str) -> None:
    row = {"workspace_id": workspace, "key": key, "day": day, "count": 1}
    if not work.add_once(TALLY, row):
        mine = (TALLY.c.workspace_id == workspace, TALLY.c.key == key, TALLY.c.day == day)
        more = TALLY.c["count"] + 1
        work.connection.execute(update(TALLY).where(*mine).values(count=more))


def _held_back(work: Work, row: RowMapping, judgement: Judgement) -> None:
    """Write down what holds an intent, or that it must never happen."""
    verdict = judgement.verdict
    because = verdict.because if not isinstance(verdict, Passed) else ""
    mine = update(INTENT).where(INTENT.c.id == row["id"])
    if isinstance(verdict, Held):
        look_at = verdict.until or work.now + AGAIN
        held = f"{judgement.gate}: {because}"
        work.connection.execute(mine.values(held=printable(held), look_at=look_at))
        if held != row["held"]:
            _say(work, row, "intent.held", because, {"gate": judgement.gate})
        return
    void = {"state": str(IntentState.VOID), "result": printable(because), "settled_at": work.now}
    work.connection.execute(mine.values(**void, held=""))
    _say(work, row, "intent.void", because, {"gate": judgement.gate})


def _settled(
    work: Work, intent: Intent, settled: Settled, guard: ColumnElement[bool], by: str = "outbox"
) -> None:
    again = settled.state is IntentState.READY
    values = {
        "state": str(settled.state),
        "result": printable(settled.result),
        "lease_until": None,
        "worker": None,
        "settled_at": None if again else work.now,
        "look_at": settled.again_at or work.now,
        "token": intent.token + 1,
    }
    mine = update(INTENT).where(INTENT.c.id == intent.id, guard)
    if not work.connection.execute(mine.values(**values)).rowcount:
        raise LeaseLost("the claim ran out; what came of it has to be found out", id=intent.id)
    work.note(
        Note(
            workspace=intent.workspace,
            actor=by,
            kind=f"intent.{settled.state}",
            because=printable(settled.result),
            case_id=intent.case_id,
            body={"intent": intent.id, "key": intent.key, "digest": intent.digest},
        )
    )
    if settled.task is not None:
        open_tasks(work, intent.workspace, intent.case_id, [settled.task])
    if intent.kind is IntentKind.MEETING and settled.task is None:
        arranged(work, intent, settled.state, _row(work, intent.id)["body"])
    if settled.state is IntentState.DONE and intent.kind is IntentKind.EMAIL:
        _spoken(work, intent)
    elif not again:
        work.touch([intent.case_id])


def _spoken(work: Work, intent: Intent) -> None:
    """Put the letter that left into the conversation."""
    row = _row(work, intent.id)
    letter = cast("Mapping[str, str]", row["body"])
    add_message(
        work,
        intent.workspace,
        intent.case_id,
        direction=str(Direction.OUT),
        kind=str(MessageKind.TOUCH),
        mailbox=intent.mailbox,
        message_id=intent.message_id,
        address=letter["sender"],
        at=intent.claimed_at or work.now,
        subject=letter["subject"],
        text=letter["words"],
        language=letter["language"],
        key=intent.key,
        intent_id=intent.id,
        identity=intent.message_id,
        body={"offered": letter.get("offered", [])},
    )
    carry_on(work, Spoken(case_id=intent.case_id, workspace=intent.workspace, by="outbox"))


def _say(work: Work, row: RowMapping, kind: str, because: str, body: Mapping[str, object]) -> None:
    told = {"intent": row["id"], "act": row["kind"], "key": row["key"], **body}
    work.note(
        Note(
            workspace=row["workspace_id"],
            actor="outbox",
            kind=kind,
            because=printable(because),
            case_id=row["case_id"],
            body=told,
        )
    )

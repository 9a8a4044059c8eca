"""Recording: what many turns write, checked and written together, each under its own lease."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import cast as as_type
from sqlalchemy import null, select, update

from dealwright.domain.case import Lease
from dealwright.domain.facts import Fact
from dealwright.domain.intent import Act
from dealwright.domain.product import open_to_see
from dealwright.domain.run import Ask, Outcome, Run, Step, Task
from dealwright.errors import DealwrightError, LeaseLost
from dealwright.store.columns import Moment, names_of, sortable
from dealwright.store.driver import Given, Statement, among, given, packed
from dealwright.store.holding import Top, hold
from dealwright.store.purse import Closing, settle
from dealwright.store.schema import APPROVAL, CASE, FACT, MATERIAL, PRODUCT, RUN, TASK
from dealwright.store.seals import printable, seal
from dealwright.store.standing import Known, State, state_of
from dealwright.store.wishes import wish, wishes_of
from dealwright.store.work import Note, Work

if TYPE_CHECKING:
    from sqlalchemy import Update

RUN_COLUMNS = names_of(RUN)
PRODUCT_COLUMNS = names_of(PRODUCT)
BOUND = ("letter", "variant")
"""What an approval says besides once it is bound to a letter."""
APPROVAL_COLUMNS = tuple(name for name in names_of(APPROVAL) if name not in BOUND)

LEVEL = 1
"""Material is packed fast; it is text and shrinks well at any level."""


def _release(orders: Given) -> Update:
    case_id, due_at = orders.parts
    return (
        update(CASE)
        .where(CASE.c.id == case_id)
        .values(
            lease_token=CASE.c.lease_token + 1,
            lease_until=null(),
            lease_by=null(),
            due_at=as_type(due_at, Moment),
        )
    )


RELEASE = Statement(*map(_release, given("orders", 2)))
ASKED = Statement(
    *map(
        select(APPROVAL.c.case_id, APPROVAL.c.slot, APPROVAL.c.version).where,
        among(APPROVAL.c.case_id, "ids"),
    )
)


@dataclass(frozen=True, slots=True)
class Recording:
    """One agent call to be written under a lease."""

    lease: Lease
    step: Step


@dataclass(frozen=True, slots=True)
class Finishing:
    """The end of a turn."""

    lease: Lease
    due_at: datetime | None
    asks: Sequence[Ask]
    tasks: Sequence[Task]
    acts: Sequence[Act]


def record(work: Work, orders: Sequence[Recording]) -> Sequence[bool | DealwrightError]:
    """Write agent calls. What was spent is settled even where the lease is lost.

    The answer is whether nothing else about the case may have changed since it was leased.
    """
    settle(
        work,
        [
            Closing(usage.reservation, usage.cost, order.step.run.id)
            for order in orders
            if (usage := order.step.run.usage).reservation
        ],
    )
    case_ids = {order.lease.case_id for order in orders}
    state = state_of(work, case_ids, (order.step.run for order in orders))
    return [_recorded(work, order, state) for order in orders]


def finish(work: Work, orders: Sequence[Finishing]) -> Sequence[DealwrightError | None]:
    """Put cases down, with what people have to be told."""
    held = hold(work, (order.lease.case_id for order in orders))
    asked = _asked(work, {order.lease.case_id for order in orders if order.asks})
    wished = wishes_of(work, {order.lease.case_id for order in orders if order.acts})
    answers: list[DealwrightError | None] = []
    released: list[tuple[str, str | None]] = []
    for order in orders:
        case_id, mine = order.lease.case_id, held.get(order.lease.case_id)
        if mine is None or mine.token != order.lease.token:
            answers.append(LeaseLost(case_id=case_id))
            continue
        held[case_id] = mine._replace(token=mine.token + 1)
        moved = mine.version != order.lease.version
        released.append((case_id, sortable(work.now if moved else order.due_at)))
        open_tasks(work, mine.workspace, case_id, order.tasks)
        for act in order.acts:
            wish(work, mine.workspace, case_id, act, wished)
        for ask in order.asks:
            if (case_id, ask.slot, ask.version) not in asked:
                _ask(work, mine.workspace, case_id, ask)
        answers.append(None)
    if released:
        work.tell(RELEASE, {"orders": packed(released)})
    return answers


def _asked(work: Work, case_ids: Collection[str]) -> set[tuple[str, str, int]]:
    if not case_ids:
        return set()
    rows = work.ask(ASKED, {"ids": packed(sorted(case_ids))})
    return {(row[0], row[1], row[2]) for row in rows}


def open_tasks(work: Work, workspace: str, case_id: str, tasks: Iterable[Task]) -> None:
    """Put tasks before people; one that was asked for already is not asked for again."""
    for task in tasks:
        work.add_missing(
            TASK,
            {
                "id": work.ids.new(),
                "workspace_id": workspace,
                "case_id": case_id,
                "kind": task.kind,
                "key": task.key,
                "because": open_to_see(task.because),
                "context": task.context,
                "deadline": task.deadline,
                "state": "open",
                "opened_at": work.now,
                "closed_by": None,
                "closed_because": None,
                "owner": task.owner,
            },
        )


def product_row(work: Work, workspace: str, case_id: str, **fields: object) -> dict[str, object]:
    """Write a version of a slot; return the row. `slot`, `version`, `status`, `by_whom` are due."""
    row: dict[str, object] = {
        "workspace_id": workspace,
        "case_id": case_id,
        "value": None,
        "inputs": {},
        "run_id": None,
        "retries": 0,
        "at": work.now,
        **fields,
    }
    work.add(PRODUCT, row)
    return row


def next_product(
    work: Work, workspace: str, case_id: str, top: Top, **fields: object
) -> dict[str, object]:
    """Write the version after the newest one; return what an event says about it."""
    own = {"version": top.version + 1, "retries": top.retries, **fields}
    return product_note(product_row(work, workspace, case_id, **own))


def product_note(row: Mapping[str, object]) -> dict[str, object]:
    """Return what an event says about a product, so that its row cannot be altered unseen."""
    return {
        "slot": row["slot"],
        "version": row["version"],
        "seal": seal(row, PRODUCT_COLUMNS),
    }


def approval_note(row: Mapping[str, object]) -> dict[str, object]:
    """Return what an event says about an approval, so that its row cannot be altered unseen."""
    return {"id": row["id"], "seal": approval_seal(row)}


def approval_seal(row: Mapping[str, object]) -> str:
    """Return the seal of an approval."""
    bound = BOUND if any(row[name] is not None for name in BOUND) else ()
    return seal(row, (*APPROVAL_COLUMNS, *bound))


def _recorded(work: Work, order: Recording, state: State) -> bool | DealwrightError:
    run, step, case_id = order.step.run, order.step, order.lease.case_id
    mine = state.held.get(case_id)
    if mine is None or mine.token != order.lease.token or run.case_id != case_id:
        return LeaseLost(case_id=case_id)
    name = (case_id, run.agent, run.fingerprint)
    top = state.tops.get((case_id, run.slot), Top())
    known = state.runs.get(name)
    if known is not None and known.id == run.id and top.version >= step.version:
        return False
    body: dict[str, object] = {
        "agent": run.agent,
        "slot": run.slot,
        "outcome": run.outcome,
        "cost": run.usage.cost,
    }
    if known is None and run.outcome is not Outcome.REUSED:
        known = state.runs[name] = Known(run.id, run.product is not None)
        body["run"] = _write_run(work, mine.workspace, run)
        _write_material(work, mine.workspace, step)
    alone = False
    if top.version == step.version - 1:
        state.tops[case_id, run.slot] = Top(step.version, top.retries)
        body["product"] = _write_product(work, mine.workspace, step, known, top.retries)
        open_tasks(work, mine.workspace, case_id, step.tasks)
        alone = mine.version == order.lease.version and not mine.paused
    else:
        body["superseded"] = f"version {top.version} of {run.slot} was written in between"
    work.note(
        Note(
            workspace=mine.workspace,
            actor=f"agent:{run.agent}",
            kind=f"run.{run.outcome}",
            because=run.because,
            case_id=case_id,
            body=body,
        )
    )
    return alone


def _write_run(work: Work, workspace: str, run: Run) -> Mapping[str, object]:
    usage = run.usage
    row: dict[str, object] = {
        "id": run.id,
        "workspace_id": workspace,
        "case_id": run.case_id,
        "agent": run.agent,
        "slot": run.slot,
        "fingerprint": run.fingerprint,
        "because": run.because,
        "brain": run.brain,
        "outcome": str(run.outcome),
        "inputs": run.inputs,
        "material": run.material,
        "product": run.product,
        "reasoning": printable(run.reasoning),
        "error": printable(run.error),
        "attempts": run.attempts,
        "model": usage.model,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
        "calls": usage.calls,
        "reservation": usage.reservation,
        "started_at": run.started_at,
        "latency_ms": run.latency_ms,
    }
    work.add(RUN, row)
    return {"id": run.id, "seal": seal(row, RUN_COLUMNS)}


def _write_material(work: Work, workspace: str, step: Step) -> None:
    if step.material is not None:
        packed = zlib.compress(step.material, LEVEL)
        row = {"workspace_id": workspace, "digest": step.run.material, "body": packed}
        work.add_missing(MATERIAL, row)


def _write_product(
    work: Work, workspace: str, step: Step, known: Known | None, retries: int
) -> Mapping[str, object]:
    run = step.run
    row = product_row(
        work,
        workspace,
        run.case_id,
        slot=run.slot,
        version=step.version,
        status=str(step.status),
        value=None if known is not None and known.product else run.product,
        inputs=run.inputs,
        run_id=known.id if known else None,
        by_whom=f"agent:{run.agent}",
        retries=retries,
    )
    for fact in step.facts:
        _write_fact(work, row, fact)
    return product_note(row)


def _write_fact(work: Work, row: Mapping[str, object], fact: Fact) -> None:
    work.add(
        FACT,
        {
            "workspace_id": row["workspace_id"],
            "case_id": row["case_id"],
            "slot": row["slot"],
            "version": row["version"],
            "id": fact.id,
            "point": str(fact.point),
            "value": fact.value,
            "source": fact.source,
            "quote": fact.quote,
            "observed_at": fact.observed_at,
            "confidence": fact.confidence,
        },
    )


def _ask(work: Work, workspace: str, case_id: str, ask: Ask) -> None:
    row: dict[str, object] = {
        "id": work.ids.new(),
        "workspace_id": workspace,
        "case_id": case_id,
        "slot": ask.slot,
        "version": ask.version,
        "digest": ask.digest,
        "state": "pending",
        "because": ask.because,
        "asked_at": work.now,
        "expires_at": ask.expires_at,
        "decided_by": None,
        "decided_because": None,
        "decided_at": None,
        "letter": None,
        "variant": None,
    }
    work.add(APPROVAL, row)
    work.note(
        Note(
            workspace=workspace,
            actor="system",
            kind="approval.asked",
            because=ask.because,
            case_id=case_id,
            body={"approval": approval_note(row)},
        )
    )

"""Wishes: what a turn wants done in the world becomes an intent, once for each step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from dealwright.domain.intent import Act, IntentState
from dealwright.store.contact_schema import INTENT
from dealwright.store.driver import Statement, among, packed
from dealwright.store.seals import printable
from dealwright.store.work import Note, Work

NOT_BEGUN = (str(IntentState.READY), str(IntentState.VOID))

STANDING = select(
    INTENT.c.case_id, INTENT.c.kind, INTENT.c.key, INTENT.c.state, INTENT.c.slot, INTENT.c.version
)
WISHED = Statement(*map(STANDING.where, among(INTENT.c.case_id, "ids")))

Wished = Mapping[tuple[str, str, str], tuple[str, str, int]]
"""State, slot and version of each intent, by case, kind and key."""


def wishes_of(work: Work, case_ids: Collection[str]) -> Wished:
    """Return what is wished for these cases already."""
    if not case_ids:
        return {}
    rows = work.ask(WISHED, {"ids": packed(sorted(case_ids))})
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5]) for row in rows}


def wish(work: Work, workspace: str, case_id: str, act: Act, wished: Wished) -> None:
    """Write what is wished; a step that has begun, or was done, is never begun again."""
    standing = wished.get((case_id, act.kind, act.key))
    if standing is None:
        _add(work, workspace, case_id, act)
    elif standing[0] in NOT_BEGUN and standing[1:] != (act.slot, act.version):
        _renew(work, workspace, case_id, act)


def _add(work: Work, workspace: str, case_id: str, act: Act) -> None:
    empty = ("held", "mailbox", "message_id", "digest", "result")
    unknown = ("lease_until", "worker", "body", "claimed_at", "settled_at")
    work.add(
        INTENT,
        {
            **dict.fromkeys(empty, ""),
            **dict.fromkeys(unknown),
            "id": work.ids.new(),
            "workspace_id": workspace,
            "case_id": case_id,
            "kind": str(act.kind),
            "key": act.key,
            "slot": act.slot,
            "version": act.version,
            "because": printable(act.because),
            "review": act.review,
            "state": str(IntentState.READY),
            "not_before": _earliest(work, act),
            "look_at": _earliest(work, act),
            "attempts": 0,
            "token": 0,
            "made_at": work.now,
            "evidence": {},
        },
    )
    _note(work, workspace, case_id, act, "intent.made")


def _renew(work: Work, workspace: str, case_id: str, act: Act) -> None:
    """Let the step be about the newer product."""
    mine = (INTENT.c.case_id == case_id, INTENT.c.kind == str(act.kind), INTENT.c.key == act.key)
    renewed = update(INTENT).where(*mine, INTENT.c.state.in_(NOT_BEGUN))
    work.connection.execute(
        renewed.values(
            slot=act.slot,
            version=act.version,
            review=act.review,
            state=str(IntentState.READY),
            not_before=_earliest(work, act),
            look_at=_earliest(work, act),
            held="",
            result="",
            made_at=work.now,
        )
    )
    _note(work, workspace, case_id, act, "intent.renewed")


def _earliest(work: Work, act: Act) -> datetime:
    return act.not_before or work.now


def _note(work: Work, workspace: str, case_id: str, act: Act, kind: str) -> None:
    work.note(
        Note(
            workspace=workspace,
            actor="system",
            kind=kind,
            because=act.because,
            case_id=case_id,
            body={"act": act.kind, "key": act.key, "slot": act.slot, "version": act.version},
        )
    )

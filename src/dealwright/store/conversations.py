"""Conversations: each message is a row, and with each one the conversation gets a new version."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import RowMapping, func, select

from dealwright.domain.case import SlotStatus
from dealwright.domain.conversation import (
    MOST_MESSAGES,
    Conversation,
    Direction,
    Message,
    MessageKind,
    Standing,
)
from dealwright.store.contact_schema import MESSAGE
from dealwright.store.holding import Top, hold, tops_of
from dealwright.store.recording import next_product
from dealwright.store.schema import PRODUCT
from dealwright.store.seals import printable
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.work import Note, Work

SLOT = "conversation"
LONGEST_SUBJECT = 300
LONGEST_TEXT = 4000
FORM = "form"
"""The mailbox that what was written into a form came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One message of a conversation, for the conversation's next version."""

    case_id: str
    workspace: str
    by: str
    """`mailbox:<id>`, `outbox` or `person:<name>`."""
    standing: Standing | None = None
    """What the conversation becomes; None: what it was."""


def legible(text: str, most: int) -> str:
    """Return somebody's words as they may stand in a conversation: without control characters."""
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept)[:most]


def standing_of(work: Work, case_id: str) -> Standing | None:
    """Return how a conversation stands, or None where there is none."""
    history = HISTORY.where(PRODUCT.c.case_id == case_id, PRODUCT.c.slot == SLOT, newest())
    state = next((row.state for row in slots_of(work.connection, history)), None)
    if state is None or state.value is None:
        return None
    return Standing(cast("str", state.value.get("standing", Standing.OPEN)))


def carry_on(work: Work, spoken: Spoken) -> None:
    """Write the next version of a conversation from the messages that stand, and ring its case."""
    case_id = spoken.case_id
    query = select(MESSAGE).where(MESSAGE.c.case_id == case_id)
    rows = work.connection.execute(query.order_by(MESSAGE.c.number)).mappings().all()
    standing = spoken.standing or standing_of(work, case_id) or Standing.OPEN
    value = conversation_of(rows, standing).model_dump(mode="json", exclude_defaults=True)
    note = next_product(
        work,
        spoken.workspace,
        case_id,
        tops_of(work, [case_id]).get((case_id, SLOT), Top()),
        slot=SLOT,
        status=str(SlotStatus.DONE),
        value=value,
        by_whom=spoken.by,
    )
    work.note(
        Note(
            workspace=spoken.workspace,
            actor=spoken.by,
            kind="conversation.carried_on",
            because=str(standing),
            case_id=case_id,
            body={"product": note},
        )
    )
    work.touch([case_id])


def conversation_of(rows: Sequence[RowMapping], standing: Standing) -> Conversation:
    """Return the conversation these messages make, in their order."""
    touches, replies, waiting = 0, 0, Direction.IN
    for row in rows:
        if row["direction"] == Direction.OUT:
            touches, waiting = touches + 1, Direction.IN
        elif row["kind"] == MessageKind.REPLY:
            touches, replies, waiting = 0, replies + 1, Direction.OUT
    told = [_message(row) for row in rows]
    began = Direction(rows[0]["direction"]) if rows else Direction.OUT
    wrote = (row["kind"] == MessageKind.REPLY and row["mailbox"] != FORM for row in rows)
    return Conversation(
        standing=standing,
        waiting_for=waiting,
        touches=touches,
        replies=replies,
        messages=tuple(told[-MOST_MESSAGES:]),
        began=began,
        proven=began is Direction.OUT or any(wrote),
    )


def add_message(work: Work, workspace: str, case_id: str | None, **told: object) -> bool:
    """Write a message; say whether it was new."""
    empty = ("in_reply_to", "language", "key", "intent_id", "about")
    row: dict[str, object] = {
        **dict.fromkeys(empty, ""),
        "id": work.ids.new(),
        "workspace_id": workspace,
        "case_id": case_id,
        "number": _next_number(work, case_id),
        "taken_at": work.now,
        "body": {},
        **{name: _storable(value) for name, value in told.items()},
    }
    return work.add_once(MESSAGE, row)


def _storable(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


def _next_number(work: Work, case_id: str | None) -> int:
    if case_id is None:
        return 0
    hold(work, [case_id])
    newest_one = select(func.max(MESSAGE.c.number)).where(MESSAGE.c.case_id == case_id)
    return (work.connection.execute(newest_one).scalar() or 0) + 1


def _message(row: RowMapping) -> Message:
    return Message(
        number=row["number"],
        direction=Direction(row["direction"]),
        kind=MessageKind(row["kind"]),
        at=row["at"],
        subject=row["subject"],
        text=row["text"],
        language=row["language"] or None,
        key=row["key"],
        offered=row["body"].get("offered", ()),
    )

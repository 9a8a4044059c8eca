"""Inquiries: whoever fills in a form becomes a case with its first message, in one transaction.

A form proves nothing: anybody can enter anybody's address. So it may open a case, once; it changes
nothing we know of anybody, and a second one from the same person goes to a person of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dealwright.domain.conversation import Direction, MessageKind, Standing
from dealwright.domain.run import Task
from dealwright.store.contact_schema import MESSAGE
from dealwright.store.conversations import (
    FORM,
    LONGEST_TEXT,
    Spoken,
    add_message,
    carry_on,
    legible,
    standing_of,
)
from dealwright.store.intake import NewLead, case_of, home_of, take_leads
from dealwright.store.messages import NewMessage, consequences, take_in
from dealwright.store.recording import open_tasks
from dealwright.store.schema import CASE, PERSON

if TYPE_CHECKING:
    from dealwright.store.lane import Lane
    from dealwright.store.work import Work

DIGEST = "digest"
LEAD = "lead"
MOST_TASKS = 5
"""Further forms of one person that are put before people one by one; the rest are only kept."""


class Fate(StrEnum):
    """What became of a form."""

    OPENED = "opened"
    """It began a conversation."""
    KNOWN = "known"
    """It was taken in before."""
    ASIDE = "aside"
    """They were in touch with us before, so a person of ours looks."""
    CLASHES = "clashes"
    """Something else was sent under the same key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInquiry:
    """One filled-in form."""

    lead: NewLead
    message: NewMessage
    digest: str
    """Of all it says: the same key with another digest is a mistake of the sender's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a form, and whose it is."""

    case_id: str
    fate: Fate


class Inquiries:
    """The way in for whoever writes first."""

    def __init__(self, writer: Lane[Work]) -> None:
        self._writer = writer

    async def receive(self, workspace: str, campaign: str, inquiry: NewInquiry) -> Received:
        """Take a form in, once.

        Raises:
            NotFound: there is no such campaign.

        """
        return await self._writer.act(lambda work: _receive(work, workspace, campaign, inquiry))


def _receive(work: Work, workspace: str, campaign: str, inquiry: NewInquiry) -> Received:
    home = home_of(work, workspace, campaign)
    if before := _before(work, workspace, inquiry):
        return before
    case_id = case_of(home, inquiry.lead)
    if touched := _in_touch(work, workspace, inquiry.lead.email_key or ""):
        _set_aside(work, workspace, touched, inquiry)
        return Received(case_id=touched, fate=Fate.ASIDE)
    if not _is_case(work, case_id):
        take_leads(work, home, [inquiry.lead])
    message = replace(inquiry.message, facts={DIGEST: inquiry.digest, LEAD: case_id})
    take_in(work, workspace, FORM, message, case_id=case_id)
    return Received(case_id=case_id, fate=Fate.OPENED)


def _before(work: Work, workspace: str, inquiry: NewInquiry) -> Received | None:
    """Return what became of the same form, or of the same key, if it came before."""
    query = select(MESSAGE.c.body).where(
        MESSAGE.c.workspace_id == workspace, MESSAGE.c.identity == inquiry.message.identity
    )
    row = work.connection.execute(query).first()
    if row is None:
        return None
    same = row[0].get(DIGEST) == inquiry.digest
    return Received(case_id=row[0].get(LEAD, ""), fate=Fate.KNOWN if same else Fate.CLASHES)


def _is_case(work: Work, case_id: str) -> bool:
    query = select(CASE.c.id).where(CASE.c.id == case_id)
    return work.connection.execute(query).first() is not None


def _in_touch(work: Work, workspace: str, email_key: str) -> str | None:
    """Return the person's newest case in which either side has written, in any campaign."""
    query = (
        select(CASE.c.id)
        .join(PERSON, PERSON.c.id == CASE.c.person_id)
        .join(MESSAGE, MESSAGE.c.case_id == CASE.c.id)
        .where(CASE.c.workspace_id == workspace, PERSON.c.email_key == email_key)
        .order_by(MESSAGE.c.taken_at.desc(), CASE.c.id)
        .limit(1)
    )
    return work.connection.execute(query).scalar()


def _set_aside(work: Work, workspace: str, case_id: str, inquiry: NewInquiry) -> None:
    """Keep the form, let a person lead the conversation from now on, and tell them."""
    message = inquiry.message
    mine = (MESSAGE.c.workspace_id == workspace, MESSAGE.c.mailbox == FORM)
    query = select(func.count()).where(*mine, MESSAGE.c.in_reply_to == case_id)
    further = work.connection.execute(query).scalar_one()
    add_message(
        work,
        workspace,
        None,
        direction=str(Direction.IN),
        kind=str(MessageKind.REPLY),
        mailbox=FORM,
        message_id="",
        in_reply_to=case_id,
        address=message.address,
        at=message.at,
        subject="",
        text=legible(message.text, LONGEST_TEXT),
        body={DIGEST: inquiry.digest, LEAD: case_id},
        identity=message.identity,
    )
    standing = consequences(work, workspace, case_id, message, ours=False)
    if standing or standing_of(work, case_id) is Standing.OPEN:
        ended = standing or Standing.TAKEN_OVER
        carry_on(work, Spoken(case_id=case_id, workspace=workspace, by=FORM, standing=ended))
    if further < MOST_TASKS:
        open_tasks(work, workspace, case_id, [_again(message)])


def _again(message: NewMessage) -> Task:
    return Task(
        kind="wrote_again",
        key=message.identity,
        because="they filled in a form, and we are in touch already: a person leads from here",
        context={"message": legible(message.text, LONGEST_TEXT)},
    )

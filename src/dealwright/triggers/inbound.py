"""Inbound: whoever fills in a form becomes a lead, and what they wrote is their first message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from dealwright.clock import Clock
from dealwright.domain.conversation import Cursor, MessageKind
from dealwright.domain.lead import Lead
from dealwright.domain.run import Task
from dealwright.errors import BadLeads
from dealwright.store.intake import NewLead
from dealwright.store.messages import NewMessage
from dealwright.store.store import Store
from dealwright.triggers.lead_columns import columns_of
from dealwright.triggers.lead_line import LeadLine
from dealwright.triggers.table_file import Row

FORM = "form"
"""Where the address of such a lead comes from, and the mailbox their words came to."""
LONGEST_NAME = 40
LONGEST_MESSAGE = 4000
URGENT = 100
"""Somebody is waiting in front of a screen."""
MESSAGE = "message"
_NAME_MARKS = frozenset(" '’-.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One filled-in form."""

    lead: NewLead
    message: str
    identity: str
    """The same form sent twice is one inquiry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of an inquiry."""

    case_id: str
    new: bool
    """Whether it opened a conversation; one who wrote before is a person's task."""


def read_form(fields: Mapping[str, str], *, key: str = "") -> Inquiry:
    """Return the inquiry a form's fields make.

    Names that could carry a message of their own are left out: whoever filled in the form may not
    be whom the address belongs to.

    Raises:
        BadLeads: the fields make no lead; the problems name each field and the reason.

    """
    told = {name: value for name, value in fields.items() if value.strip()}
    message = told.pop(MESSAGE, "").strip()[:LONGEST_MESSAGE]
    if not told.get("email", "").strip():
        raise BadLeads("the form cannot be used:", ["email: fill it in, so that we can answer"])
    header = Row(1, tuple(told), "")
    read = LeadLine(columns_of(header, {}, FORM), None, FORM).read(Row(0, tuple(told.values()), ""))
    if not isinstance(read, NewLead):
        problems = [f"{one.field or 'form'}: {one.reason}" for one in read]
        raise BadLeads("the form cannot be used:", problems)
    digest = sha256("\x1f".join((read.email_key or "", message, key)).encode()).hexdigest()
    lead = replace(read, lead=_safe(read.lead))
    return Inquiry(lead=lead, message=message, identity=f"{FORM}:{key or digest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Takes in whoever writes first."""

    store: Store
    workspace: str
    clock: Clock

    async def receive(self, campaign: str, inquiry: Inquiry) -> Received:
        """Open a case at once; a second form from the same address goes to a person.

        Raises:
            NotFound: there is no such campaign.

        """
        today = self.clock.now().date()
        ground = {"basis": "inquiry", "evidence": inquiry.identity, "since": f"{today}"}
        lead = replace(inquiry.lead, ground=ground, priority=URGENT)
        (taken,) = await self.store.intake.leads(self.workspace, campaign, [lead])
        if await self.store.messages.known(self.workspace, inquiry.identity):
            return Received(case_id=taken.case_id, new=False)
        snapshot = await self.store.cases.snapshot(taken.case_id)
        if "conversation" in snapshot.slots:
            await self.store.desk.open_task(taken.case_id, _again(inquiry))
            return Received(case_id=taken.case_id, new=False)
        message = NewMessage(
            identity=inquiry.identity,
            kind=MessageKind.REPLY,
            address=inquiry.lead.email or "",
            at=self.clock.now(),
            subject="",
            text=inquiry.message or "(no message)",
            language=inquiry.lead.lead.language,
        )
        cursor = Cursor(validity=0, uid=0)
        await self.store.messages.take(self.workspace, FORM, [message], cursor)
        return Received(case_id=taken.case_id, new=True)


def _again(inquiry: Inquiry) -> Task:
    return Task(
        kind="wrote_again",
        key=inquiry.identity,
        because="they filled in the form again; nothing is sent until a person has looked",
        context={"message": inquiry.message},
    )


def _safe(lead: Lead) -> Lead:
    """Return the lead without words a stranger could have put into somebody's mouth."""
    company = lead.company if _is_name(lead.company) else (lead.domain or "your company")
    names = {
        name: value if value and _is_name(value) else None
        for name, value in (("first_name", lead.first_name), ("last_name", lead.last_name))
    }
    return lead.model_copy(update={"company": company, "title": None, "record": (), **names})


def _is_name(text: str) -> bool:
    if len(text) > LONGEST_NAME or re.search(r"\.\w{2,}", text):
        return False
    return all(unicodedata.category(c)[0] in "LM" or c in _NAME_MARKS for c in text)

"""Inbound: whoever fills in a form becomes a lead, and what they wrote is their first message."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from dealwright.clock import Clock
from dealwright.domain.conversation import MessageKind
from dealwright.domain.lead import Lead
from dealwright.domain.mail_addresses import email_domain
from dealwright.errors import BadLeads
from dealwright.store.conversations import FORM
from dealwright.store.inquiries import NewInquiry, Received
from dealwright.store.intake import NewLead
from dealwright.store.messages import NewMessage
from dealwright.store.store import Store
from dealwright.triggers import lead_ground
from dealwright.triggers.lead_columns import Columns, columns_of
from dealwright.triggers.lead_line import LeadLine
from dealwright.triggers.table_file import Row

LONGEST_NAME = 40
LONGEST_MESSAGE = 4000
URGENT = 100
"""Somebody is waiting in front of a screen."""
MESSAGE = "message"
NOTHING_SAID = "(no message)"
_NAME_MARKS = frozenset(" '’-.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One filled-in form that can be used."""

    lead: NewLead
    message: str
    identity: str
    """The same form sent twice is one inquiry."""
    digest: str
    """Of all it says."""


def read_form(fields: Mapping[str, str], *, key: str = "") -> Form:
    """Return what a form's fields make; the key names it where its sender has a name for it.

    Names that could carry a message of their own are left out, and so is where to look somebody
    up: whoever filled in the form may not be whom the address belongs to.

    Raises:
        BadLeads: the fields make no lead; the problems name each field and the reason.

    """
    told = {name: value for name, value in fields.items() if value.strip()}
    digest = sha256(repr(sorted(told.items())).encode()).hexdigest()
    message = told.pop(MESSAGE, "").strip()[:LONGEST_MESSAGE]
    if not told.get("email", "").strip():
        raise BadLeads("the form cannot be used:", ["email: fill it in, so that we can answer"])
    columns = _theirs(columns_of(Row(1, tuple(told), ""), {}, FORM))
    read = LeadLine(columns, None, FORM).read(Row(0, tuple(told.values()), ""))
    if not isinstance(read, NewLead):
        problems = [f"{one.field or 'form'}: {one.reason}" for one in read]
        raise BadLeads("the form cannot be used:", problems)
    lead = replace(read, lead=_safe(read.lead, read.email or ""))
    return Form(lead=lead, message=message, identity=f"{FORM}:{key or digest}", digest=digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Takes in whoever writes first."""

    store: Store
    workspace: str
    clock: Clock
    opts_out: Callable[[str], bool]
    """Says whether somebody's words ask never to be written to."""

    async def receive(self, campaign: str, form: Form) -> Received:
        """Open a case at once; a second form from the same address goes to a person.

        Raises:
            NotFound: there is no such campaign.

        """
        now = self.clock.now()
        ground = {"basis": "inquiry", "evidence": form.identity, "since": f"{now.date()}"}
        message = NewMessage(
            identity=form.identity,
            kind=MessageKind.REPLY,
            address=form.lead.email or "",
            at=now,
            text=form.message or NOTHING_SAID,
            language=None if form.message else (form.lead.lead.language or "en"),
            opt_out=self.opts_out(form.message),
        )
        return await self.store.inquiries.receive(
            self.workspace,
            campaign,
            NewInquiry(
                lead=replace(form.lead, ground=ground, priority=URGENT),
                message=message,
                digest=form.digest,
            ),
        )


def _theirs(columns: Columns) -> Columns:
    """Return the columns without what a stranger cannot vouch for: who agreed to what."""
    taken = {at: name for at, name in columns.taken.items() if name not in lead_ground.FIELDS}
    return replace(columns, taken=taken)


def _safe(lead: Lead, address: str) -> Lead:
    """Return the lead without words or places a stranger could have put into somebody's mouth."""
    domain = email_domain(address)
    company = lead.company if _is_name(lead.company) else (domain or "your company")
    names = {
        name: value
        for name in ("first_name", "last_name", "title", "city")
        if (value := getattr(lead, name)) and _is_name(value)
    }
    known = {name: getattr(lead, name) for name in ("country", "language", "timezone")}
    website = f"https://{domain}/" if domain else None
    return Lead(company=company, domain=domain, website=website, **names, **known)


def _is_name(text: str) -> bool:
    """Say whether a text can be a name and nothing else: no address, no sentence."""
    if len(text) > LONGEST_NAME or any(part[1:2] for part in text.split(".")[1:]):
        return False
    return all(unicodedata.category(c)[0] in "LM" or c in _NAME_MARKS for c in text)

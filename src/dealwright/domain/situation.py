"""A situation: everything a gate may look at, read in the transaction of the claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from dealwright.domain.campaign import Autonomy, Basis
from dealwright.domain.connections import Connections, Mailbox
from dealwright.domain.intent import Intent
from dealwright.domain.lead import Lead
from dealwright.domain.letter import Letter
from dealwright.domain.offer import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A recorded basis, with what shows it."""

    basis: Basis
    evidence: str
    """Where it is recorded: `leads.csv line 12`, a form, a contract's number."""
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who would get it."""

    address: str
    """Empty: none is known."""
    provenance: str
    """Who wrote the address down: `leads.csv line 12`, `person:anna`, `crm`."""
    subscriber: Literal["company", "sole_trader", "unknown"] = "unknown"
    ground: Ground | None = None
    suppressed: str | None = None
    """Why nobody may write there, if so; read under the same lock the opt-out takes."""
    excluded: str | None = None
    """Why the company is not to be written to: a customer, an open deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What a person said of the product."""

    state: Literal["none", "pending", "approved", "rejected", "expired"]
    digest: str = ""
    """Of the letter the person saw."""
    by: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What has left, counted in the transaction of the claim."""

    mailbox_today: int = 0
    """Claims of the mailbox in its own day."""
    domain_today: int = 0
    """Claims to the recipient's domain in that day, all mailboxes of the workspace."""
    person_30_days: int = 0
    """Letters to the person within 30 days, answers to their own messages not counted."""
    last_touch: datetime | None = None
    """The newest letter to the person."""
    failed_of_last_50: int = 0
    """Bounces among the mailbox's last 50 letters."""
    complaints_of_last_1000: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One intent at the moment it would be claimed."""

    now: datetime
    intent: Intent
    connections: Connections
    autonomy: Autonomy = Autonomy.SHADOW
    stopped: str | None = None
    """Which stop switch or pause is on: lead, campaign, workspace, everything, or the file."""
    lead: Lead | None = None
    recipient: Recipient | None = None
    mailbox: Mailbox | None = None
    letter: Letter | None = None
    """None where no letter could be composed; `trouble` says why."""
    trouble: str = ""
    signs: Sender | None = None
    """Who signs, as the campaign says today; the letter has to name them and their address."""
    approved: Approved = Approved(state="none")
    reviewed: bool = False
    """The review passed this very version, or a person wrote it."""
    current: bool = True
    """The intent's version is the newest of its slot, and made from what stands today."""
    made_at: datetime | None = None
    """When the product was written."""
    answers: bool = False
    """It answers a message the person wrote."""
    proven: bool = True
    """We wrote first, or somebody wrote to us from the address; a form alone proves nothing."""
    replied_at: datetime | None = None
    """The person's newest message that nobody has answered."""
    company_replied_at: datetime | None = None
    """The newest message of anybody else at the company that stops the others."""
    mailbox_read_at: datetime | None = None
    """When the mailbox was last read to its end."""
    traffic: Traffic = Traffic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The gate has nothing against it."""

    ground: str = ""
    """On what ground, where that has to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Not now."""

    because: str
    """As a sentence a salesperson understands."""
    until: datetime | None = None
    """When to look again; None: when something changes, and now and then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Never: the intent becomes void."""

    because: str


Verdict = Passed | Held | Refused
Gate = Callable[[Situation], Verdict]
"""A pure function. One that raises holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What all gates together say."""

    verdict: Verdict
    gate: str = ""
    """The one that held or refused; empty when all passed."""
    grounds: Mapping[str, str] = field(default_factory=dict[str, str])
    """Gate → on what ground it passed."""

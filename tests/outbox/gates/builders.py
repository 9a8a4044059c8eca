"""Builders of situations: everything is in order until a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dealwright.domain.campaign import Autonomy
from dealwright.domain.connections import Connections, Mailbox, Server
from dealwright.domain.draft import Draft, Role, Sentence, Variant
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.lead import Lead
from dealwright.domain.letter import Letter
from dealwright.domain.offer import Link, Offer, Sender
from dealwright.domain.situation import (
    Approved,
    Gate,
    Ground,
    Held,
    Passed,
    Recipient,
    Refused,
    Situation,
    Traffic,
)
from dealwright.outbox.gates import GATES
from dealwright.outbox.letters import Correspondence, compose
from dealwright.outbox.unsubscribe import token

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
"""A Tuesday without holidays; one o'clock in Berlin."""
KEY = b"sixteen bytes or"
PUBLIC_URL = "https://sales.routewise.example"


def a_mailbox(**changes: Any) -> Mailbox:
    """Return a mailbox that is read and has no warm-up."""
    told: dict[str, object] = {
        "id": "ana",
        "address": "ana@routewise.example",
        "name": "Ana Nowak",
        "smtp": Server(host="localhost", port=25),
        "imap": Server(host="localhost", port=143),
        "per_day": 50,
        "timezone": "Europe/Berlin",
        **changes,
    }
    return Mailbox.model_validate(told)


def an_offer(**changes: Any) -> Offer:
    """Return an offer with one link."""
    told: dict[str, object] = {
        "product": "Routewise",
        "helps_with": "plan routes",
        "ask": "Shall we talk?",
        "links": (
            Link(id="booking", url="https://cal.routewise.example/a?b=1&c=2", label="Pick a time"),
        ),
        "sender": Sender(
            name="Ana Nowak",
            title="Head of Sales",
            company="Routewise GmbH",
            postal_address="Hafenstraße 1, 20457 Hamburg",
        ),
        **changes,
    }
    return Offer.model_validate(told)


def a_draft(
    text: str = "You are hiring a dispatcher.", *, language: str = "en", **changes: Any
) -> Draft:
    """Return a draft with one variant."""
    sentences = (
        Sentence(text="Dear Ms Weber,", role=Role.GREETING),
        Sentence(text=text, rests_on=("jobs.1",)),
        Sentence(text="Shall we talk?", role=Role.QUESTION),
    )
    told: dict[str, object] = {
        "subject": "Routes in Bremen",
        "sentences": sentences,
        "links": ("booking",),
    }
    return Draft(language=language, variants=(Variant.model_validate({**told, **changes}),))


def a_correspondence(**changes: Any) -> Correspondence:
    """Return a first contact in Germany."""
    told: dict[str, Any] = {
        "to": "weber@nordfracht.example",
        "to_name": "Maria Weber",
        "country": "DE",
        "mailbox": a_mailbox(),
        "offer": an_offer(),
        "public_url": PUBLIC_URL,
        "token": token(KEY, "default", "person1"),
        "source": "leads.csv",
        "first_contact": True,
    }
    return Correspondence(**{**told, **changes})


def a_letter(**changes: Any) -> Letter:
    """Return a letter as it is composed, with some of its fields changed."""
    return replace(compose(a_draft(), 1, a_correspondence()), **changes)


def a_recipient(**changes: Any) -> Recipient:
    """Return somebody who consented."""
    told: dict[str, Any] = {
        "address": "weber@nordfracht.example",
        "provenance": "leads.csv line 12",
        "subscriber": "company",
        "ground": Ground(basis="consent", evidence="form 7", since=date(2026, 10, 1)),
    }
    return Recipient(**{**told, **changes})


def an_intent(kind: IntentKind = IntentKind.EMAIL) -> Intent:
    """Return an intent to send a first touch."""
    return Intent(
        id="i1",
        workspace="default",
        case_id="c1",
        kind=kind,
        key="first_touch",
        slot="draft",
        version=1,
        because="a test wants it",
        state=IntentState.READY,
        not_before=NOON,
        made_at=NOON,
    )


def a_situation(**changes: Any) -> Situation:
    """Return a situation that every gate lets pass."""
    letter = changes.get("letter", a_letter())
    told: dict[str, Any] = {
        "now": NOON,
        "intent": an_intent(),
        "connections": Connections(public_url=PUBLIC_URL, mailboxes=(a_mailbox(),)),
        "autonomy": Autonomy.ASSISTED,
        "lead": Lead(company="Nordfracht", domain="nordfracht.example", country="DE"),
        "recipient": a_recipient(),
        "mailbox": a_mailbox(),
        "letter": letter,
        "signs": an_offer().sender,
        "approved": Approved(state="approved", digest=letter.digest if letter else "", by="anna"),
        "reviewed": True,
        "made_at": NOON - timedelta(days=1),
        "mailbox_read_at": NOON - timedelta(minutes=1),
    }
    return Situation(**{**told, **changes})


def with_traffic(**counts: Any) -> Situation:
    """Return a situation in which this much has left already."""
    return a_situation(traffic=Traffic(**counts))


def asked(gate: str, situation: Situation) -> Passed | Held | Refused:
    """Return what one gate says."""
    found: Gate = GATES[gate]
    return found(situation)


def passes(gate: str, situation: Situation) -> bool:
    """Say whether one gate lets it pass."""
    return isinstance(asked(gate, situation), Passed)


def holds(gate: str, situation: Situation) -> str:
    """Return why one gate holds it; empty if it does not."""
    verdict = asked(gate, situation)
    return verdict.because if isinstance(verdict, Held) else ""


def refuses(gate: str, situation: Situation) -> str:
    """Return why one gate refuses it; empty if it does not."""
    verdict = asked(gate, situation)
    return verdict.because if isinstance(verdict, Refused) else ""

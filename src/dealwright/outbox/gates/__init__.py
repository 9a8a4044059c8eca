"""Gates: each is one rule that an act must pass; whatever does not pass every one stays here.

To send an e-mail, every gate but one is mandatory: a department may do without a reviewer, or have
a person write everything, so it lists `reviewed` or leaves it out. All others protect the person
who would get the letter, the people who answer for it, or the law, and no department file can
switch them off. `approved` and `autonomy` are mandatory, too, because they know themselves when
nobody's word is needed. Booking a meeting and writing to the CRM reach fewer people and have
shorter lists; a notice goes to our own people, so only a stop holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from dealwright.domain.intent import IntentKind
from dealwright.domain.situation import (
    Gate,
    Held,
    Judgement,
    Passed,
    Refused,
    Situation,
    Verdict,
)
from dealwright.errors import BadInput
from dealwright.outbox.gates.approved import approved
from dealwright.outbox.gates.autonomy import autonomy
from dealwright.outbox.gates.fresh import fresh
from dealwright.outbox.gates.known_recipient import known_recipient
from dealwright.outbox.gates.lawful import lawful
from dealwright.outbox.gates.mailbox_watched import mailbox_watched
from dealwright.outbox.gates.not_excluded import not_excluded
from dealwright.outbox.gates.not_paused import not_paused
from dealwright.outbox.gates.not_replied import not_replied
from dealwright.outbox.gates.not_suppressed import not_suppressed
from dealwright.outbox.gates.reputation import reputation
from dealwright.outbox.gates.reviewed import reviewed
from dealwright.outbox.gates.sender_known import sender_known
from dealwright.outbox.gates.stop_switch import stop_switch
from dealwright.outbox.gates.under_cap import under_cap
from dealwright.outbox.gates.way_out import way_out
from dealwright.outbox.gates.window import window

GATES: Mapping[str, Gate] = MappingProxyType(
    {
        "stop_switch": stop_switch,
        "not_paused": not_paused,
        "autonomy": autonomy,
        "known_recipient": known_recipient,
        "not_suppressed": not_suppressed,
        "not_excluded": not_excluded,
        "lawful": lawful,
        "fresh": fresh,
        "reviewed": reviewed,
        "approved": approved,
        "not_replied": not_replied,
        "mailbox_watched": mailbox_watched,
        "sender_known": sender_known,
        "way_out": way_out,
        "reputation": reputation,
        "under_cap": under_cap,
        "window": window,
    }
)
"""Every gate by its name, in the order they are asked."""

DEFAULTS: Mapping[IntentKind, tuple[str, ...]] = MappingProxyType(
    {
        IntentKind.EMAIL: tuple(GATES),
        IntentKind.MEETING: (
            *("stop_switch", "not_paused", "autonomy", "known_recipient", "not_suppressed"),
            *("fresh", "approved"),
        ),
        IntentKind.CRM: ("stop_switch", "not_paused", "autonomy", "fresh"),
        IntentKind.NOTICE: ("stop_switch",),
    }
)
"""What is asked where a department names no gates."""

OPTIONAL = frozenset({"reviewed"})
"""The gates a department may leave out."""

MANDATORY: Mapping[IntentKind, frozenset[str]] = MappingProxyType(
    {kind: frozenset(names) - OPTIONAL for kind, names in DEFAULTS.items()}
)
"""What is asked whatever a department names."""


def gates_for(kind: IntentKind, named: Collection[str] = ()) -> Mapping[str, Gate]:
    """Return the gates an act of a kind has to pass: what the department names, and what it must.

    Raises:
        BadInput: the department names a gate there is not.

    """
    wanted = frozenset(named or DEFAULTS[kind]) | MANDATORY[kind]
    if unknown := sorted(wanted - GATES.keys()):
        raise BadInput(f"there is no gate called {', '.join(unknown)}")
    return {name: gate for name, gate in GATES.items() if name in wanted}


def judge(gates: Mapping[str, Gate], situation: Situation) -> Judgement:
    """Ask every gate, in order: the first refusal counts, else the first hold, else all passed."""
    verdicts = {name: _ask(name, gate, situation) for name, gate in gates.items()}
    grounds = {name: v.ground for name, v in verdicts.items() if isinstance(v, Passed)}
    if not verdicts:
        return Judgement(verdict=Held(because="no gate was asked"))
    against = [name for name, verdict in verdicts.items() if not isinstance(verdict, Passed)]
    if not against:
        return Judgement(verdict=Passed(), grounds=grounds)
    refusals = [name for name in against if isinstance(verdicts[name], Refused)]
    first = (refusals or against)[0]
    return Judgement(verdict=verdicts[first], gate=first, grounds=grounds)


def _ask(name: str, gate: Gate, situation: Situation) -> Verdict:
    try:
        return gate(situation)
    except Exception as error:
        return Held(because=f"the gate {name} failed: {type(error).__name__}: {error}")

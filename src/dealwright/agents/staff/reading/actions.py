"""What the department does after a reading: one table, meaning by meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from dealwright.domain.reading import Meaning


class Action(StrEnum):
    """What follows from a reply without a person."""

    STOP = "stop"
    """Nothing is written any more."""
    MEET = "meet"
    """Times are offered, moved or cancelled."""
    ANSWER = "answer"
    """An answer from approved facts."""
    COUNTER = "counter"
    """The objection is taken up."""
    NURTURE = "nurture"
    """Silence until a day."""
    REDIRECT = "redirect"
    """Another person is looked for."""
    PERSON = "person"
    """A person of ours takes over."""


ACTIONS: Mapping[Meaning, Action] = MappingProxyType(
    {
        Meaning.OPT_OUT: Action.STOP,
        Meaning.COMPLAINT: Action.STOP,
        Meaning.NOT_INTERESTED: Action.STOP,
        Meaning.MEETING: Action.MEET,
        Meaning.INTERESTED: Action.ANSWER,
        Meaning.QUESTION: Action.ANSWER,
        Meaning.OBJECTION: Action.COUNTER,
        Meaning.NOT_NOW: Action.NURTURE,
        Meaning.OUT_OF_OFFICE: Action.NURTURE,
        Meaning.REFERRAL: Action.REDIRECT,
        Meaning.WRONG_PERSON: Action.REDIRECT,
        Meaning.PRICE: Action.PERSON,
        Meaning.TECHNICAL: Action.PERSON,
        Meaning.COMPETITOR: Action.PERSON,
    }
)

SILENCE = frozenset({Meaning.OPT_OUT, Meaning.COMPLAINT})
"""After these nothing of ours may be sent, whatever else the reply says."""


def is_wrong(read: Meaning, truth: Sequence[Meaning]) -> bool:
    """Return whether acting on a reading would do a thing that the reply does not ask for.

    Of a reply that says several things, any may be acted on first, but a no: whoever asks for
    silence, or says no before all else, is left alone.
    """
    action = ACTIONS[read]
    if SILENCE & set(truth) or ACTIONS[truth[0]] is Action.STOP:
        return action is not Action.STOP
    return action not in {ACTIONS[meaning] for meaning in truth}


def is_besides(read: Meaning, truth: Sequence[Meaning]) -> bool:
    """Return whether acting on a reading does what the reply asks for, but not its main wish."""
    return not is_wrong(read, truth) and ACTIONS[read] not in {ACTIONS[truth[0]], Action.STOP}

"""Every error this package raises on purpose.

DealwrightError
├── Refused
│   ├── NotGranted
│   ├── BudgetSpent
│   ├── LeaseLost
│   ├── DatabaseInUse
│   └── OverrideRefused
├── NotFound
├── BadInput
│   ├── BadDepartment
│   ├── BadCampaign
│   ├── BadConnections
│   └── BadLeads
├── AgentFailed
│   ├── BadAnswer
│   ├── CheckFailed
│   ├── ModelRefused
│   └── ModelFailed
├── ConnectorFailed
│   ├── TryAgain
│   │   └── Changed
│   ├── NotThere
│   │   └── Taken
│   ├── Forbidden
│   └── OutcomeUnknown
└── Misconfigured
"""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class DealwrightError(Exception):
    """Something in the department went wrong."""

    exit_code = 1
    """What the command line exits with when this error reaches it."""

    def __init__(self, message: str = "", **facts: object) -> None:
        super().__init__(message or cleandoc(type(self).__doc__ or ""))
        self.facts = facts


class Refused(DealwrightError):
    """A rule of the department does not allow this."""

    exit_code = 4


class NotGranted(Refused):
    """The agent was not granted this tool. Add it to `tools` in the agent's SOUL, or do without."""


class BudgetSpent(Refused):
    """The call could cost more than the budget has left, so it was not made."""


class LeaseLost(Refused):
    """Another worker has taken this case over; what was done under the old lease was discarded."""


class DatabaseInUse(Refused):
    """Another process is writing to this database. Wait for it, stop it, or use Postgres."""


class OverrideRefused(Refused):
    """This override does not fit the state the case is in."""


class NotFound(DealwrightError):
    """Nothing by that name is in the store."""

    exit_code = 5


class BadInput(DealwrightError):
    """A file or an argument cannot be used as it stands."""

    exit_code = 3

    def __init__(self, message: str = "", problems: Sequence[str] = (), **facts: object) -> None:
        super().__init__("\n".join((message, *problems)).strip(), **facts)
        self.problems = tuple(problems)


class BadDepartment(BadInput):
    """The department's files do not fit together."""


class BadCampaign(BadInput):
    """The campaign file cannot be used as it stands."""


class BadConnections(BadInput):
    """The connections file cannot be used as it stands."""


class BadLeads(BadInput):
    """The leads file cannot be read."""


class AgentFailed(DealwrightError):
    """The agent did not deliver its product."""


class BadAnswer(AgentFailed):
    """The brain's answer does not have the shape its product needs."""


class CheckFailed(AgentFailed):
    """The product has the right shape, but a check by code refused it."""


class ModelRefused(AgentFailed):
    """The model declined to answer."""


class ModelFailed(AgentFailed):
    """The model's provider did not answer."""


class ConnectorFailed(DealwrightError):
    """A system outside did not do what was asked."""


class TryAgain(ConnectorFailed):
    """Nothing happened outside; the same call may be made again later."""


class Changed(TryAgain):
    """Somebody changed the record between reading and writing; nothing was written."""


class NotThere(ConnectorFailed):
    """What was asked for does not exist outside; asking again will not change that."""


class Taken(NotThere):
    """Somebody else has this time by now; others have to be offered."""


class Forbidden(ConnectorFailed):
    """The guard or the other side does not allow this call."""


class OutcomeUnknown(ConnectorFailed):
    """The effect may have happened. Ask a person before repeating it."""


class Misconfigured(DealwrightError):
    """A setting is missing or wrong."""

    exit_code = 3

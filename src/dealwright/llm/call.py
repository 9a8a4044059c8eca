"""A call to a model, its answer, and what is counted while it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from dealwright.domain.run import Outcome, Usage
from dealwright.llm.models import Tier


class Asked(Protocol):
    """The shape of the answer asked for."""

    def parse(self, value: object) -> object:
        """Return the answer.

        Raises:
            BadAnswer: the value does not fit; the message says why.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """Everything a model is told, and who pays."""

    instructions: str
    """Trusted text, the same for every case."""
    data: str
    """What to work on: untrusted, never part of the instructions."""
    answer: Asked
    schema: Mapping[str, object]
    """The JSON Schema the model is shown."""
    tier: Tier
    max_output_tokens: int
    timeout: float
    """Seconds one request may take."""
    patience: float
    """Seconds the whole call may take, with retries, repair and other models."""
    workspace: str
    campaign: str | None
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """What a model answered, parsed, and what it took."""

    value: object
    model: str
    """`provider:model`."""
    usage: Usage
    priced: bool
    """False: nobody knows the price, the cost counts as $0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """An answer that did not fit, sent back once."""

    answer: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One response, as the provider sent it."""

    text: str
    refusal: str | None
    """Why the model declined, if it did."""
    cut: bool
    """The answer reached the token limit."""
    input_tokens: int
    """All of them, those read from a cache included."""
    output_tokens: int
    cached_tokens: int


class Trouble(Exception):
    """One request that brought no response."""

    def __init__(
        self,
        message: str,
        outcome: Outcome,
        *,
        again: bool,
        paid: bool,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.again = again
        """The same request may succeed a little later."""
        self.paid = paid
        """The provider may charge for it: it was sent and not refused."""
        self.retry_after = retry_after
        """Seconds, as the provider said."""

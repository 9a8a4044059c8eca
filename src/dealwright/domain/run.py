"""The record of one call of one agent, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dealwright.domain.case import SlotState, SlotStatus
from dealwright.domain.facts import Fact


class Outcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    REUSED = "reused"
    """The same packet was worked on before; that product stands, nothing was paid."""
    TOOL_FAILED = "tool_failed"
    BAD_ANSWER = "bad_answer"
    CHECK_FAILED = "check_failed"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    OVER_BUDGET = "over_budget"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a model call used and cost."""

    model: str = ""
    """`provider:model`, or empty for a twin."""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    """Micro-dollars."""
    calls: int = 0
    """Requests sent to the provider, repairs included."""
    reservation: str | None = None
    """The reservation this settles; committed together with the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One call of one agent: exact input (by slot version and material), output, why, cost."""

    id: str
    case_id: str
    agent: str
    slot: str
    fingerprint: str
    """SHA-256 over packet, SOUL, brain and schema: the run's identity within its case."""
    because: str
    """The route's sentence."""
    brain: str
    """`twin` or `model:<provider:model>`: what really answered."""
    outcome: Outcome
    inputs: Mapping[str, int]
    material: str | None = None
    """Digest of the material, stored once by content."""
    product: Mapping[str, object] | None = None
    reasoning: str = ""
    error: str = ""
    """What went wrong, as a sentence; also set when a twin stood in for a failed model."""
    attempts: int = 1
    usage: Usage = field(default_factory=Usage)
    started_at: datetime
    latency_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a person has to look at, with the context to decide it."""

    kind: str
    """`flag` (an agent failed), `settle` (sources disagree), `approve`, or an errand's."""
    key: str
    """Unique within (case, kind): asking twice adds nothing."""
    because: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])
    deadline: datetime | None = None
    owner: str | None = None
    """Who should do it; None: whoever comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """All that one agent call writes; committed in one transaction or not at all."""

    run: Run
    status: SlotStatus
    """DONE with the run's product, or FAILED."""
    version: int
    """The version this becomes; refused if somebody wrote the slot in between."""
    material: bytes | None = None
    """The material as JSON, stored under the run's `material` digest."""
    facts: tuple[Fact, ...] = ()
    """The facts the product is made of, for finding them across cases."""
    tasks: tuple[Task, ...] = ()

    def standing(self, retries: int) -> SlotState:
        """Return what stands in the slot once this is written."""
        return SlotState(
            slot=self.run.slot,
            version=self.version,
            status=self.status,
            value=self.run.product,
            inputs=self.run.inputs,
            by=f"agent:{self.run.agent}",
            retries=retries,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A wish to have exactly these bytes approved by a person."""

    slot: str
    version: int
    digest: str
    """SHA-256 of the canonical bytes; any change voids the approval."""
    because: str
    expires_at: datetime

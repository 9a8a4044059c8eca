"""An agent: a SOUL, what it reads and writes, what it may touch, and who thinks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dealwright.agents.shape import Shape
from dealwright.domain.packet import Packet

Twin = Callable[[Packet], object]
"""Answers a packet without a model: a pure function, the same packet gives the same answer."""

Finish = Callable[[Packet, object], object]
"""Makes the product of an answer by code: adds ids, sources and sums a brain must not choose."""

Check = Callable[[Packet, object], str | None]
"""Returns why the product must not stand, as a sentence, or None."""


class Tier(StrEnum):
    """How capable a model the job needs."""

    LIGHT = "light"
    STANDARD = "standard"
    REASONING = "reasoning"


class BrainChoice(StrEnum):
    """Who thinks: the twin, the model, or the model where one is configured."""

    TWIN = "twin"
    MODEL = "model"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Soul:
    """Who an agent is: Markdown under three headings."""

    identity: str
    responsibilities: str
    prohibitions: str

    @property
    def text(self) -> str:
        """The SOUL as instructions: the stable first part of every prompt."""
        return (
            f"# Identity\n{self.identity}\n\n# Responsibilities\n{self.responsibilities}"
            f"\n\n# Prohibitions\n{self.prohibitions}"
        )


@dataclass(frozen=True, slots=True)
class Read:
    """One slot an agent is given."""

    slot: str
    name: str
    """The name it stands under in the packet; the slot's own unless the SOUL says `x as y`."""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One specialist, as its SOUL file declares it."""

    name: str
    soul: Soul
    file: Path
    reads: tuple[Read, ...]
    writes: str
    product: Shape
    answer: Shape
    """What the brain fills in; the product itself unless `finish` makes the product of it."""
    finish: Finish | None = None
    checks: tuple[Check, ...] = ()
    twin: Twin | None = None
    tools: tuple[str, ...] = ()
    brain: BrainChoice = BrainChoice.AUTO
    tier: Tier = Tier.LIGHT
    packet_tokens: int = 700
    output_tokens: int = 400
    attempts: int = 2
    timeout: float = 60.0
    """Seconds one attempt may take, tools not counted."""
    digest: str = field(default="", compare=False)
    """SHA-256 over SOUL, schemas and settings: part of every run's fingerprint."""
    lines: Mapping[str, int] = field(default_factory=dict[str, int], compare=False)
    """Front-matter key → its line in the file, for messages."""

    def line(self, key: str) -> int:
        """Return the line of a front-matter key, or of the first line."""
        return self.lines.get(key, 1)

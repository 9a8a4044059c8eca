"""The packet: exactly what one agent is given, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from dealwright.domain.material import Material

P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """The declared slots (by the names the agent reads them under) and the tools' material."""

    agent: str
    today: date
    slots: Mapping[str, object]
    """Read name → product; an optional read that is absent is not a key."""
    material: Mapping[str, Material] = field(default_factory=dict[str, Material])
    """Tool name → what it brought."""

    def get(self, name: str, kind: type[P]) -> P | None:
        """Return the product read under that name, or None when an optional read is absent.

        Raises:
            TypeError: the slot holds another kind of product than the agent expects.

        """
        value = self.slots.get(name)
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{self.agent} expects {name} to be a {kind.__name__}")
        return value

    def need(self, name: str, kind: type[P]) -> P:
        """Return the product read under that name.

        Raises:
            KeyError: the packet does not hold it.
            TypeError: the slot holds another kind of product than the agent expects.

        """
        value = self.get(name, kind)
        if value is None:
            raise KeyError(f"{self.agent} was not given {name}")
        return value

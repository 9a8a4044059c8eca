"""Tool access: the one way an agent's tools are called, each wrapper adding one rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from dealwright.domain.material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One call of one tool for one agent; what is looked up follows from the slots alone."""

    workspace: str
    case_id: str
    agent: str
    tool: str
    slots: Mapping[str, object]
    """Read name → product, as in the agent's packet."""


class ToolAccess(Protocol):
    """Brings material."""

    async def call(self, call: ToolCall) -> Material:
        """Return what the tool found.

        Raises:
            NotGranted: the agent may not use this tool.
            TryAgain: nothing came back this time.
            NotThere: there is nothing to find, for good.
            Forbidden: the guard does not allow what the call would do.

        """
        ...


class Tool(Protocol):
    """One kind of looking things up."""

    async def __call__(self, call: ToolCall) -> Material:
        """Return what was found; raise TryAgain, NotThere or Forbidden."""
        ...

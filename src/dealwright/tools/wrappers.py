"""Wrappers: each goes around a tool access and adds exactly one rule.

The runtime composes them; outside in: `OnlyGranted`, `Retrying`, `WithTimeout`, `Toolbox`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from dealwright.clock import Clock
from dealwright.domain.material import Material
from dealwright.errors import ConnectorFailed, NotGranted, TryAgain
from dealwright.tools.access import Tool, ToolAccess, ToolCall

FIRST_PAUSE = 0.5
"""Seconds before the second attempt; each further pause is twice as long."""


@dataclass(frozen=True, slots=True)
class OnlyGranted:
    """Refuses any tool the agent was not given."""

    inner: ToolAccess
    grants: Mapping[str, frozenset[str]]
    """Agent → its tools."""

    async def call(self, call: ToolCall) -> Material:
        if call.tool not in self.grants.get(call.agent, frozenset()):
            raise NotGranted(
                f"{call.agent} was not granted {call.tool}: "
                "add it to `tools` in the agent's SOUL, or do without"
            )
        return await self.inner.call(call)


@dataclass(frozen=True, slots=True)
class Retrying:
    """Asks again where nothing happened outside, a few times and ever later."""

    inner: ToolAccess
    attempts: int
    clock: Clock

    async def call(self, call: ToolCall) -> Material:
        for attempt in range(1, self.attempts):
            try:
                return await self.inner.call(call)
            except TryAgain:
                await self.clock.sleep(FIRST_PAUSE * 2 ** (attempt - 1))
        return await self.inner.call(call)


@dataclass(frozen=True, slots=True)
class WithTimeout:
    """Gives up waiting for a tool that takes too long."""

    inner: ToolAccess
    seconds: float

    async def call(self, call: ToolCall) -> Material:
        try:
            async with asyncio.timeout(self.seconds):
                return await self.inner.call(call)
        except TimeoutError as error:
            raise TryAgain(f"{call.tool} took longer than {self.seconds:g} seconds") from error


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Finds the tool; where a tool breaks down, that is a reason to try again and nothing more."""

    tools: Mapping[str, Tool]

    async def call(self, call: ToolCall) -> Material:
        tool = self.tools.get(call.tool)
        if tool is None:
            have = ", ".join(sorted(self.tools)) or "none"
            raise NotGranted(f"there is no tool {call.tool}; there are: {have}")
        try:
            return await tool(call)
        except ConnectorFailed:
            raise
        except Exception as error:  # the one boundary where a broken tool becomes an error of ours
            what = f"{type(error).__name__}: {error}"[:200]
            raise TryAgain(f"{call.tool} broke down ({what})") from error

"""Each wrapper adds one rule, and the innermost turns any breakdown into an error of ours."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from dealwright.clock import WindableClock
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material
from dealwright.errors import ConnectorFailed, Forbidden, NotGranted, NotThere, TryAgain
from dealwright.tools.access import ToolCall
from dealwright.tools.wrappers import OnlyGranted, Retrying, Toolbox, WithTimeout
from tests.tools.conftest import NOON, a_call

CALL = a_call("company_site", Lead(company="Harrow"))
FOUND = Material(troubles=("found",))


class Tool:
    """Does what it is told, call by call; the last for ever."""

    def __init__(self, *acts: Material | BaseException | float) -> None:
        self.acts = acts
        self.calls = 0

    async def __call__(self, call: ToolCall) -> Material:
        self.calls += 1
        act = self.acts[min(self.calls, len(self.acts)) - 1]
        if isinstance(act, BaseException):
            raise act
        if isinstance(act, Material):
            return act
        await asyncio.sleep(act)
        return FOUND


def box(tool: Tool) -> Toolbox:
    return Toolbox({"company_site": tool})


async def test_only_granted_tools_are_called() -> None:
    tool = Tool(FOUND)
    for grants in ({}, {"site_reader": frozenset({"record"})}, {"other": frozenset(["x"])}):
        with pytest.raises(NotGranted, match="site_reader was not granted company_site"):
            await OnlyGranted(box(tool), grants).call(CALL)
    assert tool.calls == 0
    granted = OnlyGranted(box(tool), {"site_reader": frozenset({"company_site"})})
    assert await granted.call(CALL) == FOUND


async def test_what_may_work_later_is_tried_again_ever_later() -> None:
    clock = WindableClock(NOON)
    tool = Tool(TryAgain("busy"), TryAgain("busy"), FOUND)
    assert await Retrying(box(tool), 3, clock).call(CALL) == FOUND
    assert (tool.calls, clock.now() - NOON) == (3, timedelta(seconds=1.5))


@pytest.mark.parametrize("error", [NotThere("gone"), Forbidden("no")])
async def test_what_will_not_change_is_not_tried_again(error: Exception) -> None:
    tool = Tool(error)
    with pytest.raises(type(error)):
        await Retrying(box(tool), 3, WindableClock(NOON)).call(CALL)
    assert tool.calls == 1


async def test_after_the_last_attempt_the_reason_is_told() -> None:
    tool = Tool(TryAgain("busy"))
    with pytest.raises(TryAgain, match="busy"):
        await Retrying(box(tool), 3, WindableClock(NOON)).call(CALL)
    assert tool.calls == 3


async def test_a_tool_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(TryAgain, match=r"company_site took longer than 0\.01 seconds"):
        await WithTimeout(box(Tool(5.0)), 0.01).call(CALL)


@pytest.mark.parametrize(
    "crash", [ValueError("x"), RecursionError(), MemoryError(), TimeoutError(), KeyError("name")]
)
async def test_any_breakdown_is_a_reason_to_try_again(crash: Exception) -> None:
    with pytest.raises(TryAgain, match=f"company_site broke down \\({type(crash).__name__}"):
        await box(Tool(crash)).call(CALL)


async def test_cancelling_is_no_breakdown() -> None:
    with pytest.raises(asyncio.CancelledError):
        await box(Tool(asyncio.CancelledError())).call(CALL)


async def test_a_tool_nobody_has_is_named_with_those_there_are() -> None:
    with pytest.raises(NotGranted, match="there is no tool company_site; there are: record"):
        await Toolbox({"record": Tool(FOUND)}).call(CALL)
    assert not issubclass(NotGranted, ConnectorFailed)

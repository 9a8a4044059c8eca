"""The gateway: the one place that calls models, pays for them, repeats and falls back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from dealwright.clock import Clock
from dealwright.domain.run import Outcome, Usage
from dealwright.domain.tokens import token_estimate
from dealwright.errors import BadAnswer, BudgetSpent, ModelFailed, ModelRefused
from dealwright.llm.budget import Budgets, Prices, Purse, Tab, Worst, scopes, worst
from dealwright.llm.call import ModelAnswer, ModelCall, Repair, Reply, Trouble
from dealwright.llm.models import ModelSettings, Tier
from dealwright.llm.wire import Wire, Wires

RETRIES = 2
"""How often one model is asked again after a trouble that may pass."""

FIRST_PAUSE = 0.5
"""Seconds before the first retry; doubled for the next, and spread by chance."""

WIRE_TOKENS = 500
"""What a request holds besides our text: field names, and the provider's own words on answering in
JSON or with a tool, which some charge at some 350 tokens."""


class Limits(Protocol):
    """Counts requests to a provider over all processes."""

    async def take(self, key: str, per_minute: int, burst: int) -> float:
        """Take a turn and return 0, or take none and return the seconds until there may be one."""
        ...


@dataclass(frozen=True, slots=True)
class _Line:
    """A model of the chain, and what a call to it could cost."""

    wire: Wire
    worst: Worst


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One call while it lasts."""

    call: ModelCall
    input_tokens: int
    until: float
    tab: Tab


class Gateway:
    """Asks the models of a tier's chain until one answers. Every ending is a typed outcome."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        purse: Purse,
        budgets: Budgets,
        limits: Limits,
        clock: Clock,
        random: Random,
    ) -> None:
        self._settings = settings
        self._purse = purse
        self._budgets = budgets
        self._limits = limits
        self._clock = clock
        self._random = random
        self._prices = Prices(allow_unknown=settings.allow_unknown_prices)
        self._wires = Wires(settings)

    def chain(self, tier: Tier) -> tuple[str, ...]:
        """Return the models a tier's calls go to, as `provider:model`, the first one first."""
        return self._settings.chain(tier)

    async def close(self) -> None:
        """Close every connection."""
        await self._wires.close()

    async def complete(self, call: ModelCall) -> ModelAnswer:
        """Return a model's answer.

        Raises:
            BudgetSpent: it could have cost more than is left; nothing was sent.
            ModelFailed: no model of the chain responded.
            ModelRefused: the model declined.
            BadAnswer: the answer did not fit, not even after it was sent back once.
            Misconfigured: a model of the chain has no price, no library or no such name.

        """
        until = self._clock.monotonic() + call.patience
        input_tokens = _input_tokens(call)
        lines = [await self._line(name, call, input_tokens) for name in self.chain(call.tier)]
        if not lines:
            raise ModelFailed("no model is configured", outcome=Outcome.UNREACHABLE, usage=Usage())
        tab = await self._reserve(call, max(line.worst.call for line in lines))
        try:
            return await self._first_answer(lines, _Sitting(call, input_tokens, until, tab))
        finally:
            if tab.reservation is not None and not tab.calls:
                await self._purse.release(tab.reservation)

    async def _line(self, name: str, call: ModelCall, input_tokens: int) -> _Line:
        wire = await self._wires.wire(name)
        cost = worst(self._prices, name, input_tokens, wire.output_tokens(call))
        return _Line(wire, cost)

    async def _reserve(self, call: ModelCall, amount: int) -> Tab:
        if not amount:
            return Tab(reserved=0, reservation=None)
        budget = await self._budgets.budget(call.workspace, call.campaign)
        try:
            reservation = await self._purse.reserve(
                scopes(call, budget, self._clock.now().date()),
                amount,
                workspace=call.workspace,
                campaign=call.campaign,
                case_id=call.case_id,
            )
        except BudgetSpent as refusal:
            refusal.facts.update(outcome=Outcome.OVER_BUDGET, usage=Usage())
            raise
        return Tab(reserved=amount, reservation=reservation)

    async def _first_answer(self, lines: Sequence[_Line], sitting: _Sitting) -> ModelAnswer:
        tab = sitting.tab
        troubles: list[Trouble] = []
        for line in lines:
            if troubles and not (tab.covers(line.worst.request) and self._left(sitting) > 0):
                continue
            tab.model = line.wire.name
            try:
                return await self._answer(line, sitting)
            except Trouble as trouble:
                troubles.append(trouble)
        raise ModelFailed(
            "; ".join(map(str, troubles)),
            outcome=troubles[-1].outcome,
            usage=tab.usage,
            retry_after=troubles[-1].retry_after,
        )

    async def _answer(self, line: _Line, sitting: _Sitting) -> ModelAnswer:
        """Return one model's answer; one that does not fit is sent back once."""
        reply = await self._response(line, sitting, None)
        try:
            value = self._parsed(reply, sitting)
        except BadAnswer as fault:
            if not sitting.tab.covers(line.worst.call - line.worst.request):
                raise
            repair = Repair(answer=reply.text, because=str(fault)[:500])
            value = self._parsed(await self._response(line, sitting, repair), sitting)
        return ModelAnswer(
            value=value,
            model=line.wire.name,
            usage=sitting.tab.usage,
            priced=self._prices.known(line.wire.name),
        )

    def _parsed(self, reply: Reply, sitting: _Sitting) -> object:
        usage = sitting.tab.usage
        if reply.refusal is not None:
            told = f"{usage.model} declined: {reply.refusal[:200]}"
            raise ModelRefused(told, outcome=Outcome.REFUSED, usage=usage)
        if reply.cut:
            told = f"it was cut off after {reply.output_tokens} tokens; keep it shorter."
            raise BadAnswer(told, outcome=Outcome.BAD_ANSWER, usage=usage)
        try:
            return sitting.call.answer.parse(reply.text)
        except BadAnswer as fault:
            fault.facts.update(outcome=Outcome.BAD_ANSWER, usage=usage)
            raise

    async def _response(self, line: _Line, sitting: _Sitting, repair: Repair | None) -> Reply:
        """Return one model's response, after retries where a trouble may pass."""
        price = line.worst.request if repair is None else line.worst.call - line.worst.request
        for attempt in range(RETRIES + 1):
            try:
                return await self._request(line, sitting, repair, price)
            except Trouble as trouble:
                pause = self._pause(trouble, attempt)
                lasting = attempt == RETRIES or not trouble.again
                patient = pause <= self._settings.longest_wait and pause < self._left(sitting)
                if lasting or not patient or not sitting.tab.covers(price):
                    raise
                await self._clock.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _request(
        self, line: _Line, sitting: _Sitting, repair: Repair | None, price: int
    ) -> Reply:
        tab = sitting.tab
        await self._turn(line, sitting)
        seconds = min(sitting.call.timeout, self._left(sitting))
        if seconds <= 0:
            told = f"{line.wire.name}: no time is left to ask"
            raise Trouble(told, Outcome.TIMED_OUT, again=False, paid=False)
        tab.calls += 1
        try:
            reply = await line.wire.ask(sitting.call, repair, seconds)
        except Trouble as trouble:
            tab.cost += price if trouble.paid else 0
            raise
        # A server that counts nothing is charged what was estimated.
        counted = bool(reply.input_tokens or reply.output_tokens)
        cost = self._prices.cost(
            line.wire.name,
            reply.input_tokens if counted else sitting.input_tokens,
            reply.output_tokens if counted else token_estimate(reply.text),
            reply.cached_tokens,
        )
        tab.took(reply, cost)
        return reply

    async def _turn(self, line: _Line, sitting: _Sitting) -> None:
        """Wait until the provider's limit has room.

        Raises:
            Trouble: there is none for longer than this call may take.

        """
        account = line.wire.account
        per_minute = self._settings.requests_per_minute.get(account)
        if not per_minute:
            return
        burst = max(1, per_minute // 10)
        while wait := await self._limits.take(f"model:{account}", per_minute, burst):
            if wait >= self._left(sitting):
                told = f"{line.wire.name}: our own limit of {per_minute} requests a minute is used"
                raise Trouble(told, Outcome.RATE_LIMITED, again=False, paid=False, retry_after=wait)
            await self._clock.sleep(wait)

    def _pause(self, trouble: Trouble, attempt: int) -> float:
        if trouble.retry_after is not None:
            return trouble.retry_after
        return FIRST_PAUSE * 2**attempt * self._random.uniform(1, 1.5)

    def _left(self, sitting: _Sitting) -> float:
        return sitting.until - self._clock.monotonic()


def _input_tokens(call: ModelCall) -> int:
    schema = json.dumps(dict(call.schema), separators=(",", ":"))
    return WIRE_TOKENS + sum(map(token_estimate, (call.instructions, call.data, schema)))

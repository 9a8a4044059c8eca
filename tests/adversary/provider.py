"""A provider that costs money: it speaks the chat protocol, answers evilly and keeps a meter."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Thought
from dealwright.agents.model_brain import ModelBrain
from dealwright.domain.packet import Packet
from dealwright.llm.budget import Prices
from dealwright.llm.gateway import Gateway
from dealwright.llm.models import ModelSettings
from dealwright.runtime import CampaignBudgets
from tests.adversary.evil import EvilBrain
from tests.adversary.office import AtWork

MODEL = "openai-chat:gpt-6-luna"
ASKED_AS = re.compile(r"You were asked as number (\d+)\.")
CHARACTERS_A_TOKEN = 4


@dataclass(slots=True)
class Provider:
    """What it is to answer, and what each lead's answers would cost."""

    port: int = 0
    answers: dict[int, tuple[str, object]] = field(default_factory=dict[int, tuple[str, object]])
    """Number of a question → the lead it is about, and the answer."""
    metered: Counter[str] = field(default_factory=Counter[str])
    """Lead → micro-dollars, at the list price."""
    requests: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer every request on a connection."""
        while head := await _head(reader):
            length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
            assert length, head
            body = json.dumps(self._answer(await reader.readexactly(int(length[1])))).encode()
            kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            writer.write(kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
        writer.close()

    def _answer(self, raw: bytes) -> object:
        """Always say as much as was asked for, by the count that stands on the bill."""
        asked = json.loads(raw)
        number = ASKED_AS.search(raw.decode())
        assert number, raw[:300]
        case, answer = self.answers[int(number[1])]
        said = sum(len(json.dumps(message)) for message in asked["messages"])
        tokens = {
            "prompt_tokens": said // CHARACTERS_A_TOKEN,
            "completion_tokens": asked["max_completion_tokens"],
        }
        self.requests += 1
        self.metered[case] += Prices(allow_unknown=False).cost(MODEL, *tokens.values())
        whole, most = _written(answer), asked["max_completion_tokens"] * CHARACTERS_A_TOKEN
        told = {"role": "assistant", "content": whole[:most]}
        ending = "stop" if len(whole) <= most else "length"
        choice = {"index": 0, "finish_reason": ending, "message": told}
        about = {"id": f"a{number[1]}", "object": "chat.completion", "created": 1}
        usage = {**tokens, "total_tokens": sum(tokens.values())}
        return {**about, "model": asked["model"], "choices": [choice], "usage": usage}


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""


def _written(answer: object) -> str:
    try:
        return json.dumps(answer)
    except (TypeError, ValueError, RecursionError):
        return str(answer) if isinstance(answer, bytes | str) else "not JSON"


@dataclass
class PricedBrain:
    """Says what the evil brain says, but over the gateway, which pays for it."""

    evil: EvilBrain
    provider: Provider
    inner: ModelBrain | None = None

    def identity(self, agent: Agent) -> str:
        return self.evil.identity(agent)

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        thought = await self.evil.think(agent, packet, account)
        if self.inner is None or account.case_id in self.evil.honest:
            return thought
        number = len(self.provider.answers)
        self.provider.answers[number] = (account.case_id, thought.answer)
        marked = f"{agent.soul.identity}\nYou were asked as number {number}."
        asking = replace(agent, soul=replace(agent.soul, identity=marked))
        return await self.inner.think(asking, packet, account)


@asynccontextmanager
async def a_provider() -> AsyncGenerator[Provider]:
    """Open for business."""
    provider = Provider()
    server = await asyncio.start_server(provider.serve, "127.0.0.1", 0, limit=2**20)
    provider.port = server.sockets[0].getsockname()[1]
    async with server:
        yield provider


@asynccontextmanager
async def paying(office: AtWork, brain: PricedBrain, seed: int) -> AsyncGenerator[None]:
    """Have everything the brain says go over the office's own gateway and purse."""
    url = f"http://127.0.0.1:{brain.provider.port}/v1"
    tiers = dict.fromkeys(("light", "standard", "reasoning"), MODEL)
    told = {"keys": {"openai": "sk-made-up"}, "base_urls": {"openai": url}, **tiers}
    gateway = Gateway(
        ModelSettings.model_validate(told),
        purse=office.store.purse,
        budgets=CampaignBudgets(office.store),
        limits=office.store.limits,
        clock=office.clock,
        random=random.Random(seed),
    )
    brain.inner = ModelBrain(gateway)
    try:
        yield
    finally:
        await gateway.close()

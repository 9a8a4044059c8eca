"""From a form to the answer on the wire: `python -m benchmarks.inbound`.

Every lead comes by HTTP, one after the other, while research takes its time; the clock runs from
the first byte of the POST to the last byte of the answer at the SMTP server.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import httpx

from dealwright.agents.agent import Agent
from dealwright.agents.brain import Account, Thought
from dealwright.clock import SystemClock
from dealwright.domain.material import Material
from dealwright.domain.packet import Packet
from dealwright.errors import NotThere
from dealwright.runtime import opts_out
from dealwright.tools.access import ToolCall
from dealwright.web.doors import Doors
from dealwright.web.serving import listening, serve
from tests.adversary.office import AtWork, at_work
from tests.adversary.surroundings import Surroundings

ZONES = (
    *("Pacific/Honolulu", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland"),
)
QUESTION = "We are a carrier with forty vehicles. How much fuel do carriers save with Routewise?"
LONGEST = 60.0
AWAKE = range(8, 20)


@dataclass(frozen=True)
class SlowTools:
    """Research that finds nothing, slowly."""

    seconds: float

    async def call(self, call: ToolCall) -> Material:
        await asyncio.sleep(self.seconds)
        raise NotThere(f"{call.tool} found nothing")


@dataclass
class SlowTwin:
    """A model that says what the twin says, after a while."""

    seconds: float
    asked: list[str] = field(default_factory=list[str])

    def identity(self, agent: Agent) -> str:
        return f"slow:{agent.name}"

    async def think(self, agent: Agent, packet: Packet, account: Account) -> Thought:
        self.asked.append(agent.name)
        await asyncio.sleep(self.seconds)
        if agent.twin is None:
            raise LookupError(f"{agent.name} has no twin for {account.case_id}")
        return Thought(answer=agent.twin(packet), brain="slow")


def main() -> None:
    """Print the figures as a table in Markdown."""
    parser = argparse.ArgumentParser(description="Measure how soon an inquiry is answered.")
    parser.add_argument("--leads", type=int, default=50)
    parser.add_argument("--brain", type=float, default=2.0, help="Seconds a model takes.")
    told = parser.parse_args()
    print("| brain | leads | median s | p95 s | longest s |")
    print("|---|---|---|---|---|")
    for name, seconds in (("twins", 0.0), (f"model, {told.brain} s", told.brain)):
        took = asyncio.run(measured(told.leads, seconds))
        p95 = statistics.quantiles(took, n=20)[-1]
        print(
            f"| {name} | {len(took)} | {statistics.median(took):.2f} | {p95:.2f} "
            f"| {max(took):.2f} |"
        )


async def measured(leads: int, seconds: float) -> Sequence[float]:
    """Return how long each lead waited for its answer."""
    model = SlowTwin(seconds) if seconds else None
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'inbound.db'}"
        tools, clock = SlowTools(3.0), SystemClock()
        async with (
            at_work(database, model=model, tools=tools, around=Surroundings(clock=clock)) as office,
            office.open(),
        ):
            door, ended = listening("127.0.0.1", 0), asyncio.Event()
            where = f"http://127.0.0.1:{door.getsockname()[1]}"
            serving = asyncio.create_task(serve(_doors(office), door, ended))
            async with httpx.AsyncClient(base_url=where, timeout=LONGEST) as client:
                took = [await _answered(office, client, number) for number in range(leads)]
            ended.set()
            await serving
    return took


async def _answered(office: AtWork, client: httpx.AsyncClient, number: int) -> float:
    address = f"kim{number}@carrier{number}.example"
    form = {"email": address, "name": "Kim", "timezone": _awake(), "message": QUESTION}
    before = len(office.sink.messages)
    began = perf_counter()
    answer = await client.post("/leads", json=form, headers={"authorization": "Bearer x"})
    answer.raise_for_status()
    while len(office.sink.messages) == before:
        if perf_counter() - began > LONGEST:
            raise TimeoutError(f"no answer to {address}")
        await asyncio.sleep(0.002)
    took = perf_counter() - began
    if office.sink.messages[-1].recipient != address:
        raise LookupError(f"the answer to {address} went elsewhere")
    return took


def _awake() -> str:
    """Return a zone in which nobody sleeps now: answers leave only then."""
    clock = SystemClock()
    return next(zone for zone in ZONES if clock.now().astimezone(ZoneInfo(zone)).hour in AWAKE)


def _doors(office: AtWork) -> Doors:
    async def campaign(name: str) -> str:
        return name or office.campaign

    return Doors(
        store=office.store,
        workspace="default",
        clock=office.clock,
        campaign=campaign,
        secrets={"leads": "x"}.get,
        webhooks=frozenset(),
        opts_out=opts_out,
        ring=office.dispatcher.ring,
    )


if __name__ == "__main__":
    main()

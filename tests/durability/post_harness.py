"""Kills workers that send letters at random moments, and counts what crossed the wire.

The full figures: `python -m tests.durability.post_harness sqlite --leads 500 --kills 200` and
`python -m tests.durability.post_harness postgres --leads 500 --kills 200 --workers 2`.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.campaign import Autonomy
from dealwright.domain.intent import IntentState
from dealwright.store.store import Store
from tests.durability.post_worker import ShiftedClock, outbox_on
from tests.outbox.post_office import TUESDAY, a_lead, the_campaign
from tests.postgres import a_database, a_server
from tests.servers_mail import Fault, an_smtp_sink, wire

LOST_ANSWERS = 0.02
"""Of so many letters the answer of the mail server never arrives."""
MEAN_PAUSE = 0.35
"""Seconds between two kills."""
CLAIM, CONTRAST = "claim-then-send", "send-then-mark"
PATIENCE = 180
"""Seconds after the last kill in which everything has to be settled."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills did, read from the wire."""

    leads: int
    kills: int
    wired: int
    """Letters that crossed the wire."""
    doubled: int
    """Letters a person got that they had already got."""
    done: int
    unknown: int
    """Nobody knows, and a person was asked …"""
    asked: int
    """… about so many of them."""
    lost: int
    """Leads that are neither on the wire nor waiting nor asked about."""


async def survive(
    database: str, log: Path, *, leads: int, kills: int, workers: int, way: str = CLAIM
) -> Toll:
    """Have letters sent under kills, and say what came of it."""
    shift = (TUESDAY - SystemClock().now()).total_seconds()
    await _import(database, leads, shift)
    random = Random(11)
    async with an_smtp_sink(log=log) as sink:
        sink.choose = lambda _: (
            Fault.DROP_AFTER_MESSAGE if random.random() < LOST_ANSWERS else Fault.NONE
        )
        pace = kills * MEAN_PAUSE * workers / leads
        words = (database, str(sink.port), str(shift), way, str(pace))
        await _kill(words, log, Random(7), kills, workers)
        await _until_settled(database, shift)
    return await _toll(database, log, leads, kills, shift)


async def _import(database: str, leads: int, shift: float) -> None:
    clock = ShiftedClock(timedelta(seconds=shift))
    async with Store.open(database, clock, TimeOrderedIds(clock)) as store:
        campaign = await store.intake.campaign(
            "default", "post", the_campaign(Autonomy.AUTONOMOUS, {})
        )
        await store.intake.leads("default", campaign, [a_lead(n) for n in range(leads)])


def _start(words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.durability.post_worker", *words])


async def _kill(
    words: tuple[str, ...], log: Path, random: Random, kills: int, workers: int
) -> None:
    """Kill one of the team at a time, each time once another letter has crossed the wire."""
    team = [_start(words) for _ in range(workers)]
    try:
        for _ in range(kills):
            await _until_it_moves(log)
            await asyncio.sleep(random.uniform(0.0, 2.0) * MEAN_PAUSE)
            place = random.randrange(workers)
            team[place].kill()
            await asyncio.to_thread(team[place].wait)
            team[place] = _start(words)
        await _until_quiet(log)
    finally:
        for worker in team:
            worker.kill()
            await asyncio.to_thread(worker.wait)


async def _until_it_moves(log: Path) -> None:
    before = _size(log)
    for _ in range(40):
        if _size(log) > before:
            return
        await asyncio.sleep(0.1)


async def _until_quiet(log: Path) -> None:
    """Wait until nothing has crossed the wire for a while."""
    before, still = -1, 0
    for _ in range(PATIENCE):
        still = still + 1 if _size(log) == before else 0
        before = _size(log)
        if still > 12:  # seconds: longer than the leases of the killed
            return
        await asyncio.sleep(1)


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


async def _until_settled(database: str, shift: float) -> None:
    """Look an hour later for what the dead had claimed."""
    clock = ShiftedClock(timedelta(seconds=shift, hours=1))
    async with Store.open(database, clock, TimeOrderedIds(clock)) as store:
        await outbox_on(store, clock, 1).reconcile()


async def _toll(database: str, log: Path, leads: int, kills: int, shift: float) -> Toll:
    clock = ShiftedClock(timedelta(seconds=shift, hours=1))
    got = Counter(wired.recipient for wired in wire(log))
    async with Store.open(database, clock, TimeOrderedIds(clock), writing=False) as store:
        intents = [intent for intent, _ in await store.intents.listed("default", limit=10_000)]
        tasks = {task.key for task in await store.desk.tasks("default")}
        known = {lead.id for lead in await store.views.leads(None, "default")}
    unknown = [intent for intent in intents if intent.state is IntentState.UNKNOWN]
    accounted = {intent.case_id for intent in intents}
    return Toll(
        leads=leads,
        kills=kills,
        wired=sum(got.values()),
        doubled=sum(got.values()) - len(got),
        done=sum(intent.state is IntentState.DONE for intent in intents),
        unknown=len(unknown),
        asked=sum(intent.id in tasks for intent in unknown),
        lost=leads - len(known & accounted),
    )


def main() -> None:
    """Print the toll."""
    parser = argparse.ArgumentParser(description="Kill what sends letters.")
    parser.add_argument("database", choices=("sqlite", "postgres"))
    parser.add_argument("--leads", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--contrast", action="store_true", help="send first, then mark")
    told = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'post.db'}"
        if told.database == "postgres":
            url = a_database(stack.enter_context(a_server()), "post")
        toll = asyncio.run(
            survive(
                url,
                folder / "wire.log",
                leads=told.leads,
                kills=told.kills,
                workers=told.workers,
                way=CONTRAST if told.contrast else CLAIM,
            )
        )
        for name, value in asdict(toll).items():
            sys.stdout.write(f"{name:8} {value}\n")


if __name__ == "__main__":
    main()

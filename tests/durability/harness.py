"""Kills workers at random moments, and reads from their own log what was done twice.

The full figures: `python -m tests.durability.harness sqlite --kills 30` and
`python -m tests.durability.harness postgres --kills 30 --workers 2`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.run import Outcome
from dealwright.store.store import Store
from tests.durability.worker import DEPARTMENT
from tests.orchestration.campaigns import a_campaign
from tests.orchestration.stage import a_new_lead
from tests.postgres import a_database, a_server

MEAN_PAUSE = 0.5
"""Seconds a team works between two kills."""
CONCURRENCY, DEPTH = 10, 3
"""Cases a worker has under way, and steps one after the other in a case."""

PATIENCE = 120
"""Seconds after the last kill in which everything has to be done."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills did."""

    leads: int
    kills: int
    finished: int
    """Leads whose every product is there and that wait for a person."""
    calls: int
    """Questions asked, those of killed workers included."""
    runs: int
    """Runs committed."""
    repeated: int
    """Questions asked although the run that answers them was committed."""
    doubled: int
    """Runs committed more than once."""
    journal: bool
    """Whether the journal's chain holds."""


async def survive(database: str, log: Path, *, leads: int, kills: int, workers: int) -> Toll:
    """Import leads, work them under kills, and say what came of it."""
    await _import(database, leads)
    await asyncio.to_thread(_kill, Ordeal(database, log, leads, kills, workers))
    return await _toll(database, log, leads, kills)


async def _import(database: str, leads: int) -> None:
    clock = SystemClock()
    async with Store.open(database, clock, TimeOrderedIds(clock)) as store:
        campaign = await store.intake.campaign("default", "test", a_campaign())
        new = [a_new_lead(number) for number in range(leads)]
        await store.intake.leads("default", campaign, new)


@dataclass(frozen=True, slots=True)
class Ordeal:
    """What the workers go through."""

    database: str
    log: Path
    leads: int
    kills: int
    workers: int

    def start(self, number: int) -> subprocess.Popen[bytes]:
        """Start a worker whose brain is slow enough that every kill meets work."""
        kind = "distributed" if self.database.startswith("postgres") else "embedded"
        seconds = self.kills * MEAN_PAUSE * self.workers * CONCURRENCY / (self.leads * DEPTH)
        words = (self.database, str(self.log), f"w{number}", kind, str(seconds))
        return subprocess.Popen([sys.executable, "-m", "tests.durability.worker", *words])


def _kill(ordeal: Ordeal) -> None:
    random = Random(7)
    team = [ordeal.start(number) for number in range(ordeal.workers)]
    pause = asyncio.Runner()
    try:
        for number in range(ordeal.kills):
            pause.run(_until_it_works(ordeal.log))
            pause.run(asyncio.sleep(random.uniform(0.0, 2.0) * MEAN_PAUSE))
            place = random.randrange(ordeal.workers)
            team[place].kill()
            team[place].wait()
            team[place] = ordeal.start(ordeal.workers + number)
        for _ in range(PATIENCE * 4):
            if not pause.run(_unfinished(ordeal.database)):
                break
            pause.run(asyncio.sleep(0.25))
    finally:
        for worker in team:
            worker.kill()
            worker.wait()
        pause.close()


async def _until_it_works(log: Path) -> None:
    """Wait for the next question; a worker that is only starting would be killed in vain."""
    before = _size(log)
    for _ in range(PATIENCE * 20):
        if _size(log) > before:
            return
        await asyncio.sleep(0.05)


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _calls(log: Path) -> list[list[str]]:
    return [line.split() for line in log.read_text(encoding="ascii").splitlines()]


async def _unfinished(database: str) -> bool:
    clock = SystemClock()
    async with Store.open(database, clock, TimeOrderedIds(clock), writing=False) as store:
        return await store.cases.unfinished(clock.now())


async def _toll(database: str, log: Path, leads: int, kills: int) -> Toll:
    clock = SystemClock()
    async with Store.open(database, clock, TimeOrderedIds(clock)) as store:
        runs = await store.views.runs(limit=leads * 40)
        done = [run for run in runs if run.outcome == Outcome.DONE]
        committed = {
            (run.case_id, run.agent): run.started_at.timestamp() + run.latency_ms / 1000
            for run in done
        }
        calls = _calls(log)
        late = [
            (case_id, agent)
            for case_id, agent, at in calls
            if datetime.fromisoformat(at).timestamp() > committed.get((case_id, agent), 9e9)
        ]
        approvals = await store.desk.approvals()
        agents = len(DEPARTMENT.agents)
        worked = Counter(run.case_id for run in done)
        return Toll(
            leads=leads,
            kills=kills,
            finished=sum(worked[approval.case_id] == agents for approval in approvals),
            calls=len(calls),
            runs=len(done),
            repeated=len(late),
            doubled=len(done) - len(committed),
            journal=(await store.journal.verify()).ok,
        )


def main() -> None:
    """Print the toll as JSON; exit with 1 if anything was lost or repeated."""
    parser = argparse.ArgumentParser(description="Kill workers, count what was lost or repeated.")
    parser.add_argument("database", choices=["sqlite", "postgres"])
    parser.add_argument("--leads", type=int, default=200)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        database = f"sqlite:///{folder / 'kills.db'}"
        if told.database == "postgres":
            database = a_database(stack.enter_context(a_server()), "kills")
        toll = asyncio.run(
            survive(
                database,
                folder / "calls",
                leads=told.leads,
                kills=told.kills,
                workers=told.workers,
            )
        )
    sys.stdout.write(json.dumps(asdict(toll)) + "\n")
    lost = toll.leads - toll.finished
    sys.exit(1 if lost or toll.repeated or toll.doubled or not toll.journal else 0)


if __name__ == "__main__":
    main()

"""Opt-outs race claims: `python -m tests.outbox.race sqlite|postgres --opt-outs 2000`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import cast

from dealwright.store.suppressions import OptOut, key_of
from tests.outbox.post_office import PostOffice, a_post_office
from tests.postgres import a_database, a_server

PACE = 0.025
"""Seconds to a letter: about as many opt out as letters leave."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a race ended, told from the journal's order and from the wire."""

    opt_outs: int
    in_time: int
    """Opt-outs that were there before their letter was claimed."""
    late: int
    """Claims committed after the opt-out was."""
    wired: int


async def race(url: str, opt_outs: int, seed: int = 3) -> Result:
    """Let everybody opt out at a random moment while their letter is about to leave."""
    random = Random(seed)
    async with a_post_office(url, leads=opt_outs) as office:
        await office.work()
        order = list(range(opt_outs))
        random.shuffle(order)
        await asyncio.gather(office.outbox.work(), *(_leave(office, n, random) for n in order))
        await office.outbox.work()
        return await _judged(office)


async def _leave(office: PostOffice, number: int, random: Random) -> None:
    await asyncio.sleep(random.random() * len(office.cases) * PACE)
    opt_out = OptOut(
        workspace="default",
        scope="address",
        value=f"Sam+x@C{number}.example",
        reason="asked",
        source="one-click",
    )
    await office.store.suppressions.suppress(opt_out)


async def _judged(office: PostOffice) -> Result:
    """Compare the order of the journal, which is the order of the commits."""
    secret = await office.store.suppressions.secret("default")
    assert secret is not None
    leads = await office.store.views.leads(None, "default")
    keys = {key_of(secret, "address", lead.email or ""): lead.id for lead in leads}
    gone: set[str] = set()
    claimed: set[str] = set()
    late = 0
    async for table, row in office.store.views.export():
        if table != "event":
            continue
        if row["kind"] == "suppression.added":
            gone.add(keys[cast("dict[str, str]", row["body"])["key"]])
        elif row["kind"] == "intent.claimed":
            claimed.add(str(row["case_id"]))
            late += row["case_id"] in gone
    wired = len(office.wire.arrived)
    return Result(opt_outs=len(gone), in_time=len(gone - claimed), late=late, wired=wired)


def main() -> None:
    """Print how the race ended."""
    parser = argparse.ArgumentParser(description="Let opt-outs race claims.")
    parser.add_argument("database", choices=("sqlite", "postgres"))
    parser.add_argument("--opt-outs", type=int, default=2000)
    told = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'race.db'}"
        if told.database == "postgres":
            url = a_database(stack.enter_context(a_server()), "race")
        result = asyncio.run(race(url, told.opt_outs))
    for name, value in asdict(result).items():
        sys.stdout.write(f"{name:8} {value}\n")


if __name__ == "__main__":
    main()

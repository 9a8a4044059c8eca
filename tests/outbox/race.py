"""Opt-outs race claims: `python -m tests.outbox.race sqlite|postgres --opt-outs 2000`.

Every other opt-out is one click on the link in a letter, over HTTP; the rest come in the way a
reply does, with the address spelt in another way.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from time import perf_counter
from typing import cast

import httpx

from dealwright.outbox.unsubscribe import token
from dealwright.runtime import opts_out
from dealwright.store.suppressions import OptOut, key_of
from dealwright.web.doors import Doors
from dealwright.web.serving import listening, serve
from tests.outbox.post_office import PostOffice, a_post_office
from tests.postgres import a_database, a_server

PACE = 0.025
"""Seconds to a letter: about as many opt out as letters leave."""
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@dataclass(frozen=True, slots=True)
class Result:
    """How a race ended, told from the journal's order and from the wire."""

    opt_outs: int
    in_time: int
    """Opt-outs that were there before their letter was claimed."""
    late: int
    """Claims committed after the opt-out was."""
    wired: int
    slowest_click: float
    """Seconds from one click to the answer, before which it is committed; the longest."""


async def race(url: str, opt_outs: int, seed: int = 3) -> Result:
    """Let everybody opt out at a random moment while their letter is about to leave."""
    random = Random(seed)
    async with a_post_office(url, leads=opt_outs) as office, _doors(office) as client:
        await office.work()
        people = await _people(office)
        # Whoever asks first why somebody gets no letters has the workspace's secret made.
        await office.store.suppressions.why("default", "nobody@nowhere.example")
        order = list(range(opt_outs))
        random.shuffle(order)
        leaving = (
            _click(office, client, people[n], random) if n % 2 else _say(office, n, random)
            for n in order
        )
        _, *took = await asyncio.gather(office.outbox.work(), *leaving)
        await office.outbox.work()
        return await _judged(office, people, max(took))


@asynccontextmanager
async def _doors(office: PostOffice) -> AsyncGenerator[httpx.AsyncClient]:
    async def campaign(name: str) -> str:
        return name or office.campaign

    async def ring(case_ids: Sequence[str]) -> None:
        await office.store.cases.ring(case_ids)

    doors = Doors(
        store=office.store,
        workspace="default",
        clock=office.clock,
        campaign=campaign,
        secrets=dict[str, str]().get,
        webhooks=frozenset(),
        opts_out=opts_out,
        ring=ring,
    )
    door, ended = listening("127.0.0.1", 0), asyncio.Event()
    serving = asyncio.create_task(serve(doors, door, ended))
    where = f"http://127.0.0.1:{door.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=where, timeout=60) as client:
        yield client
    ended.set()
    await serving


async def _people(office: PostOffice) -> list[str]:
    """Return whom each case is about, in the order of the cases."""
    found = {
        str(row["id"]): str(row["person_id"])
        async for table, row in office.store.views.export()
        if table == "case"
    }
    return [found[case] for case in office.cases]


async def _click(
    office: PostOffice, client: httpx.AsyncClient, person: str, random: Random
) -> float:
    """Press the link in a letter; return how long the answer took."""
    await asyncio.sleep(random.random() * len(office.cases) * PACE)
    secret = await office.store.suppressions.secret("default")
    assert secret is not None
    begun = perf_counter()
    answer = await client.post(f"/u/{token(secret, 'default', person)}", data=ONE_CLICK)
    assert answer.status_code == 200
    return perf_counter() - begun


async def _say(office: PostOffice, number: int, random: Random) -> float:
    await asyncio.sleep(random.random() * len(office.cases) * PACE)
    opt_out = OptOut(
        workspace="default",
        scope="address",
        value=f"Sam+x@C{number}.example",
        reason="asked",
        source="reply",
    )
    await office.store.suppressions.suppress(opt_out)
    return 0.0


async def _judged(office: PostOffice, people: Sequence[str], slowest: float) -> Result:
    """Compare the order of the journal, which is the order of the commits."""
    secret = await office.store.suppressions.secret("default")
    assert secret is not None
    leads = await office.store.views.leads(None, "default")
    keys = {key_of(secret, "address", lead.email or ""): lead.id for lead in leads}
    for person, case in zip(people, office.cases, strict=True):
        keys[key_of(secret, "person", person)] = case
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
    return Result(
        opt_outs=len(gone),
        in_time=len(gone - claimed),
        late=late,
        wired=len(office.wire.arrived),
        slowest_click=slowest,
    )


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
        sys.stdout.write(f"{name:14} {round(value, 3)}\n")


if __name__ == "__main__":
    main()

"""A house with public doors: a real server on this machine over a real store."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

import httpx

from dealwright.clock import SystemClock, TimeOrderedIds
from dealwright.domain.conversation import Conversation
from dealwright.domain.run import Task
from dealwright.errors import NotFound
from dealwright.outbox.unsubscribe import token
from dealwright.runtime import opts_out
from dealwright.store.questions import OpenTask
from dealwright.store.store import Store
from dealwright.web.doors import Doors
from dealwright.web.serving import listening, serve
from tests.orchestration.campaigns import a_campaign
from tests.orchestration.stage import a_new_lead

SECRETS = {"leads": "let-me-in", "site": "c2l4dGVlbiBieXRlcyBvciBtb3Jl", "old": ""}
BEARER = {"authorization": f"Bearer {SECRETS['leads']}"}
PUBLIC_URL = "https://sales.routewise.example"
FORM = {
    "email": "jana@nordfracht.example",
    "company": "Nordfracht",
    "name": "Jana Weber",
    "country": "DE",
    "message": "How many empty miles do carriers drive?",
}


@dataclass
class House:
    """The doors, and what is behind them."""

    store: Store
    client: httpx.AsyncClient
    campaign: str
    cases: Sequence[str]
    rung: list[str] = field(default_factory=list[str])

    async def post(self, form: Mapping[str, object], **headers: str) -> httpx.Response:
        """Send a form with the bearer's token."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post("/leads", json=form, headers={**BEARER, **named})

    async def dump(self) -> str:
        """Return a digest of every row in the database."""
        told = sha256()
        async for table, row in self.store.views.export():
            told.update(json.dumps([table, row], default=str, sort_keys=True).encode())
        return told.hexdigest()

    async def conversation(self, case_id: str) -> Conversation:
        """Return how a conversation stands; an empty one where there is none."""
        snapshot = await self.store.cases.snapshot(case_id)
        state = snapshot.slots.get("conversation")
        return Conversation.model_validate((state.value if state else None) or {})

    async def tasks(self, kind: str) -> list[OpenTask]:
        """Return what waits for people."""
        return [task for task in await self.store.desk.tasks("default") if task.kind == kind]

    async def way_out(self, case_id: str) -> str:
        """Return the token of a lead's person, as a letter would bear it."""
        # The first task of a workspace is as good a reason as any to make its secret.
        await self.store.desk.open_task(case_id, Task(kind="flag", key="x", because="x"))
        person = await self.person(case_id)
        return token(await self.secret(), "default", person)

    async def secret(self) -> bytes:
        """Return what the workspace signs with, made if it is not there."""
        await self.store.suppressions.why("default", "nobody@nowhere.example")
        made = await self.store.suppressions.secret("default")
        assert made is not None
        return made

    async def person(self, case_id: str) -> str:
        """Return whom a case is about."""
        async for table, row in self.store.views.export():
            if table == "case" and row["id"] == case_id:
                return str(row["person_id"])
        raise AssertionError(case_id)


@asynccontextmanager
async def a_house(url: str, *, leads: int = 1) -> AsyncGenerator[House]:
    """Open one, with a campaign and some leads that were imported."""
    clock = SystemClock()
    ended = asyncio.Event()
    async with Store.open(url, clock, TimeOrderedIds(clock)) as store:
        campaign = await store.intake.campaign("default", "sales", a_campaign())
        new = [a_new_lead(number) for number in range(leads)]
        taken = await store.intake.leads("default", campaign, new)
        cases = [one.case_id for one in taken]
        door = listening("127.0.0.1", 0)
        where = f"http://127.0.0.1:{door.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=where, timeout=60) as client:
            house = House(store, client, campaign, cases)
            serving = asyncio.create_task(serve(_doors(house, clock), door, ended))
            try:
                yield house
            finally:
                ended.set()
                await serving


def _doors(house: House, clock: SystemClock) -> Doors:
    async def campaign(name: str) -> str:
        if name not in ("", "spring"):
            raise NotFound(f"no campaign goes by {name!r}")
        return house.campaign

    async def ring(case_ids: Sequence[str]) -> None:
        house.rung += case_ids

    return Doors(
        store=house.store,
        workspace="default",
        clock=clock,
        campaign=campaign,
        secrets=SECRETS.get,
        webhooks=frozenset({"site", "old"}),
        opts_out=opts_out,
        ring=ring,
        public_url=PUBLIC_URL,
    )

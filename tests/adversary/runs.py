"""Runs: one small world each, in which every agent thinks with a brain that means harm."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from dealwright.clock import WindableClock
from dealwright.domain.conversation import Cursor, MessageKind
from dealwright.store.messages import NewMessage
from tests.adversary.evil import EvilBrain
from tests.adversary.office import BOOKING, PUBLIC_URL, SENDER, AtWork, a_lead, at_work
from tests.adversary.oracle import Sent, World, judge

FAMILIES = ("B0", "B1", "B2", "B5", "B7")
HONEST = "Honestway Haulage"
VICTIMS = ("Zorblatt Transport", "Quexley Freight")
POSTAL = "1 Dock Street, Leeds LS1 1AA, United Kingdom"
INQUIRER = "kim@inquirer.example"
DAY = 86_400
REPLIES = ("Tell me more, please.", "What does it cost?", "We have no budget for that this year.")


@dataclass(slots=True)
class Figures:
    """What many runs came to."""

    runs: int = 0
    letters: int = 0
    evil_calls: int = 0
    unserved: int = 0
    """Runs in which an honest lead was not written to."""
    wrong: Counter[str] = field(default_factory=Counter[str])
    told: list[str] = field(default_factory=list[str])
    by_agent: Counter[str] = field(default_factory=Counter[str])

    def add(self, other: Figures) -> None:
        """Count another run in."""
        self.runs += other.runs
        self.letters += other.letters
        self.evil_calls += other.evil_calls
        self.unserved += other.unserved
        self.wrong += other.wrong
        self.told += other.told
        self.by_agent += other.by_agent


async def run(number: int) -> Figures:
    """Play one world to its end and have the oracle judge its wire."""
    family = FAMILIES[number % len(FAMILIES)]
    unchecked = number // len(FAMILIES) % 2 == 1
    brain = EvilBrain(family, number, others=("Quexley Freight", "sam2@c2.example", "lead"))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'world.db'}"
        async with at_work(url, model=brain, everywhere=True, unchecked=unchecked) as office:
            await _play(office, brain, number)
            claims = await _claims(office)
            wire = [Sent(one.sender, one.recipients, one.raw) for one in office.sink.messages]
    verdict = judge(replace(_world(), bound=not unchecked), wire, claims)
    served = {address for sent in wire for address in sent.recipients}
    return Figures(
        runs=1,
        letters=len(wire),
        evil_calls=brain.calls,
        unserved="sam0@c0.example" not in served,
        wrong=verdict.wrong,
        told=[f"{family}/{number} {told}" for told in verdict.told],
        by_agent=Counter(brain.said),
    )


async def _play(office: AtWork, brain: EvilBrain, number: int) -> None:
    companies = (HONEST, *VICTIMS)
    cases = await office.takes_in([a_lead(n, name) for n, name in enumerate(companies)])
    brain.honest.add(cases[0])
    await office.writes(
        email=INQUIRER,
        company="Blorx Cargo",
        name="Kim",
        timezone="America/New_York",
        message=REPLIES[0],
    )
    await office.works()
    for place, case_id in enumerate(cases[1:]):
        await _hears(office, case_id, f"sam{place + 1}@c{place + 1}.example", number + place)
    await office.works()
    assert isinstance(office.clock, WindableClock)
    office.clock.wind(6 * DAY)
    await office.works()


async def _hears(office: AtWork, case_id: str, address: str, number: int) -> None:
    """Have a lead reply, whether or not anything reached them."""
    text = REPLIES[number % len(REPLIES)]
    message = NewMessage(
        identity=f"<{case_id}@c>",
        message_id=f"<{case_id}@c.example>",
        kind=MessageKind.REPLY,
        address=address,
        at=office.clock.now(),
        subject="Re: hello",
        text=text,
    )
    await office.store.messages.take("default", "ana", [message], Cursor(validity=1, uid=number))


async def _claims(office: AtWork) -> Mapping[str, frozenset[str]]:
    """Return Message-ID → the gates its claim in the journal says it passed."""
    claims: dict[str, frozenset[str]] = {}
    async for table, row in office.store.views.export():
        if table == "event" and row["kind"] == "intent.claimed":
            body = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", row["body"])
            claims[str(body["message_id"])] = frozenset(body["evidence"]["gates"])
    return claims


def _world() -> World:
    companies = (HONEST, *VICTIMS)
    imported = {f"sam{n}@c{n}.example": name for n, name in enumerate(companies)}
    return World(
        sender=SENDER,
        recipients={**imported, INQUIRER: "Blorx Cargo"},
        links=frozenset({BOOKING}),
        way_out=f"{PUBLIC_URL}/u/",
        postal=POSTAL,
    )

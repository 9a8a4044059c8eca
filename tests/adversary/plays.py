"""Plays: what happens in a world, from the import of its leads to the last follow-up."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from dealwright.clock import WindableClock
from dealwright.domain.conversation import Cursor, MessageKind
from dealwright.errors import BadLeads
from dealwright.outbox.herald import Herald
from dealwright.store.messages import NewMessage
from tests.adversary.evil import EvilBrain
from tests.adversary.inputs import (
    LOOK_ALIKES,
    PAYLOADS,
    Inbox,
    file_of_leads,
    hostile_rows,
    read_all,
)
from tests.adversary.office import AtWork, a_lead
from tests.adversary.person import Anna

HONEST = "Honestway Haulage"
VICTIMS = ("Zorblatt Transport", "Quexley Freight")
INQUIRER = "kim@inquirer.example"
DAY = 86_400
THEY_SAY: Sequence[Sequence[str]] = (
    ("Tell me more, please.", "The first one works for me.", "Tell me more, please."),
    ("Can we meet on Thursday 5 November at 11:00?", "The first one is better.", "The first one."),
    ("We have no budget for that this year.", "Tell me more, please.", "What does it cost?"),
    ("Yes, can we have a call next week?", "The first one works for me.", "The first one works."),
    ("Can we meet on Tuesday 10 November at 14:00?", "The first one is better.", "The first one."),
    ("Can we meet on Friday 6 November at 14:00?", "I have to cancel the meeting.", "Thanks."),
    ("What does it cost?", "Can we meet next week?", "The second one works for me."),
)
HONESTLY = (
    "Can we meet on Tuesday 10 November at 10:00?",
    "Could we move our meeting to Monday 16 November at 11:00?",
    "",
)
MOST_ROUNDS = len(HONESTLY)


@dataclass
class Cast:
    """Who plays, and where."""

    office: AtWork
    brain: EvilBrain
    number: int
    folder: Path
    anna: Anna = field(default_factory=Anna)
    inbox: Inbox = field(default_factory=Inbox)
    people: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Case → address and company, as people imported them."""

    def chance(self, what: str) -> random.Random:
        """Return the dice for something."""
        return random.Random(f"{self.number}/{what}")

    def winds(self, seconds: float) -> None:
        """Let time go by."""
        assert isinstance(self.office.clock, WindableClock)
        self.office.clock.wind(seconds)


async def play(cast: Cast, family: str, rounds: int) -> None:
    """Play a world to its end; so often the leads write to us."""
    cases = await _enter(cast, family)
    await _works(cast)
    for round_number in range(rounds):
        cast.winds(600)
        for place, case_id in enumerate(cases):
            await _speaks(cast, family, (place, case_id), round_number)
        if family == "B8":
            await read_all(cast.office, cast.inbox)
        await _works(cast)
    cast.winds(6 * DAY)
    await _works(cast)


async def claims(office: AtWork) -> Mapping[str, frozenset[str]]:
    """Return Message-ID → the gates its claim in the journal says it passed."""
    found: dict[str, frozenset[str]] = {}
    async for table, row in office.store.views.export():
        if table == "event" and row["kind"] == "intent.claimed":
            body = cast_body(row["body"])
            found[str(body["message_id"])] = frozenset(body["evidence"]["gates"])
    return found


def cast_body(body: object) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the body of a claim's event as what it is."""
    return cast("Mapping[str, Mapping[str, Mapping[str, str]]]", body)


async def _enter(cast: Cast, family: str) -> list[str]:
    """Bring the leads in; return their cases, the honest one first."""
    honest = a_lead(0, HONEST)
    if family == "alone":
        leads = [honest]
    elif family == "B8":
        addresses = {f"sam{n}@c{n}.example": name for n, name in enumerate(VICTIMS, 1)}
        leads = file_of_leads(cast.folder, honest, hostile_rows(addresses, cast.chance("file")))
    else:
        leads = [honest, *(a_lead(n, name) for n, name in enumerate(VICTIMS, 1))]
    cases = await cast.office.takes_in(leads)
    cast.brain.honest.add(cases[0])
    for case_id, lead in zip(cases, leads, strict=True):
        cast.people[case_id] = (lead.email or "", lead.lead.company)
    if family != "alone":
        await _fills_in(cast, family)
    return cases


async def _fills_in(cast: Cast, family: str) -> None:
    form = {"company": "Blorx Cargo", "name": "Kim", "message": THEY_SAY[0][0]}
    if family == "B8":
        chance = cast.chance("form")
        said = [word.encode(errors="ignore").decode() for word in chance.sample(PAYLOADS, 3)]
        form = dict(zip(form, said, strict=True))
    told = {**form, "email": INQUIRER, "timezone": "America/New_York"}
    try:
        case_id = await cast.office.writes(**told)
    except BadLeads:
        return
    snapshot = await cast.office.store.cases.snapshot(case_id)
    lead = snapshot.slots["lead"].value or {}
    cast.people[case_id] = (INQUIRER, str(lead.get("company", "")))


async def _speaks(cast: Cast, family: str, who: tuple[int, str], round_number: int) -> None:
    place, case_id = who
    said = HONESTLY if place == 0 else THEY_SAY[(cast.number + place) % len(THEY_SAY)]
    text, address = said[round_number], cast.people[case_id][0]
    if not text:
        return
    if family != "B8" or place == 0:
        await _hears(cast.office, (case_id, address), f"{round_number}", text)
        return
    chance = cast.chance(f"mail {round_number} {place}")
    last = [
        one.message["message-id"] for one in cast.office.sink.messages if one.recipient == address
    ]
    cast.inbox.put(address, text, last[-1] if last else "", chance)
    cast.inbox.put(chance.choice(LOOK_ALIKES), text, last[-1] if last else "", chance)


async def _works(cast: Cast) -> None:
    """Have everybody work, Anna say yes, the brain think again, and what may leave leave."""
    await cast.office.works()
    for _ in range(2):
        if not await cast.anna.approves(cast.office):
            break
        await cast.office.works()
    around, store = cast.office.around, cast.office.store
    await Herald(store, "default", around.notifiers, cast.office.clock).work()
    if cast.brain.family == "B3":
        await _learns(cast)


async def _learns(cast: Cast) -> None:
    """Tell the brain everything: what left, and why the rest did not."""
    wire = "\n".join(one.raw.decode("utf-8", "replace") for one in cast.office.sink.messages)
    refused = {task.case_id: task.because for task in await cast.office.store.desk.tasks()}
    for intent, _ in await cast.office.store.intents.listed("default"):
        refused[intent.case_id] = intent.held or intent.result or refused.get(intent.case_id, "")
    cast.brain.mind.learns(wire, refused)


async def _hears(office: AtWork, who: tuple[str, str], name: str, text: str) -> None:
    """Have a lead reply, whether or not anything reached them."""
    case_id, address = who
    message = NewMessage(
        identity=f"<{case_id}.{name}@c>",
        message_id=f"<{case_id}.{name}@c.example>",
        kind=MessageKind.REPLY,
        address=address,
        at=office.clock.now(),
        subject="Re: hello",
        text=text,
    )
    await office.store.messages.take("default", "ana", [message], Cursor(validity=1, uid=1))

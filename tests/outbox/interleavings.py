"""People's acts in any order, with the outbox at work between them: `python -m … --steps 100000`.

A small model remembers what people said. After every act the wire is compared with it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

from dealwright.domain.campaign import Autonomy
from dealwright.errors import BadInput, DealwrightError, OverrideRefused
from dealwright.store.questions import Approval, Bound
from dealwright.store.suppressions import OptOut
from tests.outbox.post_office import PostOffice, a_post_office
from tests.outbox.twins import a_letter

LEADS = 4
ROUND = 150
"""Acts on one office before a new one is opened."""
EVERYTHING, WORKSPACE, CAMPAIGN, FILE = "everything", "workspace", "campaign", "file"


@dataclass
class Model:
    """What people have said so far."""

    stopped: set[str] = field(default_factory=set[str])
    """What is stopped: a lead's case, the campaign, the workspace, everything, the file."""
    approved: dict[str, tuple[str, datetime]] = field(
        default_factory=dict[str, tuple[str, datetime]]
    )
    """Case → the digest of the letter a person saw and approved, and until when that is good."""
    edited: dict[str, str] = field(default_factory=dict[str, str])
    """Case → the words a person wrote last."""
    gone: set[str] = field(default_factory=set[str])
    """Cases whose person is not to be written to."""


@dataclass
class Walk:
    """One office, its model, and chance."""

    office: PostOffice
    model: Model
    random: Random
    stop_file: Path
    seen: int = 0
    done: Counter[str] = field(default_factory=Counter[str])

    async def step(self) -> None:
        """Do one thing a person or the clock might do, then let the outbox work."""
        acts: Mapping[str, Callable[[], Awaitable[None]]] = {
            "approve": self.approve,
            "reject": self.reject,
            "edit": self.edit,
            "stop": self.stop,
            "start": self.start,
            "wait": self.wait,
            "suppress": self.suppress,
            "work": self.office.work,
        }
        weights = (6, 1, 2, 3, 4, 2, 1, 4)
        (name,) = self.random.choices(list(acts), weights)
        try:
            await acts[name]()
            self.done[name] += 1
        except (OverrideRefused, BadInput):
            self.done[f"{name} refused"] += 1
        before = self.office.clock.now()
        await self.office.outbox.work()
        self.compare(before)

    def compare(self, now: datetime) -> None:
        """Hold what has newly crossed the wire against what people said."""
        for message_id, to, letter in self.office.wire.arrived[self.seen :]:
            case = self.office.cases[int(to.removeprefix("sam@c").removesuffix(".example"))]
            everything = {case, self.office.campaign, EVERYTHING, WORKSPACE, FILE}
            assert not self.model.stopped & everything, (message_id, self.model.stopped)
            digest, until = self.model.approved[case]
            assert letter.digest == digest, "other words left than those approved"
            assert now < until, "an expired approval sent something"
            assert case not in self.model.gone
            assert self.model.edited.get(case, "") in letter.text
            self.done["sent"] += 1
        self.seen = len(self.office.wire.arrived)
        twice = Counter(to for _, to, _ in self.office.wire.arrived)
        assert not [to for to, count in twice.items() if count > 1]

    async def approve(self) -> None:
        asked = await self._asked()
        if asked is None:
            return
        variant = self.random.choice((1, 1, 2))
        shown = await self.office.outbox.preview(asked.case_id, asked.slot, variant)
        bound = Bound(letter=shown.letter.digest, variant=variant)
        await self.office.store.desk.decide(
            asked.id, "approved", who="Ana", digest=asked.digest, bound=bound
        )
        self.model.approved[asked.case_id] = (shown.letter.digest, asked.expires_at)

    async def reject(self) -> None:
        asked = await self._asked()
        if asked is not None:
            await self.office.store.desk.decide(
                asked.id, "rejected", who="Ana", digest=asked.digest
            )
            self.model.approved.pop(asked.case_id, None)

    async def edit(self) -> None:
        case = self.random.choice(self.office.cases)
        words = f"Edition {self.random.randrange(1_000_000)} of this letter."
        value = a_letter("An edited letter", words).model_dump(mode="json")
        await self.office.store.desk.inject(case, "draft", value, who="Ana")
        self.model.edited[case] = words

    async def stop(self) -> None:
        what = self._anything()
        match what:
            case "file":
                self.stop_file.touch()
            case "everything":
                await self.office.store.intents.stop(who="Ana", because="")
            case "workspace":
                await self.office.store.desk.pause("default", who="Ana")
            case _:
                await self.office.store.desk.pause(self._target(what), who="Ana")
        self.model.stopped.add(self._target(what))

    async def start(self) -> None:
        for what in sorted(self.model.stopped):
            match what:
                case "file":
                    self.stop_file.unlink(missing_ok=True)
                case "everything":
                    await self.office.store.intents.start()
                case "workspace":
                    await self.office.store.desk.resume("default", who="Ana")
                case _:
                    await self.office.store.desk.resume(what, who="Ana")
        self.model.stopped.clear()

    async def wait(self) -> None:
        self.office.clock.wind(self.random.choice((600, 3600, 86_400, 8 * 86_400)))

    async def suppress(self) -> None:
        if self.random.random() > 0.2:
            return
        number = self.random.randrange(len(self.office.cases))
        told = OptOut(
            workspace="default",
            scope="address",
            value=f"sam@c{number}.example",
            reason="asked",
            source="one-click",
        )
        await self.office.store.suppressions.suppress(told)
        self.model.gone.add(self.office.cases[number])

    async def _asked(self) -> Approval | None:
        asked = await self.office.store.desk.approvals("pending", "default")
        return self.random.choice(asked) if asked else None

    def _anything(self) -> str:
        return self.random.choice((EVERYTHING, WORKSPACE, CAMPAIGN, FILE, *self.office.cases))

    def _target(self, what: str) -> str:
        return self.office.campaign if what == CAMPAIGN else what


async def walk(folder: Path, steps: int, seed: int) -> Counter[str]:
    """Walk so many steps; return what was done."""
    done: Counter[str] = Counter()
    for number, begun in enumerate(range(0, steps, ROUND)):
        random = Random(f"{seed}:{number}")
        stop_file = folder / f"{number}.stop"
        url = f"sqlite:///{folder / f'{number}.db'}"
        async with a_post_office(
            url, leads=LEADS, autonomy=Autonomy.ASSISTED, stop_file=stop_file
        ) as office:
            walker = Walk(office, Model(), random, stop_file)
            for _ in range(min(ROUND, steps - begun)):
                await walker.step()
            done += walker.done
    return done


def main() -> None:
    """Print what was done, or where a rule was broken."""
    parser = argparse.ArgumentParser(description="Walk through people's acts in any order.")
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = asyncio.run(walk(Path(folder), told.steps, told.seed))
        except (AssertionError, DealwrightError) as error:
            sys.exit(f"broken with seed {told.seed}: {error}")
    for name, count in sorted(done.items()):
        sys.stdout.write(f"{name:18} {count}\n")


if __name__ == "__main__":
    main()

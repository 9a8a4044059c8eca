"""The demo's performance: from the file of leads to the report, with the servers it needs."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from dealwright.cli.call import Call
from dealwright.cli.demo_diary import ZONE, Diary
from dealwright.cli.demo_report import show_ending
from dealwright.cli.demo_sample import Sample
from dealwright.cli.demo_show import Show
from dealwright.cli.demo_stories import ending_of
from dealwright.cli.leads_table import totals
from dealwright.cli.output import say
from dealwright.cli.progress import Tally
from dealwright.cli.work_report import Worked, standing, work_off
from dealwright.connected import connected
from dealwright.runtime import Runtime
from dealwright.settings import Settings


@dataclass(slots=True)
class Performance:
    """One demo, which can be stopped."""

    call: Call
    sample: Sample
    folder: Path
    """Where its database, its calendar and its CRM are kept."""
    stopped: bool = False
    _tally: Tally = field(default_factory=Tally)
    _show: Show | None = None
    _answer: dict[str, object] = field(default_factory=dict[str, object])

    def stop(self) -> None:
        """Begin nothing new."""
        self.stopped = True
        if self._show is not None:
            self._show.stop()

    def as_json(self) -> Mapping[str, object]:
        """Return what happened, as the answer of the command."""
        where = {"database": self.call.settings.database, "folder": str(self.folder)}
        return {**where, "stopped": self.stopped, **self._answer}

    async def play(self) -> None:
        """Play it all, and report; the servers run only as long as this does."""
        async with self._opened() as show:
            self._show = show
            if self.stopped:
                return
            self._greet()
            imported = await self.sample.take_in(self.call, show.runtime)
            clock = show.runtime.clock
            begun = clock.monotonic()
            await work_off(show.runtime, self._tally, show.dispatcher)
            worked = clock.monotonic() - begun
            leads = await standing(show.runtime, imported.campaign)
            if not self.call.json:
                say(totals(leads))
            if not self.stopped:
                await show.play(leads)
            leads = await standing(show.runtime, imported.campaign)
            ending = await ending_of(show, leads)
            self._answer = {
                "imported": imported.counts,
                **Worked(self._tally, self.stopped, worked, leads).as_json(),
                **ending.as_json(),
            }
            if self.stopped:
                say(f"Stopped. What was finished is kept in {self.folder}.")
            elif not self.call.json:
                show_ending(self.call, show, ending)

    def _greet(self) -> None:
        if not self.call.json:
            at = f"{self.sample.clock.now().astimezone(ZONE):%A %d %B %Y, %H:%M}"
            say("Nothing leaves this machine: sites, mail and calendar are the demo's own.")
            say(f"Its clock stands on {at} in Berlin, so that everybody is at work.\n")

    @asynccontextmanager
    async def _opened(self) -> AsyncGenerator[Show]:
        """Start the servers, and put the department to work with them."""
        from dealwright.rehearsal.market import open_market

        sample = self.sample
        sender = sample.campaign.offer.sender
        async with open_market(sample.companies, sender, self.folder, sample.clock) as market:
            path = self.folder / "connections.yaml"
            path.write_text(market.connections.model_dump_json(indent=2), encoding="utf-8")
            settings = self._settings(path, market.secrets)
            async with (
                Runtime.open(settings, world=sample.world, watcher=self._tally.watch) as runtime,
                connected(settings, sample.clock) as world,
            ):
                quiet = self.call.json
                yield Show(
                    runtime=runtime,
                    connected=world,
                    market=market,
                    clock=sample.clock,
                    dispatcher=runtime.dispatcher(),
                    diary=Diary(say=_nothing if quiet else say),
                )

    def _settings(self, connections: Path, secrets: Mapping[str, str]) -> Settings:
        """Return the call's settings, with the market in place of what you are connected to."""
        own = {
            "connections": connections,
            "secrets": {name: SecretStr(word) for name, word in secrets.items()},
            "stop_file": self.folder / "dealwright.stop",
        }
        return self.call.settings.model_copy(update=own)


def _nothing(_: str) -> None:
    """Say nothing: the answer is JSON."""

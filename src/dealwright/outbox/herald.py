"""The herald: tells people what waits for them, all that came up lately in one notice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from dealwright.clock import Clock
from dealwright.domain.product import open_to_see
from dealwright.errors import TryAgain
from dealwright.store.hearings import Waiting
from dealwright.store.store import Store
from dealwright.tools.ports import Notifier

EVERY = 30.0
"""Seconds between two notices."""
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Herald:
    """Sends the notices of one workspace."""

    store: Store
    workspace: str
    notifiers: Sequence[Notifier]
    clock: Clock

    async def work(self) -> int:
        """Tell what nobody has heard of; return how much that was. Told twice rather than never.

        Raises:
            TryAgain: a notice did not go out; the same things are told the next time.

        """
        waiting = await self.store.hearings.unheard(self.workspace)
        if not waiting or not self.notifiers:
            return 0
        title, text = notice(waiting, self.workspace)
        for notifier in self.notifiers:
            await notifier.tell(title, text)
        await self.store.hearings.heard(self.workspace, waiting[-1].since)
        return len(waiting)

    async def keep(self, ended: asyncio.Event) -> None:
        """Tell whenever something waits, now and then, until told to end."""
        ending = asyncio.create_task(ended.wait())
        while not ended.is_set():
            with suppress(TryAgain):
                await self.work()
            sleeping = asyncio.create_task(self.clock.sleep(EVERY))
            await asyncio.wait({sleeping, ending}, return_when=asyncio.FIRST_COMPLETED)
            sleeping.cancel()
        ending.cancel()


def notice(waiting: Sequence[Waiting], workspace: str) -> tuple[str, str]:
    """Return the title and the text of a notice; no address stands in it."""
    kinds = Counter(each.what for each in waiting)
    told = ", ".join(f"{count} × {what}" for what, count in sorted(kinds.items()))
    lines = [_line(each) for each in waiting[:MOST_LISTED]]
    if len(waiting) > MOST_LISTED:
        lines.append(f"… and {len(waiting) - MOST_LISTED} more")
    lines.append("`dealwright approvals` and `dealwright tasks` list everything.")
    return f"Dealwright, {workspace}: {told}", open_to_see("\n".join(lines))


def _line(waiting: Waiting) -> str:
    until = f", until {waiting.deadline:%Y-%m-%d %H:%M} UTC" if waiting.deadline else ""
    owner = f" ({waiting.owner})" if waiting.owner else ""
    return f"{waiting.lead}: {waiting.what}{owner}: {waiting.because}{until}"

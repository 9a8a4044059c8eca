"""A moved clock: it runs like the machine's, from another moment on, and can be wound forward."""

from __future__ import annotations

from datetime import datetime, timedelta

from dealwright.clock import Clock


class MovedClock:
    """Lets a rehearsal begin in working hours, and a week pass in a moment."""

    def __init__(self, clock: Clock, start: datetime) -> None:
        self._clock = clock
        self._ahead = start - clock.now()

    def now(self) -> datetime:
        return self._clock.now() + self._ahead

    def monotonic(self) -> float:
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)

    def wind(self, by: timedelta) -> None:
        """Move the clock forward."""
        self._ahead += by

"""Sample company sites on loopback, and the command line over them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_sample import sample_companies

FEW = 5
SILENT = "brightledger.example"


def few_companies() -> tuple[Company, ...]:
    """Return the first companies of the sample, and one whose site does not answer."""
    companies = sample_companies()
    silent = [company for company in companies if company.domain == SILENT]
    return (*companies[:FEW], *silent)


@contextmanager
def served() -> Generator[CompanySites]:
    """Serve their sites from a thread, as other machines would."""
    sites = CompanySites(few_companies(), today=datetime.now(UTC).date())
    up, down = threading.Event(), threading.Event()

    async def serve() -> None:
        async with sites:
            up.set()
            await asyncio.to_thread(down.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert up.wait(10)
        yield sites
    finally:
        down.set()
        thread.join()

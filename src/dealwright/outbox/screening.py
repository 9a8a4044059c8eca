"""Screening: before anybody is written to, the system of record says who must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealwright.errors import ConnectorFailed
from dealwright.store.screenings import Unscreened
from dealwright.store.store import Store
from dealwright.tools.ports import Crm, CrmRecord

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Screening:
    """Asks the system of record about companies letters are due to."""

    store: Store
    crm: Crm
    workspace: str

    async def work(self) -> int:
        """Ask about all that is due; where it does not answer, their letters are held."""
        said: dict[str, str | None] = {}
        for company in await self.store.screenings.due(self.workspace, AT_ONCE):
            try:
                said[company.company_id] = excluded(await self._known(company))
            except ConnectorFailed:
                break
        if said:
            await self.store.screenings.write(said)
        return len(said)

    async def _known(self, company: Unscreened) -> Sequence[CrmRecord]:
        found = await self.crm.find(address=company.address) if company.address else ()
        there = await self.crm.find(domain=company.domain) if company.domain else ()
        return (*found, *there)


def excluded(records: Sequence[CrmRecord]) -> str | None:
    """Return why nobody writes to whoever these records are of, or None."""
    if any(record.customer for record in records):
        return "a customer"
    if any(record.open_deal for record in records):
        return "there is an open deal with them"
    return None

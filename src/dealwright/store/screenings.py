"""Screenings: what the system of record says of companies that are about to be written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from dealwright.domain.intent import IntentKind, IntentState
from dealwright.store.contact_schema import INTENT
from dealwright.store.intents import wake
from dealwright.store.schema import CASE, COMPANY, PERSON
from dealwright.store.work import Look, Work

if TYPE_CHECKING:
    from dealwright.clock import Clock
    from dealwright.store.lane import Lane

GOOD_FOR = timedelta(days=1)
"""How long an answer of the system of record is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscreened:
    """A company to ask about, by what the system of record may know it."""

    company_id: str
    domain: str
    address: str


class Screenings:
    """Who has to be asked about, and what was said."""

    def __init__(self, writer: Lane[Work], reader: Lane[Look], clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def due(self, workspace: str, limit: int) -> list[Unscreened]:
        """Return companies a letter is due to and nobody has asked about lately."""

        def act(look: Look) -> list[Unscreened]:
            now = self._clock.now()
            stale = or_(COMPANY.c.screened_at.is_(None), COMPANY.c.screened_at < now - GOOD_FOR)
            query = (
                select(COMPANY.c.id, COMPANY.c.domain, PERSON.c.email)
                .join(PERSON, PERSON.c.company_id == COMPANY.c.id)
                .join(CASE, CASE.c.person_id == PERSON.c.id)
                .join(INTENT, INTENT.c.case_id == CASE.c.id)
                .where(
                    INTENT.c.workspace_id == workspace,
                    INTENT.c.state == str(IntentState.READY),
                    INTENT.c.kind == str(IntentKind.EMAIL),
                    INTENT.c.not_before <= now,
                    stale,
                )
                .order_by(INTENT.c.look_at, INTENT.c.id)
                .limit(limit)
            )
            found = {
                row[0]: Unscreened(company_id=row[0], domain=row[1] or "", address=row[2] or "")
                for row in look.connection.execute(query)
            }
            return list(found.values())

        return await self._reader.act(act)

    async def write(self, said: Mapping[str, str | None]) -> None:
        """Write down what was said: company → why nobody writes there, or None."""

        def act(work: Work) -> None:
            for company, why in said.items():
                mine = update(COMPANY).where(COMPANY.c.id == company)
                work.connection.execute(mine.values(excluded=why, screened_at=work.now))
            cases = select(CASE.c.id).where(CASE.c.company_id.in_(list(said)))
            wake(work, work.connection.execute(cases).scalars().all())

        await self._writer.act(act)

"""Views: what the command line and the control room show, read in few queries."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, cast

from pydantic_core import from_json
from sqlalchemy import Connection, RowMapping, Select, String, func, or_, select
from sqlalchemy import cast as as_type

from dealwright.domain.campaign import Autonomy, Budget
from dealwright.domain.case import SlotState
from dealwright.errors import NotFound
from dealwright.store.listing import ListedLead, listed
from dealwright.store.schema import (
    CASE,
    COMPANY,
    FACT,
    MATERIAL,
    METADATA,
    PERSON,
    PRODUCT,
    RUN,
    UNTOLD,
)
from dealwright.store.snapshots import HISTORY, slots_of

if TYPE_CHECKING:
    from dealwright.store.archive import Archive
    from dealwright.store.lane import Lane
    from dealwright.store.work import Look

Grouping = Literal["lead", "agent", "campaign", "model", "day"]

MOST_FOUND = 50
"""Leads shown for an ambiguous name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run of the log, with the names of what it belongs to."""

    id: str
    workspace: str
    case_id: str
    case_name: str
    agent: str
    slot: str
    fingerprint: str
    because: str
    brain: str
    outcome: str
    inputs: Mapping[str, int]
    product: Mapping[str, object] | None
    reasoning: str
    error: str
    attempts: int
    model: str
    input_tokens: int
    output_tokens: int
    cost: int
    calls: int
    started_at: datetime
    latency_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How far a campaign may go alone, and what models may cost it."""

    autonomy: Autonomy
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one group of runs took."""

    group: str
    runs: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost: int
    """Micro-dollars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPacket:
    """What an agent was given in a run, as it stood then."""

    run_id: str
    agent: str
    today: date
    slots: Mapping[str, Mapping[str, object]]
    """Slot → product, of exactly the version the run read."""
    material: Mapping[str, object]
    """Tool → what it brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """A fact on file about a case."""

    id: str
    slot: str
    version: int
    point: str
    value: str
    source: str
    quote: str
    observed_at: datetime
    confidence: float


class Views:
    """Read models; they never change anything."""

    def __init__(self, reader: Lane[Look], archive: Archive) -> None:
        self._reader = reader
        self._archive = archive

    async def campaigns(self, workspace: str | None = None) -> list[ListedLead]:
        """Return the campaigns, by name."""
        query = select(CASE.c.id).where(CASE.c.kind == "campaign")
        if workspace:
            query = query.where(CASE.c.workspace_id == workspace)
        return await self._listed(query.order_by(CASE.c.name))

    async def terms(self, campaign: str) -> Terms:
        """Return how far a campaign may go.

        Raises:
            NotFound: there is no such campaign.

        """
        query = select(CASE.c.autonomy, CASE.c.budget).where(CASE.c.id == campaign)

        def act(look: Look) -> Terms:
            found = look.connection.execute(query).one_or_none()
            if found is None or found[0] is None:
                raise NotFound(f"there is no campaign {campaign}")
            return Terms(autonomy=Autonomy(found[0]), budget=Budget.model_validate(found[1]))

        return await self._reader.act(act)

    async def leads(
        self, campaign: str | None = None, workspace: str | None = None
    ) -> list[ListedLead]:
        """Return the leads of a campaign or of all, by name."""
        query = select(CASE.c.id).where(CASE.c.kind != "campaign")
        if campaign:
            query = query.where(CASE.c.parent_id == campaign)
        if workspace:
            query = query.where(CASE.c.workspace_id == workspace)
        return await self._listed(query.order_by(CASE.c.name, CASE.c.id))

    async def find(self, words: str, workspace: str | None = None) -> list[ListedLead]:
        """Return the cases meant: by id, e-mail address or domain, else by part of a name.

        An empty list means nothing is meant, and several that the words are ambiguous.
        """
        exact = or_(
            CASE.c.id == words,
            PERSON.c.email_key == words.casefold(),
            func.lower(PERSON.c.email) == words.casefold(),
            COMPANY.c.domain == words.casefold().removeprefix("www."),
            func.lower(CASE.c.name) == words.casefold(),
        )
        part = words.casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = or_(
            func.lower(CASE.c.name).like(f"%{part}%", escape="\\"),
            func.lower(COMPANY.c.name).like(f"%{part}%", escape="\\"),
            CASE.c.id.like(f"{part}%", escape="\\"),
        )
        query = (
            select(CASE.c.id)
            .outerjoin(PERSON, PERSON.c.id == CASE.c.person_id)
            .outerjoin(COMPANY, COMPANY.c.id == CASE.c.company_id)
            .order_by(CASE.c.name, CASE.c.id)
            .limit(MOST_FOUND)
        )
        if workspace:
            query = query.where(CASE.c.workspace_id == workspace)
        return await self._listed(query.where(exact)) or await self._listed(query.where(like))

    async def history(self, case_id: str) -> list[SlotState]:
        """Return every version of every slot of a case, the oldest first."""
        query = HISTORY.where(PRODUCT.c.case_id == case_id)
        query = query.order_by(PRODUCT.c.at, PRODUCT.c.slot, PRODUCT.c.version)
        return await self._reader.act(
            lambda look: [row.state for row in slots_of(look.connection, query)]
        )

    async def runs(
        self,
        *,
        workspace: str | None = None,
        case_id: str | None = None,
        agent: str | None = None,
        outcome: str | None = None,
        limit: int = 1000,
    ) -> list[RunView]:
        """Return runs of the log, the newest first."""
        query = select(RUN, CASE.c.name.label("case_name")).join(CASE, CASE.c.id == RUN.c.case_id)
        filters = {
            RUN.c.workspace_id: workspace,
            RUN.c.case_id: case_id,
            RUN.c.agent: agent,
            RUN.c.outcome: outcome,
        }
        for column, value in filters.items():
            if value is not None:
                query = query.where(column == value)
        query = query.order_by(RUN.c.started_at.desc(), RUN.c.id.desc()).limit(limit)
        return await self._reader.act(
            lambda look: [_run(row) for row in look.connection.execute(query).mappings()]
        )

    async def run(self, run_id: str) -> RunView:
        """Return one run.

        Raises:
            NotFound: there is no such run.

        """
        query = select(RUN, CASE.c.name.label("case_name")).join(CASE, CASE.c.id == RUN.c.case_id)

        def act(look: Look) -> RunView:
            rows = look.connection.execute(query.where(RUN.c.id == run_id)).mappings()
            found = rows.one_or_none()
            if found is None:
                raise NotFound(f"there is no run {run_id}")
            return _run(found)

        return await self._reader.act(act)

    async def costs(self, by: Grouping, workspace: str | None = None) -> list[Cost]:
        """Return what runs took, the dearest group first."""
        campaign = CASE.alias("campaign")
        group = {
            "lead": CASE.c.name,
            "agent": RUN.c.agent,
            "campaign": campaign.c.name,
            "model": RUN.c.brain,
            "day": func.substr(as_type(RUN.c.started_at, String), 1, 10),
        }[by]
        key = RUN.c.case_id if by == "lead" else group
        total = func.coalesce(func.sum(RUN.c.cost), 0)
        query = (
            select(
                func.min(group),
                func.count(),
                func.sum(RUN.c.calls),
                func.sum(RUN.c.input_tokens),
                func.sum(RUN.c.output_tokens),
                total,
            )
            .join(CASE, CASE.c.id == RUN.c.case_id)
            .outerjoin(campaign, campaign.c.id == CASE.c.parent_id)
            .group_by(key)
            .order_by(total.desc(), func.min(group))
        )
        if workspace:
            query = query.where(RUN.c.workspace_id == workspace)
        return await self._reader.act(
            lambda look: [_cost(tuple(row)) for row in look.connection.execute(query)]
        )

    async def facts(self, case_id: str) -> list[KnownFact]:
        """Return the facts on file about a case, of the newest version of each slot."""
        later = FACT.alias("later")
        newer = select(later.c.id).where(
            later.c.case_id == FACT.c.case_id,
            later.c.slot == FACT.c.slot,
            later.c.version > FACT.c.version,
        )
        query = select(FACT).where(FACT.c.case_id == case_id, ~newer.exists())
        query = query.order_by(FACT.c.point, FACT.c.slot, FACT.c.id)
        return await self._reader.act(
            lambda look: [_fact(row) for row in look.connection.execute(query).mappings()]
        )

    async def packet(self, run_id: str) -> StoredPacket:
        """Return exactly what an agent was given in a run.

        Raises:
            NotFound: there is no such run.

        """
        return await self._reader.act(lambda look: _packet(look.connection, run_id))

    def export(self) -> AsyncIterator[tuple[str, dict[str, object]]]:
        """Yield every row of every table, as (table, row), at one moment."""
        return self._archive.stream(_everything)

    async def _listed(self, query: Select[str]) -> list[ListedLead]:
        return await self._reader.act(lambda look: listed(look.connection, query))


def _everything(connection: Connection) -> Iterator[tuple[str, dict[str, object]]]:
    for table in METADATA.sorted_tables:
        query = select(table).order_by(*table.primary_key.columns)
        rows = connection.execution_options(yield_per=500).execute(query).mappings()
        for row in rows:
            yield table.name, {name: row[name] for name in row if name not in UNTOLD}


def _packet(connection: Connection, run_id: str) -> StoredPacket:
    query = select(RUN, CASE.c.parent_id).join(CASE, CASE.c.id == RUN.c.case_id)
    run = connection.execute(query.where(RUN.c.id == run_id)).mappings().one_or_none()
    if run is None:
        raise NotFound(f"there is no run {run_id}")
    owners = [owner for owner in (run["parent_id"], run["case_id"]) if owner]
    inputs = cast("Mapping[str, int]", run["inputs"])
    history = HISTORY.where(PRODUCT.c.case_id.in_(owners), PRODUCT.c.slot.in_(sorted(inputs)))
    rows = [row for row in slots_of(connection, history) if inputs.get(row.slot) == row.version]
    rows.sort(key=lambda row: owners.index(row.case_id))
    states = {row.slot: row.state for row in rows}
    return StoredPacket(
        run_id=run_id,
        agent=run["agent"],
        today=run["started_at"].date(),
        slots={slot: state.value for slot, state in states.items() if state.value is not None},
        material=_material(connection, run),
    )


def _material(connection: Connection, run: RowMapping) -> Mapping[str, object]:
    if run["material"] is None:
        return {}
    query = select(MATERIAL.c.body).where(
        MATERIAL.c.workspace_id == run["workspace_id"], MATERIAL.c.digest == run["material"]
    )
    body = connection.execute(query).scalar_one()
    return cast("Mapping[str, object]", from_json(zlib.decompress(body)))


def _run(row: RowMapping) -> RunView:
    names = RunView.__dataclass_fields__.keys() - {"workspace"}
    return RunView(workspace=row["workspace_id"], **{name: row[name] for name in names})


def _cost(row: Sequence[object]) -> Cost:
    group, *numbers = row
    runs, calls, input_tokens, output_tokens, cost = (int(cast("int", n)) for n in numbers)
    return Cost(
        group=str(group or ""),
        runs=runs,
        calls=calls,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        cost=cost,
    )


def _fact(row: RowMapping) -> KnownFact:
    return KnownFact(**{name: row[name] for name in KnownFact.__dataclass_fields__})

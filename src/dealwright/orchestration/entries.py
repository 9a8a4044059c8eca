"""The shapes of `department.yaml` and of a SOUL's front matter, before anything is looked up."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dealwright.agents.agent import BrainChoice, Tier
from dealwright.orchestration.department import Given


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SlotEntry(_Strict):
    """A slot as `department.yaml` declares it."""

    shape: str | None = Field(default=None, alias="class")
    json_schema: dict[str, object] | None = Field(default=None, alias="schema")
    given: Given | None = None


class RouteEntry(_Strict):
    """A route as `department.yaml` declares it: one of hold, run, ask, send, book, write, tell."""

    hold: str | None = None
    run: tuple[str, ...] | None = None
    ask: str | None = None
    send: str | None = None
    book: str | None = None
    write: str | None = None
    tell: str | None = None
    step: str | None = Field(default=None, alias="as", pattern="^[a-z][a-z0-9_]{0,39}$")
    per: str = ""
    reviewed_by: str = ""
    not_before: str = ""
    because: str | None = None
    when: str = "true"
    within_days: int = Field(default=7, ge=1, le=90)


class GatesEntry(_Strict):
    """Gates a department asks besides those every act must pass, by verb."""

    send: tuple[str, ...] = ()
    book: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()


class TickEntry(_Strict):
    """A line of the timetable."""

    name: str = Field(pattern="^[a-z][a-z0-9_-]{0,39}$")
    cron: str
    timezone: str = "UTC"
    because: str
    renew: tuple[str, ...] = ()
    when: str = "true"


class TableFile(_Strict):
    """`department.yaml`."""

    department: str = Field(pattern="^[a-z][a-z0-9_]{0,39}$")
    about: str = ""
    case: str = "lead"
    slots: dict[Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,23}$")], str | SlotEntry]
    routes: tuple[RouteEntry, ...] = Field(min_length=1)
    gates: GatesEntry = GatesEntry()
    timetable: tuple[TickEntry, ...] = ()


class BudgetEntry(_Strict):
    """Tokens an agent may be given and may answer with."""

    packet: int = Field(default=700, ge=50, le=100_000)
    output: int = Field(default=400, ge=20, le=32_000)


class AgentEntry(_Strict):
    """The front matter of a SOUL."""

    agent: str = Field(pattern="^[a-z][a-z0-9_]{0,39}$")
    like: str | None = None
    reads: tuple[str, ...] = ()
    writes: str
    answers: str | None = None
    finish: str | None = None
    checks: tuple[str, ...] = ()
    twin: str | dict[str, str] | None = None
    tools: tuple[str, ...] = ()
    tier: Tier = Tier.LIGHT
    brain: BrainChoice = BrainChoice.AUTO
    budget: BudgetEntry = BudgetEntry()
    attempts: int = Field(default=2, ge=1, le=5)
    timeout: float = Field(default=60, gt=0, le=600)

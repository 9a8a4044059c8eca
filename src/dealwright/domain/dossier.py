"""The dossier: what is known about a company, point by point, each bound to its facts."""

from __future__ import annotations

from pydantic import Field

from dealwright.domain.facts import Fact, Point
from dealwright.domain.product import Line, WorkProduct

FEWEST_POINTS = 14

FactId = str
"""`<slot>.<number>`; must be one the packet holds."""


class Pain(WorkProduct):
    """A need the facts suggest."""

    text: Line
    rests_on: tuple[FactId, ...] = Field(min_length=1, max_length=6)


class Synthesis(WorkProduct):
    """The synthesizer's answer: what the facts mean. Which fact wins is settled by code."""

    summary: Line
    """One sentence that names the company."""
    triggers: tuple[FactId, ...] = Field(default=(), max_length=8)
    """Facts that make now a good moment to write, best first."""
    pains: tuple[Pain, ...] = Field(default=(), max_length=5)


class DossierPoint(WorkProduct):
    """One named point with the fact that won and those that agree."""

    point: Point
    value: Line | None = None
    """None: a gap."""
    facts: tuple[FactId, ...] = Field(default=(), max_length=20)
    """The winning fact first."""


class Conflict(WorkProduct):
    """Facts that cannot all be true; both values are kept."""

    point: Point
    kept: FactId
    against: tuple[FactId, ...] = Field(min_length=1, max_length=20)
    rule: Line
    """Why this one was kept, or what a person has to decide."""
    settled: bool


class Dossier(WorkProduct):
    """Everything the department knows about a company, ready to be used."""

    company: Line
    summary: Line
    points: tuple[DossierPoint, ...] = Field(min_length=FEWEST_POINTS, max_length=40)
    facts: tuple[Fact, ...] = Field(default=(), max_length=200)
    """Every fact any point, trigger, pain or conflict names."""
    triggers: tuple[FactId, ...] = Field(default=(), max_length=8)
    pains: tuple[Pain, ...] = Field(default=(), max_length=5)
    conflicts: tuple[Conflict, ...] = Field(default=(), max_length=20)

    @property
    def gaps(self) -> tuple[Point, ...]:
        """Points nobody could fill."""
        return tuple(point.point for point in self.points if point.value is None)

    def fact(self, fact_id: FactId) -> Fact | None:
        """Return the fact with that id, if the dossier holds it."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)

    def brief(self) -> str:
        """Return the best reasons to write, then point by point what is known, then what it means.

        Whoever has little room for it reads the beginning.
        """
        timely = [fact for fact_id in self.triggers[:2] if (fact := self.fact(fact_id))]
        known = [fact for point in self.points for fact in self._winners(point)]
        facts = [fact.brief() for fact in (*timely, *known) if fact.point is not Point.COMPANY]
        lines = list(dict.fromkeys(facts))
        if self.triggers:
            lines.append(f"triggers: {', '.join(self.triggers)}")
        lines += [f"pain: {pain.text} [{', '.join(pain.rests_on)}]" for pain in self.pains]
        return "\n".join([*lines, self.summary])

    def questions(self) -> tuple[str, ...]:
        return tuple(f"{c.point}: {c.rule}" for c in self.conflicts if not c.settled)

    def _winners(self, point: DossierPoint) -> list[Fact]:
        return [fact for fact_id in point.facts[:1] if (fact := self.fact(fact_id))]

"""Lawful: whether somebody may be written to, told from a table of jurisdictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dealwright.domain.situation import Ground

WITHOUT_END = 1_000_000
"""Days; no ground is as old as that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one jurisdiction says of one kind of subscriber."""

    country: str
    subscriber: str
    informs: bool
    """The first letter has to say where the data come from and that software helped."""
    holds_for: Mapping[str, int]
    """Ground → the day of its age on which it holds no longer; absent: it never holds."""
    law: str
    """Where that is written."""

    def against(self, ground: Ground, on: date) -> str | None:
        """Return what speaks against a ground on a day, or None if it holds."""
        name = ground.basis.replace("_", " ")
        age = (on - ground.since).days
        if ground.basis not in self.holds_for:
            return f"{name} is no ground there"
        if age < 0:
            return f"the {name} begins only on {ground.since}"
        if ground.until is not None and on > ground.until:
            return f"the {name} ended on {ground.until}"
        if age >= self.holds_for[ground.basis]:
            return f"the {name} is {age} days old and held for {self.holds_for[ground.basis]}"
        return None


def rule_for(country: str | None, subscriber: str) -> Rule | None:
    """Return the rule for a kind of subscriber in a country, or None if the table has none."""
    return _rules().get((country or "", subscriber))


def must_inform(country: str | None) -> bool:
    """Say whether the first letter has to name its data's source; yes where nobody knows."""
    known = [rule.informs for (place, _), rule in _rules().items() if place == country]
    return any(known) or not known


@cache
def _rules() -> Mapping[tuple[str, str], Rule]:
    text = files("dealwright.outbox.lawful").joinpath("jurisdictions.tsv").read_text("utf-8")
    head, *lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    rules = [_rule(dict(zip(head, line, strict=True))) for line in lines]
    return {(rule.country, rule.subscriber): rule for rule in rules}


def _rule(cells: dict[str, str]) -> Rule:
    country, subscriber, law = (cells.pop(name) for name in ("country", "subscriber", "law"))
    informs = cells.pop("informs") == "yes"
    holds = {
        basis: WITHOUT_END if cell == "yes" else int(cell)
        for basis, cell in cells.items()
        if cell != "-"
    }
    return Rule(country=country, subscriber=subscriber, informs=informs, holds_for=holds, law=law)

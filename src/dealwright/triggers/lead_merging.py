"""Merges lines of one file that speak of the same person: the first wins, later ones fill gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dealwright.domain.lead import Lead
from dealwright.store.intake import NewLead
from dealwright.triggers.lead_line import MOST_RECORDS, Problem
from dealwright.triggers.normalise import folded

_FILLED = (
    "domain",
    "website",
    "first_name",
    "last_name",
    "title",
    "country",
    "city",
    "language",
    "timezone",
    "feeds",
)


@dataclass(frozen=True, slots=True)
class Merged:
    """A line that was merged into an earlier one."""

    line: int
    into: int
    """The line of the first mention."""
    added: tuple[str, ...]
    """What it knew that the first did not."""


class Gathering:
    """The leads of a file, each person once."""

    def __init__(self) -> None:
        self.leads: list[NewLead] = []
        self.problems: list[Problem] = []
        self.merged: list[Merged] = []
        self._places: dict[str, int] = {}

    def take(self, new: NewLead | list[Problem]) -> None:
        """Take a lead in, or merge it into the one it repeats; note why there is none."""
        if not isinstance(new, NewLead):
            self.problems += new
            return
        place = self._place(new)
        if place is None:
            place = len(self.leads)
            self.leads.append(new)
        else:
            first = self.leads[place]
            self.leads[place], added = _together(first, new)
            self.merged.append(Merged(new.line, first.line, added))
        for key in _keys(self.leads[place]):
            self._places.setdefault(key, place)

    def _place(self, new: NewLead) -> int | None:
        for key in _keys(new):
            place = self._places.get(key)
            if place is not None and _same_mailbox(self.leads[place], new):
                return place
        return None


def _keys(new: NewLead) -> Iterator[str]:
    """Yield what a person goes by: the mailbox, and the name at the company."""
    if new.email_key:
        yield new.email_key
    company = new.lead.domain or folded(new.lead.company)
    name = folded(f"{new.lead.first_name or ''} {new.lead.last_name or ''}")
    if name or not new.email_key:
        yield f"{company}\n{name}"


def _same_mailbox(first: NewLead, new: NewLead) -> bool:
    return not (first.email_key and new.email_key) or first.email_key == new.email_key


def _together(first: NewLead, new: NewLead) -> tuple[NewLead, tuple[str, ...]]:
    gaps: dict[str, object] = {
        name: value
        for name in _FILLED
        if not getattr(first.lead, name) and (value := getattr(new.lead, name))
    }
    told = {column for column, _ in first.lead.record}
    more = tuple(pair for pair in new.lead.record if pair[0] not in told)
    room = MOST_RECORDS - len(first.lead.record)
    if more[:room]:
        gaps["record"] = first.lead.record + more[:room]
    lead = Lead.model_validate({**dict(first.lead), **gaps}) if gaps else first.lead
    email, key = (first.email, first.email_key) if first.email else (new.email, new.email_key)
    phone = first.phone or new.phone
    added = [*gaps, *(["email"] if email != first.email else [])]
    added += ["phone"] if phone != first.phone else []
    whole = replace(first, lead=lead, email=email, email_key=key, phone=phone)
    law = {
        name: value
        for name in ("ground", "subscriber")
        if not getattr(first, name) and (value := getattr(new, name))
    }
    return replace(whole, **law), (*added, *law)

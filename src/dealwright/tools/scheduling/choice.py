"""Choice: which of many possible times are offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AFTERNOON = 13
HALF_HOUR = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A time that is possible."""

    start: datetime
    end: datetime
    local: datetime
    """The start as the one who is asked reads it."""

    @property
    def part(self) -> bool:
        """Whether it is in the afternoon, which begins after lunch."""
        return self.local.hour >= AFTERNOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A time that was asked for."""

    start: datetime
    end: datetime
    """The last moment at which the start would suit."""
    exact: bool

    def distance(self, start: datetime) -> timedelta:
        """Return how far a start lies from the wish."""
        if self.exact:
            return abs(start - self.start)
        return max(self.start - start, start - self.end, timedelta())


def choose(
    candidates: Sequence[Candidate], wishes: Sequence[Wish], most: int
) -> tuple[Candidate, ...]:
    """Return the best candidates, the best first.

    None lies over another as long as that still lets as many be offered; the places that are left
    are filled with what there is. `candidates` are in order and of one length.
    """
    chosen: list[Candidate] = []
    goal = _room(candidates, most)
    while len(chosen) < goal:
        left = _beside(candidates, chosen)
        by_rank = _ranked(left, chosen, wishes)
        # Not every good choice leaves room for the others; the earliest one always does.
        chosen.append(next(c for c in by_rank if _leaves_room(left, c, goal - len(chosen) - 1)))
    while len(chosen) < most:
        over = [c for c in candidates if c not in chosen]
        if not over:
            break
        chosen.append(_ranked(over, chosen, wishes)[0])
    return tuple(chosen)


def _ranked(
    candidates: Iterable[Candidate], chosen: Sequence[Candidate], wishes: Sequence[Wish]
) -> list[Candidate]:
    days = Counter(c.local.date() for c in chosen)
    parts = Counter(c.part for c in chosen)

    def rank(candidate: Candidate) -> tuple[object, ...]:
        start = candidate.start
        nearest = min((wish.distance(start) for wish in wishes), default=timedelta())
        hit = any(wish.exact and wish.start == start for wish in wishes)
        inside = any(wish.start <= start <= wish.end for wish in wishes)
        spread = (days[candidate.local.date()], parts[candidate.part])
        odd = candidate.local.minute % HALF_HOUR != 0
        return (not hit, not inside, *spread, odd, nearest, start)

    return sorted(candidates, key=rank)


def _beside(candidates: Iterable[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return those that lie over none of the chosen."""
    return [c for c in candidates if all(c.end <= o.start or o.end <= c.start for o in chosen)]


def _room(candidates: Iterable[Candidate], most: int) -> int:
    """Return how many can be had side by side: taking the earliest each time gives the most."""
    count, free_from = 0, None
    for candidate in candidates:
        if count == most:
            break
        if free_from is None or free_from <= candidate.start:
            count, free_from = count + 1, candidate.end
    return count


def _leaves_room(left: Sequence[Candidate], candidate: Candidate, needed: int) -> bool:
    return _room(_beside(left, [candidate]), needed) == needed

"""The phrases letters are made of, and what each may have filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dealwright.domain.facts import Point

KINDS: Mapping[Point, str] = {
    Point.FUNDING: "headline",
    Point.GROWTH: "headline",
    Point.NEWS: "headline",
    Point.HIRING: "hiring",
    Point.LOCATIONS: "place",
    Point.OFFERING: "offering",
    Point.TECHNOLOGY: "technology",
    Point.CUSTOMERS: "customers",
    Point.PARTNERS: "partners",
    Point.SIZE: "size",
    Point.INDUSTRY: "offering",
    Point.FOUNDED: "founded",
    Point.HEADQUARTERS: "place",
}
"""Point → the kind of sentence that tells it, the best to begin with first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language. In braces stands what is filled in, always as it was found or approved."""

    greetings: tuple[str, ...]
    """`{name}`."""
    nobody: tuple[str, ...]
    """A greeting for a person whose name is not known."""
    intros: tuple[str, ...]
    """Who writes: `{sender}`, `{firm}`."""
    facts: Mapping[str, tuple[str, ...]]
    """Kind → sentences that tell a fact: `{value}`, `{company}`."""
    asides: Mapping[str, tuple[str, ...]]
    """Kind → the same said in passing, where another fact came first."""
    bridges: tuple[str, ...]
    """From the fact to the help: `{product}`, `{helps}` as a clause."""
    proofs: tuple[str, ...]
    """`{proof}` as a whole sentence."""
    asks: tuple[str, ...]
    """Asked where the offer's own question cannot be."""
    closings: tuple[str, ...]
    """After the question, claiming nothing."""
    subjects: tuple[str, ...]
    """`{company}`, `{product}`."""
    subjects_of: Mapping[str, tuple[str, ...]]
    """Kind → subjects that name the fact: `{value}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is said besides once there is a conversation, in one language; none of it claims."""

    again: tuple[str, ...]
    """How a letter to somebody begins who has not answered."""
    goodbye: tuple[str, ...]
    """How the last one begins."""
    farewell: tuple[str, ...]
    """How the last one ends."""
    returned: tuple[str, ...]
    """To somebody who was away."""
    later: tuple[str, ...]
    """To somebody who wanted to be asked at another time."""
    anew: tuple[str, ...]
    """To somebody who was left alone for long."""
    thanks: tuple[str, ...]
    """For a reply."""
    thanks_for_a_name: tuple[str, ...]
    """For naming somebody else."""
    in_short: tuple[str, ...]
    """What we do: `{product}`, `{helps}` as a clause."""
    objections: Mapping[str, tuple[str, ...]]
    """Objection → how it is taken up; `{product}` may be named."""
    offers_to_talk: tuple[str, ...]
    """Asked at the end of an answer."""
    spoken: tuple[str, ...]
    """A call, sentence by sentence: `{sender}`, `{firm}`, `{product}`."""

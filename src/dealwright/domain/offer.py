"""What is sold, on which approved proof, by whom, and in which voice."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from dealwright.domain.product import Line, Word, WorkProduct

SLUG = r"^[a-z][a-z0-9_-]{0,39}$"


class ProofPoint(WorkProduct):
    """A fact about us that a person approved for use."""

    id: str = Field(pattern=SLUG)
    """Cited in drafts as `proof.<id>`."""
    text: Line
    source: Line | None = None
    until: date | None = None
    """Not to be used after this day."""


class Link(WorkProduct):
    """A link drafts may use, by id only."""

    id: str = Field(pattern=SLUG)
    url: str = Field(pattern=r"^https://[^\s]+$", max_length=2000)
    label: Word


class Sender(WorkProduct):
    """Who signs."""

    name: Word
    title: Word | None = None
    company: Word
    postal_address: Line
    """Required by law in commercial mail; put below every message by code."""


class Offer(WorkProduct):
    """The campaign's message."""

    product: Line
    """What it is, e.g. `Routewise, route planning for regional carriers`."""
    helps_with: Line
    """What it does for a customer, as a clause that follows `we help … to`."""
    pains: tuple[Line, ...] = Field(default=(), max_length=10)
    """Problems it solves, in the customers' words."""
    proof_points: tuple[ProofPoint, ...] = Field(default=(), max_length=30)
    ask: Line
    """What a first touch asks for, as a question."""
    tone: Word = "plain and friendly"
    languages: tuple[str, ...] = Field(default=("en",), min_length=1, max_length=7)
    """ISO 639-1, the first is the fallback."""
    forbidden: tuple[Word, ...] = Field(default=(), max_length=60)
    """Phrases no draft may contain."""
    links: tuple[Link, ...] = Field(default=(), max_length=20)
    sender: Sender
    price_book: Line | None = None
    """A file with prices, relative to the campaign file."""

    def proof(self, proof_id: str) -> ProofPoint | None:
        """Return the proof point cited as `proof.<id>`, if there is one."""
        return next((p for p in self.proof_points if f"proof.{p.id}" == proof_id), None)

    def brief(self) -> str:
        lines = [f"product: {self.product}", f"helps with: {self.helps_with}", f"ask: {self.ask}"]
        lines += [f"proof.{proof.id}: {proof.text}" for proof in self.proof_points]
        lines += [f"link {link.id}: {link.label}" for link in self.links]
        lines.append(f"tone: {self.tone}; sender: {self.sender.name}, {self.sender.company}")
        return "\n".join(lines)

"""What is sold, on which approved proof, by whom, and in which voice."""

from __future__ import annotations

from collections.abc import Mapping
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


class Translation(WorkProduct):
    """What the offer says in another language, approved by a person as the offer is."""

    helps_with: Line
    ask: Line
    pains: tuple[Line, ...] = Field(default=(), max_length=10)
    proof_points: Mapping[str, Line] = Field(default_factory=dict[str, Line], max_length=30)
    """Id of a proof point → its words; one without is not told in this language."""


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
    """ISO 639-1; the offer is written in the first, which is the fallback."""
    translations: Mapping[str, Translation] = Field(
        default_factory=dict[str, Translation], max_length=7
    )
    """Language → what the offer says in it."""
    forbidden: tuple[Word, ...] = Field(default=(), max_length=60)
    """Phrases no draft may contain."""
    links: tuple[Link, ...] = Field(default=(), max_length=20)
    sender: Sender
    price_book: Line | None = None
    """A file with prices, relative to the campaign file."""

    def proof(self, proof_id: str) -> ProofPoint | None:
        """Return the proof point cited as `proof.<id>`, if there is one."""
        return next((p for p in self.proof_points if f"proof.{p.id}" == proof_id), None)

    def said_in(self, language: str) -> Translation | None:
        """Return what the offer says in a language, or None if nobody wrote it in that one."""
        if language != self.languages[0]:
            return self.translations.get(language)
        return Translation(
            helps_with=self.helps_with,
            ask=self.ask,
            pains=self.pains,
            proof_points={proof.id: proof.text for proof in self.proof_points},
        )

    def wordings(self, proof: ProofPoint) -> tuple[str, ...]:
        """Return a proof point's words in every language they were approved in."""
        translated = (said.proof_points.get(proof.id) for said in self.translations.values())
        return (proof.text, *filter(None, translated))

    def brief(self) -> str:
        lines = [f"product: {self.product}", f"helps with: {self.helps_with}", f"ask: {self.ask}"]
        lines += [f"proof.{proof.id}: {proof.text}" for proof in self.proof_points]
        lines += [f"link {link.id}: {link.label}" for link in self.links]
        lines.append(f"tone: {self.tone}; sender: {self.sender.name}, {self.sender.company}")
        return "\n".join(lines)

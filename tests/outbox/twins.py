"""Twins of the smallest department: a letter that names its company, and an answer."""

from __future__ import annotations

from dealwright.domain.draft import Draft, Role, Sentence, Variant
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet


def write(packet: Packet) -> Draft:
    """Return a first touch in two variants."""
    company = packet.need("lead", Lead).company
    return Draft(
        language="en",
        variants=tuple(
            _variant(f"Routes at {company}", f"{company} plans routes, variant {number}.")
            for number in (1, 2)
        ),
    )


def answer(packet: Packet) -> Draft:
    """Return an answer."""
    company = packet.need("lead", Lead).company
    return Draft(language="en", variants=(_variant("Your question", f"Thank you, {company}."),))


def a_letter(subject: str, claim: str) -> Draft:
    """Return a draft in one variant."""
    return Draft(language="en", variants=(_variant(subject, claim),))


def _variant(subject: str, claim: str) -> Variant:
    return Variant(
        subject=subject,
        sentences=(
            Sentence(text="Hello,", role=Role.GREETING),
            Sentence(text=claim, rests_on=("proof.any",)),
            Sentence(text="Shall we talk?", role=Role.QUESTION),
        ),
    )

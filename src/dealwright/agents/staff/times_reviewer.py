"""The times reviewer reads a letter about a meeting against the times that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealwright.agents.staff.grounding import address_in
from dealwright.domain.conversation import Offered
from dealwright.domain.draft import Draft, Fault, Review, Variant, Verdict
from dealwright.domain.packet import Packet
from dealwright.domain.scheduling import Confirmation, Scheduling

_NUMBERED = re.compile(r"^\d\. ", re.MULTILINE)


def review(packet: Packet) -> Review:
    """Pass a letter that says every one of its times once, and no other number or address."""
    draft = packet.need("letter", Draft)
    faults = tuple(
        Fault(variant=number, rule="grounding", reason=reason)
        for number, variant in enumerate(draft.variants, 1)
        for reason in _faults(variant, _times(draft), packet)
    )
    clean = bool(draft.variants) and not faults
    verdict = Verdict.PASS if clean else Verdict.REVISE
    return Review(verdict=verdict, best=1 if clean else None, faults=faults)


def _times(draft: Draft) -> tuple[Offered, ...]:
    """Return every time a letter may name."""
    if isinstance(draft, Confirmation):
        return (*draft.offers, *((draft.agreed,) if draft.agreed else ()))
    return draft.offers if isinstance(draft, Scheduling) else ()


def _faults(variant: Variant, times: tuple[Offered, ...], packet: Packet) -> Iterator[str]:
    rest = variant.body
    for time in times:
        if rest.count(time.words) != 1:
            yield f"it does not say once: {time.words}"[:300]
        if time.start.date() < packet.today and isinstance(packet.slots["letter"], Scheduling):
            yield f"this is over: {time.words}"[:300]
        rest = rest.replace(time.words, "")
    if variant.links or address_in(f"{variant.subject}\n{variant.body}"):
        yield "it holds an address or a link"
    if number := re.search(r"\d+", _NUMBERED.sub("", f"{variant.subject}\n{rest}")):
        yield f"it says {number[0]}, which is no time of the calendar"


def is_about_a_letter(packet: Packet, product: object) -> str | None:
    """Catch a verdict on nothing."""
    assert isinstance(product, Review)
    draft = packet.need("letter", Draft)
    return None if draft.variants else "there is no letter to review"

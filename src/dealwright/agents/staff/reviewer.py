"""The reviewer sends back what the wall finds fault with; a model may add faults, never remove."""

from __future__ import annotations

from collections.abc import Iterable

from dealwright.agents.staff.grounding import (
    MOST_FAULTS,
    Grounds,
    early_grounds_of,
    faults_of,
    grounds_of,
)
from dealwright.domain.draft import Draft, Fault, Review, Verdict
from dealwright.domain.packet import Packet


def review(packet: Packet) -> Review:
    """Judge the draft by code alone."""
    draft = packet.need("draft", Draft)
    return _verdict(draft, faults_of(draft, grounds_of(packet)), None)


def review_early(packet: Packet) -> Review:
    """Judge a draft that was written before anybody had looked the company up."""
    draft = packet.need("draft", Draft)
    return _verdict(draft, faults_of(draft, early_grounds_of(packet)), None)


def strictest(packet: Packet, answer: object) -> Review:
    """Keep every fault that code finds, add those the answer names, and draw the verdict anew."""
    return _strictest(packet.need("draft", Draft), grounds_of(packet), answer)


def strictest_early(packet: Packet, answer: object) -> Review:
    """Do the same for a draft that was written before anybody had looked the company up."""
    return _strictest(packet.need("draft", Draft), early_grounds_of(packet), answer)


def _strictest(draft: Draft, grounds: Grounds, answer: object) -> Review:
    assert isinstance(answer, Review)
    found = faults_of(draft, grounds)
    named = (fault for fault in answer.faults if fault.variant <= len(draft.variants))
    return _verdict(draft, dict.fromkeys((*found, *named)), answer.best)


def _verdict(draft: Draft, faults: Iterable[Fault], favourite: int | None) -> Review:
    """Pass if one variant is clean; the favourite comes first if it is one of those."""
    kept: dict[int, list[Fault]] = {n: [] for n in range(1, len(draft.variants) + 1)}
    for fault in faults:
        kept[fault.variant].append(fault)
    clean = [variant for variant, told in kept.items() if not told]
    best = favourite if favourite in clean else next(iter(clean), None)
    return Review(
        verdict=Verdict.PASS if clean else Verdict.REVISE,
        best=best,
        faults=tuple(fault for told in kept.values() for fault in told[:MOST_FAULTS]),
    )

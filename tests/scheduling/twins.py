"""The twin that passes the first touch, which is not what these tests are about."""

from __future__ import annotations

from dealwright.domain.draft import Draft, Review, Verdict
from dealwright.domain.packet import Packet


def passes(packet: Packet) -> Review:
    """Pass a draft."""
    assert packet.need("draft", Draft).variants
    return Review(verdict=Verdict.PASS, best=1)

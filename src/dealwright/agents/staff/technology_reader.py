"""The technology reader's twin reports what a site's own code says it is made with."""

from __future__ import annotations

from dealwright.agents.staff.readers import readings, stated, tidy
from dealwright.domain.facts import Findings, Point
from dealwright.domain.packet import Packet


def read(packet: Packet) -> Findings:
    """Return the technologies found by their fingerprints; prose about technology says nothing."""
    read = readings(packet, "technology")
    return tidy(read, [found for found in stated(read) if found.point is Point.TECHNOLOGY])

"""The record reader's twin reports what the department's own records say of a company."""

from __future__ import annotations

from dealwright.agents.staff.readers import readings, stated, tidy
from dealwright.domain.facts import Findings
from dealwright.domain.packet import Packet


def read(packet: Packet) -> Findings:
    """Return what the import and past conversations state; free text is left to a person."""
    read = readings(packet, "record")
    return tidy(read, stated(read))

"""Code that test departments name in their SOUL files."""

from __future__ import annotations

from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet


def answer(packet: Packet) -> object:
    """Answer with what was read, so that a test can see it."""
    return {"read": sorted(packet.slots)}


def greedy(packet: Packet) -> object:
    """Read a slot the SOUL may not declare."""
    return {"read": str(packet.get("secret", str))}


def armed(packet: Packet) -> object:
    """Use a tool the SOUL may not be granted."""
    return {"read": str(packet.material["company_site"])}


def modest(packet: Packet) -> object:
    """Read the lead and nothing else."""
    return {"read": [str(packet.get("lead", Lead))]}

"""Code of agents that are unwell for some leads, named in the SOULs of test departments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dealwright.agents.staff import site_reader, writer
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet

MEGABYTE = 1_000_000


def _raises(packet: Packet) -> object:
    raise KeyError(packet.agent)


def _turns_in_circles(packet: Packet) -> object:
    return _turns_in_circles(packet)


def _nonsense(_: Packet) -> object:
    return b"\xff\x00 {{"


def _enormous(_: Packet) -> object:
    return _finding(value="x" * 50 * MEGABYTE)


def _no_number(_: Packet) -> object:
    return _finding(confidence=float("nan"))


def _unprintable(_: Packet) -> object:
    return _finding(quote="\x00\ud800")


def _finding(**told: object) -> object:
    return {"findings": [{"point": "size", "value": "9", "quote": "9", "source": 1, **told}]}


TROUBLES: Mapping[str, Callable[[Packet], object]] = MappingProxyType(
    {
        "nordwind-spedition.example": _raises,
        "harrow-freight.example": _turns_in_circles,
        "transports-lemaire.example": _nonsense,
        "penalara-logistica.example": _enormous,
        "alpin-transporte.example": _no_number,
        "harbourline.example": _unprintable,
    }
)
"""Domain → what the twin does there."""

UNCHECKABLE = "calder-pallets.example"
"""Where the check breaks down."""


def read(packet: Packet) -> object:
    """Read a site, or be unwell."""
    return TROUBLES.get(_domain(packet), site_reader.read)(packet)


def write(packet: Packet) -> object:
    """Write a draft, or be unwell."""
    return TROUBLES.get(_domain(packet), writer.write)(packet)


def checked(packet: Packet, product: object) -> str | None:
    """Find nothing wrong, or break down."""
    if _domain(packet) == UNCHECKABLE:
        raise ZeroDivisionError(type(product).__name__)
    return None


def _domain(packet: Packet) -> str:
    return packet.need("lead", Lead).domain or ""

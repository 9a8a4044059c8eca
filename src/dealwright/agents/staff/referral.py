"""The referral agent hands on whom a reply names. It writes to nobody."""

from __future__ import annotations

from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Candidate, Reading
from dealwright.domain.referral import Referral


def refer(packet: Packet) -> Referral:
    """Return whom the reply names, or that somebody has to be found."""
    lead, reading = packet.need("lead", Lead), packet.need("reading", Reading)
    named = reading.candidate
    who = _named(named) if named else ""
    because = (
        f"{lead.name} names {who}: decide whether to write there"
        if who
        else f"{lead.name} is not the one to talk to: find out who is"
    )
    return Referral(
        message=reading.message, because=because[:300], due_on=packet.today, candidate=named
    )


def names_only_whom_the_reply_names(packet: Packet, product: object) -> str | None:
    """Catch a candidate that the reading does not hold."""
    assert isinstance(product, Referral)
    known = packet.need("reading", Reading).candidate
    return None if product.candidate == known else "the reply names somebody else, or nobody"


def _named(candidate: Candidate) -> str:
    told = filter(None, (candidate.name, candidate.title, candidate.address))
    return ", ".join(told) or f"somebody: “{candidate.quote}”"

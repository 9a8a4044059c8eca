"""Not excluded: no cold letter to customers, open deals, competitors or ourselves."""

from __future__ import annotations

from collections.abc import Iterable

import idna

from dealwright.domain.situation import Held, Passed, Recipient, Refused, Situation, Verdict


def not_excluded(situation: Situation) -> Verdict:
    """Keep away from companies that are not to be written to.

    A customer who wrote to us gets an answer all the same; we and our competitors never do.
    """
    recipient = situation.recipient
    if recipient is None:
        return Held(because="nobody knows who would get it")
    connections = situation.connections
    ours = {box.address.casefold() for box in connections.mailboxes}
    domains = _domains(situation, recipient)
    if recipient.address.casefold() in ours or _within(domains, connections.own_domains):
        return Refused(because="the address is one of our own")
    if _within(domains, connections.competitors):
        return Refused(because="the company is a competitor")
    if recipient.excluded is not None and not situation.answers:
        return Held(because=f"the company is not to be written to: {recipient.excluded}")
    return Passed()


def _domains(situation: Situation, recipient: Recipient) -> set[str]:
    lead = situation.lead
    named = [recipient.address.rpartition("@")[2], (lead.domain if lead else None) or ""]
    return {_spelled(domain) for domain in named if domain}


def _within(domains: Iterable[str], listed: Iterable[str]) -> bool:
    barred = {_spelled(domain) for domain in listed}
    return any(d == b or d.endswith(f".{b}") for d in domains for b in barred)


def _spelled(domain: str) -> str:
    lower = domain.strip().rstrip(".").lower()
    return lower if lower.isascii() else idna.encode(lower, uts46=True).decode("ascii")

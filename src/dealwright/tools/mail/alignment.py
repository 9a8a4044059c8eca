"""Alignment: whether the DNS lets a mailbox's letters be believed (SPF, DKIM, DMARC)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dealwright.domain.connections import Mailbox

Lookup = Callable[[str], Sequence[str] | None]
"""Name → the texts that stand there; none where there is nothing, None where nobody answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record that should be there."""

    what: str
    """SPF, DKIM or DMARC."""
    there: bool | None
    """None: nobody could be asked."""
    found: str
    do: str = ""


def records(mailbox: Mailbox, lookup: Lookup) -> list[Record]:
    """Return what the DNS says of the domain a mailbox writes from.

    SPF is RFC 7208, DKIM RFC 6376, DMARC RFC 7489.
    """
    domain = mailbox.address.rpartition("@")[2]
    found = [_record("SPF", domain, "v=spf1", lookup, "publish which servers send for it")]
    if mailbox.dkim is not None:
        name = f"{mailbox.dkim.selector}._domainkey.{mailbox.dkim.domain}"
        found.append(_record("DKIM", name, "p=", lookup, "publish the public key there"))
    found.append(_dmarc(domain, lookup))
    return found


def _record(what: str, name: str, sign: str, lookup: Lookup, do: str) -> Record:
    texts = lookup(name)
    if texts is None:
        return Record(what=what, there=None, found=f"{name} could not be looked up")
    for text in texts:
        if sign in text.lower():
            return Record(what=what, there=True, found=f"{name}: {text[:80]}")
    return Record(what=what, there=False, found=f"nothing at {name}", do=do)


def _dmarc(domain: str, lookup: Lookup) -> Record:
    """Look at the domain, then at those above it."""
    do = "publish a policy, `v=DMARC1; p=none` to begin with"
    record = _record("DMARC", f"_dmarc.{domain}", "v=dmarc1", lookup, do)
    above = domain.partition(".")[2]
    if record.there is False and "." in above:
        return _dmarc(above, lookup)
    return record

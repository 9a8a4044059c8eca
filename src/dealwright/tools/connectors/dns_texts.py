"""Texts in the DNS, by dnspython."""

from __future__ import annotations

from collections.abc import Sequence

import dns.exception
import dns.resolver

SECONDS = 3.0


def dns_texts(name: str) -> Sequence[str] | None:
    """Return the texts at a name; none where there is nothing, None where nobody answers."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError):
        return None
    return [record.to_text().replace('" "', "").strip('"') for record in answer]

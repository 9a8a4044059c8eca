"""Addresses: which of the internet's are anybody's, and which lead inside."""

from __future__ import annotations

import re
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

DENIED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's inner network"),
        ("127.0.0.0/8", "this host"),
        ("168.63.129.16/32", "a cloud's inner service"),
        ("169.254.0.0/16", "the local link"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "this host"),
        ("::1/128", "this host"),
        ("::/96", "an IPv4 address in disguise"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("::ffff:0:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
        ("100::/64", "reserved"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "reserved for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "multicast"),
    )
)
"""Networks nothing is fetched from, each with what it is."""

UNICAST = IPv6Network("2000::/3")
"""The only IPv6 addresses given to anybody so far."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_INNER = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"})
LONGEST_NAME = 253


def refusal(address: Address) -> str | None:
    """Return what the address is if nothing may be fetched from there, or None."""
    for network, reason in DENIED:
        if address in network:
            return reason
    if isinstance(address, IPv6Address) and address not in UNICAST:
        return "not a public address"
    return None


def literal(host: str) -> Address | None:
    """Return the address if the host is one, or None if it is a name.

    Raises:
        ValueError: the host is neither an address as people write it nor a name of the internet.

    """
    if ":" in host:
        if "%" in host:
            raise ValueError("names a network interface")
        return IPv6Address(host)
    name = host.removesuffix(".").lower()
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return IPv4Address(host)
        except AddressValueError as error:
            raise ValueError("writes an address in an unusual way") from error
    if len(name) > LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("is not a name of the internet")
    if len(labels) == 1 or labels[-1] in _INNER:
        raise ValueError("is a name for use inside a network")
    return None


def parsed(text: str) -> Address:
    """Return the address a resolver answered.

    Raises:
        ValueError: it is none.

    """
    return ip_address(text)

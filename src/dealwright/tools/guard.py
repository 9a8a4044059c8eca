"""The guard: decides which addresses a URL may be fetched from."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import httpx

from dealwright.errors import Forbidden, NotThere, TryAgain
from dealwright.tools.addresses import Address, Network, literal, parsed, refusal

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2000
MOST_ADDRESSES = 4
"""How many of a name's addresses are tried."""


class Resolver(Protocol):
    """Finds the addresses of a name."""

    async def addresses(self, name: str) -> Sequence[str]:
        """Return every address, best first.

        Raises:
            NotThere: nobody has that name.
            TryAgain: no answer this time.

        """
        ...


class SystemResolver:
    """Asks the machine's own resolver."""

    async def addresses(self, name: str) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise TryAgain(f"the name {name} could not be looked up just now") from error
            raise NotThere(f"there is no website at {name}: nobody has that name") from error
        except UnicodeError as error:
            raise NotThere(f"{name} is no name of the internet") from error
        return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(frozen=True, slots=True)
class Allowance:
    """Lets names lead to this machine, where a rehearsal serves its sites.

    It opens one port of one network, for names only, and cannot be written in any file.
    """

    network: Network
    port: int


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a request goes: addresses that were checked, and how to speak there."""

    addresses: tuple[str, ...]
    port: int
    scheme: str


class Guard:
    """Checks a URL as written, then every address its name has."""

    def __init__(self, resolver: Resolver, allowance: Allowance | None = None) -> None:
        self._resolver = resolver
        self._allowance = allowance

    async def destination(self, url: httpx.URL) -> Destination:
        """Return where the URL may be fetched from; nothing else is to be connected to.

        Raises:
            Forbidden: the URL, or any address its name has, is not to be fetched from.
            NotThere: nobody has that name.
            TryAgain: the name could not be looked up this time.

        """
        host = _checked_host(url)
        try:
            address = literal(host)
        except ValueError as error:
            raise Forbidden(f"{host[:100]} {error}; nothing is fetched from there") from error
        if address is not None:
            return _public(host, (address,), url)
        answers = await self._resolver.addresses(host.removesuffix("."))
        try:
            found = tuple(parsed(answer) for answer in answers)
        except ValueError as error:
            raise Forbidden(f"{host} leads to something that is no address") from error
        if not found:
            raise NotThere(f"there is no website at {host}: the name leads nowhere")
        allowance = self._allowance
        if allowance and all(answer in allowance.network for answer in found):
            # What is served on this machine needs no certificate: nobody is in between.
            return Destination(tuple(map(str, found))[:MOST_ADDRESSES], allowance.port, "http")
        return _public(host, found, url)


def address_of(text: str) -> httpx.URL:
    """Return the URL that a text is.

    Raises:
        Forbidden: it is none, or is written to mislead.

    """
    shown = text[:100]
    if len(text) > LONGEST_URL:
        raise Forbidden(f"the address {shown}… is too long")
    if not text.isprintable() or any(character in text for character in " \\<>"):
        raise Forbidden(f"the address {shown!r} contains characters no address has")
    try:
        return httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise Forbidden(f"{shown} is not an address of the web") from error


def named(url: httpx.URL) -> str:
    """Return the host as it stands in the protocol."""
    return url.raw_host.decode("ascii")


def _checked_host(url: httpx.URL) -> str:
    if url.scheme not in PORTS:
        raise Forbidden(f"only http and https are fetched, not {url.scheme or 'anything else'}")
    if url.userinfo:
        raise Forbidden(f"the address at {named(url)[:100]} contains a user name")
    if (url.port or PORTS[url.scheme]) not in PORTS.values():
        raise Forbidden(f"only the web's own ports are asked, not {url.port} at {named(url)[:100]}")
    if not url.raw_host:
        raise Forbidden("the address names no host")
    return named(url)


def _public(host: str, found: tuple[Address, ...], url: httpx.URL) -> Destination:
    for address in found:
        if reason := refusal(address):
            raise Forbidden(f"{host} leads to {address}, {reason}; nothing is fetched from there")
    addresses = tuple(map(str, found))[:MOST_ADDRESSES]
    return Destination(addresses, url.port or PORTS[url.scheme], url.scheme)

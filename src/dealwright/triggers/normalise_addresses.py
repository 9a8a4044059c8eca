"""Normalises where a lead is found on the net: website, domain, e-mail address.

Each function leaves its own results as they are, and raises `ValueError` with the reason as half
a sentence when a value cannot be what its field says.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from email_validator import EmailNotValidError, validate_email

from dealwright.domain.mail_addresses import ascii_host, bare_host
from dealwright.triggers.normalise import shown

LONGEST_URL = 2000
MOST_FEEDS = 5

_DISPLAY_NAME = re.compile(r"(?:mailto:)?(?:[^<>]*<)?([^<>\s]+@[^<>\s]+?)>?", re.IGNORECASE)


def domain(text: str) -> str:
    """Return the domain in a bare domain, a host with port or a whole address.

    Raises:
        ValueError: there is no domain in it.

    """
    bare = text.removeprefix("@").rstrip(".")
    return bare_host(_host(_split(bare).hostname or "", text))


def website(text: str) -> str:
    """Return a web address with its scheme; `https` where none is given.

    Raises:
        ValueError: it is no address of a page on the open web.

    """
    parts = _split(text)
    host = _host(parts.hostname or "", text)
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    url = f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}"
    if len(url) > LONGEST_URL:
        raise ValueError(f"has {len(url)} characters; a web address has at most {LONGEST_URL}")
    return url


def feeds(text: str) -> tuple[str, ...]:
    """Return the web addresses of feeds, given one beside another.

    Raises:
        ValueError: one of them is no web address, or there are too many.

    """
    found = tuple(dict.fromkeys(website(part) for part in re.split(r"[\s,;|]+", text) if part))
    if len(found) > MOST_FEEDS:
        raise ValueError(f"names {len(found)} feeds; at most {MOST_FEEDS} are allowed")
    return found


def email(text: str) -> str:
    """Return an e-mail address as mail is sent to it.

    Raises:
        ValueError: it is no single address.

    """
    bare = _DISPLAY_NAME.fullmatch(text)
    if text.count("@") > 1 or re.search(r"[;,]", text):
        raise ValueError(f"{shown(text)} is not one address; leave one in the cell")
    try:
        found = validate_email(
            bare[1] if bare else text, check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise ValueError(f"{shown(text)} is no e-mail address: {error}") from error
    if "." not in found.domain:
        raise ValueError(f"{shown(text)} is no e-mail address: after the @ there is no domain")
    return found.normalized


def _split(text: str) -> SplitResult:
    if re.search(r"\s", text):
        raise ValueError(f"{shown(text)} is no web address: it holds a space")
    given = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?=//|[A-Za-z])", text)
    if given and given[1].lower() not in {"http", "https"}:
        raise ValueError(f"{shown(text)} begins with {given[1]}:, only http and https are read")
    try:
        parts = urlsplit(text if given else f"https://{text.removeprefix('//')}")
        broken = parts.port == 0 or not parts.hostname
    except ValueError as error:
        raise ValueError(f"{shown(text)} is no web address") from error
    if broken or "@" in parts.netloc:
        raise ValueError(f"{shown(text)} is no web address")
    return parts


def _host(name: str, text: str) -> str:
    host = ascii_host(name.lower().removesuffix("."))
    if not host or "." not in host or host.rpartition(".")[2].isdigit():
        raise ValueError(f"{shown(text)} holds no domain; write it like acme.example")
    return host

"""Normalises where a lead is found on the net: website, domain, e-mail address.

Each function leaves its own results as they are, and raises `ValueError` with the reason as half
a sentence when a value cannot be what its field says.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

import idna
from email_validator import EmailNotValidError, validate_email

from dealwright.triggers.normalise import shown

LONGEST_URL = 2000
LONGEST_HOST = 253
MOST_FEEDS = 5

_FREE_MAIL_LISTED = """
126.com 163.com aim.com alice.it aol.com arcor.de att.net bluewin.ch btinternet.com comcast.net
cox.net duck.com email.de fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de
gmx.net googlemail.com hey.com home.nl hotmail.be hotmail.co.uk hotmail.com hotmail.de hotmail.es
hotmail.fr hotmail.it icloud.com inbox.lv kpnmail.nl laposte.net libero.it live.be live.co.uk
live.com live.de live.fr live.nl mac.com mail.com mail.de mail.ru mailbox.org me.com msn.com
naver.com neuf.fr o2.pl online.de orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me
posteo.de proton.me protonmail.com qq.com rocketmail.com sapo.pt sbcglobal.net seznam.cz sfr.fr
sky.com t-online.de telefonica.net telenet.be terra.com.br tiscali.it tutanota.com uol.com.br
verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.co.uk yahoo.com yahoo.com.br yahoo.de
yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com
"""
_FREE_MAIL = frozenset(_FREE_MAIL_LISTED.split())

_SHARED_SITES_LISTED = """
about.me angel.co bit.ly crunchbase.com facebook.com fb.com github.com goo.gl google.com
instagram.com linkedin.com linktr.ee maps.google.com medium.com pinterest.com sites.google.com
tiktok.com twitter.com vimeo.com wikipedia.org x.com xing.com yelp.com youtu.be youtube.com
"""
_SHARED_SITES = frozenset(_SHARED_SITES_LISTED.split())

_DOTS_MEAN_NOTHING = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_WWW = re.compile(r"^(?:www\.)+(?=[^.]+\.)")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_DISPLAY_NAME = re.compile(r"(?:mailto:)?(?:[^<>]*<)?([^<>\s]+@[^<>\s]+?)>?", re.IGNORECASE)


def is_shared(host: str) -> bool:
    """Say whether many companies share a host, so that it names none of them."""
    bare = _WWW.sub("", host)
    return bare in _FREE_MAIL or any(bare == s or bare.endswith(f".{s}") for s in _SHARED_SITES)


def domain(text: str) -> str:
    """Return the domain in a bare domain, a host with port or a whole address.

    Raises:
        ValueError: there is no domain in it.

    """
    bare = text.removeprefix("@").rstrip(".")
    return _WWW.sub("", _host(_split(bare).hostname or "", text))


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


def email_key(address: str) -> str:
    """Return what two spellings of one mailbox have in common; not an address to write to."""
    local, _, host = unicodedata.normalize("NFKC", address).lower().rpartition("@")
    host = _ascii(host) or host
    bare = local.partition("+")[0] or local
    if host in _DOTS_MEAN_NOTHING:
        host, bare = _DOTS_MEAN_NOTHING[host], bare.replace(".", "") or bare
    return f"{bare}@{host}"


def email_domain(address: str) -> str | None:
    """Return the company's domain in an address, or None when the mailbox is a shared host's."""
    host = _ascii(address.rpartition("@")[2].lower())
    return None if not host or is_shared(host) else _WWW.sub("", host)


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
    host = _ascii(name.lower().removesuffix("."))
    if not host or "." not in host or host.rpartition(".")[2].isdigit():
        raise ValueError(f"{shown(text)} holds no domain; write it like acme.example")
    return host


def _ascii(host: str) -> str | None:
    """Return a host's IDNA form, or None when it can be no host."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    labels = host.split(".")
    fits = len(host) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)
    return host if fits else None

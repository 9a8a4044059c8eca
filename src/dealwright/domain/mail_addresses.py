"""Mail addresses: what two spellings of one have in common, and whose domain it is."""

from __future__ import annotations

import re
import unicodedata

import idna

LONGEST_HOST = 253

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


def bare_host(host: str) -> str:
    """Return a host without `www.` before it."""
    return _WWW.sub("", host)


def is_shared(host: str) -> bool:
    """Say whether many companies share a host, so that it names none of them."""
    bare = _WWW.sub("", host)
    return bare in _FREE_MAIL or any(bare == s or bare.endswith(f".{s}") for s in _SHARED_SITES)


def email_key(address: str) -> str:
    """Return what two spellings of one mailbox have in common; not an address to write to."""
    local, _, host = unicodedata.normalize("NFKC", address).lower().rpartition("@")
    host = ascii_host(host) or host
    bare = local.partition("+")[0] or local
    if host in _DOTS_MEAN_NOTHING:
        host, bare = _DOTS_MEAN_NOTHING[host], bare.replace(".", "") or bare
    return f"{bare}@{host}"


def email_domain(address: str) -> str | None:
    """Return the company's domain in an address, or None when the mailbox is a shared host's."""
    host = ascii_host(address.rpartition("@")[2].lower())
    return None if not host or is_shared(host) else _WWW.sub("", host)


def ascii_host(host: str) -> str | None:
    """Return a host's IDNA form, or None when it can be no host."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    labels = host.split(".")
    fits = len(host) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)
    return host if fits else None

"""Addresses: whatever a mail client, a bank or a telephone could make one of, however disguised."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk "
    "hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la "
    "lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my "
    "mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro "
    "rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk "
    "tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "com net org info biz edu gov mil int arpa name pro aero coop jobs mobi travel tel cat asia "
    "app dev page shop store online site website web tech cloud digital agency xyz top club live "
    "life link click zip mov new news blog email mail chat media group team work works services "
    "service solutions systems software company business consulting marketing finance financial "
    "bank money capital ventures fund gmbh ltd llc inc sarl srl berlin hamburg koeln cologne "
    "bayern nrw saarland wien tirol swiss paris bzh alsace corsica london wales scot amsterdam "
    "gent brussels barcelona madrid eus gal milano roma nyc express delivery logistics auto cars "
    "taxi house today world global network center space fun games support help care health clinic "
    "dental example test invalid localhost onion local"
)
_TOP = "|".join([*_COUNTRIES.split(), *_GENERIC.split()])
_SPOKEN = "com|net|org|io|info|biz|eu|example"
_DOT = r"(?:\(|\[|\{|<) ?(?:\.|dot|punkt|punto|point|punt|ponto) ?(?:\)|\]|\}|>)"
_AT = r"(?:\(|\[|\{|<) ?(?:@|at|ät|arroba|arobase|chiocciola|apenstaartje) ?(?:\)|\]|\}|>)"

_KINDS = (
    ("a web address", r"\b[a-z][a-z0-9+.-]{1,12}:/{2}|\bh(?:xx|\*\*|tt)ps?\b|\bwww\d?\s?\."),
    ("a web address", r"\b(?:mailto|tel|sms|skype|whatsapp|callto|javascript|data|ftp):\S"),
    ("an e-mail address", rf"@|{_AT}|\b[\w.-]+ (?:at|ät|arroba) [\w-]+ (?:dot|punkt|punto)\b"),
    ("a domain", rf"(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:{_TOP}|xn--[\w-]+)(?![\w-])"),
    ("a domain", r"[\w-]{2,}\.(?=\w*[^\W\d_a-zà-ÿ])[^\W\d_]{2,}(?![\w-])"),
    ("a domain", rf"\w {_DOT} \w|\w{_DOT}\w|\w ?{_DOT} ?\w"),
    ("a domain", rf"\b[\w-]{{2,}} ?(?:\bdot\b|\bpunkt\b|\bpunto\b) ?(?:{_SPOKEN})\b"),
    ("a domain", r"\b[\w-]{2,}(?: \. ?|\. )(?:com|net|org|io)\b(?=[\s/]|$)|\bxn--[\w-]+"),
    ("a network address", r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\[[0-9a-f]*:[0-9a-f:]+\]"),
    ("a link", r"\]\s?\(|\]\s?\[|^\s?\[[^\]]+\]:|<\s?/?[a-z!][^>]*>|&#x?[0-9a-f]+;|\bhref\b"),
    ("a telephone number", r"(?:\+|\b00)\s?\d[\d\s()/.\-–]{6,}\d"),
    ("a telephone number", r"(?<![\d.,])\(?0\d{1,5}\)?[\s/.\-–]?\d[\d\s/\-–]{4,}\d"),
    ("a telephone number", r"(?<![\d.,])\(?\d{3}\)?[\s.\-]\d{3}[\-]\d{4}(?!\d)|(?<![\d.,])\d{8,}"),
    ("an account number", r"\b[a-z]{2}\d{2}(?:[\s-]?[a-z0-9]{4}){3,8}(?:[\s-]?[a-z0-9]{1,4})?\b"),
    ("a wallet", r"\b0x[0-9a-f]{20,}\b|\bbc1[0-9a-z]{20,}\b|\b[13][1-9a-km-z]{25,34}\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_LOOKALIKES = MappingProxyType(
    dict.fromkeys("\u3002\uff0e\uff61\u2024\ufe52\u0701\u06d4\u00b7", ".")
    | {"\u2215": "/", "\u2044": "/", "\u29f8": "/", "\ufe6b": "@"}
)
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_BREAKS = re.compile(r"[\n\t]")
_LIGATURES = re.compile(r"…|\.{3}")


@lru_cache(maxsize=4_000)
def address_in(text: str) -> str | None:
    """Return what kind of address the text holds, or None.

    A character that cannot be seen counts as one: nothing honest needs it, and it hides the rest.
    """
    if not text.isprintable() and any(
        unicodedata.category(character) in _UNSEEN for character in _BREAKS.sub("", text)
    ):
        return "an invisible character"
    shown = text.replace("...", " ") if text.isascii() else _opened(text)
    return next((kind for kind, pattern in _PATTERNS if pattern.search(shown)), None)


def _opened(text: str) -> str:
    """Return a text with plain letters and marks in the place of those that look like them."""
    open_text = _LOOKALIKE.sub(lambda found: _LOOKALIKES[found[0]], _LIGATURES.sub(" ", text))
    return unicodedata.normalize("NFKC", open_text)

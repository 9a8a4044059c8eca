"""Foreign addresses: whatever a mail program, a bank or a reader could follow out of a letter.

This is the last look before words become a letter. It goes by shape and needs no list of top-level
domains, so it also stops what merely looks like an address; a person can say it in other words.
"""

from __future__ import annotations

import re
import unicodedata

_SCHEMES = (
    "https?|h..ps?|s?ftps?|file|mailto|tel|sms|callto|facetime|skype|whatsapp|tg|signal|sips?|xmpp"
    "|irc|geo|maps|data|blob|javascript|vbscript|magnet|urn|cid|wss?|ssh|git|bitcoin|ethereum"
    "|lightning|monero|slack|zoommtg|msteams|webcal|itms|market|intent|view-source"
)
_SUFFIX = "com|net|org|io|biz|xyz|info|eu|app|dev|ai|co"
_SHOUTED = "(?-i:com|net|org|io|biz|xyz|COM|ORG|BIZ|XYZ)"
_DOT = "(?:dot|punkt|punto|punt|ponto|point)"
_AT = "(?:at|ät|arroba|arobase|chiocciola|apenstaartje|klammeraffe)"
_OPEN, _CLOSE = r"[(\[{<]\s?", r"\s?[)\]}>]"
_FILE = "(?:ex|js|pdf|docx?|xlsx?|csv|tsv|txt|json|ods)"
"""What stands after a full stop in honest text and is no top-level domain."""
_LETTER = r"(?<![^\W_])[^\W\d_](?![^\W_])"
"""One that stands alone."""

_KINDS = (
    ("a web address", rf"\b(?:{_SCHEMES})\s?:(?=\S)|:\s?/\s?/|[/\\]{{2}}\w"),
    ("a web address", r"\bh\s?(?:t\s?t|xx|\*\*|__|--)\s?ps?\b|\bw\s?w\s?w(?=\d?\b)"),
    ("an e-mail address", rf"@|{_OPEN}{_AT}{_CLOSE}"),
    ("an e-mail address", rf"\b(?:at|ät)\s[\w-]+\s{_DOT}\s(?:{_SUFFIX}|de|fr|nl|es|it|pt)\b"),
    ("an e-mail address", r"\w\s(?:arroba|arobase|chiocciola|apenstaartje|klammeraffe)\s\w"),
    ("a domain", rf"\blocalhost\b|[\w-]\.{{1,2}}(?!{_FILE}\b(?!\.\w))[^\W\d_][\w-]*[^\W_]"),
    ("a domain", rf"\bxn--|\w\s+\.(?:{_SHOUTED})\b|\w\s?\.\s+(?:{_SHOUTED})(?![\w'])"),
    ("a domain", rf"\w[·•∙⋅‧,](?:{_SUFFIX}|de)(?![\w'])|\w{{3}}dot(?:com|net|org|io)\b"),
    ("a domain", rf"\w\s?{_OPEN}(?:\.|{_DOT}){_CLOSE}\s?\w|[(\[{{]\.[)\]}}]"),
    (
        "a domain",
        rf"\w\s{_DOT}\s(?:{_SUFFIX})(?![\w'])|\w[-_*]{_DOT}[-_*]\w|\bpunkt\s(?:de|at|ch)\b",
    ),
    ("a domain", r"\.\s?[\U0001F150-\U0001F189\U0001F1E6-\U0001F1FF]"),
    ("a network address", r"\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){3,}[0-9a-f]|::[0-9a-f]"),
    ("a link", r"\]\s?[(\[]|\[[^\]\n]+\]:|<[^>\n]+>|</?[a-z!]|\bhref\b|\{\{|\}\}"),
    ("a link", r"&\w{2,12};|&#|%[0-9a-f]{2}|\\|=\?[\w-]+\?[bq]\?"),
    ("a link", rf"(?:{_LETTER}(?:[ _*-]{{1,2}}|\s\.\s)){{4,}}{_LETTER}|(?:{_LETTER}\.){{5,}}"),
    ("an account number", r"\b[a-z]{2}\d{2}(?:[\s.-]?[a-z0-9]{4}){3,8}"),
    ("a wallet", r"\b(?=\w*\d)(?=\w*[a-z])\w{20,}\b"),
    ("a telephone number", r"\b0800[\s-]?[a-z]{4,}|\b1-8\d\d-\w"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_ACCOUNT_DIGITS = 10

_SEEN_AS = {
    **dict.fromkeys(map(ord, "\u3002\uff0e\uff61\u2024\ufe52\u0701\u0702\u06d4\ua4f8"), "."),
    **dict.fromkeys(map(ord, "\u2215\u2044\u29f8\u2571"), "/"),
    **dict.fromkeys(map(ord, "\u2236\ua789\ufe55\u02d0\u0589"), ":"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u02bc\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u2026\u00a0"), " "),
}
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

_NUMBERS = (
    re.compile(r"(?:\+\s?|\b00)?\(?\d(?:(?:[ ()/-]{1,3}|\.)?\d){5,}"),
    re.compile(r"(?:\+|\b0)(?:[\s()./-]{0,3}\d){6,}"),
)
_ABROAD = re.compile(r"\+|00[1-9]")
_CURRENCY = r"(?:€|\$|£|eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?)"
_HONEST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{4})(?!\d)",
        r"\b(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d\b",
        r"(?<![\d.,+(-])[1-9]\d{0,2}(?:[. ']\d{3})*[. ']000(?:,\d+)?(?![\d(])",
        rf"(?<![\d.,+(-])[1-9]\d{{0,2}}(?:[. ']\d{{3}})+(?:,\d+)?(?=\s?{_CURRENCY}(?!\w))",
        rf"(?<!\w){_CURRENCY}\s?[1-9]\d{{0,2}}(?:[. ']\d{{3}})+(?:,\d+)?(?![\d(])",
    )
)
"""Dates, spans of years, amounts: long numbers nobody dials."""
_FEWEST_DIGITS = 7


def foreign_in(text: str, ours: str = "") -> str | None:
    """Return what kind of address the text holds, or None.

    `ours` is a name of our own that may look like one, such as a company called Example.io.
    """
    if any(_is_unseen(character) for character in text):
        return "an invisible character"
    shown = _shown(text)
    if ours:
        alone = rf"(?<![\w.@/-]){re.escape(_shown(ours))}(?![\w@/:-]|\.\w)"
        shown = re.sub(alone, "\u25a1", shown)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(shown):
            if kind != "an account number" or _digits(found[0]) >= _ACCOUNT_DIGITS:
                return kind
    return "a telephone number" if _is_dialled(shown) else None


def _is_unseen(character: str) -> bool:
    if character == "\n":
        return False
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS


def _shown(text: str) -> str:
    """Return the text as a reader or a mail program may take it: accents and styles removed."""
    apart = unicodedata.normalize("NFKD", text.replace("...", " ").translate(_SEEN_AS))
    letters = (c for c in apart if not unicodedata.category(c).startswith("M"))
    return "".join(letters).translate(_SEEN_AS)


def _is_dialled(shown: str) -> bool:
    rest = shown
    for honest in _HONEST:
        rest = honest.sub(" \u25a1 ", rest)
    numbers = (found[0] for pattern in _NUMBERS for found in pattern.finditer(rest))
    return any(_digits(n) >= _FEWEST_DIGITS or _ABROAD.match(n) for n in numbers)


def _digits(text: str) -> int:
    return sum(character.isdecimal() for character in text)

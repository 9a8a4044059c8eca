"""Normalises the words of a lead: cells, people's names, companies, languages.

Each function returns the value as it is stored, leaves its own results as they are, and raises
`ValueError` with the reason as half a sentence when a value cannot be what its field says.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

LONGEST_WORD = 80
LONGEST_LINE = 300
LONGEST_CELL = 4000
LONGEST_SHOWN = 40

_NOTHING_LISTED = """
#n/a - -- --- . / ? desconocido inconnu k.a. keine n.a. n/a na nan nil none null unbekannt
undefined unknown – —
"""
_NOTHING = frozenset(_NOTHING_LISTED.split())

_FORMULA = re.compile(r"=|[@+-][A-Za-z]{2,}\(|[@+-][^\n]*\|[^\n]*!")
_FORMULA_ERROR = re.compile(r"#(REF|VALUE|NAME|DIV/0|NULL|NUM|BEZUG|WERT|VALEUR|¡REF)[!?]")
_MARKUP = re.compile(r"[<>]|&#?\w+;")
_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)
_DOMAIN = re.compile(
    r"[a-z0-9-]{2,}\.(?:com|net|org|io|co|de|fr|es|it|nl|eu|uk|ru|cn|info|biz|app|dev|xyz|ly)\b",
    re.IGNORECASE,
)
_IN_NAMES = frozenset(" '’ʼ`´.,·‧()&/-‐‑–")
_SALUTATION = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|hr|monsieur|madame|mme|mlle|señor"
    r"|señora|sr|sra|ing|dipl\.?[ -]?(?:ing|kfm|kff)|mag)(?:\.\s*|\s+))+(?=\S)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTICLES_LISTED = """
af av da das de degli dei del della den der di do dos du la las los ten ter the van vom von y zu
zum zur
"""
_PARTICLES = frozenset(_PARTICLES_LISTED.split())

_LEADING_PARTICLES = _PARTICLES - {"do", "la", "las", "los", "the", "y"}
_NUMERALS = frozenset({"II", "III", "IV"})

_LANGUAGES = {
    "de": "german deutsch allemand aleman tedesco duits alemao ger deu",
    "en": "english englisch anglais ingles inglese engels eng",
    "es": "spanish spanisch espagnol espanol castellano spagnolo spaans espanhol spa",
    "fr": "french franzosisch franzoesisch francais frances francese frans fra fre",
    "it": "italian italienisch italien italiano italiaans ita",
    "nl": "dutch niederlandisch niederlaendisch neerlandais neerlandes holandes olandese "
    "nederlands dut nld",
    "pt": "portuguese portugiesisch portugais portugues portoghese portugees por",
}


def tidy(cell: str) -> str:
    """Return a cell's text: NFKC, no hidden characters, no spaces around, entities resolved.

    A cell that only says that there is nothing ("n/a", "-") becomes empty.

    Raises:
        ValueError: the cell is too long, holds a control character, or is a formula.

    """
    if len(cell) > LONGEST_CELL:
        raise ValueError(f"has {len(cell):,} characters; a cell has at most {LONGEST_CELL:,}")
    text = cell if cell.isascii() and cell.isprintable() and "&" not in cell else _settled(cell)
    text = text.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    if text.casefold() in _NOTHING:
        return ""
    _refuse_unreadable(text)
    if _FORMULA_ERROR.match(text):
        raise ValueError(f"is {shown(text)}, an error of the spreadsheet; mend or empty the cell")
    if _FORMULA.match(text):
        raise ValueError(f"{shown(text)} is a formula, not a value; paste it as a value")
    return text


def _refuse_unreadable(text: str) -> None:
    if "\ufffd" in text:
        raise ValueError(f"{shown(text)} holds a letter that was lost when the file was saved")
    for character in "" if text.isprintable() else text:
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValueError(f"holds a control character (U+{ord(character):04X}); remove it")


def _settled(text: str) -> str:
    """Repair the text until another round changes nothing."""
    while (better := _repaired(text)) != text and len(better) <= LONGEST_CELL:
        text = better
    return text


def _repaired(text: str) -> str:
    text = html.unescape(text) if "&" in text and ";" in text else text
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c.isprintable() or unicodedata.category(c) != "Cf")


def shown(text: str) -> str:
    """Return a text as messages quote it: short, and on one line."""
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= LONGEST_SHOWN else f'"{flat[:LONGEST_SHOWN]}…"'


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return the text on one line.

    Raises:
        ValueError: it is too long.

    """
    flat = " ".join(text.split())
    if len(flat) > longest:
        raise ValueError(f"has {len(flat)} characters; at most {longest} are allowed")
    return flat


def word(text: str) -> str:
    """Return a short text without markup on one line, e.g. a city.

    Raises:
        ValueError: it is too long, or holds markup or a web address.

    """
    return _unlinked(line(text, LONGEST_WORD))


def company(text: str) -> str:
    """Return a company's name.

    Raises:
        ValueError: it has several lines, is too long, or holds markup or a web address.

    """
    return _unlinked(_one_line(text, LONGEST_LINE))


def person(text: str) -> str:
    """Return a person's first or last name; one in capitals is written as names are.

    Raises:
        ValueError: it has several lines, is too long, or holds what no name holds.

    """
    name = _unlinked(_one_line(text, LONGEST_WORD))
    if "@" in name or _DOMAIN.search(name):
        raise ValueError(f"{shown(name)} holds an address, not only a name")
    for character in name:
        if character not in _IN_NAMES and unicodedata.category(character)[0] not in "LM":
            raise ValueError(f"{shown(name)} holds {character!r}, which no name has")
    if not _LETTERS.search(name):
        raise ValueError(f"{shown(name)} holds no letter")
    return _from_capitals(name) if name.isupper() else name


def full_name(text: str) -> tuple[str | None, str | None]:
    """Split a full name into first and last name; titles are left out.

    "Last, First" and "First Last" are understood, and particles ("van der") begin the last name.

    Raises:
        ValueError: it holds what no name holds.

    """
    flat = " ".join(_one_line(text, 2 * LONGEST_WORD).split())
    if "," in flat:
        last, _, first = (part.strip() for part in flat.partition(","))
        return _part(first), _part(last)
    words = _SALUTATION.sub("", flat).split()
    if len(words) == 1:
        return (None, _part(words[0])) if words[0] != flat else (_part(words[0]), None)
    cut = next(
        (at for at, part in enumerate(words) if at > 0 and part.casefold() in _LEADING_PARTICLES),
        len(words) - 1,
    )
    return _part(" ".join(words[:cut])), _part(" ".join(words[cut:]))


def _part(text: str) -> str | None:
    bare = _SALUTATION.sub("", text)
    return person(bare) if bare else None


def language(text: str) -> str:
    """Return the ISO 639-1 code of a language given as code, locale or name.

    Raises:
        ValueError: no language goes by that name.

    """
    if code := re.fullmatch(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,4})?", text):
        return code[1].lower()
    if known := _language_names().get(folded(text)):
        return known
    raise ValueError(f'{shown(text)} is no language this import knows; write a code such as "de"')


@cache
def _language_names() -> Mapping[str, str]:
    return {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def folded(text: str) -> str:
    """Return a text for comparing: no case, no accents, no punctuation."""
    if text.isascii():
        plain = text.casefold()
    else:
        apart = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _one_line(text: str, longest: int) -> str:
    if "\n" in text:
        raise ValueError(f"{shown(text)} stands on several lines; write it on one")
    return line(text, longest)


def _unlinked(text: str) -> str:
    if _MARKUP.search(text):
        raise ValueError(f"{shown(text)} holds markup; write plain text")
    if _ADDRESS.search(text):
        raise ValueError(f"{shown(text)} holds a web address; write plain text")
    return text


def _from_capitals(name: str) -> str:
    """Write a name in capitals the way names are written: DE LA CRUZ → de la Cruz."""
    return " ".join(_cased(part, at) for at, part in enumerate(name.split(" ")))


def _cased(part: str, at: int) -> str:
    if part.lower() in (_PARTICLES if at else _LEADING_PARTICLES):
        return part.lower()
    if part in _NUMERALS:
        return part
    cased = _LETTERS.sub(lambda match: match[0][0] + match[0][1:].lower(), part)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda match: f"Mc{match[1].upper()}", cased)

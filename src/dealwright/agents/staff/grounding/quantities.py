"""Quantities: numbers in digits or words, with what they count, as far as a text says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from dealwright.agents.staff.grounding.names import MONTHS
from dealwright.agents.staff.grounding.numerals import Numeral, before_powers, follows_tens, numeral
from dealwright.agents.staff.grounding.spelling import fold

UNIT_WITHIN = 3
"""How many words after a number may pass before the one that says what it counts."""

_UNITS = {
    "people": "employee* staff people colleague* headcount workforce worker* mitarbeit* beschaft* "
    "angestellt* kolleg* leute* menschen person* kopf* salarie* collaborat* employe* effectif* "
    "emplead* trabajador* plantilla dipendent* addett* medewerker* werknemer* mensen funcionari* "
    "colaborador* pessoas trabalhador* equipier*",
    "drivers": "driver* fahrer* chauffeur* conducteur* conductor* autist* motorist* berufskraft*",
    "vehicles": "truck* lorr* van vans vehicle* fahrzeug* lkw* camion* vehicul* furgon* veicol* "
    "vrachtwagen* voertuig* caminh* veicul* transporter* utilitaire* tractor* vessel* "
    "ship ships boat* coaches buses bus schiff* boot boote* navire* bateau* barco* buque* schip "
    "schepen navio* nave navi",
    "sites": "site sites location* depot* branch* office* warehouse* standort* niederlassung* "
    "filial* lager* agence* entrepot* sede* oficina* almacen* delegacion* vestiging* magazijn* "
    "magazzin* kantor* armazen* plant plants factor* werke clinic* klinik* praxis* praxen shop* "
    "store* store tienda* negoz* loja* hub* center* zentr* magasin* clinique* hotel*",
    "customers": "customer* client* kunde* kundin* klant* clienti cliente* abonn* member*",
    "positions": "position* role* job* vacanc* stelle* poste* puesto* vacante* posizion* vacatur* "
    "vaga* opening* recrut* embauch* advert* annonce* anuncio* annunc* anzeige*",
    "hour": "hour* stunde* heure* hora* ora ore uur uren",
    "day": "day* tag tage* taglich* jour jours journee* dia dias giorn* dag dagen werktag*",
    "minute": "minut*",
    "week": "week* woche* semaine* semana* settiman* weken",
    "month": "month* monat* mois mes meses mese mesi maand* mes",
    "year": "year* jahr* an ans annee* ano anos anno anni jaar jaren",
    "decade": "decade* jahrzehnt* decenn* decad*",
    "percent": "percent prozent procent pourcent porcento",
    "EUR": "euro* eur",
    "USD": "dollar* usd dolar*",
    "GBP": "pound* gbp sterling",
    "CHF": "chf franken",
    "km": "km kilomet* quilomet* chilomet*",
    "mile": "mile*",
    "tonne": "tonne* tonelad* tonnellat* ton",
    "kg": "kg kilo kilos",
    "m2": "m2 m² quadratmeter* sqm",
    "pallet": "pallet* palette* palet*",
    "order": "order* auftrag* auftrage* commande* pedido* ordin* bestelling* encomenda*",
    "delivery": "deliver* lieferung* livraison* entrega* consegn* levering* sendung* "
    "shipment* stop stops stopp*",
    "country": "countr* land lander* landern pays pais* paes* landen",
    "ordinal": "",
}
MEASURES = frozenset(
    {"hour", "day", "minute", "week", "month", "year", "percent", "EUR", "USD", "GBP", "CHF"}
    | {"km", "mile", "tonne", "kg", "m2"}
)
"""Units in which nothing else is counted."""
_META_SAID = """
thing things reason reasons question questions line lines sentence sentences idea ideas word
words dinge sachen grunde fragen zeilen satze satzen ideen worte worten choses raisons questions
lignes idees mots phrases cosas razones preguntas lineas ideas palabras frases cose domande
righe parole frasi dingen redenen vragen regels zinnen woorden coisas razoes perguntas linhas
ideias palavras
"""
_META = frozenset(_META_SAID.split())
_SCALES = (
    (1_000_000_000, r"bn|billions?|mrd\.?|milliarden?|milliards?|miliard[io]|miljard|mil millones"),
    (
        1_000_000,
        r"m|mn|mln|mio\.?|millions?|millionen|million|mill(?:ó|o)n(?:es)?|milion[ei]"
        r"|miljoen|milh(?:ã|õ|a|o)(?:o|es)",
    ),
    (1_000, r"k|tsd\.?|thousand|tausend|mille|mil|mila|duizend"),
)
_CURRENCY = {"€": "EUR", "$": "USD", "£": "GBP"}
_NUMBER = re.compile(
    r"(?P<before>[€$£]|\b(?:EUR|USD|GBP|CHF)(?=[ \d]))?[ \u00a0\u202f]?(?<![\w.,])"
    r"(?P<digits>\d{1,3}(?:(?P<sep>[.,'’\u00a0\u202f ])\d{3})(?:(?P=sep)\d{3})*(?![\d])"
    r"|\d+(?:[.,]\d+)?)"
    rf"(?:[ \u00a0\u202f]?(?P<scale>{'|'.join(p for _, p in _SCALES)})(?!\w))?"
    r"(?P<nth>st|nd|rd|th|[eè]me|ste|de|[ºª°])?(?!\d)"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SPELLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PERCENT = re.compile(r"^[ \u00a0\u202f-]?%")
_PER_HUNDRED = re.compile(
    r"\b(?:per[ -]?cent|pour cent|por ciento?|por cien|per cento|por cento)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:.!?()]")
_WORDS = re.compile(r"[€$£]|[^\W\d_]+[²2]?")
TWENTY = 20
HUNDRED = 100
_POWER = re.compile(r" (?:cents?|mille|mila|cento|millions?|milliards?|milion[ei])\b")
_RANGE = re.compile(r" ?(?:[-–]|(?:to|and|bis|und|à|et|a|y|e|tot|en|até) ) ?\d[\d.,]*")
_HOURS = range(25)
_OCLOCK = re.compile(
    r" ?(?:[ap]\.?m\b|o['’]clock|uhr\b|h\b|heures du|in the (?:morning|evening))", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|um|gegen|vers|a las|hacia las|alle|verso le|às) $", re.IGNORECASE)
_OF = frozenset({"de", "d", "of", "di", "von", "van", "der"})
_POWERS = frozenset({1e2, 1e3, 1e6, 1e9})
_NEXT_WORD = re.compile(r"[ -]((?:and|y|e|et) )?([^\W\d_]+)", re.IGNORECASE)
_PER = re.compile(
    r"\b(?:an?|per|pro|each|every|chaque|jeden|jede|todos los|elke|cada|am|im|in der|par|al|a la"
    r"|por|ogni|op een|ao|à|to the) (days?"
    r"|weeks?|months?|years?|hours?|Tag|Woche|Monat|Jahr|Stunde|jour|semaine|mois|an|heure"
    r"|d[ií]a|semana|mes|año|hora|giorno|settimana|mese|anno|ora|dag|maand|jaar|uur|dia|mês|ano)\b",
    re.IGNORECASE,
)
_ADVERBS = MappingProxyType(
    {
        "daily": "day",
        "taglich": "day",
        "dagelijks": "day",
        "quotidiennement": "day",
        "weekly": "week",
        "wochentlich": "week",
        "monthly": "month",
        "monatlich": "month",
        "yearly": "year",
        "annually": "year",
        "jahrlich": "year",
        "annuels": "year",
    }
)
_FIGURATIVE = frozenset({0.5, 2})
_YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts; an empty unit is one the text leaves open."""

    value: float
    unit: str
    noun: str = ""
    """The next word, folded, where no unit is known."""
    meta: bool = False
    """It counts the letter's own parts: two questions, three lines."""
    also: str = ""
    """Another unit named close by: of six office staff, the staff."""
    rate: str = ""
    """The time it is counted by: of 600 visits a day, the day."""
    rough: bool = False
    """The word for it counts no more than roughly: dozens, decades."""
    figurative: bool = False
    """It may be a manner of speaking: twice, half the morning, a second thought."""
    grouped: bool = False
    """Its thousands are set apart, as those of a year are not."""

    @property
    def is_year(self) -> bool:
        return not self.unit and not self.grouped and self.value in _YEARS


_UNIT_OF = MappingProxyType(
    {word: unit for unit, said in reversed(_UNITS.items()) for word in said.split()}
)


def unit_of(word: str) -> str:
    """Return the unit a folded word names, or nothing."""
    starts = (f"{word[:end]}*" for end in range(len(word), 1, -1))
    return next((_UNIT_OF[said] for said in (word, *starts) if said in _UNIT_OF), "")


def is_number(word: str) -> bool:
    """Tell whether a folded word is a number in any language."""
    return numeral(word) is not None if word.isalpha() else bool(quantities(word))


@lru_cache(maxsize=4_000)
def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """Return the quantities a text names; without a language, in any language."""
    text = _PER_HUNDRED.sub("%", text)
    if not _DIGIT.search(text) and not any(_begun(w, language) for w in _SPELLED.findall(text)):
        return ()
    found: list[Quantity] = []
    read_to = 0
    for match in _NUMBER.finditer(text):
        if match.start() < read_to:
            continue
        if match["digits"]:
            found.append(_in_digits(match, text))
        elif begun := _begun(match["word"], language):
            if begun.before_power and not _POWER.match(text, match.end()):
                continue
            named, end = begun.named, match.start() + begun.length
            value, read_to = (
                (named.value, end) if named.ordinal else _composed(named.value, text, end, language)
            )
            found.append(_in_words(named, _counting(value, text, read_to, match.start())))
    return tuple(found)


def _in_words(named: Numeral, counted: Quantity) -> Quantity:
    figurative = counted.value in _FIGURATIVE and not counted.unit
    if named.ordinal:
        return Quantity(named.value, "ordinal", counted.noun, figurative=figurative)
    rough = counted.rough or named.rough
    return replace(counted, rough=rough, figurative=figurative)


class _Begun(NamedTuple):
    named: Numeral
    length: int
    before_power: bool = False
    """It is a number only if a hundred or more comes right after it."""


@lru_cache(maxsize=20_000)
def _begun(word: str, language: str | None) -> _Begun | None:
    """Return what a word counts, or of `five-year` its beginning, and how long that is."""
    plain = fold(word)
    if named := numeral(plain, language):
        return _Begun(named, len(word))
    if named := before_powers(plain):
        return _Begun(named, len(word), before_power=True)
    first = word.partition("-")[0]
    named = numeral(fold(first), language) if first != word else None
    return _Begun(named, len(first)) if named and not named.ordinal else None


def _in_digits(match: re.Match[str], text: str) -> Quantity:
    value = _value(match["digits"], match["sep"]) * _scale(match["scale"])
    if _in_a_date(text, match.start("digits"), match.end()):
        return Quantity(value, "date")
    if match["nth"]:
        return Quantity(value, "ordinal")
    if sign := match["before"]:
        return Quantity(value, _CURRENCY.get(sign, sign.upper()))
    counted = _counting(value, text, match.end(), match.start("digits"))
    return replace(counted, grouped=bool(match["sep"]))


def _composed(value: float, text: str, end: int, language: str | None) -> tuple[float, int]:
    """Read on in `one hundred and sixty`; return the number and where it ends."""
    whole, value = (value, 0.0) if value in _POWERS - {HUNDRED} else (0.0, value)
    while match := _NEXT_WORD.match(text, end):
        named = numeral(fold(match[2]), language)
        if match[1] and follows_tens(fold(match[2])) and value >= TWENTY and value % 10 == 0:
            named = Numeral(1)
        if named is None or named.ordinal:
            break
        if named.value in _POWERS and 0 < value < named.value:
            value *= named.value
            if named.value > HUNDRED:
                whole, value = whole + value, 0.0
        elif not value or (named.value < value and _leaves_room(value, named.value)):
            value += named.value
        else:
            break
        end = match.end()
    return whole + value, end


def _leaves_room(value: float, more: float) -> bool:
    return value >= TWENTY and value % 10 ** len(f"{more:.0f}") == 0


def _value(digits: str, separator: str | None) -> float:
    if separator:
        return float(digits.replace(separator, ""))
    return float(digits.replace(",", "."))


def _scale(word: str | None) -> int:
    for factor, pattern in _SCALES:
        if word and re.fullmatch(pattern, word, re.IGNORECASE):
            return factor
    return 1


def _in_a_date(text: str, start: int, end: int) -> bool:
    """Tell whether a number is the day in `3 October`, `3. Oktober`, `October 3`."""
    before = fold(text[max(0, start - 12) : start]).split()[-1:]
    after = re.match(r"\.? ?(?:de |of )?([^\W\d_]+)", fold(text[end : end + 20]))
    return (after is not None and after[1] in MONTHS) or (
        before[:1] != [] and before[0] in MONTHS and not re.match(r"\d", text[start + 2 :])
    )


def _counting(value: float, text: str, end: int, start: int) -> Quantity:
    rest = text[end : end + 60]
    if to := _RANGE.match(rest):
        rest = rest[to.end() :]
    if _PERCENT.match(rest):
        return Quantity(value, "percent")
    before = text[max(0, start - 30) : start]
    if value in _HOURS and _OCLOCK.match(rest):
        return Quantity(value, "clock")
    rate = _rate(_CLAUSE.split(before)[-1], rest)
    clause = _CLAUSE.split(_PER.split(rest, maxsplit=1)[0], maxsplit=1)[0]
    digit = re.search(r"\d", clause)
    said = [fold(w) for w in _WORDS.findall(clause[: digit.start()] if digit else clause)]
    following = [_CURRENCY.get(w, w) for w in said if w not in _ADVERBS][:UNIT_WITHIN]
    unbroken = list(takewhile(lambda word: numeral(word) is None, following))
    units = [u for word in unbroken if (u := word if word.isupper() else unit_of(word))]
    unit, also = [*units, "", ""][:2]
    if value in _HOURS and not unit and _AT.search(before):
        return Quantity(value, "clock")
    if unit == "decade":
        return Quantity(value * 10, "year", rough=True)
    noun = next((word for word in following if word not in _OF), "")
    meta = bool(_META & set(following[:2]))
    return Quantity(value, unit, noun, meta=meta, also=also, rate=rate)


def _rate(before: str, after: str) -> str:
    """Return the time by which something is counted, said right after it or somewhat before."""
    said = _PER.search(_CLAUSE.split(after, maxsplit=1)[0])
    if said:
        return unit_of(fold(said[1]))
    adverbs = (_ADVERBS.get(fold(word)) for word in _WORDS.findall(f"{before} {after[:40]}"))
    return next(filter(None, adverbs), "")

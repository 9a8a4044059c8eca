"""Quantities: numbers in digits or words, with what they count, as far as a text says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType

from dealwright.agents.staff.grounding.names import MONTHS
from dealwright.agents.staff.grounding.spelling import fold

UNIT_WITHIN = 3
"""How many words after a number may pass before the one that says what it counts."""

_ONES = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig",
    "fr": "deux trois quatre cinq six sept huit - dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte",
    "it": "due tre quattro cinque - sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove venti",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien twintig",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze "
    "dezesseis dezessete dezoito dezenove vinte",
}
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety",
    "de": "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "nl": "dertig veertig vijftig zestig zeventig tachtig negentig",
    "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
_OTHER_WORDS = {
    "en": "dozen=12 hundred=100 hundreds=100 thousand=1000 thousands=1000 half=0.5 twice=2 "
    "million=1e6 millions=1e6 billion=1e9",
    "de": "beiden=2 beide=2 dutzend=12 hundert=100 hunderte=100 tausend=1000 hälfte=0.5 zwo=2 "
    "million=1e6 millionen=1e6 milliarde=1e9 milliarden=1e9",
    "fr": "douzaine=12 dizaine=10 vingtaine=20 trentaine=30 cent=100 cents=100 centaine=100 "
    "mille=1000 moitié=0.5 quatre-vingt=80 million=1e6 millions=1e6 milliard=1e9 milliards=1e9",
    "es": "docena=12 cien=100 ciento=100 mil=1000 mitad=0.5 millón=1e6 millones=1e6 doscientos=200 "
    "quinientos=500 veintiuno=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25",
    "it": "dozzina=12 cento=100 mille=1000 metà=0.5 milione=1e6 milioni=1e6 miliardo=1e9 "
    "miliardi=1e9 duecento=200 cinquecento=500 venticinque=25",
    "nl": "dozijn=12 honderd=100 duizend=1000 helft=0.5 miljoen=1e6 miljard=1e9",
    "pt": "duas=2 dúzia=12 cem=100 cento=100 mil=1000 metade=0.5 milhão=1e6 milhões=1e6 "
    "duzentos=200 quinhentos=500 dezasseis=16 dezassete=17 dezanove=19",
}
_ORDINALS = {
    "en": "second third fourth fifth sixth seventh eighth ninth tenth",
    "de": "zweit dritt viert fünft sechst siebt acht neunt zehnt",
    "fr": "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "es": "segund tercer cuart quint sext séptim octav noven décim",
    "it": "second terz quart quint sest settim ottav non decim",
    "nl": "tweede derde vierde vijfde zesde zevende achtste negende tiende",
    "pt": "segund terceir quart quint sext sétim oitav non décim",
}
_ORDINAL_ENDINGS = {"de": "e er es en em", "es": "o a os as", "it": "o a i e", "pt": "o a os as"}
_LATER_ORDINALS = {"en": "th", "de": "te ten ter ste sten", "fr": "ieme", "nl": "de ste"}
_UNITS = {
    "people": "employee* staff people colleague* headcount workforce worker* mitarbeit* beschaft* "
    "angestellt* kolleg* leute* menschen person* kopf* salarie* collaborat* employe* effectif* "
    "emplead* trabajador* plantilla dipendent* addett* medewerker* werknemer* mensen funcionari* "
    "colaborador* pessoas trabalhador* equipier*",
    "drivers": "driver* fahrer* chauffeur* conducteur* conductor* autist* motorist* berufskraft*",
    "vehicles": "truck* lorr* van vans vehicle* fahrzeug* lkw* camion* vehicul* furgon* veicol* "
    "vrachtwagen* voertuig* caminh* veicul* transporter* utilitaire* tractor*",
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
_PERCENT = re.compile(r"^[ \u00a0\u202f-]?(?:%|per ?cent\b|pour cent|por cien|per cento|por cento)")
_CLAUSE = re.compile(r"[,;:.!?()]")
_WORDS = re.compile(r"[€$£]|[^\W\d_]+[²2]?")
TWENTY = 20
_DIGITS = range(1, 10)
_HOURS = range(25)
_OCLOCK = re.compile(
    r" ?(?:[ap]\.?m\b|o['’]clock|uhr\b|h\b|heures du|in the (?:morning|evening))", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|um|gegen|vers|a las|hacia las|alle|verso le|às) $", re.IGNORECASE)
_POWERS = frozenset({1e2, 1e3, 1e6, 1e9})
_NEXT_WORD = re.compile(r"[ -](?:(?:and|y|e|et) )?([^\W\d_]+)", re.IGNORECASE)
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

    @property
    def is_year(self) -> bool:
        return not self.unit and self.value in _YEARS


def _vocabulary(language: str) -> Mapping[str, Quantity]:
    known: dict[str, Quantity] = {}
    for value, word in enumerate(_ONES[language].split(), start=2):
        known[fold(word)] = Quantity(value, "")
    for value, word in enumerate(_TENS[language].split(), start=3):
        known[fold(word)] = Quantity(value * 10, "")
    for pair in _OTHER_WORDS[language].split():
        word, _, number = pair.partition("=")
        known[fold(word)] = Quantity(float(number), "")
    for value, word in enumerate(_ONES[language].split(), start=2):
        for ending in _LATER_ORDINALS.get(language, "").split():
            known[fold(word.rstrip("e") if language == "fr" else word) + ending] = Quantity(
                value, "ordinal"
            )
    for value, word in enumerate(_ORDINALS[language].split(), start=2):
        for ending in _ORDINAL_ENDINGS.get(language, "").split() or [""]:
            known[fold(word + ending)] = Quantity(value, "ordinal")
    return known | dict(_compounds(language, known))


def _compounds(language: str, known: Mapping[str, Quantity]) -> Iterable[tuple[str, Quantity]]:
    joint = {"en": "-", "fr": "-", "de": "und", "nl": "en"}.get(language)
    if joint is None:
        return
    ones = {word: q.value for word, q in known.items() if q.value in _DIGITS and not q.unit}
    ones |= {"one": 1, "ein": 1, "un": 1, "een": 1}
    tens = {fold(word): value * 10.0 for value, word in enumerate(_TENS[language].split(), start=3)}
    tens[fold(_ONES[language].split()[-1])] = TWENTY
    for ten, high in tens.items():
        for one, low in ones.items():
            pair = one + joint + ten if joint in {"und", "en"} else ten + joint + one
            yield pair, Quantity(high + low, "")


_VOCABULARY = MappingProxyType({language: _vocabulary(language) for language in _ONES})
_ALL_WORDS = MappingProxyType({w: q for known in _VOCABULARY.values() for w, q in known.items()})
_UNIT_OF = MappingProxyType(
    {word: unit for unit, said in reversed(_UNITS.items()) for word in said.split()}
)


def unit_of(word: str) -> str:
    """Return the unit a folded word names, or nothing."""
    starts = (f"{word[:end]}*" for end in range(len(word), 1, -1))
    return next((_UNIT_OF[said] for said in (word, *starts) if said in _UNIT_OF), "")


def is_number(word: str) -> bool:
    """Tell whether a folded word is a number in any language."""
    return word in _ALL_WORDS if word.isalpha() else bool(quantities(word))


@lru_cache(maxsize=4_000)
def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """Return the quantities a text names; without a language, in any language."""
    known = _VOCABULARY.get(language or "", _ALL_WORDS)
    found: list[Quantity] = []
    read_to = 0
    for match in _NUMBER.finditer(text):
        if match.start() < read_to:
            continue
        if match["digits"]:
            found.append(_in_digits(match, text))
        elif named := known.get(fold(match["word"])):
            value, read_to = _composed(named, text, match.end(), known)
            counting = _counting(value, text, read_to, match.start())
            found.append(named if named.unit else counting)
    return tuple(found)


def _in_digits(match: re.Match[str], text: str) -> Quantity:
    value = _value(match["digits"], match["sep"]) * _scale(match["scale"])
    if _in_a_date(text, match.start("digits"), match.end()):
        return Quantity(value, "date")
    if match["nth"]:
        return Quantity(value, "ordinal")
    if sign := match["before"]:
        return Quantity(value, _CURRENCY.get(sign, sign.upper()))
    return _counting(value, text, match.end(), match.start("digits"))


def _composed(
    first: Quantity, text: str, end: int, known: Mapping[str, Quantity]
) -> tuple[float, int]:
    """Read on in `one hundred and sixty`; return the number and where it ends."""
    value = first.value
    while not first.unit and (match := _NEXT_WORD.match(text, end)):
        named = known.get(fold(match[1]))
        if named is None or named.unit:
            break
        if named.value in _POWERS and named.value > value:
            value *= named.value
        elif (
            value >= TWENTY and named.value < value and value % 10 ** len(f"{named.value:.0f}") == 0
        ):
            value += named.value
        else:
            break
        end = match.end()
    return value, end


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
    if _PERCENT.match(rest):
        return Quantity(value, "percent")
    if value in _HOURS and (_OCLOCK.match(rest) or _AT.search(text[max(0, start - 12) : start])):
        return Quantity(value, "clock")
    rate = _rate(_CLAUSE.split(text[max(0, start - 30) : start])[-1], rest)
    rest = _PER.split(rest, maxsplit=1)[0]
    clause = _CLAUSE.split(rest, maxsplit=1)[0]
    digit = re.search(r"\d", clause)
    said = [fold(w) for w in _WORDS.findall(clause[: digit.start()] if digit else clause)]
    following = [_CURRENCY.get(w, w) for w in said if w not in _ADVERBS][:UNIT_WITHIN]
    unbroken = list(takewhile(lambda word: word not in _ALL_WORDS, following))
    units = [u for word in unbroken if (u := word if word.isupper() else unit_of(word))]
    unit, also = [*units, "", ""][:2]
    noun = following[0] if following else ""
    meta = bool(_META & set(following[:2]))
    return Quantity(value, unit, noun, meta=meta, also=also, rate=rate)


def _rate(before: str, after: str) -> str:
    """Return the time by which something is counted, said right after it or somewhat before."""
    said = _PER.search(_CLAUSE.split(after, maxsplit=1)[0])
    if said:
        return unit_of(fold(said[1]))
    adverbs = (_ADVERBS.get(fold(word)) for word in _WORDS.findall(f"{before} {after[:40]}"))
    return next(filter(None, adverbs), "")

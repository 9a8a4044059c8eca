"""Numerals: number words in seven languages, short ones and such as are written as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from dealwright.agents.staff.grounding.spelling import fold

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
    "en": "hundred=100 hundreds=100 thousand=1000 thousands=1000 half=0.5 twice=2 million=1e6 "
    "millions=1e6 billion=1e9",
    "de": "beiden=2 beide=2 hundert=100 hunderte=100 tausend=1000 hälfte=0.5 zwo=2 million=1e6 "
    "millionen=1e6 milliarde=1e9 milliarden=1e9",
    "fr": "cent=100 cents=100 mille=1000 moitié=0.5 quatre-vingt=80 million=1e6 millions=1e6 "
    "milliard=1e9 milliards=1e9",
    "es": "cien=100 ciento=100 mil=1000 mitad=0.5 millón=1e6 millones=1e6",
    "it": "cento=100 mille=1000 mila=1000 metà=0.5 milione=1e6 milioni=1e6 miliardo=1e9 "
    "miliardi=1e9",
    "nl": "honderd=100 duizend=1000 helft=0.5 miljoen=1e6 miljard=1e9",
    "pt": "duas=2 cem=100 cento=100 mil=1000 metade=0.5 milhão=1e6 milhões=1e6 dezasseis=16 "
    "dezassete=17 dezanove=19",
}
_ROUND = {
    "en": "dozen=12",
    "de": "dutzend=12",
    "fr": "dizaine=10 douzaine=12 quinzaine=15 vingtaine=20 trentaine=30 quarantaine=40 "
    "cinquantaine=50 soixantaine=60 centaine=100 millier=1000",
    "es": "decena=10 docena=12 quincena=15 veintena=20 treintena=30 cuarentena=40 cincuentena=50 "
    "sesentena=60 centenar=100 millar=1000",
    "it": "decina=10 dozzina=12 quindicina=15 ventina=20 trentina=30 quarantina=40 "
    "cinquantina=50 sessantina=60 centinaio=100 migliaio=1000",
    "nl": "tiental=10 dozijn=12 twintigtal=20 dertigtal=30 veertigtal=40 vijftigtal=50 "
    "honderdtal=100",
    "pt": "dezena=10 dúzia=12 quinzena=15 vintena=20 trintena=30 centena=100 milhar=1000",
}
"""Words that count no more than roughly."""
_HUNDREDS = {
    "es": "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient",
    "pt": "duzent trezent quatrocent quinhent seiscent setecent oitocent novecent",
}
_POWERS = {
    "de": ("tausend", "hundert"),
    "it": ("mila", "cento"),
    "nl": ("duizend", "honderd"),
}
"""A thousand and a hundred in languages that write a whole number as one word."""
_IN_ONE_WORD = re.compile("|".join([*chain.from_iterable(_POWERS.values()), "einhalb$"]))
"""What one of stands in every number that is written as one word and in no list here."""
_JOINTS = {"en": "-", "fr": "-", "de": "und", "nl": "en", "it": "", "es": "i"}
_SINGLES = frozenset(["one", "ein", "eine", "un", "une", "uno", "una", "een", "um", "uma"])
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
_OF_TWO_MEANINGS = {"fr": {"neuf": 9.0}, "it": {"sei": 6.0}}
"""They mean `new` and `you are` as well, but not within a longer number."""
_DIGITS = range(1, 10)
_TEENS = range(10, 20)
TWENTY = 20
FOURSCORE = 80
THREESCORE = 60


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a word counts."""

    value: float
    ordinal: bool = False
    rough: bool = False


def _vocabulary(language: str) -> Mapping[str, Numeral]:
    ones, tens = _ONES[language].split(), _TENS[language].split()
    known = {word: Numeral(value) for value, word in enumerate(ones, start=2)}
    known |= {word: Numeral(value * 10) for value, word in enumerate(tens, start=3)}
    for said, rough in ((_OTHER_WORDS, False), (_ROUND, True)):
        pairs = (pair.partition("=") for pair in said[language].split())
        known |= {word: Numeral(float(number), rough=rough) for word, _, number in pairs}
    for value, word in enumerate(_HUNDREDS.get(language, "").split(), start=2):
        known |= {word + ending: Numeral(value * 100) for ending in ("os", "as")}
    known = {fold(word): numeral for word, numeral in known.items()}
    return known | dict(_ordinals(language)) | dict(_compounds(language, known))


def _ordinals(language: str) -> Iterable[tuple[str, Numeral]]:
    for value, word in enumerate(_ONES[language].split(), start=2):
        for ending in _LATER_ORDINALS.get(language, "").split():
            start = word.rstrip("e") if language == "fr" else word
            yield fold(start) + ending, Numeral(value, ordinal=True)
    for value, word in enumerate(_ORDINALS[language].split(), start=2):
        for ending in _ORDINAL_ENDINGS.get(language, "").split() or [""]:
            yield fold(word + ending), Numeral(value, ordinal=True)


def _compounds(language: str, known: Mapping[str, Numeral]) -> Iterable[tuple[str, Numeral]]:
    """Yield the numbers from 21 to 99 that are written as one word."""
    joint = _JOINTS.get(language)
    if joint is None:
        return
    ones = {word: n.value for word, n in known.items() if n.value in _DIGITS}
    ones |= dict.fromkeys(_SINGLES, 1.0) | _OF_TWO_MEANINGS.get(language, {})
    tens = {fold(word): value * 10.0 for value, word in enumerate(_TENS[language].split(), start=3)}
    tens[fold(_ONES[language].split()[-1])] = TWENTY
    for ten, high in tens.items():
        below = ones
        if language == "fr" and high in {THREESCORE, FOURSCORE}:
            below = ones | {word: n.value for word, n in known.items() if n.value in _TEENS}
        for one, low in below.items():
            yield _joined(ten, one, joint), Numeral(high + low)


def _joined(ten: str, one: str, joint: str) -> str:
    if joint in {"und", "en"}:
        return one + joint + ten
    if joint == "i":
        return ten[:-1] + joint + one
    if not joint and one[0] in "uo":
        return ten[:-1] + one
    return ten.removesuffix("s") + joint + one


_VOCABULARY = MappingProxyType({language: _vocabulary(language) for language in _ONES})
_ALL_WORDS = MappingProxyType({w: n for known in _VOCABULARY.values() for w, n in known.items()})


@lru_cache(maxsize=20_000)
def numeral(word: str, language: str | None = None) -> Numeral | None:
    """Return what a folded word counts; without a language, in any language."""
    known = _VOCABULARY.get(language or "", _ALL_WORDS)
    if word in known:
        return known[word]
    if not _IN_ONE_WORD.search(word):
        return None
    spoken = _POWERS.keys() & {language} if language in _VOCABULARY else _POWERS.keys()
    values = (_in_one_word(word, code) for code in sorted(spoken) if word not in _SINGLES)
    return next((Numeral(value) for value in values if value), None)


def before_powers(word: str) -> Numeral | None:
    """Return what a folded word counts if a hundred or more comes right after it."""
    values = (meant.get(word) for meant in _OF_TWO_MEANINGS.values())
    return next((Numeral(value) for value in values if value), None)


def follows_tens(word: str) -> bool:
    """Tell whether a folded word is the one of twenty-one: alone it is an article as well."""
    return word in _SINGLES


def _in_one_word(word: str, language: str) -> float | None:
    """Read `vierhundertzehn` by its thousands, hundreds and what is left."""
    if language == "de" and (whole := word.removesuffix("einhalb")) != word:
        value = _in_one_word(whole, language)
        return value + 0.5 if value else None
    for power, name in zip((1000, 100), _POWERS[language], strict=True):
        before, found, after = word.partition(name)
        if found:
            after = after.removeprefix("und") if language == "de" else after
            high = _in_one_word(before, language) if before else 1
            low = _in_one_word(after, language) if after else 0
            return None if high is None or low is None else high * power + low
    known = _VOCABULARY[language].get(word)
    if known is None or known.ordinal or known.rough:
        return 1 if word in _SINGLES else None
    return known.value

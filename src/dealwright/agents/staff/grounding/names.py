"""Names: the words of a text that single out a person, a company, a place or a technology."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from dealwright.agents.staff.grounding.concepts import concepts_of
from dealwright.agents.staff.grounding.plain_words import FUNCTION_WORDS, PLAIN_WORDS
from dealwright.agents.staff.grounding.spelling import bare, fold, tokens

SHORTEST_VERB = 3

Known = Callable[[str], bool]
"""Tells whether the evidence, or the language itself, has a folded word."""

_ACRONYMS_SAID = """
it hr ai ki ia b2b b2c kpi kpis roi eta fyi ps eu uk us usa gps faq pdf crm erp tms wms hgv lkw
pkw pme tpe pmi kmu rh si edv sme smes id i tv pc api cv pk mr mrs ms dr m mme o.k ok asap cet
"""
_ACRONYMS = frozenset(_ACRONYMS_SAID.split())
_DAYS_SAID = """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays christmas easter english german french spanish italian dutch
portuguese european europe europa europeo europeen
"""
_DAYS = frozenset(_DAYS_SAID.split())
_MONTHS = (
    "january januar janvier enero gennaio januari janeiro",
    "february februar fevrier febrero febbraio februari fevereiro",
    "march marz mars marzo maart marco",
    "april avril abril aprile",
    "mai mayo maggio mei maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
MONTHS = MappingProxyType(
    {word: n for n, said in enumerate(_MONTHS, start=1) for word in said.split()}
)
"""Folded names of the months, in seven languages."""

_SAME_PLACES = (
    "munich munchen monaco munique",
    "cologne koln colonia",
    "vienna wien vienne viena",
    "zurich zurigo",
    "geneva genf geneve ginevra ginebra",
    "milan milano mailand milao",
    "rome roma rom",
    "turin torino",
    "lisbon lisboa lissabon lisbonne",
    "brussels brussel bruxelles brussel",
    "antwerp antwerpen anvers amberes",
    "nuremberg nurnberg",
    "hanover hannover",
    "seville sevilla seville",
    "hamburg hambourg hamburgo amburgo",
    "florence firenze florenz",
    "naples napoli neapel",
    "venice venezia venedig",
    "hague haag",
    "porto oporto",
    "bale basel basle",
    "lyon lyons",
    "germany german germans deutschland deutsch deutsche deutschen allemagne allemand alemania "
    "aleman germania tedesco duitsland alemanha de",
    "france french frankreich francais francia frances frankrijk franca fr",
    "spain spanish espana espagne spanien spagna spanje espanha espanol es",
    "italy italian italia italien italie it",
    "netherlands dutch niederlande nederland holland nl",
    "austria austrian osterreich autriche at",
    "switzerland swiss schweiz suisse svizzera suiza ch",
    "belgium belgian belgien belgique belgie belgica be",
    "portugal portuguese portugais pt",
    "britain british england english uk gb",
    "europe european europa europeo europaisch eu",
)
_SAME = MappingProxyType(
    {word: frozenset(said.split()) for said in _SAME_PLACES for word in said.split()}
)
_TECHNOLOGIES_SAID = """
sap salesforce hubspot pipedrive odoo zendesk shopify wordpress magento woocommerce kubernetes
docker aws azure jira slack personio datev navision dynamics oracle tableau snowflake postgresql
mongodb python java react angular kafka stripe mailchimp marketo workday netsuite teams excel
outlook
"""
_TECHNOLOGIES = frozenset(_TECHNOLOGIES_SAID.split())
_COMMON_TOOLS = frozenset(
    {"tableau", "teams", "excel", "outlook", "java", "react", "stripe", "slack"}
)
_GERMAN_ENDINGS = """
ung ungen heit keit heiten keiten schaft schaften tion tionen tat taten ment nis nisse tum ling
chen plan plane planen planung arbeit zeit zeiten team teams weg wege kosten fahrt fahrten tour
touren lager stelle stellen liste listen woche tag tage tagen monat monate jahr jahren zahl
zahlen kraft krafte leiter leitung platz platze blick druck markt wert system systeme ende
anfang alltag betrieb betriebe kilometer kilometern stunde stunden schicht schichten mail hand
handen gesprach anruf papier tabelle tabellen wachstum aufwand umsatz personal bereich standort
standorte standorten kunden fahrer fahrern fahrzeuge fahrzeugen auftrag auftrage auftragen
mitarbeiter mitarbeitern mitarbeitende mitarbeitenden
"""
_GERMAN_NOUN = re.compile(rf"(?:{'|'.join(_GERMAN_ENDINGS.split())})$")
_GERMAN_LEADS = frozenset(
    {"bei", "in", "mit", "von", "aus", "nach", "fur", "an", "wie", "und", "bis", "neben", "auch"}
    | {"herr", "herrn", "frau", "firma", "kunde"}
)
_HONORIFICS_SAID = """
mr mrs ms miss dr prof herr herrn frau familie monsieur madame mme m maitre senor senora sr sra
don dona signor signora dott ing meneer mevrouw heer senhor senhora
"""
_HONORIFICS = frozenset(_HONORIFICS_SAID.split())
_ORDINARY = PLAIN_WORDS | _ACRONYMS | _DAYS | MONTHS.keys() | _HONORIFICS
"""Folded words that single out nobody, though they may have a capital letter."""
_GERMAN_ARTICLES = frozenset(
    {"der", "die", "das", "den", "dem", "des", "beim", "zum", "zur", "vom"}
)
_FOREIGN = re.compile(r"(?:[ay]|[^e]i|[^ae]u|[^o]o|as|[^a]us|[ei]x)$")
"""How names end more often than German nouns."""
_LOANS_SAID = """
agenda alibi ananas arena aroma atlas aula auto azubi baby bistro bonus buro bus cafeteria
campus cello city demo diploma disco display dispo drama echo embargo etui euro firma fiskus
fokus foto gas glas globus gummi handy hobby index info juli juni kaktus kamera kasus kilo kino
kiwi klima koma komma komplex konto krimi kubus lobby logo malus memo mensa menu mix modus motto
muli navi panorama party pizza plasma portfolio praktikas profi radio radius reflex rhythmus
risiko safari saldo schema skala ski status story studio suffix szenario tabu taxi tempo tetanus
thema trauma uni video villa virus zirkus zivi zyklus
"""
_LOANS = frozenset(_LOANS_SAID.split())
_NO_NAME = {
    "en": re.compile(
        r"(?:ing|ed|ly|ions?|ments?|ness|ity|ers?|ies|ys|ages?|al|ics?|ive|ous|ful|less|able|ible"
        r"|ary|est|ants?|ents?|ance|ence|ship|ty|y)$"
    ),
    "fr": re.compile(r"(?:er|ir|re|oir|ant|ez|ons|ions?|ment)$"),
    "es": re.compile(r"(?:ar|er|ir|an|en|ando|endo|mente|cion|dad|os|as|es|amos|emos|imos)$"),
    "it": re.compile(r"(?:are|ere|ire|ano|ono|ando|endo|mente|zione|arsi|ersi|irsi|iamo)$"),
    "pt": re.compile(r"(?:ar|er|ir|am|em|ando|endo|indo|mente|cao|dade|os|as|amos|emos|imos)$"),
}
"""How first words end that are hardly names; in these languages nouns rarely stand first."""
_ACTED = {
    "es": re.compile(r"(?:ó|aron|ieron)$"),
    "it": re.compile(r"(?:ò|arono|irono)$"),
    "pt": re.compile(r"(?:ou|aram|eram)$"),
}
"""How verbs end whose subject a first word is."""
_ADJECTIVE = re.compile(r"(?:e|en|er|es|em)$")
_USES_SAID = """
uses use used saved saves cut cuts trusts trust relies chose chooses switched runs reduced
reduces already nutzt nutzen spart sparte vertraut setzt arbeitet hat utilise utilisent
economise gagne fait usa usan utiliza ahorra ahorro confia redujo risparmia gebruikt bespaart
poupa and und et y e en says sagt said
"""
_USES = frozenset(_USES_SAID.split())
_OPENS = re.compile(r"[.!?¿¡:„“”\"«»‘(–—]\s*$|^\s*$|\n\s*$|\s['‘]$")
_JOINED = re.compile(r"[ \u00a0&.'’-]{1,3}\n?")


@dataclass(frozen=True, slots=True)
class Spot:
    """One word of a text, with what stands before and after it."""

    word: str
    plain: str
    """The word, folded and bare."""
    before: str
    previous: str
    """The word before, if only a space is between."""
    follows: str
    """The word after, likewise."""

    @property
    def opens(self) -> bool:
        """Whether it begins a sentence, where every word has a capital letter."""
        return bool(_OPENS.search(self.before))

    @property
    def asks(self) -> bool:
        """Whether it begins a question in Spanish, which a verb or a pronoun does."""
        return self.before.endswith("¿")


def unknown_name(spots: Iterable[Spot], language: str, known: Known) -> str | None:
    """Return the first name among the words that the evidence does not have, or None."""
    for spot in spots:
        ordinary = spot.word.isupper() and concepts_of(spot.plain)
        if not ordinary and not _known(spot.plain, known) and _is_name(spot, language, known):
            return spot.word
    return None


def spots(text: str) -> Iterator[Spot]:
    """Yield the words of a text that may be names."""
    found = tokens(text)
    for place, token in enumerate(found):
        word = token.group()
        if word == word.lower() and word.casefold() not in _TECHNOLOGIES:
            continue
        plain = bare(word)
        if plain and plain not in _ORDINARY:
            yield Spot(
                word,
                plain,
                text[: token.start()],
                _beside(text, token, found[place - 1] if place else None),
                _beside(text, token, found[place + 1] if place + 1 < len(found) else None),
            )


def _beside(text: str, token: re.Match[str], other: re.Match[str] | None) -> str:
    """Return the word next to another, if only a space is between."""
    if other is None:
        return ""
    ends, begins = min(token.end(), other.end()), max(token.start(), other.start())
    return other.group() if _JOINED.fullmatch(text, ends, begins) else ""


def _is_name(spot: Spot, language: str, known: Known) -> bool:
    word, plain = spot.word, spot.plain
    if plain in _TECHNOLOGIES and (word[0].isupper() or plain not in _COMMON_TOOLS):
        return True
    if any(map(str.isupper, word[1:])) and not word.isupper():
        return True
    if spot.asks and not spot.follows[:1].isupper():
        return False
    if spot.opens:
        return word[0].isupper() and _first_is_name(plain, spot.follows, known, language)
    return word[0].isupper() and (language != "de" or _german_name(spot))


def same_place(word: str) -> frozenset[str]:
    """Return the folded names of the same place in other languages, itself included."""
    return _SAME.get(word, frozenset({word}))


def _known(plain: str, known: Known) -> bool:
    return any(map(known, _SAME[plain])) if plain in _SAME else known(plain)


def _first_is_name(plain: str, follows: str, known: Known, language: str) -> bool:
    """Judge a sentence's first word, which is capitalised whatever it is."""
    second = bare(follows)
    ending = _NO_NAME.get(language)
    ordinary = bool(ending and ending.search(plain)) or bool(concepts_of(plain))
    if follows[:1].isupper() and language != "de":
        return not ordinary or not (second in _ORDINARY or _known(second, known))
    acted = _ACTED.get(language)
    if acted and acted.search(follows) and not concepts_of(plain):
        return True
    return not ordinary and (second in _USES or _acts(plain, follows, known, language))


def _acts(plain: str, follows: str, known: Known, language: str) -> bool:
    """Tell whether the second word looks like what the first one does."""
    second = bare(follows)
    if language == "en":
        return second in {"is", "has", "was"} or (len(second) > SHORTEST_VERB and second[-1] == "s")
    if language == "de":
        shared = second not in PLAIN_WORDS and bool(known(second))
        return shared and follows.endswith("t") and not _GERMAN_NOUN.search(plain)
    return language in _NO_NAME and bool(second) and len(plain) > SHORTEST_VERB


def _german_name(spot: Spot) -> bool:
    """Judge a capitalised German word, which is a noun more often than a name."""
    word = fold(spot.word)
    if _GERMAN_NOUN.search(word):
        return False
    if bare(spot.previous) in _GERMAN_ARTICLES and _FOREIGN.search(word):
        return not concepts_of(word) and word not in _LOANS
    if bare(spot.previous) in _GERMAN_LEADS:
        return not concepts_of(word)
    before = spot.before[: -len(spot.previous) - 1]
    adjective = _OPENS.search(before) and _ADJECTIVE.search(spot.previous)
    named = spot.previous[:1].isupper() and bare(spot.previous) not in FUNCTION_WORDS
    return named and not adjective and not concepts_of(word)

"""Names: the words of a text that single out a person, a company, a place or a technology."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from dealwright.agents.staff.grounding.concepts import concepts_of
from dealwright.agents.staff.grounding.plain_words import FUNCTION_WORDS, PLAIN_WORDS
from dealwright.agents.staff.grounding.spelling import bare, fold, tokens

SHORTEST_VERB = 3

Known = Callable[[str], object]
"""Tells whether the evidence, or the language itself, has a folded word."""

_ACRONYMS = frozenset(
    "it hr ai ki ia b2b b2c kpi kpis roi eta fyi ps eu uk us usa gps faq pdf crm erp tms wms hgv lkw pkw "
    "pme tpe pmi kmu rh si edv sme smes id i tv pc api cv pk mr mrs ms dr m mme o.k ok asap cet".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays "
    "fridays saturdays sundays christmas easter english german french spanish italian dutch portuguese "
    "european europe europa europeo europeen".split()
)
_MONTHS = (
    "january januar janvier enero gennaio januari janeiro", "february februar fevrier febrero "
    "febbraio februari fevereiro", "march marz mars marzo maart marco", "april avril abril aprile",
    "mai mayo maggio mei maio", "june juni juin junio giugno junho", "july juli juillet julio luglio "
    "julho", "august aout agosto augustus", "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro", "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
MONTHS = MappingProxyType(
    {word: n for n, said in enumerate(_MONTHS, start=1) for word in said.split()}
)
"""Folded names of the months, in seven languages."""

_SAME_PLACES = (
    "munich munchen monaco munique", "cologne koln colonia", "vienna wien vienne viena", "zurich "
    "zurigo", "geneva genf geneve ginevra ginebra", "milan milano mailand milao", "rome roma rom",
    "turin torino", "lisbon lisboa lissabon lisbonne", "brussels brussel bruxelles brussel",
    "antwerp antwerpen anvers amberes", "nuremberg nurnberg", "hanover hannover", "seville sevilla "
    "seville", "hamburg hambourg hamburgo amburgo", "florence firenze florenz", "naples napoli neapel",
    "venice venezia venedig", "hague haag", "porto oporto", "bale basel basle", "lyon lyons",
    "germany german germans deutschland deutsch deutsche deutschen allemagne allemand alemania aleman "
    "germania tedesco duitsland alemanha de", "france french frankreich francais francia frances frankrijk "
    "franca fr", "spain spanish espana espagne spanien spagna spanje espanha espanol es", "italy italian "
    "italia italien italie it", "netherlands dutch niederlande nederland holland nl", "austria austrian "
    "osterreich autriche at", "switzerland swiss schweiz suisse svizzera suiza ch", "belgium belgian belgien "
    "belgique belgie belgica be", "portugal portuguese portugais pt", "britain british england english uk gb",
    "europe european europa europeo europaisch eu",
)
_SAME = MappingProxyType(
    {word: frozenset(said.split()) for said in _SAME_PLACES for word in said.split()}
)
_TECHNOLOGIES = frozenset(
    "sap salesforce hubspot pipedrive odoo zendesk shopify wordpress magento woocommerce kubernetes docker "
    "aws azure jira slack personio datev navision dynamics oracle tableau snowflake postgresql mongodb "
    "python java react angular kafka stripe mailchimp marketo workday netsuite teams excel outlook".split()
)
_COMMON_TOOLS = frozenset({"tableau", "teams", "excel", "outlook", "java", "react", "stripe", "slack"})
_GERMAN_NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|heiten|keiten|schaft|schaften|tion|tionen|tat|taten|ment|nis|nisse|tum|ling"
    r"|chen|plan|plane|planen|planung|arbeit|zeit|zeiten|team|teams|weg|wege|kosten|fahrt|fahrten|tour"
    r"|touren|lager|stelle|stellen|liste|listen|woche|tag|tage|tagen|monat|monate|jahr|jahren|haus|hof"
    r"|zahl|zahlen|kraft|krafte|leiter|leitung|platz|platze|blick|druck|markt|wert|system|systeme|ende"
    r"|anfang|alltag|betrieb|betriebe|kilometer|kilometern|stunde|stunden|schicht|schichten|werk|mail"
    r"|hand|handen|gesprach|anruf|papier|tabelle|tabellen|wachstum|aufwand|umsatz|personal|bereich|standort|standorte"
    r"|standorten|kunden|fahrer|fahrern|fahrzeuge|fahrzeugen|auftrag|auftrage|auftragen|mitarbeiter\w*)$"
)
_GERMAN_LEADS = frozenset("bei in mit von aus nach fur an wie herr herrn frau firma kunde und".split())
_NO_NAME = {
    "en": re.compile(
        r"(?:ing|ed|ly|ions?|ments?|ness|ity|ers?|ies|ys|ages?|al|ics?|ive|ous|ful|less|able|ible|ary"
        r"|est|ants?|ents?|ance|ence|ship|ty|y)$"
    ),
    "fr": re.compile(r"(?:er|ir|re|oir|ant|ez|ons|ions?|ment)$"),
    "es": re.compile(r"(?:ar|er|ir|ando|endo|mente|cion|dad|os|as|es|amos|emos|imos)$"),
    "it": re.compile(r"(?:are|ere|ire|ando|endo|mente|zione|arsi|ersi|irsi|iamo)$"),
    "pt": re.compile(r"(?:ar|er|ir|ando|endo|indo|mente|cao|dade|os|as|amos|emos|imos)$"),
}
"""How first words end that are hardly names; in these languages nouns rarely stand first."""
_ACTED = {
    "es": re.compile(r"(?:ó|aron|ieron)$"),
    "it": re.compile(r"(?:ò|arono|irono)$"),
    "pt": re.compile(r"(?:ou|aram|eram)$"),
}
"""How verbs end whose subject a first word is."""
_ADJECTIVE = re.compile(r"(?:e|en|er|es|em)$")
_USES = frozenset(
    "uses use used saved saves cut cuts trusts trust relies chose chooses switched runs reduced reduces "
    "already nutzt nutzen spart sparte vertraut setzt arbeitet hat utilise utilisent economise gagne fait usa "
    "usan utiliza ahorra ahorro confia redujo risparmia gebruikt bespaart poupa and und et y e en says sagt "
    "said".split()
)
_OPENS = re.compile(r"[.!?:„“”\"«»‘(–—]\s*$|^\s*$|\n\s*$|\s['‘]$")
_JOINED = re.compile(r"^[ \u00a0&.'’-]{1,3}$")


def unknown_name(text: str, language: str, known: Known) -> str | None:
    """Return the first name in the text that the evidence does not have, or None."""
    found = tokens(text)
    for place, token in enumerate(found):
        word = token.group()
        plain = bare(word)
        if not plain or word[0].isdigit() or _excused(plain, known):
            continue
        before, after = text[: token.start()], found[place + 1 : place + 2]
        if plain in _TECHNOLOGIES and (word[0].isupper() or plain not in _COMMON_TOOLS):
            return word
        if any(letter.isupper() for letter in word[1:]) and not word.isupper():
            return word
        if not word[0].isupper():
            continue
        follows = after[0].group() if after else ""
        joined = bool(after) and bool(_JOINED.match(text[token.end() : after[0].start()]))
        if _OPENS.search(before):
            if _first_is_name(plain, follows if joined else "", known, language):
                return word
        elif language != "de" or _german_name(found, place, text, known):
            return word
    return None


def same_place(word: str) -> frozenset[str]:
    """Return the folded names of the same place in other languages, itself included."""
    return _SAME.get(word, frozenset({word}))


def _excused(plain: str, known: Known) -> bool:
    if plain in PLAIN_WORDS or plain in _ACRONYMS or plain in _DAYS or plain in MONTHS:
        return True
    return any(known(name) for name in same_place(plain))


def _first_is_name(plain: str, follows: str, known: Known, language: str) -> bool:
    """Judge a sentence's first word, which is capitalised whatever it is."""
    second = bare(follows) if follows else ""
    ordinary = language in _NO_NAME and _NO_NAME[language].search(plain)
    if follows[:1].isupper() and language != "de":
        return not (ordinary or concepts_of(plain)) or not _excused(second, known)
    if language in _ACTED and _ACTED[language].search(follows) and not concepts_of(plain):
        return True
    if ordinary or concepts_of(plain):
        return False
    acts = second in _USES or second in {"is", "has", "was"}
    if language == "en":
        return acts or (len(second) > SHORTEST_VERB and second.endswith("s"))
    if language == "de":
        said = second not in PLAIN_WORDS and known(second) and not _GERMAN_NOUN.search(plain)
        return acts or (said and follows.endswith("t"))
    return acts or (language in _NO_NAME and bool(second) and len(plain) > SHORTEST_VERB)


def _german_name(found: list[re.Match[str]], place: int, text: str, known: Known) -> bool:
    """Judge a capitalised German word, which is a noun more often than a name."""
    word = fold(found[place].group())
    if _GERMAN_NOUN.search(word):
        return False
    previous = found[place - 1] if place else None
    led = previous is not None and bare(previous.group()) in _GERMAN_LEADS
    if led:
        return True
    if previous is None or not _JOINED.match(text[previous.end() : found[place].start()]):
        return False
    first = previous.group()
    opening = _OPENS.search(text[: previous.start()]) and _ADJECTIVE.search(first)
    return first[0].isupper() and bare(first) not in FUNCTION_WORDS and not opening

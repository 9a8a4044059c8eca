"""What every reading agent shares: the wall between what was read and what becomes a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from pydantic import ValidationError

from dealwright.domain.facts import Fact, FactSheet, Finding, Findings, Point, SourceKind
from dealwright.domain.material import Source
from dealwright.domain.packet import Packet

MOST_FINDINGS = 60
MOST_OF_ONE_POINT = 12
LONGEST_SENTENCE = 600
LONGEST_QUOTE = 300
EARLIEST_YEAR = 1300
YEAR_DIGITS = 4
SURE = 0.95
"""Confidence in what a source states in a form that code reads without doubt."""

_TOKEN = re.compile(r"\d{1,3}(?:[.,'\u2019\s]\d{3})+(?!\d)|\d+|[^\W\d_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_BREAK = re.compile(r"(?<=[.!?…])\s+(?=[\"'„“«¿¡(]?[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Dipl|Ing|Inc|Ltd|Co|Corp|St|Nr|No|ca|approx|bzw|inkl|Str|Mio|Mrd)"
    r"|\b[A-Z])\.$"
)
_LEGAL_FORM = re.compile(
    r"gmbh|mbh|k?gaa|ag|kg|ohg|gbr|ug|ev|eg|ltd|limited|plc|llp|llc|inc|corp|corporation|co|sas?"
    r"|s[aà]rl|eurl|slu?|srl|spa|snc|[bn]v|vof|lt?da|oy|ab|aps"
)
_MONEY = re.compile(
    r"(?:[€$£]|\b(?:EUR|USD|GBP|CHF)\b) ?\d|\d[\d.,]* ?(?:[kKmM]|bn|Mio\.?|Mrd\.?"
    r"|[mM]ill?i?[oõ]\w+|[mM]il(?:jo|h)\w+)? ?(?:de |di |d['\u2019])?(?:[€$£]|(?:[eE]uros?|EUR"
    r"|USD|GBP|CHF|[dD]ollars?|dólares|dollari)\b)"
)
_RAISED = re.compile(
    r"\b(?:rais(?:e[sd]?|ing)|secure[sd]?|close[sd]?|sammelt|erhält|erhalten|sichert|schließt"
    r"|lève|levée?|boucle|cierra|levanta|capta|recauda|consigue|chiude|raccoglie|ottiene|haalt"
    r"|ophaalt|ontvangt|fecha|angeschlossen|abgeschlossen|eingesammelt|opgehaald)\b",
    re.IGNORECASE,
)
_ROUND = re.compile(
    r"\b(?:funding|financing|series [a-f]|seed|round|investors?|venture|Serie [A-F]"
    r"|\w*finanzierung\w*|Investor\w*|fonds|tour de table|financement|investisseurs?|ronda"
    r"|financiación|inversión|finanziamento|aumento di capitale|\w*financiering\w*|investering\w*"
    r"|rodada|investimento)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\b(?:open(?:s|ed|ing)?|launch(?:es|ed)|inaugurat\w+|eröffn\w+|ouvr\w+|ouvert\w*|abr[eió]\w*"
    r"|apertura|apre|apriamo|aperto|inaugur\w+|opent|openen|geopend|abertura)\b.{0,40}?\b(?:new"
    r"|second|third|fourth|zweite\w*|dritte\w*|neue\w*|nouve\w+|deuxième|nuev[ao]|segund[ao]"
    r"|nuov[ao]|second[ao]|nieuwe?|tweede|nov[ao])\b.{0,40}?\b(?:office|branch|site|warehouse"
    r"|depot|plant|factory|location|clinic|practice|store|hub|Standort|Niederlassung|Werk|Filiale"
    r"|Lager|Büro|Praxis|agence|usine|entrepôt|bureau|cabinet|oficina|sede|planta|almacén|tienda"
    r"|clínica|stabilimento|ufficio|magazzino|vestiging|kantoor|magazijn|escritório|fábrica|loja"
    r"|armazém)\b|\b(?:neue\w*|zweite\w*|dritte\w*)\b.{0,40}?\b(?:Standort|Niederlassung|Werk"
    r"|Filiale|Lager|Büro|Praxis)\b.{0,40}?\beröffnet\b",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"\b(?:acquires?|has acquired|have acquired|we acquired|übernimmt|rachète|acquiert|adquiere"
    r"|acquisisce|adquire) (?!(?:die )?(?:Verantwortung|Leitung|Vorsitz|Kosten"
    r"|Patenschaft))[A-ZÀ-ÖØ-Þ]"
)
_GREW = re.compile(
    r"(?=.*\b(?:revenue|turnover|headcount|Umsatz\w*|chiffre d['\u2019]affaires|facturación"
    r"|fatturato|omzet|faturamento|faturação)\b)(?=.*\b(?:gr[eo]w\w*|increase[sd]?|rose|gestiegen"
    r"|steiger\w+|wächst|gewachsen|wuchs|hausse|croissance|progress\w+|creci\w+|aument\w+"
    r"|crescit\w+|cresc\w+|groei\w*|gegroeid|gestegen)\b).*\d ?%",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:charit\w+|donat\w+|spende\w*|dons?|ONG|beneficen\w+|acquired by|clients?|customers?"
    r"|Kunden?|kunden\w*|klanten?|clientes?|clienti|competitors?|Wettbewerber\w*|concurrents?)\b",
    re.IGNORECASE,
)
_US = re.compile(
    r"\b(?:we|our|wir|unser\w*|nous|notre|nos|nuestr\w+|hemos|abrimos|abbiamo|apriamo|nostr\w+"
    r"|wij|onze|nosso\w*|nossa\w*)\b",
    re.IGNORECASE,
)
_ORDER = {point: place for place, point in enumerate(Point)}


def squeeze(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words in lower case, and the numbers without separators and leading zeros."""
    return tuple(
        [
            "".join(filter(str.isdigit, token)).lstrip("0") or "0"
            if token[0].isdigit()
            else token.casefold()
            for token in _TOKEN.findall(text)
        ]
    )


def contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether the words of `part` stand in `whole`, next to each other and in order."""
    return _spaced(part) in _spaced(whole)


def short_name(company: str) -> tuple[str, ...]:
    """Return the words of a company's name without its legal form."""
    name = words(_DOTTED.sub("", company))
    end = len(name)
    while end > 1 and _LEGAL_FORM.fullmatch(name[end - 1]):
        end -= 1
    return name[:end]


def sentences(text: str) -> list[str]:
    """Return the text's sentences; a line break ends one, and one too long to judge is left out."""
    found: list[str] = []
    for line in text.splitlines():
        pending = ""
        for piece in _BREAK.split(squeeze(line)):
            pending = f"{pending} {piece}".strip()
            if not _ABBREVIATED.search(pending[-12:]):
                found.append(pending)
                pending = ""
        found.append(pending)
    return [sentence for sentence in found if 0 < len(sentence) <= LONGEST_SENTENCE]


class Reading:
    """One source, prepared for checking what is said to stand in it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        pieces = [source.title, source.text, *(stated.quote for stated in source.stated)]
        self._pieces = [(squeeze(piece).casefold(), _spaced(words(piece))) for piece in pieces]
        self._stated = {(s.point, squeeze(s.value).casefold()) for s in source.stated}

    def states(self, point: Point, value: str) -> bool:
        """Tell whether the source states that value in a form that leaves no doubt."""
        return (point, squeeze(value).casefold()) in self._stated

    def holds(self, quote: str) -> bool:
        """Tell whether the quote stands in the source: the same letters, and whole words."""
        letters, parts = squeeze(quote).casefold(), words(quote)
        sought = _spaced(parts)
        return bool(parts) and any(
            letters in text and sought in whole for text, whole in self._pieces
        )

    def refusal(self, finding: Finding) -> str | None:
        """Return why the finding must not become a fact, or None."""
        if not self.holds(finding.quote):
            return f"the quote does not stand in source {finding.source}"
        stated = self.states(finding.point, finding.value)
        if not stated and not _says(finding.quote, finding.value):
            return "the quote does not say it"
        return _unfit(finding, self.source.observed_at.year)

    def note(
        self, point: Point, value: str, quote: str, *, confidence: float = SURE
    ) -> Finding | None:
        """Return the finding, or None where the wall would refuse it."""
        try:
            finding = Finding(
                point=point,
                value=squeeze(value),
                quote=squeeze(quote),
                source=self.source.number,
                confidence=confidence,
            )
        except ValidationError:
            return None
        return None if self.refusal(finding) else finding


def readings(packet: Packet, tool: str) -> list[Reading]:
    """Return the tool's sources, each number once; what has no address cannot be cited."""
    material = packet.material.get(tool)
    sources: dict[int, Source] = {}
    for source in material.sources if material else ():
        sources.setdefault(source.number, source)
    return [Reading(source) for source in sources.values() if source.url]


def stated(read: Iterable[Reading]) -> list[Finding]:
    """Return what the sources state in a form that code reads without doubt."""
    noted = [
        reading.note(item.point, item.value, item.quote)
        for reading in read
        for item in reading.source.stated
    ]
    return [finding for finding in noted if finding]


def events(reading: Reading, company: str) -> list[Finding | None]:
    """Return the money the company raised and the ways it grew, where a sentence is about it."""
    noted: list[Finding | None] = []
    for sentence in sentences(f"{reading.source.title}\n{reading.source.text}"):
        point = _event(sentence)
        about_us = _US.search(sentence) or contains(words(sentence), short_name(company))
        if point and about_us and len(sentence) <= LONGEST_QUOTE:
            noted.append(reading.note(point, sentence.rstrip("."), sentence, confidence=0.75))
    return noted


def tidy(read: Iterable[Reading], findings: Iterable[Finding | None]) -> Findings:
    """Return each finding once, best first within its point, in no order the sources came in."""
    sources = {reading.source.number: reading.source for reading in read}

    def place(finding: Finding) -> tuple[int, float, int, str, str, str]:
        source = sources[finding.source]
        newest = (source.published_on or source.observed_at.date()).toordinal()
        rank = _ORDER[finding.point], -finding.confidence, -newest
        return (*rank, source.url, finding.value, finding.quote)

    kept: dict[tuple[Point, str], Finding] = {}
    counted: Counter[Point] = Counter()
    for finding in sorted(filter(None, findings), key=place):
        key = finding.point, finding.value.casefold()
        if key not in kept and counted[finding.point] < MOST_OF_ONE_POINT:
            kept[key] = finding
            counted[finding.point] += 1
    return Findings(findings=tuple(kept.values())[:MOST_FINDINGS])


def facts_from(packet: Packet, answer: object) -> FactSheet:
    """Bind each finding to its source; what the source does not say letter for letter is dropped.

    The facts' ids begin with the agent's name without `_reader`, which is the slot it writes.
    """
    assert isinstance(answer, Findings)
    shelf = [reading for tool in packet.material for reading in readings(packet, tool)]
    slot = re.sub("[^a-z_]", "_", packet.agent.removesuffix("_reader"))[:24]
    facts: dict[tuple[Point, str, str], Fact] = {}
    dropped: list[str] = []
    for finding in answer.findings:
        reading, refusal = _shelved(shelf, finding)
        if reading is None:
            shown = squeeze(finding.value)[:80]
            dropped.append(f"{finding.point} “{shown}” was not kept: {refusal}")
            continue
        key = finding.point, squeeze(finding.value).casefold(), reading.source.url
        facts.setdefault(key, _bound(f"{slot}.{len(facts) + 1}", finding, reading))
    used = [fact.source for fact in facts.values()]
    read = dict.fromkeys([*used, *(reading.source.url for reading in shelf)])
    return FactSheet(facts=tuple(facts.values()), sources=tuple(read)[:60], dropped=tuple(dropped))


def facts_have_sources(packet: Packet, product: object) -> str | None:
    """Catch a fact whose source was never read."""
    assert isinstance(product, FactSheet)
    read = {source.url for m in packet.material.values() for source in m.sources}
    for fact in product.facts:
        if fact.source not in read:
            return f"{fact.id} names a source that was not read: {fact.source[:120]}"
    return None


def age(fact: Fact, today: date) -> int:
    """Return how many days ago the fact was published, or seen where nobody dated it."""
    return (today - (fact.published_on or fact.observed_at.date())).days


def _spaced(told: tuple[str, ...]) -> str:
    return f" {' '.join(told)} "


def _event(sentence: str) -> Point | None:
    if _OTHERS.search(sentence):
        return None
    if _MONEY.search(sentence) and _RAISED.search(sentence) and _ROUND.search(sentence):
        return Point.FUNDING
    grown = _OPENED.search(sentence) or _BOUGHT.search(sentence) or _GREW.search(sentence)
    return Point.GROWTH if grown else None


def _says(quote: str, value: str) -> bool:
    said, meant = words(quote), words(value)
    if not meant:
        return squeeze(value).casefold() in squeeze(quote).casefold()
    if all(word.isdigit() for word in meant):
        return set(meant) <= set(said)
    return contains(said, meant)


def _unfit(finding: Finding, this_year: int) -> str | None:
    numbers = [word for word in words(finding.value) if word.isdecimal()]
    if finding.point is Point.SIZE and not numbers:
        return "a size needs a number"
    years = [int(number) for number in numbers if len(number) == YEAR_DIGITS]
    if finding.point is Point.FOUNDED and not any(EARLIEST_YEAR <= y <= this_year for y in years):
        return "a founding date needs a year that has been"
    return None


def _shelved(shelf: list[Reading], finding: Finding) -> tuple[Reading | None, str]:
    refusal = f"there is no source {finding.source}"
    for reading in shelf:
        if reading.source.number == finding.source:
            refused = reading.refusal(finding)
            if refused is None:
                return reading, ""
            refusal = refused
    return None, refusal


def _bound(fact_id: str, finding: Finding, reading: Reading) -> Fact:
    source = reading.source
    kind = source.kind
    if kind is not SourceKind.RECORD and reading.states(finding.point, finding.value):
        kind = SourceKind.STRUCTURED
    return Fact(
        id=fact_id,
        point=finding.point,
        value=squeeze(finding.value),
        kind=kind,
        source=source.url,
        quote=finding.quote,
        observed_at=source.observed_at,
        published_on=source.published_on,
        confidence=finding.confidence,
    )

"""The synthesizer merges what the readers found into one dossier; which fact wins, code settles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf
from types import MappingProxyType

from dealwright.agents.staff.readers import age, contains, short_name, words
from dealwright.domain.dossier import Conflict, Dossier, DossierPoint, Pain, Synthesis
from dealwright.domain.facts import Fact, FactSheet, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet

PRIORITY = {
    SourceKind.RECORD: "a record",
    SourceKind.STRUCTURED: "structured data",
    SourceKind.PAGE: "a page's text",
    SourceKind.FEED: "a feed",
}
"""Who is believed, first to last; equals are settled by confidence, then by date."""
_RANK = MappingProxyType({kind: rank for rank, kind in enumerate(PRIORITY)})

READS = ("record", "site", "news", "jobs", "technology")
LISTED = (
    *(Point.LOCATIONS, Point.LEADERSHIP, Point.TECHNOLOGY, Point.HIRING),
    *(Point.CUSTOMERS, Point.PARTNERS, Point.CONTACT),
)
"""Points of which several values are true at once."""

TRIGGERS = (Point.FUNDING, Point.GROWTH, Point.NEWS, Point.HIRING)
RECENT_DAYS = 180
MATERIAL = 1.25
"""Numbers further apart than this factor cannot both be meant."""
MANY_OPENINGS = 3
LONGEST_LINE = 300
STEM = 5

PAINS = (
    ("short of drivers", r"driver|fahrer|chauffeur|conduct(?:eur|or)|autist|motorista"),
    ("planning work is growing", r"dispatch|disponent|planner|planer|exploitant|planificador"),
    ("warehouse work is growing", r"warehouse|lager|magasin|magazz|mozo|magazijn|armazém|picker"),
    ("sales is short-handed", r"sales|account exec|vertrieb|verkäuf|commercial|ventas|verkoper"),
    ("customer requests are growing", r"support|customer service|kundenservice|kundendienst"),
    ("engineering is short-handed", r"develop|engineer|entwickler|ingen|développeur|sviluppat"),
    ("service is short-handed", r"technici|mechanic|techniker|mechaniker|técnic|tecnic|monteur"),
    ("care staff is short-handed", r"nurse|dentist|hygienist|zahnarzt|zahnmed|pfleger|infirmi"),
    ("bookkeeping is short-handed", r"accountant|buchhalt|comptable|contable|contabil"),
)
"""What an open position says of the work, by its title."""

_PLACES = {
    "munich": "münchen monaco",
    "cologne": "köln colonia",
    "vienna": "wien viena",
    "zurich": "zürich zurigo",
    "geneva": "genf genève ginevra ginebra",
    "milan": "milano mailand",
    "rome": "roma rom",
    "turin": "torino",
    "lisbon": "lisboa lissabon",
    "brussels": "brüssel bruxelles brussel",
    "antwerp": "antwerpen anvers",
    "nuremberg": "nürnberg",
    "hanover": "hannover",
    "seville": "sevilla",
    "DE": "germany deutschland allemagne alemania germania duitsland alemanha",
    "AT": "austria österreich autriche oostenrijk áustria",
    "CH": "switzerland schweiz suisse svizzera suiza zwitserland suíça",
    "FR": "france frankreich francia frankrijk frança",
    "ES": "spain españa spanien espagne spagna spanje espanha",
    "IT": "italy italia italien italie italië itália",
    "NL": "netherlands nederland niederlande holland",
    "BE": "belgium belgique belgien belgië bélgica",
    "PT": "portugal portogallo",
    "GB": "uk britain england scotland wales",
    "US": "usa",
}
_COUNTRIES = frozenset(name for name in _PLACES if name.isupper())
_NAMED = MappingProxyType(
    {word: name for name, said in _PLACES.items() for word in (name.casefold(), *said.split())}
)
"""Each word for a place, and which place it is."""
_RANGE = re.compile(r"(\d+) ?(?:[-\u2013—]|to|bis|à|a|tot) ?(\d+)")
_GROUPED = re.compile(r"(?<=\d)[.,'\u2019\s](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Settled:
    """One point with its facts in order of trust, and those the first one contradicts."""

    point: Point
    facts: tuple[Fact, ...]
    against: tuple[Fact, ...] = ()

    @property
    def winner(self) -> Fact | None:
        return self.facts[0] if self.facts else None

    @property
    def value(self) -> str | None:
        """The winner's value; of a list, as many values as a line holds."""
        if self.point not in LISTED or not self.facts:
            return self.winner.value if self.winner else None
        line = ""
        for value in dict.fromkeys(fact.value for fact in self.facts[:20]):
            longer = f"{line}; {value}" if line else value
            line = longer if len(longer) <= LONGEST_LINE else line
        return line


def synthesize(packet: Packet) -> Synthesis:
    """Say in one sentence who the company is, why now may be the moment, and what it may need."""
    lead, facts = packet.need("lead", Lead), _facts(packet)
    settled = settle(facts)
    timely = sorted((fact for fact in facts if _timely(fact, packet)), key=_urgency(packet))
    best = {fact.source: fact.id for fact in reversed(timely) if fact.published_on}
    triggers = [f.id for f in timely if not f.published_on or best[f.source] == f.id]
    return Synthesis(
        summary=_summary(lead.company, settled),
        triggers=tuple(triggers[:8]),
        pains=_pains(settled[Point.HIRING].facts),
    )


def dossier_from(packet: Packet, answer: object) -> Dossier:
    """Build the dossier: the synthesis says what facts mean, never which or what they are."""
    assert isinstance(answer, Synthesis)
    facts = _facts(packet)
    settled = settle(facts)
    known = {fact.id: fact for fact in facts}
    timely = [i for i in known if _timely(known[i], packet)]
    triggers = [i for i in dict.fromkeys(answer.triggers) if i in timely]
    pains = [
        Pain(text=pain.text, rests_on=ids)
        for pain in answer.pains
        if (ids := tuple(i for i in dict.fromkeys(pain.rests_on) if i in known))
    ]
    points = [
        DossierPoint(point=s.point, value=s.value, facts=tuple(f.id for f in s.facts[:20]))
        for s in settled.values()
    ]
    conflicts = [conflict for s in settled.values() if (conflict := _conflict(s))]
    used = [i for point in points for i in point.facts]
    used += [*triggers, *(i for pain in pains for i in pain.rests_on)]
    used += [i for conflict in conflicts for i in conflict.against]
    return Dossier(
        company=packet.need("lead", Lead).company,
        summary=answer.summary,
        points=tuple(points),
        facts=tuple(known[i] for i in list(dict.fromkeys([*used, *known]))[:200]),
        triggers=tuple(triggers),
        pains=tuple(pains),
        conflicts=tuple(conflicts),
    )


def names_the_company(packet: Packet, product: object) -> str | None:
    """Catch a summary that could be about anybody."""
    assert isinstance(product, Dossier)
    company = packet.need("lead", Lead).company
    if contains(words(product.summary), short_name(company)):
        return None
    return f"the summary never mentions {company}"


def every_id_exists(packet: Packet, product: object) -> str | None:
    """Catch a dossier that names a fact it does not hold, or one no reader found."""
    assert isinstance(product, Dossier)
    found = {fact.id: fact for fact in _facts(packet)}
    for fact in product.facts:
        known = found.get(fact.id)
        if known is not fact and known != fact:
            return f"{fact.id} is not as a reader found it"
    named = [i for point in product.points for i in point.facts]
    named += [*product.triggers, *(i for pain in product.pains for i in pain.rests_on)]
    named += [i for c in product.conflicts for i in (c.kept, *c.against)]
    held = {fact.id for fact in product.facts}
    missing = next((i for i in named if i not in held), None)
    return f"{missing} is named, but the dossier does not hold it" if missing else None


def numbers_are_found(packet: Packet, product: object) -> str | None:
    """Catch a number in the summary or in a pain that no fact has and that counts no facts."""
    assert isinstance(product, Dossier)
    lead = packet.need("lead", Lead)
    told = (product.summary, *(pain.text for pain in product.pains))
    numbers = [word for text in told for word in words(text) if word.isdigit()]
    unknown = set(numbers).difference(map(str, range(len(product.facts) + 1)))
    said = (text for fact in product.facts for text in (fact.value, fact.quote))
    for text in (lead.company, *said):
        if not unknown:
            return None
        unknown.difference_update(words(text))
    strange = next((number for number in numbers if number in unknown), None)
    return f"no fact has the number {strange}" if strange else None


def settle(facts: Iterable[Fact]) -> Mapping[Point, Settled]:
    """Put each point's facts in order of trust and part those the first one contradicts."""
    said: dict[Point, list[Fact]] = {point: [] for point in Point}
    for fact in sorted(facts, key=_trust):
        said[fact.point].append(fact)
    return {point: _settled(point, told) for point, told in said.items()}


def _settled(point: Point, told: list[Fact]) -> Settled:
    """Part the facts of one point, in order of trust, from those the first one contradicts."""
    differ = DIFFER.get(point)
    if differ is None or not told[1:]:
        return Settled(point, tuple(told))
    agreed, against = told[:1], list[Fact]()
    for fact in told[1:]:
        (against if differ(told[0].value, fact.value) else agreed).append(fact)
    return Settled(point, tuple(agreed), tuple(against[:20]))


def names_differ(one: str, other: str) -> bool:
    """Tell whether two names of a company cannot be the same; the legal form says nothing."""
    first, second = ([_plain(w) for w in short_name(name)] for name in (one, other))
    joined = "".join(first), "".join(second)
    return joined[0] != joined[1] and not (set(first) <= set(second) or set(second) <= set(first))


def places_differ(one: str, other: str) -> bool:
    """Tell whether two places cannot be the same; `Munich, Germany` is `10115 München`."""
    first, second = _place(one), _place(other)
    lands = first & _COUNTRIES, second & _COUNTRIES
    towns = first - _COUNTRIES, second - _COUNTRIES
    if lands[0] and lands[1] and not lands[0] & lands[1]:
        return True
    return bool(towns[0] and towns[1]) and not towns[0] & towns[1]


def sizes_differ(one: str, other: str) -> bool:
    """Tell whether two head counts cannot both be right: apart by a quarter, or ranges apart."""
    first, second = _interval(one), _interval(other)
    if first is None or second is None:
        return False
    (low, lowest_end), (high, _) = sorted((first, second))
    if high <= lowest_end:
        return False
    ranged = first[0] != first[1] or second[0] != second[1]
    return ranged or high > low * MATERIAL


def years_differ(one: str, other: str) -> bool:
    """Tell whether two founding dates name different years; one year is a matter of paperwork."""
    years = [[int(y) for y in re.findall(r"(?<!\d)\d{4}(?!\d)", text)] for text in (one, other)]
    return all(years) and min(abs(a - b) for a, b in product(*years)) > 1


def industries_differ(one: str, other: str) -> bool:
    """Tell whether two industries share no word, inflection aside."""
    first, second = ({_plain(w)[:STEM] for w in words(text)} for text in (one, other))
    return bool(first and second) and not first & second


DIFFER: Mapping[Point, Callable[[str, str], bool]] = {
    Point.COMPANY: names_differ,
    Point.INDUSTRY: industries_differ,
    Point.FOUNDED: years_differ,
    Point.SIZE: sizes_differ,
    Point.HEADQUARTERS: places_differ,
}
"""Points of which only one value is true, and when two values of it cannot be reconciled."""


def _facts(packet: Packet) -> list[Fact]:
    sheets = (packet.get(name, FactSheet) for name in READS)
    facts = {fact.id: fact for sheet in sheets if sheet for fact in sheet.facts}
    return list(facts.values())


def _trust(fact: Fact) -> tuple[int, float, int, str, str, str]:
    newest = (fact.published_on or fact.observed_at.date()).toordinal()
    rank = _RANK[fact.kind], -fact.confidence, -newest
    return (*rank, fact.value.casefold(), fact.source, fact.id)


def _conflict(settled: Settled) -> Conflict | None:
    if not settled.against or not settled.winner:
        return None
    kept = settled.winner
    equal = any(fact.kind is kept.kind for fact in settled.against)
    against = " and ".join(dict.fromkeys(PRIORITY[fact.kind] for fact in settled.against))
    rule = f"{PRIORITY[kept.kind]} beats {against}"
    if equal:
        values = dict.fromkeys(f"“{fact.value[:60]}”" for fact in (kept, *settled.against[:3]))
        rule = f"{PRIORITY[kept.kind]} each, a person decides: {' or '.join(values)}"
    return Conflict(
        point=settled.point,
        kept=kept.id,
        against=tuple(fact.id for fact in settled.against),
        rule=rule,
        settled=not equal,
    )


def _timely(fact: Fact, packet: Packet) -> bool:
    dated = fact.published_on is not None or fact.point is Point.HIRING
    return fact.point in TRIGGERS and dated and 0 <= age(fact, packet.today) <= RECENT_DAYS


def _urgency(packet: Packet) -> Callable[[Fact], tuple[int, int, float, str, str]]:
    def key(fact: Fact) -> tuple[int, int, float, str, str]:
        place = TRIGGERS.index(fact.point), age(fact, packet.today) // 30
        return (*place, -fact.confidence, fact.value.casefold(), fact.id)

    return key


def _summary(company: str, settled: Mapping[Point, Settled]) -> str:
    line = company
    for point, form in (
        (Point.OFFERING, ": {}"),
        (Point.INDUSTRY, ", {}"),
        (Point.HEADQUARTERS, ", based in {}"),
        (Point.SIZE, ", {} employees"),
        (Point.FOUNDED, ", founded {}"),
    ):
        value = settled[point].value
        more = line + form.format(value) if value else line
        line = more if len(more) < LONGEST_LINE else line
    known = line != company
    return f"{line}." if known and len(line) < LONGEST_LINE else line


def _pains(hiring: tuple[Fact, ...]) -> tuple[Pain, ...]:
    positions = {fact.value.casefold(): fact for fact in hiring}
    pains: dict[str, list[Fact]] = {}
    for fact in positions.values():
        for pain, title in PAINS:
            if re.search(title, fact.value, re.IGNORECASE):
                pains.setdefault(pain, []).append(fact)
                break
    found = [
        Pain(
            text=f"{pain}: looking for {facts[0].value[:200]}",
            rests_on=tuple(fact.id for fact in facts[:6]),
        )
        for pain, facts in pains.items()
    ]
    if len(positions) >= MANY_OPENINGS:
        text = f"growing faster than it can hire: {len(positions)} positions open at once"
        ids = tuple(fact.id for fact in positions.values())
        found.insert(0, Pain(text=text, rests_on=ids[:6]))
    return tuple(found[:5])


def _plain(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _place(text: str) -> set[str]:
    return {_NAMED.get(word) or _plain(word) for word in words(text) if not word.isdigit()}


def _interval(text: str) -> tuple[float, float] | None:
    plain = _GROUPED.sub("", text)
    if match := _RANGE.search(plain):
        low, high = float(match[1]), float(match[2])
        return min(low, high), max(low, high)
    number = re.search(r"\d+", plain)
    if number is None:
        return None
    return float(number[0]), inf if "+" in plain else float(number[0])

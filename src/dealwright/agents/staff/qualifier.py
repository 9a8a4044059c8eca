"""The qualifier judges a lead by the ideal customer's criteria; the score is arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from dealwright.agents.staff.grounding import Quantity, fold, inside, quantities, same_place
from dealwright.agents.staff.readers import contains, short_name, words
from dealwright.domain.dossier import Dossier
from dealwright.domain.facts import Fact, Point
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet
from dealwright.domain.qualification import (
    Criterion,
    IdealCustomer,
    Judgement,
    Judgements,
    Met,
    Qualification,
    Tier,
)

CLOSED = frozenset({Point.COMPANY, Point.INDUSTRY, Point.HEADQUARTERS, Point.FOUNDED, Point.SIZE})
"""Points a fact answers for good. Of the others more may be true than anybody found, so that
what is not named there is unknown."""

LONGEST = 4000
"""Characters a reasoning may have."""

MIDDLE = 50
MOST_EVIDENCE = 5
LONGEST_REASONING = 2000
SHOWN = 60
CODE = 2
"""Letters of a country's code."""

_RANGE = re.compile(r"\s*(?:[-–—]|to|bis|à|a|tot|até|hasta)\s*")
_AND_MORE = re.compile(
    r"\b(?:more than|over|at least|from|mehr als|über|mindestens|ab|plus de|au moins|más de"
    r"|al menos|oltre|più di|almeno|meer dan|ruim|minstens|mais de|pelo menos)\s*(?=[€$£]?\d)|>",
    re.IGNORECASE,
)
_AND_LESS = re.compile(
    r"\b(?:up to|at most|fewer than|less than|under|bis zu|höchstens|weniger als|unter|jusqu['’]à"
    r"|moins de|au plus|hasta|menos de|fino a|meno di|tot|minder dan|até)\s*(?=[€$£]?\d)|<",
    re.IGNORECASE,
)


def judge(packet: Packet) -> Judgements:
    """Judge each criterion on the dossier's facts: named, between, or known at all."""
    dossier = packet.need("dossier", Dossier)
    criteria = packet.need("icp", IdealCustomer).criteria
    judged = [_judged(criterion, dossier) for criterion in criteria]
    pairs = list(zip(criteria, judged, strict=True))
    company = packet.need("lead", Lead).company
    return Judgements(judgements=tuple(judged), reasoning=_reasoning(company, pairs, dossier))


def score(packet: Packet, answer: object) -> Qualification:
    """Make the qualification of the judgements, by arithmetic alone.

    With `met` the weight of the criteria answered yes, `known` that of those answered yes or no,
    and `total` that of all::

        share = met / known                         (one half when nothing is known)
        score = 50 + (share - 50 %) * known / total

    So the score is the share of the known weight that is met, drawn towards 50 as far as weight is
    unknown: a lead we know little of is neither hot nor cold by accident, and every fact found
    moves it. A criterion not judged, or judged on no fact the dossier holds, is unknown.
    A criterion that must be met and is not makes the lead cold, whatever it scores.
    """
    assert isinstance(answer, Judgements)
    icp, dossier = packet.need("icp", IdealCustomer), packet.need("dossier", Dossier)
    first = {judgement.criterion: judgement for judgement in reversed(answer.judgements)}
    judged = [_supported(c, first.get(c.id), dossier) for c in icp.criteria]
    pairs = list(zip(icp.criteria, judged, strict=True))
    met = sum(c.weight for c, j in pairs if j.met is Met.YES)
    known = sum(c.weight for c, j in pairs if j.met is not Met.UNKNOWN)
    total = sum(c.weight for c in icp.criteria)
    share = met / known if known else 0.5
    points = round(MIDDLE + (share * 100 - MIDDLE) * known / total)
    failed = [c.says for c, j in pairs if c.must and j.met is Met.NO]
    return Qualification(
        score=points,
        tier=Tier.COLD if failed else _tier(points, icp),
        known=round(100 * known / total),
        judgements=tuple(judged),
        reasoning=_with_musts(failed, answer.reasoning),
    )


def _with_musts(failed: list[str], reasoning: str) -> str:
    """Say first what made the lead cold whatever it scored; nobody should have to guess it."""
    if not failed:
        return reasoning
    return f"Fails a must: {'; '.join(failed)}. {reasoning}"[:LONGEST]


def names_the_company(packet: Packet, product: object) -> str | None:
    """Catch reasoning that could be about anybody."""
    assert isinstance(product, Qualification)
    company, said = packet.need("lead", Lead).company, product.reasoning
    name = short_name(company)
    if contains(words(said), name) if name else company in said:
        return None
    return f"the reasoning never mentions {company}"


def _tier(points: int, icp: IdealCustomer) -> Tier:
    if points >= icp.hot_from:
        return Tier.HOT
    return Tier.WARM if points >= icp.warm_from else Tier.COLD


def _supported(criterion: Criterion, judgement: Judgement | None, dossier: Dossier) -> Judgement:
    """Return the judgement if the dossier holds what it was judged on, and unknown otherwise."""
    evidence = judgement.evidence if judgement else ()
    if judgement and evidence and all(dossier.fact(fact_id) for fact_id in evidence):
        return judgement
    return Judgement(criterion=criterion.id, met=Met.UNKNOWN)


def _judged(criterion: Criterion, dossier: Dossier) -> Judgement:
    point = next((p for p in dossier.points if p.point is criterion.point), None)
    facts = [fact for i in (point.facts if point else ()) if (fact := dossier.fact(i))]
    if not facts:
        return Judgement(criterion=criterion.id, met=Met.UNKNOWN)
    evidence, answers = facts[:1], list[Met]()
    if criterion.any_of:
        naming = [fact for fact in facts if _names(fact.value, criterion.any_of)]
        answers.append(Met.YES if naming else _unnamed(criterion, facts[0]))
        evidence = naming or evidence
    if criterion.at_least is not None or criterion.at_most is not None:
        answers.append(_between(criterion, facts[0]))
    if criterion.present:
        answers.append(Met.YES)
    return Judgement(
        criterion=criterion.id,
        met=_together(answers),
        evidence=tuple(fact.id for fact in evidence[:MOST_EVIDENCE]),
    )


def _together(answers: Iterable[Met]) -> Met:
    """Return no if anything is no, yes if everything asked is yes, and unknown otherwise."""
    said = set(answers)
    if Met.NO in said:
        return Met.NO
    return Met.YES if said == {Met.YES} else Met.UNKNOWN


def _names(value: str, wanted: Iterable[str]) -> bool:
    return any(inside(word, (value,)) or _places(word) & _places(value) for word in wanted)


def _places(text: str) -> frozenset[str]:
    """Return the places a text names, in every language; a code only where it is in capitals."""
    said = (word for word in re.findall(r"\w+", text) if len(word) > CODE or word.isupper())
    named = [same_place(fold(word)) for word in said]
    return frozenset(place for places in named if len(places) > 1 for place in places)


def _unnamed(criterion: Criterion, fact: Fact) -> Met:
    """Return no where a fact answers the point for good; a town alone does not name its country."""
    if criterion.point not in CLOSED:
        return Met.UNKNOWN
    countries = any(_country(word) for word in criterion.any_of)
    if criterion.point is Point.HEADQUARTERS and countries and not _country(fact.value):
        return Met.UNKNOWN
    return Met.NO


def _country(text: str) -> bool:
    """Tell whether a text names a country, which the table of places knows by its code."""
    return any(len(place) == CODE for place in _places(text))


def _between(criterion: Criterion, fact: Fact) -> Met:
    """Compare the value's interval with the one wanted: inside, apart, or partly so."""
    interval = _interval(fact)
    if interval is None:
        return Met.UNKNOWN
    low, high = interval
    least = -inf if criterion.at_least is None else criterion.at_least
    most = inf if criterion.at_most is None else criterion.at_most
    if least <= low and high <= most:
        return Met.YES
    return Met.NO if high < least or low > most else Met.UNKNOWN


def _interval(fact: Fact) -> tuple[float, float] | None:
    """Return from where to where the number in a value may lie, both ends included."""
    said = [amount for amount in quantities(fact.value) if amount.unit != "ordinal"]
    if not said:
        return None
    wanted = "people" if fact.point is Point.SIZE else ""
    place = next((n for n, amount in enumerate(said) if wanted and amount.unit == wanted), 0)
    if place and _ranged(fact.value, said[place - 1]):
        place -= 1
    value = said[place].value
    if place + 1 < len(said) and _ranged(fact.value, said[place]):
        return min(value, said[place + 1].value), max(value, said[place + 1].value)
    if _AND_MORE.search(fact.value) or re.search(r"\d\s?\+", fact.value):
        return value, inf
    return (0, value) if _AND_LESS.search(fact.value) else (value, value)


def _ranged(text: str, first: Quantity) -> bool:
    """Tell whether the first quantity is followed by the other end of a range."""
    plain = re.sub(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))", "", text)
    return bool(re.search(rf"(?<!\d){first.value:.0f}{_RANGE.pattern}[€$£]?\d", plain))


def _reasoning(company: str, judged: list[tuple[Criterion, Judgement]], dossier: Dossier) -> str:
    """Name the company and the facts that decided, criterion by criterion."""
    told: dict[Met, list[str]] = {met: [] for met in Met}
    for criterion, judgement in sorted(judged, key=lambda pair: -pair[0].weight):
        fact = dossier.fact(judgement.evidence[0]) if judgement.evidence else None
        because = f" ({fact.value[:SHOWN]})" if fact else ""
        told[judgement.met].append(f"{criterion.says[: SHOWN * 2]}{because}")
    parts = [f"{company} meets {len(told[Met.YES])} of {len(judged)} criteria."]
    heads = {Met.YES: "Met", Met.NO: "Not met", Met.UNKNOWN: "Unknown"}
    parts += [f"{head}: {'; '.join(told[met])}." for met, head in heads.items() if told[met]]
    return " ".join(parts)[:LONGEST_REASONING]

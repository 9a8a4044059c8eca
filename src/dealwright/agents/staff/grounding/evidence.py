"""Evidence: what a sentence may rest on, prepared for checking its words one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dealwright.agents.staff.grounding.concepts import POINTS, concepts_in, concepts_in_parts
from dealwright.agents.staff.grounding.names import MONTHS
from dealwright.agents.staff.grounding.quantities import Quantity, quantities
from dealwright.agents.staff.grounding.spelling import Vocabulary, vocabulary, words
from dealwright.domain.dossier import Dossier
from dealwright.domain.facts import Fact, Point
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, ProofPoint

FRESH_DAYS = 90
"""A fact has to have been seen within so many days."""
TIMELY_DAYS = 365
"""What was published has to be at most so old to be told as news."""

PLACES = frozenset({Point.HEADQUARTERS, Point.LOCATIONS})
DATED = frozenset({Point.NEWS, Point.HIRING, Point.FUNDING})
SHORTEST_PLACE = 4
_POINT_UNITS = {Point.SIZE: "people", Point.FOUNDED: "year"}
_IMPLIED = {
    "boss": {"owner", "founder"},
    "founding": {"founder"},
    "growth": {"opening", "hiring", "funding", "doubling", "acquisition", "launch"},
    "opening": {"launch"},
    "place": {"warehouse", "opening"},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the evidence names."""

    first: str
    surname: str
    """Both folded."""
    known_as: str
    """All that is said of them."""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Everything a draft may speak of, and the day it is judged on."""

    lead: Lead
    offer: Offer
    dossier: Dossier
    today: date

    @cached_property
    def ours(self) -> tuple[str, ...]:
        """What a person wrote about the lead and the offer; any sentence may repeat it."""
        lead, offer = self.lead, self.offer
        who = lead.company, self.dossier.company, lead.name, lead.title, lead.city, lead.country
        sender = offer.sender.name, offer.sender.title, offer.sender.company
        parts = offer, *offer.translations.values()
        said = (text for part in parts for text in (part.helps_with, part.ask, *part.pains))
        return tuple(text for text in (*who, *sender, offer.product, *said) if text)

    @cached_property
    def own(self) -> Vocabulary:
        """The words of what is ours."""
        return vocabulary(self.ours)

    @cached_property
    def name(self) -> Vocabulary:
        """The words of the company's name."""
        return vocabulary((self.lead.company, self.dossier.company))

    @cached_property
    def places(self) -> frozenset[str]:
        """Folded words for where the company is."""
        held = [fact.value for fact in self.dossier.facts if fact.point in PLACES]
        said = (word for text in (self.lead.city or "", *held) for word in words(text))
        return frozenset(word for word in said if len(word) >= SHORTEST_PLACE)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The lead, if the name is known in full."""
        lead = self.lead
        return _named(f"{lead.first_name or ''} {lead.last_name or ''}", lead.title or "")

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What is ours is about."""
        return frozenset[str]().union(*map(concepts_in, self.ours))

    @cached_property
    def months(self) -> frozenset[int]:
        """The months that what is ours names."""
        return _months(self.ours)

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        """The quantities in what is ours."""
        return tuple(_written(self.ours))

    @cached_property
    def _evidence(self) -> dict[tuple[str, ...], Evidence]:
        return {}

    def evidence(self, rests_on: Iterable[str]) -> Evidence:
        """Return what is cited by these ids; asked again for the same ones, the same."""
        ids = tuple(dict.fromkeys(rests_on))
        if ids not in self._evidence:
            facts = [self.dossier.fact(fact_id) for fact_id in ids]
            proofs = [self.offer.proof(fact_id) for fact_id in ids]
            found = zip(ids, facts, proofs, strict=True)
            self._evidence[ids] = Evidence(
                facts=tuple(filter(None, facts)),
                proofs=tuple(filter(None, proofs)),
                missing=tuple(fact_id for fact_id, *held in found if not any(held)),
                grounds=self,
            )
        return self._evidence[ids]

    def stale(self, fact: Fact) -> str | None:
        """Return why a fact is too old to be used, or None."""
        if (self.today - fact.observed_at.date()).days > FRESH_DAYS:
            return f"{fact.id} was last seen on {fact.observed_at:%Y-%m-%d}"
        old = fact.published_on and (self.today - fact.published_on).days > TIMELY_DAYS
        if old and fact.point in DATED:
            return f"{fact.id} was published on {fact.published_on}"
        return None

    def expired(self, proof: ProofPoint) -> str | None:
        """Return why a proof point must not be used any more, or None."""
        if proof.until is not None and proof.until < self.today:
            return f"proof.{proof.id} was approved until {proof.until}"
        return None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one sentence cites, and what it may say besides."""

    facts: tuple[Fact, ...] = ()
    proofs: tuple[ProofPoint, ...] = ()
    missing: tuple[str, ...] = ()
    """Ids of which there is nothing."""
    grounds: Grounds

    @cached_property
    def outdated(self) -> str | None:
        """Why one of what is cited must not be used any more, or None."""
        facts, proofs = map(self.grounds.stale, self.facts), map(self.grounds.expired, self.proofs)
        return next(filter(None, (*facts, *proofs)), None)

    @property
    def speakable(self) -> tuple[str, ...]:
        """The words of what is cited and of what is ours."""
        return (*self.texts, *self.grounds.ours)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of what is cited."""
        cited = [text for fact in self.facts for text in (fact.value, fact.quote)]
        return (*cited, *self.approved)

    @cached_property
    def approved(self) -> tuple[str, ...]:
        """The words of the cited proof points, in each language they have."""
        return tuple(text for proof in self.proofs for text in self.grounds.offer.wordings(proof))

    @cached_property
    def cited(self) -> Vocabulary:
        return vocabulary(self.texts)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What is cited is about, with what that implies."""
        named = {name for fact in self.facts for name in POINTS.get(fact.point, "").split()}
        direct = named.union(*map(concepts_in, self.texts))
        implied = {what for what, causes in _IMPLIED.items() if causes & direct}
        return frozenset(direct | implied)

    @cached_property
    def concepts_in_parts(self) -> frozenset[str]:
        """The same in a language that writes several words as one."""
        return self.concepts.union(*map(concepts_in_parts, self.texts))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The lead, and whoever the cited facts name as somebody who leads."""
        people = self.grounds.people
        for fact in self.facts:
            if fact.point is Point.LEADERSHIP:
                name, _, title = fact.value.partition(",")
                people += _named(name, f"{title} {fact.quote}")
        return people

    @cached_property
    def months(self) -> frozenset[int]:
        dated = {fact.published_on.month for fact in self.facts if fact.published_on}
        return self.grounds.months | _months(self.texts) | dated

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        """Every quantity that may be named: as written, as dated, and counted."""
        found = list(self.grounds.amounts)
        dated = any(amount.is_year for amount in _written(self.texts))
        for fact in self.facts:
            unit = _POINT_UNITS.get(fact.point, "")
            for amount in _written((fact.value, fact.quote)):
                found.append(replace(amount, unit=unit) if _open(amount) else amount)
                if fact.point is Point.FOUNDED and Quantity(amount.value, "").is_year:
                    found.append(replace(amount, unit=""))
                    age = self.grounds.today.year - amount.value
                    found += [Quantity(age, "year"), Quantity(age - 1, "year")]
            if day := fact.published_on:
                found.append(Quantity(day.day, "date"))
                if not dated:
                    found.append(Quantity(day.year, ""))
        return (*found, *_written(self.approved), *self._counts)

    @property
    def _counts(self) -> list[Quantity]:
        """How many facts of one kind are cited: four open positions are four facts."""
        places = {Point.HEADQUARTERS: Point.LOCATIONS}
        counted = Counter(places.get(fact.point, fact.point) for fact in self.facts)
        units = {Point.HIRING: "positions", Point.LOCATIONS: "sites", Point.CUSTOMERS: "customers"}
        return [
            Quantity(count, units.get(point, "counted"))
            for point, count in counted.items()
            if count > 1
        ]

    def has(self, word: str) -> bool:
        """Tell whether a folded word stands in what is cited or in what is ours."""
        return self.grounds.own.has(word) or self.cited.has(word)

    def spells(self, word: str) -> bool:
        """Tell whether a folded name stands there, letter by letter."""
        return self.grounds.own.spells(word) or self.cited.spells(word)


def _named(name: str, title: str) -> tuple[Person, ...]:
    parts = words(name)
    return (Person(parts[-2], parts[-1], f"{name} {title}"),) if len(parts) > 1 else ()


def _open(amount: Quantity) -> bool:
    return not amount.unit and not amount.noun


def _months(texts: Iterable[str]) -> frozenset[int]:
    named = (MONTHS.get(word) for text in texts for word in words(text))
    return frozenset(month for month in named if month)


def _written(texts: Iterable[str]) -> list[Quantity]:
    return [amount for text in texts for amount in quantities(text)]

"""The writer drafts a first touch of which every claim rests on facts; the reviser does it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from dealwright.agents.staff.grounding import address_in, faults_of, grounds_of
from dealwright.agents.staff.sentences import (
    Desk,
    ask,
    capital,
    closings,
    desk_of,
    greeting,
    helps,
    present,
    proof,
    subject,
    tellable,
    tells,
    word_count,
)
from dealwright.agents.staff.wording import KINDS
from dealwright.domain.draft import Draft, Review, Role, Sentence, Variant
from dealwright.domain.facts import Fact
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet

FEWEST_WORDS = 60
MOST_WORDS = 130
ENOUGH_WORDS = 85
"""From here on nothing is added that need not be said."""
MOST_FACTS = 8
"""So many facts are looked at; a letter tells four at most."""


def write(packet: Packet) -> Draft:
    """Write two variants that differ in what they begin with and in how they go on."""
    return _draft(packet, frozenset(), 0)


def revise(packet: Packet) -> Draft:
    """Write anew, without the sentences of the variants that the review found fault with."""
    draft, review = packet.need("draft", Draft), packet.need("review", Review)
    faulty = {fault.variant for fault in review.faults}
    sentences = (v.sentences for n, v in enumerate(draft.variants, start=1) if n in faulty)
    avoided = frozenset(
        s.text for s in chain.from_iterable(sentences) if s.role is not Role.GREETING
    )
    return _draft(packet, avoided, 1)


def no_address_of_its_own(packet: Packet, product: object) -> str | None:
    """Catch an address, a number to call or a link that a draft brings in by itself."""
    assert isinstance(product, Draft)
    links = {link.id for link in packet.need("offer", Offer).links}
    for variant in product.variants:
        if "\n" in variant.subject:
            return "a line break stands in the subject"
        for text in (variant.subject, *(sentence.text for sentence in variant.sentences)):
            if kind := address_in(text):
                return f"{kind} stands in “{text[:80]}”"
        for link in variant.links:
            if link not in links:
                return f"the campaign has no link “{link[:80]}”"
    return None


def cites_only_what_it_was_given(packet: Packet, product: object) -> str | None:
    """Catch a claim that rests on nothing, or on a fact nobody found."""
    assert isinstance(product, Draft)
    grounds = grounds_of(packet)
    for sentence in (s for variant in product.variants for s in variant.sentences):
        if sentence.role is Role.CLAIM and not sentence.rests_on:
            return f"“{sentence.text[:80]}” rests on nothing"
        for cited in sentence.rests_on:
            if grounds.dossier.fact(cited) is None and grounds.offer.proof(cited) is None:
                return f"“{sentence.text[:80]}” rests on {cited[:60]}, which does not exist"
    return None


def _draft(packet: Packet, avoided: frozenset[str], turn: int) -> Draft:
    desk = desk_of(grounds_of(packet), turn, avoided=avoided)
    facts = list(islice(tellable(desk), MOST_FACTS))
    others = [fact for fact in facts if fact.point is not facts[0].point] + facts[1:] or facts
    variants = [
        _best(desk, (_plain_variant(desk, order) for order in _orders(facts))),
        _best(desk, (_introduced_variant(desk, order) for order in _orders(others))),
    ]
    return Draft(language=desk.language, variants=tuple(variants))


def _orders(facts: list[Fact]) -> Iterator[list[Fact]]:
    """Yield the facts, each one first in turn; once none at all, for a dossier without any."""
    yield from ([fact, *(f for f in facts if f is not fact)] for fact in facts[:4])
    yield []


def _best(desk: Desk, variants: Iterable[Variant]) -> Variant:
    """Return the first variant without a fault, or the one with the fewest."""
    judged: list[tuple[int, int, Variant]] = []
    for place, variant in enumerate(variants):
        faults = faults_of(Draft(language=desk.language, variants=(variant,)), desk.grounds)
        if not faults:
            return variant
        judged.append((len(faults), place, variant))
    return min(judged)[2]


def _plain_variant(desk: Desk, facts: list[Fact]) -> Variant:
    """Begin with the fact, lead over to the help, prove it, ask."""
    if not facts:
        return _introduced_variant(desk, facts)
    claims = present(tells(desk, facts[0], "a"), _bridge(desk, facts[0], "a"), proof(desk, "a"))
    return _finished(desk, [greeting(desk, "a")], claims, facts, "a")


def _introduced_variant(desk: Desk, facts: list[Fact]) -> Variant:
    """Say who writes, then the proof before the help; without a fact, claim nothing of anybody."""
    opening = [greeting(desk, "b"), *present(_intro(desk))]
    if not facts:
        opening += present(desk.first_clean(helps(desk, "b"), Role.GREETING))
        return _finished(desk, opening, present(proof(desk, "b")), facts, "b")
    told = tells(desk, facts[0], "b")
    claims = present(told, proof(desk, "b"), _bridge(desk, facts[0], "b"))
    return _finished(desk, opening, claims, facts, "b")


def _finished(
    desk: Desk, opening: list[Sentence], claims: list[Sentence], facts: list[Fact], salt: str
) -> Variant:
    """Add the question, and more facts and closing words for as long as the letter is short."""
    questions = present(ask(desk, salt))
    while word_count(opening, claims, questions) > MOST_WORDS and len(claims) > 1:
        claims.pop(1)
    asides = [tells(desk, fact, salt, aside=True) for fact in _others(facts)]
    endings = list(closings(desk, salt))
    extras = [*asides[:1], *endings[:1], *asides[1:], *endings[1:4]]
    for place, extra in enumerate(present(*extras)):
        enough = ENOUGH_WORDS if place < len(asides) + 1 else FEWEST_WORDS
        if word_count(opening, claims, questions) < enough:
            if extra.role is Role.CLAIM:
                claims.insert(1, extra)
            else:
                questions.append(extra)
    begun = 1 if len(opening) == 1 else 0
    body = [*claims[:begun], *map(capital, claims[begun:])]
    line = subject(desk, facts, salt)
    return Variant(subject=line, sentences=(*opening, *body, *questions))


def _others(facts: list[Fact]) -> list[Fact]:
    """Return up to three facts besides the first, one of each kind, other kinds than its first."""
    kinds = {KINDS[fact.point]: fact for fact in reversed(facts[1:])}
    own = KINDS[facts[0].point] if facts else ""
    return sorted(kinds.values(), key=lambda f: (KINDS[f.point] == own, facts.index(f)))[:3]


def _intro(desk: Desk) -> Sentence | None:
    return desk.first_clean(desk.options(desk.wording.intros, "intro"), Role.GREETING)


def _bridge(desk: Desk, fact: Fact, salt: str) -> Sentence | None:
    return desk.first_clean(helps(desk, salt), Role.CLAIM, fact.id)

"""The writer drafts a first touch of which every claim rests on facts; the reviser does it anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice

from dealwright.agents.staff.grounding import (
    Grounds,
    address_in,
    faults_of,
    grounds_of,
    is_clean,
)
from dealwright.agents.staff.readers import short_name
from dealwright.agents.staff.wording import KINDS, WORDINGS, Wording
from dealwright.domain.draft import Draft, Review, Role, Sentence, Variant
from dealwright.domain.facts import Fact
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, Translation
from dealwright.domain.packet import Packet

FEWEST_WORDS = 60
MOST_WORDS = 130
ENOUGH_WORDS = 85
"""From here on nothing is added that need not be said."""
MOST_FACTS = 8
"""So many facts are looked at; a letter tells four at most."""
LONGEST_VALUE = 120
LONGEST_SENTENCE = 300
SHORTEST_SUBJECT = 3
LONGEST_SUBJECT = 60
LONGEST_NAME = 40
FALLBACK = "en"

_SHAPES = {
    "size": re.compile(r"[\d.,’']+(?: ?[-–] ?[\d.,’']+)?"),
    "founded": re.compile(r"\d{4}"),
    "place": re.compile(r"[^\W\d][^\d]{1,40}"),
    "technology": re.compile(r"[^\W_][^\n;]{1,40}"),
}
"""What a value has to look like to stand in a sentence without quotation marks."""
_PERSON = re.compile(r"[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What one draft is written with: the language, the grounds, and what to leave out."""

    wording: Wording
    language: str
    words: Translation | None
    """What the offer says in that language; None: nobody wrote it in a language we write."""
    grounds: Grounds
    avoided: frozenset[str] = frozenset()
    """Sentences that were sent back."""
    seed: int = 0
    filled: dict[str, str] = field(default_factory=dict[str, str])

    def options(self, templates: Sequence[str], salt: str, **values: str) -> Iterator[str]:
        """Yield the templates filled in, beginning with one that depends on the lead alone."""
        start = _hash(f"{self.seed}/{salt}") % max(1, len(templates))
        for template in (*templates[start:], *templates[:start]):
            text = template.format_map({**self.filled, **values})
            if text not in self.avoided:
                yield text

    def first_clean(self, texts: Iterable[str], role: Role, *rests_on: str) -> Sentence | None:
        """Return the first text with which the wall finds no fault."""
        for text in texts:
            if not 0 < len(text) <= LONGEST_SENTENCE:
                continue
            sentence = Sentence(text=text, role=role, rests_on=rests_on)
            if is_clean(sentence, self.language, self.grounds):
                return sentence
        return None


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
    desk = _desk(grounds_of(packet), avoided, turn)
    facts = list(islice(_tellable(desk), MOST_FACTS))
    others = [fact for fact in facts if fact.point is not facts[0].point] + facts[1:] or facts
    variants = [
        _best(desk, (_plain_variant(desk, order) for order in _orders(facts))),
        _best(desk, (_introduced_variant(desk, order) for order in _orders(others))),
    ]
    return Draft(language=desk.language, variants=tuple(variants))


def _desk(grounds: Grounds, avoided: frozenset[str], turn: int) -> Desk:
    lead, offer = grounds.lead, grounds.offer
    language = _language(lead, offer)
    return Desk(
        wording=WORDINGS[language],
        language=language,
        words=offer.said_in(language),
        grounds=grounds,
        avoided=avoided,
        seed=_hash(f"{lead.company}/{lead.name}/{lead.domain}/{turn}"),
        filled={
            "company": _trade_name(lead.company),
            "product": offer.product.partition(",")[0],
            "sender": offer.sender.name,
            "firm": offer.sender.company,
        },
    )


def _language(lead: Lead, offer: Offer) -> str:
    """Return the lead's language if the offer is told in it, or else the first that it is."""
    for language in (lead.language, *offer.languages):
        if language in offer.languages and language in WORDINGS and offer.said_in(language):
            return language
    return FALLBACK


def _hash(text: str) -> int:
    return int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:6], "big")


def _trade_name(company: str) -> str:
    """Return the company's name without its legal form."""
    parts = company.split()
    whole = short_name(company)
    ends = (n for n in range(1, len(parts)) if short_name(" ".join(parts[:n])) == whole)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(" ,.&")


def _tellable(desk: Desk) -> Iterator[Fact]:
    """Yield the facts a sentence can be made of: triggers first, then the best points."""
    dossier = desk.grounds.dossier
    held = {point.point: point.facts for point in dossier.points}
    listed = chain(dossier.triggers, *(held.get(point, ()) for point in KINDS))
    for fact_id in dict.fromkeys(listed):
        fact = dossier.fact(fact_id)
        if fact and fact.point in KINDS and _tells(desk, fact, "check"):
            yield fact


def _tells(desk: Desk, fact: Fact, salt: str, *, aside: bool = False) -> Sentence | None:
    """Return a clean sentence that tells the fact, if there is one."""
    kind = KINDS[fact.point]
    value = " ".join(fact.value.split()).rstrip(" .")
    shape = _SHAPES.get(kind)
    if len(value) > LONGEST_VALUE or (shape and not shape.fullmatch(value)):
        return None
    templates = desk.wording.facts[kind]
    if aside:
        templates = desk.wording.asides.get(kind, templates)
    texts = desk.options(templates, f"{salt}/{fact.point}", value=value)
    return desk.first_clean(texts, Role.CLAIM, fact.id)


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
    claims = _present(_tells(desk, facts[0], "a"), _bridge(desk, facts[0], "a"), _proof(desk, "a"))
    return _finished(desk, [_greeting(desk, "a")], claims, facts, "a")


def _introduced_variant(desk: Desk, facts: list[Fact]) -> Variant:
    """Say who writes, then the proof before the help; without a fact, claim nothing of anybody."""
    greeting = [_greeting(desk, "b"), *_present(_intro(desk))]
    if not facts:
        greeting += _present(desk.first_clean(_helps(desk, "b"), Role.GREETING))
        return _finished(desk, greeting, _present(_proof(desk, "b")), facts, "b")
    told = _tells(desk, facts[0], "b")
    claims = _present(told, _proof(desk, "b"), _bridge(desk, facts[0], "b"))
    return _finished(desk, greeting, claims, facts, "b")


def _finished(
    desk: Desk, greeting: list[Sentence], claims: list[Sentence], facts: list[Fact], salt: str
) -> Variant:
    """Add the question, and more facts and closing words for as long as the letter is short."""
    questions = _present(_ask(desk, salt))
    while _count(greeting, claims, questions) > MOST_WORDS and len(claims) > 1:
        claims.pop(1)
    asides = [_tells(desk, fact, salt, aside=True) for fact in _others(facts)]
    closings = list(_closings(desk, salt))
    extras = [*asides[:1], *closings[:1], *asides[1:], *closings[1:4]]
    for place, extra in enumerate(_present(*extras)):
        enough = ENOUGH_WORDS if place < len(asides) + 1 else FEWEST_WORDS
        if _count(greeting, claims, questions) < enough:
            if extra.role is Role.CLAIM:
                claims.insert(1, extra)
            else:
                questions.append(extra)
    begun = 1 if len(greeting) == 1 else 0
    body = [*claims[:begun], *map(_capital, claims[begun:])]
    subject = _subject(desk, facts, salt)
    return Variant(subject=subject, sentences=(*greeting, *body, *questions))


def _others(facts: list[Fact]) -> list[Fact]:
    """Return up to three facts besides the first, one of each kind, other kinds than its first."""
    kinds = {KINDS[fact.point]: fact for fact in reversed(facts[1:])}
    own = KINDS[facts[0].point] if facts else ""
    return sorted(kinds.values(), key=lambda f: (KINDS[f.point] == own, facts.index(f)))[:3]


def _present(*sentences: Sentence | None) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence]


def _count(*parts: list[Sentence]) -> int:
    return sum(len(sentence.text.split()) for part in parts for sentence in part)


def _capital(sentence: Sentence) -> Sentence:
    """Return the sentence with a capital letter: only after a greeting may it be a small one."""
    text = sentence.text[:1].upper() + sentence.text[1:]
    return sentence.model_copy(update={"text": text})


def _greeting(desk: Desk, salt: str) -> Sentence:
    """Greet by first name in English, by full name elsewhere, or nobody in particular."""
    lead, wording = desk.grounds.lead, desk.wording
    name = _person(lead) if desk.language != FALLBACK else (lead.first_name or "").strip()
    if name and len(name) <= LONGEST_NAME and _PERSON.fullmatch(name):
        texts = desk.options(wording.greetings, f"{salt}/greeting", name=name)
        if sentence := desk.first_clean(texts, Role.GREETING):
            return sentence
    return Sentence(text=wording.nobody[0], role=Role.GREETING)


def _person(lead: Lead) -> str:
    return " ".join(filter(None, (lead.first_name, lead.last_name))).strip()


def _intro(desk: Desk) -> Sentence | None:
    return desk.first_clean(desk.options(desk.wording.intros, "intro"), Role.GREETING)


def _helps(desk: Desk, salt: str) -> Iterator[str]:
    if desk.words is None:
        return iter(())
    helps = desk.words.helps_with.rstrip(" .")
    return desk.options(desk.wording.bridges, f"{salt}/bridge", helps=helps)


def _bridge(desk: Desk, fact: Fact, salt: str) -> Sentence | None:
    return desk.first_clean(_helps(desk, salt), Role.CLAIM, fact.id)


def _proof(desk: Desk, salt: str) -> Sentence | None:
    """Tell one proof point that still holds, another one in each variant where there are more."""
    if desk.words is None:
        return None
    told = desk.words.proof_points
    proofs = [p.id for p in desk.grounds.offer.proof_points if p.id in told]
    start = (desk.seed + _place(salt)) % max(1, len(proofs))
    for proof_id in (*proofs[start:], *proofs[:start]):
        if sentence := _told_proof(desk, proof_id, told[proof_id], salt):
            return sentence
    return None


def _told_proof(desk: Desk, proof_id: str, words: str, salt: str) -> Sentence | None:
    text = words.strip()
    if text[-1:] not in set(".!?"):
        text = f"{text}."
    texts = desk.options(desk.wording.proofs, f"{salt}/proof", proof=text)
    return desk.first_clean(texts, Role.CLAIM, f"proof.{proof_id}")


def _place(salt: str) -> int:
    return len(salt) + (salt > "a")


def _ask(desk: Desk, salt: str) -> Sentence | None:
    """Ask what the offer asks, or less where that cannot be said in this language."""
    own = (_question(desk.words.ask),) if desk.words else ()
    texts = chain(own, desk.options(desk.wording.asks, f"{salt}/ask"))
    return desk.first_clean(texts, Role.QUESTION)


def _question(text: str) -> str:
    return text.strip() if text.strip().endswith("?") else f"{text.strip().rstrip('.! ')}?"


def _closings(desk: Desk, salt: str) -> Iterator[Sentence]:
    for text in desk.options(desk.wording.closings, f"{salt}/closing"):
        if sentence := desk.first_clean([text], Role.QUESTION):
            yield sentence


def _subject(desk: Desk, facts: list[Fact], salt: str) -> str:
    """Name the fact where the line is long enough for it, and the company otherwise."""
    wording = desk.wording
    texts: list[Iterator[str]] = []
    for fact in facts[:1]:
        value = " ".join(fact.value.split()).rstrip(" .")
        about = wording.subjects_of.get(KINDS[fact.point], ())
        texts.append(desk.options(about, f"{salt}/about", value=value))
    texts.append(desk.options(wording.subjects, f"{salt}/subject"))
    cited = (fact.id for fact in facts[:1])
    cited_id = next(cited, None)
    for text in chain.from_iterable(texts):
        rests_on = (cited_id,) if cited_id else ()
        line = Sentence(text=text, role=Role.QUESTION, rests_on=rests_on)
        if SHORTEST_SUBJECT <= len(text) <= LONGEST_SUBJECT and is_clean(
            line, desk.language, desk.grounds
        ):
            return text
    return desk.filled["firm"][:LONGEST_SUBJECT].ljust(SHORTEST_SUBJECT, ".")

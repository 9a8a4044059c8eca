"""Sentences: what every letter of ours is made of, each of them clean before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain

from dealwright.agents.staff.grounding import Grounds, inside, is_clean
from dealwright.agents.staff.readers import short_name
from dealwright.agents.staff.wording import KINDS, TALKS, WORDINGS, Talk, Wording
from dealwright.domain.draft import Role, Sentence
from dealwright.domain.facts import Fact
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, Translation

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
    """What one letter is written with: the language, the grounds, and what to leave out."""

    wording: Wording
    talk: Talk
    language: str
    words: Translation | None
    """What the offer says in that language; None: nobody wrote it in a language we write."""
    grounds: Grounds
    avoided: frozenset[str] = frozenset()
    """Sentences that were sent back."""
    said: tuple[str, ...] = ()
    """Our letters so far: nothing in them is said a second time."""
    seed: int = 0
    filled: dict[str, str] = field(default_factory=dict[str, str])

    def options(self, templates: Sequence[str], salt: str, **values: str) -> Iterator[str]:
        """Yield the templates filled in, beginning with one that depends on the lead alone."""
        start = number_of(f"{self.seed}/{salt}") % max(1, len(templates))
        for template in (*templates[start:], *templates[:start]):
            text = template.format_map({**self.filled, **values})
            if text not in self.avoided and not self.has_said(text):
                yield text

    def has_said(self, text: str) -> bool:
        """Tell whether a text stands in a letter of ours already."""
        return bool(self.said) and inside(text, self.said)

    def first_clean(self, texts: Iterable[str], role: Role, *rests_on: str) -> Sentence | None:
        """Return the first text with which the wall finds no fault."""
        for text in texts:
            if not 0 < len(text) <= LONGEST_SENTENCE:
                continue
            sentence = Sentence(text=text, role=role, rests_on=rests_on)
            if is_clean(sentence, self.language, self.grounds):
                return sentence
        return None


def desk_of(
    grounds: Grounds,
    turn: int,
    *,
    avoided: frozenset[str] = frozenset(),
    said: tuple[str, ...] = (),
    language: str | None = None,
) -> Desk:
    """Return a desk to write at, in the lead's language or in the one given."""
    lead, offer = grounds.lead, grounds.offer
    language = language_of(lead, offer, language)
    return Desk(
        wording=WORDINGS[language],
        talk=TALKS[language],
        language=language,
        words=offer.said_in(language),
        grounds=grounds,
        avoided=avoided,
        said=said,
        seed=number_of(f"{lead.company}/{lead.name}/{lead.domain}/{turn}"),
        filled={
            "company": _trade_name(lead.company),
            "product": offer.product.partition(",")[0],
            "sender": offer.sender.name,
            "firm": offer.sender.company,
        },
    )


def language_of(lead: Lead, offer: Offer, wished: str | None = None) -> str:
    """Return the language wished or the lead's if the offer is told in it, or its first that is."""
    for language in (wished, lead.language, *offer.languages):
        if language in offer.languages and language in WORDINGS and offer.said_in(language):
            return language
    return FALLBACK


def number_of(text: str) -> int:
    """Return a number that the same text always gives."""
    return int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:6], "big")


def _trade_name(company: str) -> str:
    """Return the company's name without its legal form."""
    parts = company.split()
    whole = short_name(company)
    ends = (n for n in range(1, len(parts)) if short_name(" ".join(parts[:n])) == whole)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(" ,.&")


def tellable(desk: Desk) -> Iterator[Fact]:
    """Yield the facts a sentence can be made of: triggers first, then the best points.

    A fact one of our letters tells already is none of them.
    """
    dossier = desk.grounds.dossier
    held = {point.point: point.facts for point in dossier.points}
    listed = chain(dossier.triggers, *(held.get(point, ()) for point in KINDS))
    for fact_id in dict.fromkeys(listed):
        fact = dossier.fact(fact_id)
        if fact is None or fact.point not in KINDS or desk.has_said(fact.value):
            continue
        if tells(desk, fact, "check"):
            yield fact


def tells(desk: Desk, fact: Fact, salt: str, *, aside: bool = False) -> Sentence | None:
    """Return a clean sentence that tells the fact, if there is one."""
    kind = KINDS[fact.point]
    value = value_of(fact)
    shape = _SHAPES.get(kind)
    if len(value) > LONGEST_VALUE or (shape and not shape.fullmatch(value)):
        return None
    templates = desk.wording.facts[kind]
    if aside:
        templates = desk.wording.asides.get(kind, templates)
    texts = desk.options(templates, f"{salt}/{fact.point}", value=value)
    return desk.first_clean(texts, Role.CLAIM, fact.id)


def value_of(fact: Fact) -> str:
    """Return a fact's value as it stands in a sentence."""
    return " ".join(fact.value.split()).rstrip(" .")


def present(*sentences: Sentence | None) -> list[Sentence]:
    """Return the sentences that there are."""
    return [sentence for sentence in sentences if sentence]


def word_count(*parts: Iterable[Sentence]) -> int:
    """Return how many words the sentences have."""
    return sum(len(sentence.text.split()) for part in parts for sentence in part)


def capital(sentence: Sentence) -> Sentence:
    """Return the sentence with a capital letter: only after a greeting may it be a small one."""
    text = sentence.text[:1].upper() + sentence.text[1:]
    return sentence.model_copy(update={"text": text})


def greeting(desk: Desk, salt: str) -> Sentence:
    """Greet by first name in English, by full name elsewhere, or nobody in particular."""
    lead, wording = desk.grounds.lead, desk.wording
    name = _person(lead) if desk.language != FALLBACK else (lead.first_name or "").strip()
    if name and len(name) <= LONGEST_NAME and _PERSON.fullmatch(name):
        again = [template.format(name=name) for template in wording.greetings]
        texts = (*desk.options(wording.greetings, f"{salt}/greeting", name=name), *again)
        if sentence := desk.first_clean(texts, Role.GREETING):
            return sentence
    return Sentence(text=wording.nobody[0], role=Role.GREETING)


def _person(lead: Lead) -> str:
    return " ".join(filter(None, (lead.first_name, lead.last_name))).strip()


def helps(desk: Desk, salt: str) -> Iterator[str]:
    """Yield how to lead over to what we help with."""
    if desk.words is None:
        return iter(())
    clause = desk.words.helps_with.rstrip(" .")
    return desk.options(desk.wording.bridges, f"{salt}/bridge", helps=clause)


def proof(desk: Desk, salt: str) -> Sentence | None:
    """Tell one proof point that still holds, another one in each variant where there are more."""
    if desk.words is None:
        return None
    told = desk.words.proof_points
    proofs = [p.id for p in desk.grounds.offer.proof_points if p.id in told]
    start = (desk.seed + len(salt) + (salt > "a")) % max(1, len(proofs))
    for proof_id in (*proofs[start:], *proofs[:start]):
        if sentence := told_proof(desk, proof_id, salt):
            return sentence
    return None


def told_proof(desk: Desk, proof_id: str, salt: str) -> Sentence | None:
    """Tell one proof point in the approved words, unless a letter of ours told it already."""
    text = proof_words(desk, proof_id)
    if not text or desk.has_said(text):
        return None
    if text[-1:] not in set(".!?"):
        text = f"{text}."
    texts = desk.options(desk.wording.proofs, f"{salt}/proof", proof=text)
    return desk.first_clean(texts, Role.CLAIM, f"proof.{proof_id}")


def proof_words(desk: Desk, proof_id: str) -> str:
    """Return the words of a proof point in the letter's language, or nothing."""
    return desk.words.proof_points.get(proof_id, "").strip() if desk.words else ""


def ask(desk: Desk, salt: str) -> Sentence | None:
    """Ask what the offer asks, or less where that cannot be said in this language, or again."""
    own = (_question(desk.words.ask),) if desk.words else ()
    fresh = (text for text in own if not desk.has_said(text))
    texts = chain(fresh, desk.options(desk.wording.asks, f"{salt}/ask"))
    return desk.first_clean(texts, Role.QUESTION)


def _question(text: str) -> str:
    return text.strip() if text.strip().endswith("?") else f"{text.strip().rstrip('.! ')}?"


def closings(desk: Desk, salt: str) -> Iterator[Sentence]:
    """Yield what may be said after the question."""
    for text in desk.options(desk.wording.closings, f"{salt}/closing"):
        if sentence := desk.first_clean([text], Role.QUESTION):
            yield sentence


def subject(desk: Desk, facts: Sequence[Fact], salt: str) -> str:
    """Name the fact where the line is long enough for it, and the company otherwise."""
    wording = desk.wording
    texts: list[Iterator[str]] = []
    for fact in facts[:1]:
        about = wording.subjects_of.get(KINDS[fact.point], ())
        texts.append(desk.options(about, f"{salt}/about", value=value_of(fact)))
    texts.append(desk.options(wording.subjects, f"{salt}/subject"))
    rests_on = tuple(fact.id for fact in facts[:1])
    for text in chain.from_iterable(texts):
        line = Sentence(text=text, role=Role.QUESTION, rests_on=rests_on)
        if SHORTEST_SUBJECT <= len(text) <= LONGEST_SUBJECT and is_clean(
            line, desk.language, desk.grounds
        ):
            return text
    return desk.filled["firm"][:LONGEST_SUBJECT].ljust(SHORTEST_SUBJECT, ".")

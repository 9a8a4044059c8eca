"""The closing brief: what was said and found, for the person who closes, line by line sourced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from dealwright.agents.staff.grounding import inside
from dealwright.agents.staff.wording import SIGNS
from dealwright.domain.closing_brief import BriefLine, ClosingBrief, Sensitivity
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.dossier import Dossier
from dealwright.domain.offer import Offer
from dealwright.domain.packet import Packet
from dealwright.domain.reading import Meaning, Objection, Reading

MOST_HISTORY = 12
MOST_KNOWN = 6
SHOWN = 160

_QUOTED = re.compile("“([^”]+)”")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_ASKS = {
    Objection.BUDGET: "Which budget is set aside for this, and who holds it?",
    Objection.TIMING: "What has to happen before it is the right moment?",
    Objection.NEED: "How is it done today, and what does that cost?",
    Objection.AUTHORITY: "Who decides, and what do they want to know?",
    Objection.TRUST: "What would show them that it is true?",
    Objection.EFFORT: "Who would do the change, and when have they time?",
    Objection.COMPETITOR: "What do they miss in what they have?",
}


def brief(packet: Packet) -> ClosingBrief:
    """Return what is known, in the words it was said in."""
    conversation, dossier = (
        packet.need("conversation", Conversation),
        packet.need("dossier", Dossier),
    )
    raised = list(_raised(conversation, packet.need("reading", Reading)))
    pains = (BriefLine(text=pain.text, rests_on=pain.rests_on) for pain in dossier.pains)
    price, price_lines = _price(packet, raised)

    def sound(lines: Iterable[BriefLine], most: int) -> tuple[BriefLine, ...]:
        return tuple(islice((line for line in lines if not _fault_of(packet, line)), most))

    return ClosingBrief(
        pain=next(iter(sound(pains, 1)), None),
        competitors=sound(_lines(raised, Objection.COMPETITOR), 6),
        objections=sound((x for kind, x in raised if kind is not Objection.COMPETITOR), 8),
        price=price,
        price_lines=sound(price_lines, 4),
        known=sound(_known(dossier), MOST_KNOWN),
        history=tuple(map(_told, conversation.messages[-MOST_HISTORY:])),
        to_ask=sound(_to_ask(packet, raised), 6),
    )


def every_line_has_a_source(packet: Packet, product: object) -> str | None:
    """Catch a line that cites nothing real, or quotes and counts what is not in what it cites."""
    assert isinstance(product, ClosingBrief)
    return next(filter(None, (_fault_of(packet, line) for line in product.lines)), None)


def _fault_of(packet: Packet, line: BriefLine) -> str | None:
    texts = [_source(packet, cited) for cited in line.rests_on]
    known = [text for text in texts if text is not None]
    if len(known) < len(texts):
        return (
            f"“{line.text[:80]}” rests on {', '.join(line.rests_on)[:80]}, not all of which exist"
        )
    for quoted in _QUOTED.findall(line.text):
        if not inside(quoted, known):
            return f"nobody said “{quoted[:80]}”"
    numbers = {number for text in known for number in _NUMBER.findall(text)}
    for number in _NUMBER.findall(line.text):
        if number not in numbers:
            return f"“{line.text[:80]}”: nothing it cites says {number}"
    return None


def _source(packet: Packet, cited: str) -> str | None:
    """Return the text behind an id, or None."""
    kind, _, number = cited.partition(".")
    if kind == "message":
        messages = packet.need("conversation", Conversation).messages
        found = next((m for m in messages if str(m.number) == number), None)
        return f"{found.at:%Y-%m-%d %Y %m %d}\n{found.subject}\n{found.text}" if found else None
    fact = packet.need("dossier", Dossier).fact(cited)
    proof = packet.need("offer", Offer).proof(cited)
    if fact is not None:
        return f"{fact.value}\n{fact.quote}\n{fact.published_on or ''}"
    return proof.text if proof else None


def _raised(conversation: Conversation, reading: Reading) -> Iterator[tuple[Objection, BriefLine]]:
    """Yield what was raised or implied, each kind once in each message."""
    for message in conversation.messages:
        if message.kind is not MessageKind.REPLY:
            continue
        for kind, sign in SIGNS.items():
            sentence = next((s for s in _SENTENCES.split(message.text) if sign.search(s)), None)
            if sentence is not None:
                yield kind, _quoting(f"{kind}", sentence, message)
            elif reading.message == message.number and reading.objection is kind:
                yield kind, _quoting(f"{kind}", message.text, message)


def _quoting(said: str, sentence: str, message: Message) -> BriefLine:
    shown = " ".join(sentence.replace("”", "").replace("“", "").split())
    words = shown[:SHOWN].rpartition(" ")[0] if len(shown) > SHOWN else shown
    text = f"{said}: “{words}”" if words else said
    return BriefLine(text=text, rests_on=(f"message.{message.number}",))


def _lines(raised: list[tuple[Objection, BriefLine]], wanted: Objection) -> tuple[BriefLine, ...]:
    return tuple(line for kind, line in raised if kind is wanted)


def _price(
    packet: Packet, raised: list[tuple[Objection, BriefLine]]
) -> tuple[Sensitivity, tuple[BriefLine, ...]]:
    """Return how much the price matters, with the words it shows in."""
    reading = packet.need("reading", Reading)
    lines = _lines(raised, Objection.BUDGET)
    if reading.objection is Objection.BUDGET:
        return Sensitivity.HIGH, lines
    if Meaning.PRICE in (reading.main, *reading.meanings):
        asked = BriefLine(text="a price is asked for", rests_on=(f"message.{reading.message}",))
        return Sensitivity.ASKED, (asked, *lines)
    return (Sensitivity.ASKED, lines) if lines else (Sensitivity.UNKNOWN, ())


def _known(dossier: Dossier) -> tuple[BriefLine, ...]:
    ids = [*dossier.triggers, *(point.facts[0] for point in dossier.points if point.facts)]
    facts = [fact for fact_id in dict.fromkeys(ids) if (fact := dossier.fact(fact_id))]
    return tuple(
        BriefLine(text=f"{fact.point}: {fact.value}"[:300], rests_on=(fact.id,))
        for fact in facts[:MOST_KNOWN]
    )


def _told(message: Message) -> BriefLine:
    who = "we" if message.direction is Direction.OUT else "they"
    return _quoting(f"{message.at:%Y-%m-%d} {who} ({message.kind})", message.text, message)


def _to_ask(packet: Packet, raised: list[tuple[Objection, BriefLine]]) -> Iterator[BriefLine]:
    """Yield what to answer first, then what to ask because of what was raised."""
    reading = packet.need("reading", Reading)
    for question in reading.asks:
        text = f"Answer first: {question}"[:300]
        yield BriefLine(text=text, rests_on=(f"message.{reading.message}",))
    seen: set[Objection] = set()
    for kind, line in raised:
        if kind not in seen:
            seen.add(kind)
            yield BriefLine(text=_ASKS[kind], rests_on=line.rests_on)
    for pain in packet.need("dossier", Dossier).pains[:2]:
        yield BriefLine(text=f"Is this a topic: {pain.text}"[:300], rests_on=pain.rests_on)

"""The news reader's twin reports a company's news, and the funding and growth in it."""

from __future__ import annotations

import re

from dealwright.agents.staff.readers import Reading, events, readings, stated, tidy
from dealwright.domain.facts import Finding, Findings, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet

FEWEST_WORDS = 3

_NO_NEWS = re.compile(
    r"^(?:how (?:to|we)|what (?:is|are)|why |when |\d+ (?:tips|ways|reasons|things|tipps|gründe"
    r"|conseils|consejos|consigli)|top \d+|the (?:ultimate|complete) guide|a guide|guide"
    r"|hello world|merry|happy|season|newsletter|frohe|wie |was ist|warum |tipps|comment "
    r"|pourquoi |cómo |qué es|come |cos.è|hoe |wat is|como |o que é|joyeux|bonne année|feliz"
    r"|felices|buon|fijne)",
    re.IGNORECASE,
)


def read(packet: Packet) -> Findings:
    """Return each dated headline, and every sentence that says the company raised money or grew."""
    lead = packet.get("lead", Lead)
    read = readings(packet, "news_feed")
    noted: list[Finding | None] = [*stated(read)]
    for reading in read:
        noted.append(_headline(reading))
        noted += events(reading, lead.company if lead else "")
    return tidy(read, noted)


def _headline(reading: Reading) -> Finding | None:
    source = reading.source
    news = source.kind is SourceKind.FEED or source.page == "news"
    if not news or source.published_on is None or _NO_NEWS.match(source.title.strip()):
        return None
    if len(source.title.split()) < FEWEST_WORDS:
        return None
    return reading.note(Point.NEWS, source.title, source.title, confidence=0.8)

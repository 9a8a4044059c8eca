"""Builders with defaults: what an agent is given, one line a test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dealwright.domain.dossier import Dossier, DossierPoint
from dealwright.domain.facts import Fact, FactSheet, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, PageKind, Source, Stated
from dealwright.domain.packet import Packet

TODAY = date(2026, 11, 21)
SEEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_lead(
    company: str = "Nordfracht GmbH",
    *,
    domain: str | None = "nordfracht.example",
    first_name: str | None = "Jana",
    last_name: str | None = "Petersen",
    title: str | None = "Head of Operations",
    language: str | None = "en",
) -> Lead:
    """Return a lead at a carrier, or at whichever company is named."""
    return Lead(
        company=company,
        domain=domain,
        website=f"https://{domain}/" if domain else None,
        first_name=first_name,
        last_name=last_name,
        title=title,
        country="DE",
        city="Hamburg",
        language=language,
    )


def a_fact(
    fact_id: str = "site.1",
    point: Point = Point.SIZE,
    value: str = "120",
    *,
    kind: SourceKind = SourceKind.PAGE,
    quote: str | None = None,
    published_on: date | None = None,
) -> Fact:
    """Return a fact; its quote is its value unless given, the rest is for `model_copy`."""
    return Fact(
        id=fact_id,
        point=point,
        value=value,
        kind=kind,
        source=f"https://nordfracht.example/{fact_id}",
        quote=quote or value,
        observed_at=SEEN,
        published_on=published_on,
        confidence=0.75,
    )


def a_sheet(*facts: Fact) -> FactSheet:
    """Return a fact sheet with these facts and their sources."""
    return FactSheet(facts=facts, sources=tuple(dict.fromkeys(fact.source for fact in facts)))


def a_dossier(
    *facts: Fact,
    company: str = "Nordfracht GmbH",
    triggers: tuple[str, ...] = (),
    summary: str | None = None,
) -> Dossier:
    """Return a dossier of all points, each won by the first fact given for it."""
    said = {point: [fact for fact in facts if fact.point is point] for point in Point}
    return Dossier(
        company=company,
        summary=summary or f"{company} is a company.",
        points=tuple(
            DossierPoint(
                point=point,
                value=found[0].value if found else None,
                facts=tuple(fact.id for fact in found),
            )
            for point, found in said.items()
        ),
        facts=facts,
        triggers=triggers,
    )


def a_source(
    text: str = "",
    *,
    number: int = 1,
    page: PageKind = "about",
    title: str = "",
    stated: Mapping[Point, str] | None = None,
    published_on: date | None = None,
) -> Source:
    """Return a page with that text; what it states is quoted as `point: value`."""
    return Source(
        number=number,
        url=f"https://nordfracht.example/{page}-{number}",
        kind=SourceKind.PAGE,
        page=page,
        title=title,
        text=text,
        stated=tuple(
            Stated(point=point, value=value, quote=f"{point}: {value}")
            for point, value in (stated or {}).items()
        ),
        observed_at=SEEN,
        published_on=published_on,
    )


def a_packet(
    agent: str = "site_reader",
    *,
    slots: Mapping[str, object] | None = None,
    material: Mapping[str, Material] | None = None,
    today: date = TODAY,
) -> Packet:
    """Return a packet that holds a lead, and what is given besides."""
    return Packet(
        agent=agent,
        today=today,
        slots={"lead": a_lead(), **(slots or {})},
        material=material or {},
    )

"""The record: what the import already said about the lead's company and person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from dealwright.clock import Clock
from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.material import Material, Source, Stated
from dealwright.tools.access import ToolCall
from dealwright.tools.plaintext import line, lines, stated
from dealwright.tools.visit import lead_of

WHERE = "record:import"
MOST_STATED = 60

COLUMNS: tuple[tuple[Point, str], ...] = (
    (
        Point.SIZE,
        "employees|employee count|number of employees|no of employees|headcount|staff|company size"
        "|size|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|beschäftigte|effectif|effectifs"
        "|salariés|nombre de salariés|empleados|número de empleados|plantilla|dipendenti"
        "|medewerkers|funcionários|colaboradores",
    ),
    (
        Point.INDUSTRY,
        "industry|sector|branch|vertical|branche|wirtschaftszweig|secteur|secteur d activité"
        "|sector de actividad|industria|settore|sector branche|setor",
    ),
    (
        Point.FOUNDED,
        "founded|year founded|founding year|established|gegründet|gründungsjahr|année de création"
        "|fondée en|fundada|año de fundación|fundación|anno di fondazione|opgericht"
        "|ano de fundação",
    ),
    (
        Point.FUNDING,
        "funding|total funding|last funding|funding round|finanzierung|financement|levée de fonds"
        "|financiación|finanziamenti|financiering",
    ),
    (
        Point.TECHNOLOGY,
        "technology|technologies|tech stack|software|systems|technologie|technologien|systeme"
        "|logiciel|logiciels|tecnología|tecnologías|tecnologie|technologieën",
    ),
    (Point.CUSTOMERS, "customers|clients|kunden|referenzkunden|clientes|clienti|klanten"),
    (Point.OFFERING, "products|services|offering|produkte|leistungen|produits|productos|prodotti"),
    (Point.LOCATIONS, "locations|sites|branches|standorte|niederlassungen|sedes|agences|sedi"),
    (
        Point.GROWTH,
        "revenue|annual revenue|turnover|umsatz|jahresumsatz|chiffre d affaires|facturación"
        "|fatturato|omzet|growth|wachstum|croissance",
    ),
    (Point.HIRING, "open positions|open roles|hiring|offene stellen|postes ouverts|vacantes"),
    (Point.PARTNERS, "partners|partner|partenaires|socios"),
)
"""Which point a column is about, by its names in several languages."""

_LEADS_THE_COMPANY = re.compile(
    r"\b(?:ceo|coo|cfo|cto|chief|founder|owner|president|managing|geschäftsführ\w+|inhaber\w*"
    r"|gründer\w*|vorstand\w*|directeur général|directrice générale|pdg|gérante?|fondat\w+"
    r"|director general|directora general|gerente|fundador\w*|amministrat\w+|titolare|eigenaar"
    r"|diretor\w* geral)\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s\-_/.:'\u2019()#]+")


@dataclass(frozen=True, slots=True)
class Record:
    """Brings the import's own words, as a source like any other."""

    clock: Clock

    async def __call__(self, call: ToolCall) -> Material:
        lead = lead_of(call)
        # To the day: what stands in the record is the same all day, and so is its material.
        day = datetime.combine(self.clock.now().date(), time(), tzinfo=UTC)
        items = {(item.point, item.value): item for item in _stated(lead) if item}
        source = Source(
            number=1,
            url=WHERE,
            kind=SourceKind.RECORD,
            title=line(lead.company),
            text=lines("\n".join(_written(lead))),
            stated=tuple(items.values())[:MOST_STATED],
            observed_at=day,
        )
        return Material(sources=(source,))


def _written(lead: Lead) -> Iterator[str]:
    known = (
        ("person", lead.name if lead.first_name or lead.last_name else None),
        ("title", lead.title),
        ("city", lead.city),
        ("country", lead.country),
    )
    yield f"company: {lead.company}"
    yield from (f"{name}: {value}" for name, value in known if value)
    yield from (f"{column}: {value}" for column, value in lead.record)


def _stated(lead: Lead) -> Iterator[Stated | None]:
    yield stated(Point.COMPANY, lead.company, f"company: {lead.company}")
    if lead.city:
        place = ", ".join(filter(None, (lead.city, lead.country)))
        yield stated(Point.HEADQUARTERS, place, f"city: {place}")
    if lead.last_name and lead.title and _LEADS_THE_COMPANY.search(lead.title):
        said = f"{lead.name}, {lead.title}"
        yield stated(Point.LEADERSHIP, said, said)
    for column, value in lead.record:
        name = _SEPARATORS.sub(" ", column).strip().casefold()
        for point, names in COLUMNS:
            if name in names.split("|"):
                yield stated(point, value, f"{column}: {value}")

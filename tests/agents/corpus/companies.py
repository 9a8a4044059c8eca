"""Companies, what is known of them, and the offer in seven languages, for judging sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from dealwright.agents.staff.grounding import Grounds
from dealwright.domain.facts import Fact, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, ProofPoint, Sender, Translation
from tests.agents.builders import TODAY, a_dossier

SEEN = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
POINTS = {
    "off": Point.OFFERING,
    "ind": Point.INDUSTRY,
    "cus": Point.CUSTOMERS,
    "fou": Point.FOUNDED,
    "siz": Point.SIZE,
    "hq": Point.HEADQUARTERS,
    "loc": Point.LOCATIONS,
    "lea": Point.LEADERSHIP,
    "tec": Point.TECHNOLOGY,
    "job": Point.HIRING,
    "new": Point.NEWS,
    "fun": Point.FUNDING,
    "gro": Point.GROWTH,
    "par": Point.PARTNERS,
}

HERE = Path(__file__).parent

_SENDER = Sender(name="Ada Quist", company="Routewise", postal_address="1 Mill Lane, York")
_PROOF = {
    "en": (
        "Carriers with 50 to 200 vehicles drive 12 % fewer empty miles in their first year.",
        "Lakeside Logistics plans its tours in 40 minutes instead of three hours.",
    ),
    "de": (
        "Speditionen mit 50 bis 200 Fahrzeugen fahren im ersten Jahr 12 % weniger Leerkilometer.",
        "Die Spedition Seewald plant ihre Touren in 40 Minuten statt in drei Stunden.",
    ),
    "fr": (
        "Les transporteurs de 50 à 200 véhicules roulent 12 % de moins à vide la première année.",
        "Transports Rivage planifie ses tournées en 40 minutes au lieu de trois heures.",
    ),
    "es": (
        "Los transportistas de 50 a 200 vehículos recorren un 12 % menos en vacío el primer año.",
        "Transportes Ribera planifica sus rutas en 40 minutos en lugar de tres horas.",
    ),
    "it": (
        "Con 50-200 veicoli i trasportatori fanno nel primo anno il 12 % di chilometri a vuoto in "
        "meno.",
        "Trasporti Riva pianifica i suoi giri in 40 minuti invece che in tre ore.",
    ),
    "nl": (
        "Vervoerders met 50 tot 200 voertuigen rijden in het eerste jaar 12 % minder leeg.",
        "Vervoerder Oever plant zijn ritten in 40 minuten in plaats van drie uur.",
    ),
    "pt": (
        "As transportadoras com 50 a 200 veículos fazem menos 12 % em vazio no primeiro ano.",
        "A Transportes Margem planeia as suas rotas em 40 minutos em vez de três horas.",
    ),
}
_SAID = {
    "en": (
        "Routewise, daily planning for teams on the road",
        "plan tomorrow's routes and shifts in minutes",
        "Would a 15-minute call next week make sense?",
    ),
    "de": (
        "Routewise, Tagesplanung für Teams auf der Straße",
        "die Touren und Schichten von morgen in Minuten zu planen",
        "Passt Ihnen nächste Woche ein Gespräch von 15 Minuten?",
    ),
    "fr": (
        "Routewise, la planification quotidienne des équipes mobiles",
        "planifier en quelques minutes les tournées et les équipes du lendemain",
        "Un échange de 15 minutes la semaine prochaine vous conviendrait-il ?",
    ),
    "es": (
        "Routewise, planificación diaria para equipos en ruta",
        "planificar en minutos las rutas y los turnos de mañana",
        "¿Le vendría bien una llamada de 15 minutos la próxima semana?",
    ),
    "it": (
        "Routewise, pianificazione quotidiana per squadre in viaggio",
        "pianificare in pochi minuti i giri e i turni di domani",
        "Le andrebbe una chiamata di 15 minuti la prossima settimana?",
    ),
    "nl": (
        "Routewise, dagplanning voor teams onderweg",
        "de ritten en diensten van morgen in minuten te plannen",
        "Schikt u volgende week een gesprek van 15 minuten?",
    ),
    "pt": (
        "Routewise, planeamento diário para equipas na estrada",
        "planear em minutos as rotas e os turnos de amanhã",
        "Seria possível uma chamada de 15 minutos na próxima semana?",
    ),
}


def an_offer(language: str = "en") -> Offer:
    """Return the offer, written in one language; proof `former` must not be used any more."""
    product, helps_with, ask = _SAID[language]
    first, second = _PROOF[language]
    return Offer(
        product=product,
        helps_with=helps_with,
        ask=ask,
        proof_points=(
            ProofPoint(id="empty", text=first),
            ProofPoint(id="tours", text=second, until=date(2027, 6, 30)),
            ProofPoint(id="former", text=first, until=date(2026, 1, 31)),
        ),
        languages=(language,),
        sender=_SENDER,
    )


def a_translation(language: str) -> Translation:
    """Return what the offer says in a language, one proof point left out."""
    _, helps_with, ask = _SAID[language]
    return Translation(helps_with=helps_with, ask=ask, proof_points={"tours": _PROOF[language][1]})


def translated(written: str, *languages: str) -> Offer:
    """Return the offer, written in one language and translated to the others we have words in."""
    others = {code: a_translation(code) for code in languages if code in _SAID and code != written}
    return an_offer(written).model_copy(
        update={"languages": (written, *languages), "translations": others}
    )


def _fact(row: str) -> Fact:
    fact_id, value, quote, day = [*(cell.strip() for cell in row.split("|")), "-", "-"][:4]
    kind, _, number = fact_id.partition(".")
    return Fact(
        id=fact_id,
        point=POINTS.get(kind, Point.SIZE),
        value=value,
        kind=SourceKind.PAGE,
        source=f"https://company.example/{kind}/{number}",
        quote=value if quote == "-" else quote,
        observed_at=LONG_AGO if kind == "old" else SEEN,
        published_on=None if day == "-" else date.fromisoformat(day),
        confidence=0.8,
    )


def companies(file: str = "companies") -> dict[str, tuple[str, Grounds]]:
    """Return for the first word of each company's name its language and what is known.

    In the file stands first of each a head line: language and company, first and last name, title,
    town, country; then its facts: id, value, quote (`-`: the value), day of publication.
    """
    known: dict[str, tuple[str, Grounds]] = {}
    blocks: list[list[str]] = []
    for row in (HERE / f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if row[2] == " ":
            blocks.append([])
        blocks[-1].append(row)
    for head, *rows in blocks:
        name, first, last, title, city, country = [cell.strip() for cell in head.split("|")]
        language, company = name[:2], name[3:]
        lead = Lead(
            company=company,
            first_name=first,
            last_name=last,
            title=title,
            city=city,
            country=country,
            language=language,
        )
        dossier = a_dossier(*map(_fact, rows), company=company)
        grounds = Grounds(lead=lead, offer=an_offer(language), dossier=dossier, today=TODAY)
        known[company.split()[0].lower()] = language, grounds
    return known

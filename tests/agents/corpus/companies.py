"""Companies, what is known of them, and the offer in four languages, for judging sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dealwright.agents.staff.grounding import Grounds
from dealwright.domain.facts import Fact, Point, SourceKind
from dealwright.domain.lead import Lead
from dealwright.domain.offer import Offer, ProofPoint, Sender
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

KNOWN = """
en Harrow Freight Ltd | Priya | Nair | Transport Manager | Leeds | GB
off.1 | regional pallet distribution across Yorkshire
siz.1 | 140 employees | We are 140 employees and a fleet of 85 vehicles.
fou.1 | 1987 | Founded in 1987 by two brothers in Leeds.
hq.1 | Leeds
loc.1 | Hull
tec.1 | SAP
lea.1 | Martin Cole, Managing Director | Martin Cole, our Managing Director, joined in 2015.
job.1 | HGV Class 1 Driver (nights)
job.2 | Transport Planner
new.1 | Harrow Freight opens second depot in Hull | Harrow Freight opens second depot in Hull \
with space for 40 vehicles | 2026-10-20
new.2 | Harrow Freight wins Northern Haulier award | - | 2024-03-02
par.1 | member of the Palletline network
old.1 | 95 employees
en Bright Smile Dental Group | Tom | Ellis | Practice Director | Bristol | GB
off.1 | family dentistry, implants and orthodontics in five practices
siz.1 | 60-80 | Our team of 60-80 people looks after 22,000 patients.
fou.1 | 2009
loc.1 | Bath
lea.1 | Dr Hannah Moss, Clinical Lead
tec.1 | Dentally
job.1 | Dental Nurse, full time
job.2 | Receptionist
gro.1 | Bright Smile has acquired the Clifton practice | - | 2026-09-15
fun.1 | Bright Smile raises £3m from Mercia | Bright Smile raises £3m from Mercia to open four \
new practices by 2028 | 2026-08-30
de Nordfracht Spedition GmbH | Jana | Petersen | Leiterin Disposition | Hamburg | DE
off.1 | Stückgut und Teilladungen in Norddeutschland
siz.1 | 120 | Bei uns arbeiten 120 Mitarbeitende an drei Standorten.
fou.1 | 1962 | 1962 gegründet von Heinrich Brandt
hq.1 | Hamburg
loc.1 | Bremen
loc.2 | Kiel
lea.1 | Lars Brandt, Geschäftsführer
tec.1 | Personio
job.1 | Disponent (m/w/d) Nahverkehr
job.2 | Berufskraftfahrer CE (m/w/d)
job.3 | Lagermitarbeiter (m/w/d)
new.1 | Nordfracht eröffnet neues Umschlaglager in Bremen | Nordfracht eröffnet neues \
Umschlaglager in Bremen mit 4.500 Quadratmetern | 2026-10-05
gro.1 | Umsatz 2025 um 14 % gestiegen | Der Umsatz ist 2025 um 14 % auf 31 Mio. Euro gestiegen. \
| 2026-04-12
de Elektro Sonnleitner GmbH | Franz | Huber | Betriebsleiter | Rosenheim | DE
off.1 | Photovoltaik, Wallboxen und Elektroinstallation für Privatkunden
siz.1 | 35 Mitarbeiter
fou.1 | 1998
lea.1 | Maria Sonnleitner, Inhaberin
job.1 | Elektroniker für Energie- und Gebäudetechnik
job.2 | Monteur Photovoltaik
cus.1 | über 900 Anlagen für Hausbesitzer im Chiemgau
par.1 | SMA
new.1 | Sonnleitner bildet 2026 sechs Lehrlinge aus | - | 2026-09-01
fr Transports Maréchal SAS | Claire | Dubois | Directrice d'exploitation | Lyon | FR
off.1 | transport frigorifique et messagerie en Auvergne-Rhône-Alpes
siz.1 | 210 salariés | Maréchal compte 210 salariés et 95 camions frigorifiques.
fou.1 | 1974
hq.1 | Lyon
loc.1 | Grenoble
lea.1 | Antoine Maréchal, président
job.1 | Conducteur SPL H/F
job.2 | Affréteur H/F
new.1 | Maréchal ouvre une agence à Clermont-Ferrand | Maréchal ouvre une agence à \
Clermont-Ferrand, sa septième | 2026-09-28
fun.1 | Maréchal lève 6 millions d'euros auprès de Bpifrance | - | 2026-07-03
par.1 | Carrefour
fr Cabinet Lefort Conseil | Hugo | Lefort | Associé | Nantes | FR
off.1 | expertise comptable et paie pour les PME industrielles
siz.1 | 48 collaborateurs
fou.1 | 2003
loc.1 | Rennes
tec.1 | Pennylane
job.1 | Gestionnaire de paie H/F
job.2 | Chef de mission H/F
new.1 | Lefort Conseil s'installe à Rennes | Lefort Conseil s'installe à Rennes avec huit \
collaborateurs | 2026-06-11
cus.1 | 650 clients dans l'Ouest
es Frío Levante S.L. | Marta | Ibáñez | Jefa de tráfico | Valencia | ES
off.1 | transporte refrigerado de fruta y verdura
siz.1 | 180 empleados | Somos 180 empleados con 70 camiones frigoríficos.
fou.1 | 1991
hq.1 | Valencia
loc.1 | Murcia
lea.1 | Rafael Sanchis, director general
job.1 | Conductor de tráiler
job.2 | Planificador de rutas
new.1 | Frío Levante abre un almacén en Murcia | Frío Levante abre un almacén de 3.200 metros \
cuadrados en Murcia | 2026-10-12
gro.1 | La facturación creció un 9 % en 2025 | - | 2026-03-20
cus.1 | Mercadona
es Clínica Aguilar | Luis | Aguilar | Gerente | Sevilla | ES
off.1 | fisioterapia y medicina deportiva
siz.1 | 25-30 | Un equipo de 25-30 profesionales atiende a 4.000 pacientes al año.
fou.1 | 2011
loc.1 | Cádiz
tec.1 | Clinic Cloud
job.1 | Fisioterapeuta a jornada completa
new.1 | Clínica Aguilar estrena unidad de rehabilitación cardíaca | - | 2026-05-18
par.1 | Real Betis
"""
"""First of each a head line: language and company, first and last name, title, city, country;
then its facts: id, value, quote (`-`: the value), day of publication."""

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


def companies() -> dict[str, tuple[str, Grounds]]:
    """Return for the first word of each company's name its language and what is known."""
    known: dict[str, tuple[str, Grounds]] = {}
    blocks: list[list[str]] = []
    for row in KNOWN.strip().splitlines():
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

"""The jobs reader's twin reports which people a company is looking for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealwright.agents.staff.readers import Reading, readings, sentences, squeeze, stated, tidy
from dealwright.domain.facts import Finding, Findings, Point
from dealwright.domain.packet import Packet

MOST_WORDS = 9

_MARKED = re.compile(
    r"^[-•*\u2013\s]*(?P<title>[^\W\d_][^|•:;!?]{2,70}?)\s*[(\[]?\s*\b"
    r"(?:[mwfd]\s?[/|]\s?[mwfdv]\s?[/|]\s?[dxwm*]|[hfm]\s?/\s?[fhv]|all genders)\b",
    re.IGNORECASE,
)
"""A title with the mark the law asks for, as in (m/w/d), (H/F), (m/v/x)."""

_WANTED = re.compile(
    r"\b(?i:we(?:['\u2019]re| are) (?:currently |now |actively )?(?:hiring|looking for|recruiting"
    r"|seeking)|wir suchen(?: derzeit| aktuell| ab sofort)?|nous (?:recrutons|recherchons"
    r"|cherchons)|buscamos|estamos contratando|cerchiamo|wij zoeken|we zoeken|procuramos"
    r"|estamos a contratar) (?i:(?:(?:an?|new|experienced|two|three|several|more|einen?|neue[nr]?"
    r"|erfahrene[nr]?|mehrere|zwei|drei|une?|des|deux|un[ao]?|dos|varios|due|een|twee|uma?"
    r"|\d+) )*)"
    r"(?P<title>(?:[^\W\d_][\w/&'\u2019-]*)(?: (?:[^\W\d_][\w/&'\u2019-]*)){0,4}?)"
    r"(?=[.,;:!]|$| (?i:to|who|in|for|at|with|zur|zum|für|mit|die|der|pour|à|au|en|para|con|per"
    r"|voor|met|and|und|et|y|e|of|que|che)\b)"
)

_JOB = re.compile(
    r"(?:\b(?:manager|engineer|developer|driver|dispatcher|planner|technician|mechanic|assistant"
    r"|consultant|specialist|analyst|accountant|designer|administrator|representative|executive"
    r"|operator|nurse|dentist|hygienist|receptionist|coordinator|director|scientist|architect"
    r"|apprentice|welder|electrician|buyer|controller|supervisor|clerk|chauffeur|conducteur"
    r"|conductrice|technicien(?:ne)?|ingénieur|développeur|développeuse|commercial|comptable"
    r"|assistante|vendeur|vendeuse|exploitant|mécanicien|infirmi[eè]re?|conductor(?:es)?"
    r"|ingenier[oa]|desarrollador(?:es|a)?|técnic[oa]|comercial(?:es)?|administrativ[oa]|mozo"
    r"|autist[ai]|ingegnere|sviluppatore|tecnico|impiegat[oa]|magazziniere|monteur|ontwikkelaar"
    r"|verkoper|medewerker|motorista|engenheir[oa]|programador|vendedor)s?|(?:fahrer|disponent"
    r"|entwickler|ingenieur|techniker|mechaniker|elektroniker|kaufmann|kauffrau|sachbearbeiter"
    r"|mitarbeiter|leiter|berater|verkäufer|monteur|meister|lagerist|planer|assistent|zahnarzt"
    r"|fachangestellte|buchhalter|schweißer|schlosser|pfleger|auszubildende)(?:in|innen|\*in|en"
    r"|r)?s?)\b",
    re.IGNORECASE,
)

_LIST_BEGINS = re.compile(
    r"(?:open (?:positions|roles|jobs)|(?:current|job) (?:openings|vacancies|opportunities)"
    r"|vacancies|offene (?:stellen|positionen)|stellenangebote|aktuelle jobs"
    r"|nos offres(?: d['\u2019]emploi)?|postes? (?:à pourvoir|ouverts)|ofertas de empleo|vacantes"
    r"|posizioni aperte|vacatures|vagas(?: abertas)?)",
    re.IGNORECASE,
)

_NONE_OPEN = re.compile(
    r"\b(?:no (?:open|current|vacan\w+)|not (?:currently )?(?:hiring|looking|recruiting)"
    r"|keine (?:offenen|freien|aktuellen|stellen)|nicht auf der suche|aucun\w* (?:poste|offre)"
    r"|pas de (?:poste|recrutement)|no (?:hay|tenemos) |nessuna posizione|geen (?:open|vacatures)"
    r"|sem vagas|não há)\b",
    re.IGNORECASE,
)

_NO_JOB = re.compile(
    r"\b(?:spontan\w*|speculative|initiativ\w*|unsolicited|espontánea|candidatura|applications?"
    r"|bewerbung\w*|partners?|customers?|clients?|suppliers?|kunden|investors?|feedback|ways?"
    r"|solutions?)\b",
    re.IGNORECASE,
)


def read(packet: Packet) -> Findings:
    """Return each open position by its title, from postings and careers pages only."""
    read = readings(packet, "job_board")
    noted: list[Finding | None] = [*stated(read)]
    for reading in read:
        if reading.source.page == "careers":
            noted += _positions(reading)
    return tidy(read, noted)


def _positions(reading: Reading) -> Iterator[Finding | None]:
    text = f"{reading.source.title}\n{reading.source.text}"
    if _NONE_OPEN.search(text):
        return
    for sentence in sentences(text):
        if marked := _MARKED.search(sentence):
            yield _position(reading, marked["title"], sentence, 0.85)
        elif (wanted := _WANTED.search(sentence)) and _JOB.search(wanted["title"]):
            yield _position(reading, wanted["title"], sentence, 0.75)
    for line in _listed(text):
        yield _position(reading, line, line, 0.7)


def _position(reading: Reading, title: str, quote: str, confidence: float) -> Finding | None:
    title = title.strip(" -\u2013•*(,")
    if _NO_JOB.search(title):
        return None
    return reading.note(Point.HIRING, title, quote, confidence=confidence)


def _listed(text: str) -> Iterator[str]:
    inside = False
    for line in filter(None, (squeeze(line).strip("-•*\u2013 ") for line in text.splitlines())):
        if _LIST_BEGINS.fullmatch(line.rstrip(":")):
            inside = True
        elif len(line.split()) > MOST_WORDS or line.endswith((".", "!", "?")):
            inside = False
        elif inside and _JOB.search(line):
            yield line

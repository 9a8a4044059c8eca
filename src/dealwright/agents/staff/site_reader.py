"""The site reader's twin reports what a company's own pages say of it, each point on its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dealwright.agents.staff.readers import (
    Reading,
    contains,
    events,
    readings,
    sentences,
    short_name,
    squeeze,
    stated,
    tidy,
    words,
)
from dealwright.domain.facts import Finding, Findings, Point
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet

_YEAR = r"(?P<value>1[4-9]\d\d|20[0-4]\d)(?!\d)"
_NAMED = r"(?:Dr\. )?[A-ZÀ-ÖØ-Þ][\w&'\u2019+-]*"
_LINK = r"(?:&|de|du|des|la|le|los|am|an der|upon|on|di|do|da|del|of|der|van|von|den)"
_NAME = rf"{_NAMED}(?: (?:{_LINK} )?{_NAMED}){{0,3}}"
_AND = r"(?:,? (?:and|und|sowie|et|y|e|en|as well as)|,)"
_NAMES = rf"(?P<value>{_NAME}(?:{_AND} {_NAME}){{0,9}})"
_COUNT = r"(?P<value>\d{1,3}(?:[.,'\u2019  ]\d{3})+|\d{1,6}(?: ?[-\u2013] ?\d{1,6})?\+?)"
_GIVEN = r"(?:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'\u2019]+(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)?)"
_PERSON = (
    rf"(?:(?:Dr|Prof|Ing)\. ?)*{_GIVEN}(?: {_GIVEN}| [A-Z]\.)?(?: (?:van|von|de|der|den|di|da|del"
    rf"|la|le|dos|ter))* {_GIVEN}"
)
_ONE_TITLE = (
    r"(?:CEO|CTO|CFO|COO|Chief (?:Executive|Operating|Technology|Financial)(?: Officer)?"
    r"|(?:Group )?Managing (?:Director|Partner)|(?:Co-?)?[Ff]ounder|Owner|(?<!Vice )President"
    r"|[Gg]eschäftsführer(?:in)?|Inhaber(?:in)?|(?:Mit)?[Gg]ründer(?:in)?"
    r"|Vorstand(?:svorsitzende[r]?)?|[Dd]irect(?:eur|rice) [Gg]énérale?|[Pp]résidente?"
    r"|[Gg]érante?|(?:[Cc]o)?[Ff]ondat(?:eur|rice)|PDG|[Dd]irectora? [Gg]eneral|[Gg]erente"
    r"|(?:[Cc]o)?[Ff]undadora?|[Aa]mministrat(?:ore|rice) [Dd]elegat[oa]|[Ff]ondat(?:ore|rice)"
    r"|[Tt]itolare|[Oo]prichter|[Ee]igenaar|[Dd]iretora? [Gg]eral)"
)
_TITLE = rf"{_ONE_TITLE}(?: ?(?:&|and|und|et|y|e|en|/) ?{_ONE_TITLE})?"
_VERB = (
    r"(?i:provides?|offers?|builds?|develops?|designs?|manufactures?|makes?|delivers?|produces?"
    r"|supplies|supply|sells?|specialises? in|specializes? in|bieten|bietet|entwickeln|entwickelt"
    r"|liefern|liefert|produzieren|produziert|fertigen|fertigt|proposons|propose|concevons"
    r"|conçoit|développons|développe(?:nt)?|proposent|fabriquons|fabrique(?:nt)?|ofrecemos|ofrece"
    r"|diseñamos|desarrollamos|fabricamos|fabrica|offriamo|offre|progettiamo|sviluppiamo"
    r"|produciamo|bieden|biedt|leveren|levert|ontwikkelen|ontwikkelt|oferecemos|desenvolvemos"
    r"|produzimos)"
)

_OTHERS = re.compile(
    r"\b(?:subsidiar\w+|acquired|competitors?|sister|foundation|suppliers?|investors?"
    r"|shareholders?|Lieferant\w*|Gesellschafter|fournisseurs?|actionnaires?|participad\w+"
    r"|proveedor\w*|fornitor\w+|customers?|clients?|parent|association|companies|businesses"
    r"|(?:firms|teams|fleets) (?:with|of)|used by|Tochter\w*|Niederlassung|Kunden?"
    r"|Unternehmen (?:mit|ab|von)|Betriebe\w* (?:mit|ab|von)|Verein|Stiftung|Verband"
    r"|Wettbewerber\w*|filiale|clientes?|clienti|klanten?|concurrents?|entreprises (?:de|avec)"
    r"|empresas (?:de|con|com)|aziende (?:con|da)|bedrijven (?:met|van)|association|fundación"
    r"|fondazione|stichting|dochter\w*|partner\w*)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:had|grew|from \d+ to|by (?:19|20)\d\d|began|started with|formerly|once|hatten|hatte"
    r"|wuchs|von \d+ auf|damals|früher|ehemals|avai(?:t|ent|ons)|comptait|pass\w+|tenía\w*|pasó"
    r"|aveva\w*|eravamo|hadden|had|tinha\w*|new|neue[nr]?|nouveaux|group|Gruppe|Konzern\w*|groupe"
    r"|grupo|gruppo|groep|up to|bis zu|jusqu|hasta|fino a|will|werden|goal|Ziel|customers"
    r"|companies)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|no longer|never|nicht|kein\w*|n['\u2019]|ne|nunca|non|niet|geen|não|formerly|until"
    r"|früher|ehemals|anciennement|moved|umgezogen)\b",
    re.IGNORECASE,
)
_THE_COMPANY = re.compile(
    r"^it was|\b(?:we|our|us|company|business|firm|agency|practice|studio|wir|unser\w*"
    r"|unternehmen|firma|betrieb|nous|notre|entreprise|société|agence|nuestr[ao]|empresa|compañía"
    r"|azienda|impresa|società|bedrijf|onze|nossa)\b",
    re.IGNORECASE,
)
_NO_OFFER = re.compile(
    r"\b(?:cookies?|experience|you|Ihnen|website|jobs?|career|\?)\b", re.IGNORECASE
)
_NO_PERSON = re.compile(
    r"\b(?:our|the|team|sales|company|group|gmbh|head|chief|about|management|board|unsere?|notre"
    r"|nuestro|officer|director|manager|leadership|meet|ihre?|contact|kontakt|vice|general|we)\b",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"impressum|imprint|mentions-legales|aviso-legal|note-legali|colofon", re.IGNORECASE
)
_HOST = re.compile(
    r"host|héberg|aufsicht|webdesign|umsetzung|datenschutzbeauf|schlicht", re.IGNORECASE
)
_POSTAL = re.compile(rf"^(?:[A-Z]{{1,2}}-)?\d{{4,5}} (?P<value>{_NAME})$")
_TEAM = re.compile(
    r"team|leadership|management|leitung|direction|dirección|direzione|directie|about",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"(?P<value>{_PERSON},? ?[\u2013(-]? ?{_TITLE})\)?(?P<after>.{{0,40}})")
_LED = re.compile(rf"(?P<value>\b{_TITLE}:? {_PERSON}(?:(?:,| und| and| et| y) {_PERSON})*)")
_ELSEWHERE = re.compile(r"^ ?(?:,|at|of|bei|chez|de|von|en|di|da|bij|der)? ?[A-ZÀ-ÖØ-Þ]")
_LIST_MARK = re.compile(rf"{_AND} ")


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that say a point on the right kind of page, unless others in the sentence undo them."""

    point: Point
    pages: frozenset[str]
    says: re.Pattern[str]
    unless: re.Pattern[str]
    confidence: float = 0.75


_ABOUT = frozenset({"about"})
_FRONT = frozenset({"home", "product"})
_ANY = frozenset({"home", "product", "about"})
CLUES = (
    Clue(
        Point.FOUNDED,
        _ABOUT,
        re.compile(
            r"\b(?i:(?:founded|established|incorporated)(?: by [^.\d]{2,60}?)?(?: back)? in"
            r"|gegründet(?: im jahre?)?|(?:year (?:of foundation|founded)|founded|gründung"
            r"|gründungsjahr|date de création|année de création|año de fundación"
            r"|anno di fondazione|opgericht|ano de fundação) ?:|(?:[Ff]ond"
            r"|[Cc]ré)ée?s?(?: par [^.\d]{2,60}?)? en|(?:fundad[ao]"
            r"|cread[ao])(?: por [^.\d]{2,60}?)? en|se fundó en"
            r"|fondat[ao](?: da [^.\d]{2,60}?)? nel|costituita nel|(?:opgericht|gesticht)"
            rf"(?: door [^.\d]{{2,60}}?)? in|fundad[ao](?: por [^.\d]{{2,60}}?)? em) {_YEAR}"
        ),
        _OTHERS,
        0.8,
    ),
    Clue(
        Point.FOUNDED,
        _ABOUT,
        re.compile(
            rf"\b{_YEAR} (?:(?:von [^.\d]{{2,60}}? )?(?:gegründet|opgericht)\b"
            r"|gründete [^.\d]{2,60}? (?:das Unternehmen|die Firma|den Betrieb)\b)"
        ),
        _OTHERS,
        0.8,
    ),
    Clue(
        Point.SIZE,
        _ABOUT,
        re.compile(
            rf"(?<![\d.,]){_COUNT} (?i:(?:full-time |dedicated |motivated |engagierte[nr]? "
            rf"|qualifizierte[nr]? )?"
            r"(?:employees(?! of)|staff|team members|colleagues|mitarbeiter(?:innen|[*:/]-?innen"
            r"|n)?|mitarbeitende[nr]?|beschäftigte[nr]?|collaborateurs|salariés|employés"
            r"|empleados|trabajadores|dipendenti|collaboratori|addetti|medewerkers|werknemers"
            r"|collega['\u2019]s|colaboradores|funcionários)\b|people work|people strong"
            r"|[- ]strong team)"
        ),
        re.compile(f"{_OTHERS.pattern}|{_NOT_NOW.pattern}", re.IGNORECASE),
        0.75,
    ),
    Clue(
        Point.SIZE,
        _ABOUT,
        re.compile(
            rf"\b(?i:(?:we are|we['\u2019]re|now) (?:a team of|about|around|over)?|team of"
            rf"|employs?|wir sind) ?(?:about |around |over |more than )?{_COUNT} (?:people"
            rf"|Menschen|specialists|experts)\b"
        ),
        re.compile(f"{_OTHERS.pattern}|{_NOT_NOW.pattern}", re.IGNORECASE),
        0.7,
    ),
    Clue(
        Point.HEADQUARTERS,
        _ABOUT,
        re.compile(
            r"\b(?i:headquartered in|headquarters (?:is |are )?in|head office (?:is )?in|based in"
            r"|(?:haupt|firmen)sitz(?: ist| liegt)? in|(?:haupt|firmen)sitz:|mit sitz in"
            r"|siège(?: social)?(?: est| se trouve)?(?: situé| basé)? à|basée? à"
            r"|sede(?: central)? (?:está )?en|con sede (?:en|a|in|em)"
            rf"|sede legale(?: in| a)|gevestigd in|hoofdkantoor in"
            rf"|(?:com )?sede em) (?P<value>{_NAME}(?:, {_NAME})?)"
        ),
        re.compile(f"{_OTHERS.pattern}|{_NEGATED.pattern}", re.IGNORECASE),
    ),
    Clue(
        Point.LOCATIONS,
        _ANY,
        re.compile(
            r"\b(?i:(?:offices|branches|depots|locations|sites|warehouses|clinics) in"
            r"|(?:standorte|niederlassungen|filialen|depots)n? in|(?:bureaux|agences|sites"
            r"|dépôts) à|(?:oficinas|delegaciones|almacenes) en"
            rf"|(?:uffici|sedi|filiali) a|(?:vestigingen|kantoren) in|(?:escritórios"
            rf"|filiais) em) {_NAMES}"
        ),
        re.compile(f"customers|clients|Kunden|{_NEGATED.pattern}", re.IGNORECASE),
    ),
    Clue(
        Point.CUSTOMERS,
        _ANY,
        re.compile(
            r"\b(?i:trusted by|(?:our )?(?:customers|clients) (?:include|such as|like|are)"
            r"|zu unseren kunden (?:zählen|gehören)|kunden wie|nos clients(?: sont)? ?:?"
            r"|ils nous font confiance ?:|(?:nuestros )?clientes (?:incluyen|como)"
            r"|confían en nosotros ?:?|(?:nostri )?clienti (?:come|includono)"
            rf"|klanten (?:zijn|zoals)|clientes (?:incluem|como)) {_NAMES}"
        ),
        _NEGATED,
    ),
    Clue(
        Point.PARTNERS,
        _ANY,
        re.compile(
            r"\b(?i:(?:our )?partners (?:include|are|such as)|(?:certified|official"
            r"|authori[sz]ed) partner of|in partnership with|(?:zertifizierter|offizieller"
            r"|autorisierter) partner von|zu unseren partnern (?:zählen|gehören)"
            r"|partenaire (?:officiel|certifié|agréé) de|nos partenaires ?:|nuestros socios ?:"
            rf"|partner (?:certificato|ufficiale) di|(?:officieel"
            rf"|gecertificeerd) partner van) {_NAMES}"
        ),
        _NEGATED,
    ),
    Clue(
        Point.OFFERING,
        _FRONT,
        re.compile(
            rf"^(?:(?i:we|wir|wij|we|nous|noi|nós)|{_NAME}|)(?: (?i:also|plan and|design and"
            rf"|develop and))? ?{_VERB} (?!(?:and|und|et|y|e|en|o|ou"
            rf"|or) )(?P<value>\S+ \S+ [^.;!?:]{{3,150}})[.!]?$"
        ),
        _NO_OFFER,
    ),
    Clue(
        Point.OFFERING,
        _FRONT,
        re.compile(
            rf"^{_NAME} (?i:is|ist|est|es|è|is|é) (?i:an?|the|ein|der|die|une?|un[ao]?|een"
            rf"|uma?)(?: [^\W\d_]+){{0,3}}?"
            r" (?i:provider of|manufacturer of|supplier of|maker of|anbieter (?:von|für)"
            r"|hersteller von|spezialist für|fabricant de|fournisseur de|fabricante de"
            r"|proveedor de|produttore di|fornitore di|leverancier van"
            r"|fornecedor de) (?P<value>[^.;!?:]{4,160})[.!]?$"
        ),
        _NO_OFFER,
    ),
)
LISTS = frozenset({Point.LOCATIONS, Point.CUSTOMERS, Point.PARTNERS})
UNANIMOUS = frozenset({Point.FOUNDED, Point.SIZE})
"""Points a page must not say in two ways; where it does, prose says nothing."""


def read(packet: Packet) -> Findings:
    """Return what the company's pages state, then what their prose says beyond doubt."""
    lead = packet.get("lead", Lead)
    company = lead.company if lead else ""
    read = readings(packet, "company_site")
    noted: list[Finding | None] = [*stated(read)]
    for reading in read:
        found = [*_clues(reading, company)]
        if reading.source.page == "about":
            found += [*_leaders(reading, company), _imprint(reading)]
        if reading.source.page == "news":
            found += events(reading, company)
        noted += _unanimous([finding for finding in found if finding])
    return tidy(read, noted)


def _clues(reading: Reading, company: str) -> Iterator[Finding | None]:
    clues = [clue for clue in CLUES if reading.source.page in clue.pages]
    for sentence in sentences(reading.source.text) if clues else ():
        for clue in clues:
            match = clue.says.search(sentence)
            if match is None or clue.unless.search(_without(sentence, match)):
                continue
            if clue.point is Point.FOUNDED and not _about_us(sentence, match, company):
                continue
            for value in _values(clue.point, match["value"]):
                yield reading.note(clue.point, value, sentence, confidence=clue.confidence)


def _about_us(sentence: str, match: re.Match[str], company: str) -> bool:
    named = contains(words(sentence), short_name(company)) or _THE_COMPANY.search(sentence)
    return match.start() == 0 or bool(named)


def _without(sentence: str, match: re.Match[str]) -> str:
    return f"{sentence[: match.start()]} {sentence[match.end() :]}"


def _values(point: Point, value: str) -> list[str]:
    if point in LISTS:
        return _LIST_MARK.split(value)
    if point is Point.SIZE and not re.search(r"[-\u2013]", value):
        return [re.sub(r"[^\d+]", "", value)]
    return [value.strip(" ,")]


def _unanimous(found: list[Finding]) -> list[Finding]:
    said = {point: {f.value for f in found if f.point is point} for point in UNANIMOUS}
    return [f for f in found if f.point not in UNANIMOUS or len(said[f.point]) == 1]


def _leaders(reading: Reading, company: str) -> Iterator[Finding | None]:
    for sentence in sentences(reading.source.text):
        for match in _LEADS.finditer(sentence):
            after = match["after"]
            own = contains(words(after), short_name(company))
            if _is_person(match["value"]) and (own or not _ELSEWHERE.match(after)):
                yield reading.note(Point.LEADERSHIP, match["value"], sentence, confidence=0.75)
        for match in _LED.finditer(sentence):
            if _is_person(match["value"]):
                yield reading.note(Point.LEADERSHIP, match["value"], sentence, confidence=0.75)
    yield from _listed_leaders(reading)


def _listed_leaders(reading: Reading) -> Iterator[Finding | None]:
    lines = [line for line in map(squeeze, reading.source.text.splitlines()) if line]
    runs = [(kind, list(run)) for kind, run in groupby(lines, _listed_as)]
    for place, (kind, run) in enumerate(runs):
        heading = runs[place - 1][1][-1] if place else ""
        if kind and _in_pairs(run, heading):
            for name, title in zip(run[::2], run[1::2], strict=False):
                yield reading.note(Point.LEADERSHIP, f"{name}, {title}", f"{name}\n{title}")


def _listed_as(line: str) -> bool:
    return bool(re.fullmatch(_TITLE, line) or (re.fullmatch(_PERSON, line) and _is_person(line)))


def _in_pairs(run: list[str], heading: str) -> bool:
    kinds = [bool(re.fullmatch(_TITLE, line)) for line in run]
    alternating = kinds == [place % 2 == 1 for place in range(len(run))]
    return alternating and (kinds[-1] or bool(_TEAM.search(heading)))


def _is_person(text: str) -> bool:
    return not _NO_PERSON.search(re.sub(_TITLE, "", text))


def _imprint(reading: Reading) -> Finding | None:
    source = reading.source
    if not _IMPRINT.search(f"{source.url} {source.title}"):
        return None
    for line in map(squeeze, source.text.splitlines()):
        if _HOST.search(line):
            return None
        if match := _POSTAL.match(line):
            return reading.note(Point.HEADQUARTERS, match["value"], line, confidence=0.7)
    return None

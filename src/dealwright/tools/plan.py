"""The plan: which pages of a company's site are read, chosen by code from the home page's links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from dealwright.domain.material import PageKind
from dealwright.tools.markup import Anchor, Markup
from dealwright.tools.web import Site

MOST_PAGES = 6
LONGEST_QUERY = 60
LONGEST_LABEL = 40
Topic = Literal["about", "imprint", "product", "careers", "news"]

_TOPICS: tuple[tuple[Topic, str, str], ...] = (
    (
        "about",
        "about|about us|about-us|who we are|our story|our company|company|über uns|ueber uns"
        "|uber uns|unternehmen|wir über uns|firma|qui sommes nous|à propos|a propos|l entreprise"
        "|entreprise|notre histoire|sobre nosotros|quiénes somos|quienes somos|nosotros|la empresa"
        "|empresa|chi siamo|azienda|l azienda|over ons|wie zijn wij|wie we zijn|sobre nós"
        "|sobre nos|quem somos|a empresa|about the practice|die praxis|le cabinet|la clínica",
        "team|our team|management|leadership|das team|équipe|equipe|equipo|profile|profil|history"
        "|geschichte|story",
    ),
    (
        "product",
        "products|product|services|solutions|what we do|our services|platform|features|produkte"
        "|produkt|leistungen|lösungen|loesungen|dienstleistungen|angebot|produits|nos produits"
        "|prestations|nos services|offre|productos|producto|servicios|soluciones|prodotti|servizi"
        "|soluzioni|producten|diensten|oplossingen|produtos|serviços|servicos|soluções|treatments"
        "|behandlungen|soins|tratamientos|expertise|métiers|nos métiers",
        "catalogue|catalog|shop|portfolio|work|our work|industries|branchen|solution",
    ),
    (
        "careers",
        "careers|career|jobs|join us|work with us|vacancies|open positions|we are hiring|karriere"
        "|stellenangebote|offene stellen|jobs karriere|arbeiten bei uns|carrières|carrieres"
        "|recrutement|nous rejoindre|rejoignez nous|emplois|emploi|empleo|trabaja con nosotros"
        "|únete|carreras|lavora con noi|carriere|posizioni aperte|werken bij|vacatures|carreiras"
        "|vagas|trabalhe conosco|trabalhe connosco|recrutamento",
        "hiring|join|stellen|talent|bewerben|ausbildung",
    ),
    (
        "news",
        "news|newsroom|press|press releases|media|blog|aktuelles|neuigkeiten|presse|actualités"
        "|actualites|actus|noticias|actualidad|prensa|sala de prensa|notizie|novità|stampa|nieuws"
        "|actueel|pers|notícias|novidades|imprensa",
        "magazine|magazin|insights|journal|updates|latest",
    ),
    (
        "imprint",
        "imprint|impressum|legal notice|mentions légales|mentions legales|aviso legal|note legali"
        "|colofon|aviso legal e privacidade|company information",
        "legal",
    ),
)
_EXACT, _PARTLY, _BY_PATH, _DEEP = 6, 3, 2, 1
_SEPARATORS = re.compile(r"[\s\-_/+.'\u2019&|:,]+")
_NO_PAGE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|svg|webp|mp[34]|ics|vcf|xml|json|css|js)$"
    r"|/(?:wp-login|wp-admin|login|cart|checkout|feed|tag|search)(?:/|$)|log ?out",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One page to read, and what is expected there."""

    url: str
    page: PageKind


def plan(home: Markup, site: Site, topics: Sequence[Topic] | None = None) -> tuple[Planned, ...]:
    """Return the pages to read besides the home page, each topic's best link, most useful first."""
    own = [anchor for anchor in home.anchors if _eligible(anchor, home, site)]
    chosen: dict[str, Planned] = {}
    for topic, certain, likely in _TOPICS:
        if topics is not None and topic not in topics:
            continue
        words = frozenset(certain.split("|")), frozenset(likely.split("|"))
        scored = [(score(anchor, *words), -place, anchor) for place, anchor in enumerate(own)]
        best = max(scored, default=None, key=lambda entry: entry[:2])
        if best is not None and best[0] > 0:
            page: PageKind = "about" if topic == "imprint" else topic
            chosen.setdefault(best[2].url, Planned(best[2].url, page))
    return tuple(chosen.values())[: MOST_PAGES - 1]


def score(anchor: Anchor, certain: frozenset[str], likely: frozenset[str]) -> int:
    """Return how sure it is that the link leads to the topic; 0 means it does not."""
    said = _plain(anchor.text)
    pieces = [_plain(unquote(part)) for part in urlsplit(anchor.url).path.split("/") if part]
    points = _EXACT if said in certain else 0
    points += _PARTLY if said in likely else 0
    if not points and len(said) <= LONGEST_LABEL and any(f" {w} " in f" {said} " for w in certain):
        points = _PARTLY
    last = re.sub(r" (?:html?|php|aspx?)$", "", pieces[-1]) if pieces else ""
    if last in certain:
        points += _PARTLY
    elif last in likely or any(piece in certain for piece in pieces):
        points += _BY_PATH
    return max(points - _DEEP * max(len(pieces) - 2, 0), 0)


def _eligible(anchor: Anchor, home: Markup, site: Site) -> bool:
    parts = urlsplit(anchor.url)
    return (
        site.holds(anchor.url)
        and anchor.url.rstrip("/") != home.url.rstrip("/")
        and parts.path not in {"", "/"}
        and len(parts.query) <= LONGEST_QUERY
        and not _NO_PAGE.search(parts.path)
    )


def _plain(text: str) -> str:
    return _SEPARATORS.sub(" ", text).strip().casefold()

"""Structured data: what a page states about its company in JSON-LD and OpenGraph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast
from urllib.parse import urlsplit

from dealwright.domain.facts import Point
from dealwright.domain.material import Stated
from dealwright.tools.markup import Markup
from dealwright.tools.plaintext import line, stated
from dealwright.tools.web import Site

Node = Mapping[str, object]

MOST_NODES = 500
DEEPEST = 12
MOST_PEOPLE = 8
MOST_STATED = 60
LONGEST_COUNT = 40

_ORGANISATIONS = re.compile(
    r"accountingservice|architect|attorney|auto\w+|brand|corporation|dentist|electrician"
    r"|employmentagency|financialservice|\w*contractor|hotel|insuranceagency|legalservice|medicalclinic"
    r"|movingcompany|ngo|notary|physician|plumber|professionalservice|realestateagent|restaurant"
    r"|school|travelagency|veterinarycare|\w*(?:organization|business|store)"
)
_GENERIC = re.compile(
    r"(?:educational|medical)?organization|(?:local|medical|online)business|corporation|brand"
    r"|professionalservice|store"
)
_OWN = ("publisher", "mainEntity", "mainEntityOfPage", "about", "isPartOf", "provider")
"""Where a page names the company it belongs to; whoever stands elsewhere is somebody else."""

_PLAIN = (
    (Point.OFFERING, "description"),
    (Point.INDUSTRY, "industry"),
    (Point.CONTACT, "telephone"),
)
"""Points whose values stand there as they are."""

_YEAR = re.compile(r"(?<!\d)1[3-9]\d\d(?!\d)|(?<!\d)20\d\d(?!\d)")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def company_stated(page: Markup, site: Site) -> tuple[Stated, ...]:
    """Return what the page states about the company it belongs to."""
    found: list[Stated | None] = []
    for node in _companies(page, site):
        found += _company(node)
    known = {item.point for item in found if item}
    for point, name in ((Point.COMPANY, "og:site_name"), (Point.OFFERING, "og:description")):
        if point not in known and page.metas.get(name):
            found.append(stated(point, page.metas[name], page.metas[name]))
    return _once(found)


def postings_stated(page: Markup) -> tuple[Stated, ...]:
    """Return the titles of the postings the page holds."""
    found = [
        stated(Point.HIRING, title, f'"title": "{title}"')
        for node in _nodes(page.blocks)
        if "jobposting" in _types(node)
        and (title := _text(node.get("title")) or _text(node.get("name")))
    ]
    return _once(found)


def _once(found: Iterable[Stated | None]) -> tuple[Stated, ...]:
    kept = {(item.point, item.value): item for item in found if item}
    return tuple(kept.values())[:MOST_STATED]


def _companies(page: Markup, site: Site) -> Iterator[Node]:
    """Yield the page's own organisations: at the top, in its graph, or named as its publisher."""
    known = {_text(node.get("@id")): node for node in _nodes(page.blocks) if len(node) > 1}
    waiting = list(_objects(page.blocks))
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if len(node) == 1:
            node = known.get(_text(node.get("@id")), node)
        if _is_company(node):
            if not _elsewhere(node, site):
                yield node
            continue
        for key in ("@graph", *_OWN):
            waiting += _objects(node.get(key))


def _is_company(node: Node) -> bool:
    return any(_ORGANISATIONS.fullmatch(kind) for kind in _types(node))


def _elsewhere(node: Node, site: Site) -> bool:
    url = _text(node.get("url"))
    try:
        return bool(urlsplit(url).netloc) and not site.holds(url)
    except ValueError:
        return False


def _company(node: Node) -> Iterator[Stated | None]:
    name = _text(node.get("name")) or _text(node.get("legalName"))
    yield stated(Point.COMPANY, name, f'"name": "{name}"')
    for point, key in _PLAIN:
        text = _text(node.get(key))
        yield stated(point, text, f'"{key}": "{text}"')
    founded = _text(node.get("foundingDate"))
    if year := _YEAR.search(founded):
        yield stated(Point.FOUNDED, year[0], f'"foundingDate": "{founded}"')
    count = _count(node.get("numberOfEmployees"))
    yield stated(Point.SIZE, count, f'"numberOfEmployees": {count}')
    yield from _trade(node)
    yield from _places(node)
    yield from _people(node)
    for offer in _objects(node.get("makesOffer")):
        for sold in (offer, *_objects(offer.get("itemOffered"))):
            title = _text(sold.get("name"))
            yield stated(Point.OFFERING, title, f'"name": "{title}"')


def _trade(node: Node) -> Iterator[Stated | None]:
    for key in ("@type", "additionalType"):
        for kind in map(_last, _texts(node.get(key))):
            if _is_company({"@type": kind}) and not _GENERIC.fullmatch(kind.lower()):
                trade = _WORDS.sub(" ", kind)
                yield stated(Point.INDUSTRY, trade, f'"{key}": "{kind}"')


def _places(node: Node) -> Iterator[Stated | None]:
    for number, address in enumerate(_objects(node.get("address"))):
        point = Point.LOCATIONS if number else Point.HEADQUARTERS
        yield _place(point, address)
    for key in ("location", "department", "subOrganization", "hasPOS"):
        for place in _objects(node.get(key)):
            for address in _objects(place.get("address")):
                yield _place(Point.LOCATIONS, address)


def _place(point: Point, address: Node) -> Stated | None:
    city = _text(address.get("addressLocality"))
    country = _text(address.get("addressCountry")) or next(
        (_text(inner.get("name")) for inner in _objects(address.get("addressCountry"))), ""
    )
    value = ", ".join(filter(None, (city, country)))
    keys = (("addressLocality", city), ("addressCountry", country))
    quote = ", ".join(f'"{key}": "{text}"' for key, text in keys if text)
    return stated(point, value, quote) if city else None


def _people(node: Node) -> Iterator[Stated | None]:
    for key, role in (("founder", "Founder"), ("founders", "Founder"), ("employee", "")):
        for person in _objects(node.get(key))[:MOST_PEOPLE]:
            name, title = _text(person.get("name")), _text(person.get("jobTitle")) or role
            if name and title and not _is_company(person):
                yield stated(
                    Point.LEADERSHIP,
                    f"{name}, {title}",
                    f'"{key}": {json.dumps({"name": name, "jobTitle": title}, ensure_ascii=False)}'
                    if person.get("jobTitle")
                    else f'"{key}": {{"name": "{name}"}}',
                )
        if key != "employee" and isinstance(node.get(key), str):
            name = _text(node.get(key))
            yield stated(Point.LEADERSHIP, f"{name}, {role}", f'"{key}": "{name}"')


def _count(value: object) -> str:
    """Return a head count: a number, a range or the words for one."""
    for node in _objects(value):
        low, high = _number(node.get("minValue")), _number(node.get("maxValue"))
        if low and high:
            return f"{low}-{high}"
        return _number(node.get("value")) or low or high
    return _number(value)


def _number(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if 0 < value < 10**7 else ""
    text = _text(value)
    fits = re.match(r"\W{0,3}\d", text) and len(text) <= LONGEST_COUNT
    return text if fits else ""


def _nodes(blocks: Sequence[object]) -> Iterator[Node]:
    """Yield every object in the blocks, outermost first; what is too deep or too much is left."""
    waiting = [(block, 0) for block in blocks]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        value, depth = waiting.pop(0)
        inner: Sequence[object] = ()
        if isinstance(value, dict):
            node = cast("dict[str, object]", value)
            yield node
            inner = list(node.values())
        elif isinstance(value, list):
            inner = cast("list[object]", value)
        if depth < DEEPEST:
            waiting += [(v, depth + 1) for v in inner[:MOST_NODES] if isinstance(v, dict | list)]


def _objects(value: object, depth: int = 0) -> list[Node]:
    """Return the objects a value holds, itself or in lists."""
    if isinstance(value, dict):
        return [cast("dict[str, object]", value)]
    if isinstance(value, list | tuple) and depth < DEEPEST:
        inner = cast("Sequence[object]", value)[:MOST_NODES]
        return [node for item in inner for node in _objects(item, depth + 1)]
    return []


def _texts(value: object) -> list[str]:
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    return [item for item in items[:10] if isinstance(item, str)]


def _text(value: object) -> str:
    """Return the value's text: its own, its first one's, or that of a number or `@value`."""
    for _ in range(3):
        if isinstance(value, list) and value:
            value = cast("list[object]", value)[0]
        elif isinstance(value, dict):
            value = cast("dict[str, object]", value).get("@value")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        return str(value)
    return line(value) if isinstance(value, str) else ""


def _types(node: Node) -> set[str]:
    return {_plain_type(kind) for kind in _texts(node.get("@type"))}


def _plain_type(kind: str) -> str:
    return _last(kind).lower()


def _last(kind: str) -> str:
    return re.split(r"[/#:]", kind[:200])[-1]

"""Markup: everything a page of HTML holds that any tool reads, taken apart once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Protocol, cast
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from dealwright.errors import NotThere
from dealwright.tools.charset import decoded
from dealwright.tools.pages import Page
from dealwright.tools.plaintext import LONGEST_URL, line, lines

MOST_ANCHORS = 600
MOST_BLOCKS = 30
MOST_ELEMENTS = 20_000
"""A larger page is taken as plain text: looking for its main part would take seconds."""
LONGEST_BLOCK = 200_000
BINARY = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_SILENT = ("script", "style", "svg", "template", "nav", "iframe", "form", "select")


class Extracted(Protocol):
    """What trafilatura finds in a page."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its absolute URL and its words."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A page, taken apart."""

    url: str
    title: str
    text: str
    published_on: date | None
    metas: Mapping[str, str]
    """Names and properties in lower case."""
    anchors: tuple[Anchor, ...]
    feeds: tuple[str, ...]
    scripts: tuple[str, ...]
    """Where scripts, styles and frames come from."""
    blocks: tuple[object, ...]
    """JSON-LD, parsed; anything at all may be in it."""


def take_apart(page: Page, *, listing: bool = False) -> Markup:
    """Return what is in a page; of a listing, the words of its links are part of the text.

    Takes a while: call it in a worker thread.

    Raises:
        NotThere: it is no page of HTML.

    """
    kind = page.answer.header("content-type").lower()
    body = page.answer.body
    if kind.startswith(BINARY) or b"\x00\x00\x00" in body[:1000]:
        raise NotThere(f"{_shown(page.url)} is no page of text")
    text = decoded(body, kind).replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotThere(f"{_shown(page.url)} is empty or no page of HTML") from error
    base = _base(tree, page.url)
    metas = _metas(tree)
    return Markup(
        url=page.url,
        title=line(metas.get("og:title", "") or _first_text(tree, "title", "h1")),
        published_on=_day(metas.get("article:published_time", "")),
        metas=metas,
        anchors=tuple(_anchors(tree, base)),
        feeds=tuple(_feeds(tree, base)),
        scripts=tuple(_sources(tree, base)),
        blocks=tuple(_blocks(tree)),
        text=_main_text(tree, listing=listing),
    )


def absolute(base: str, href: str) -> str | None:
    """Return where a link leads, without its fragment, if that is a page of the web."""
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    fit = parts.scheme in {"http", "https"} and parts.netloc and len(url) <= LONGEST_URL
    return url if fit and url.isprintable() and " " not in url else None


def _main_text(tree: html.HtmlElement, *, listing: bool) -> str:
    """Return the page's main text. Takes the tree apart: comes last."""
    from trafilatura import (
        bare_extraction,
    )  # takes 0.4 s to load, and not every command reads pages

    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    if listing:
        for element in list(tree.iter("a")):
            element.tag = "span"  # else what consists of links is taken for a menu
    found: Extracted | None = None
    if sum(1 for _ in tree.iter()) <= MOST_ELEMENTS:
        extracted = bare_extraction(tree, fast=True, favor_recall=True, include_comments=False)
        found = cast("Extracted | None", extracted)
    return lines((found.text if found else None) or tree.text_content())


def _base(tree: html.HtmlElement, url: str) -> str:
    for element in tree.iter("base"):
        return absolute(url, element.get("href", "")) or url
    return url


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property", "") or element.get("name", "")
        content = line(element.get("content", ""))
        if name and content:
            metas.setdefault(name.lower()[:80], content)
    return metas


def _anchors(tree: html.HtmlElement, base: str) -> Iterator[Anchor]:
    for count, element in enumerate(tree.iter("a")):
        if count == MOST_ANCHORS:
            return
        url = absolute(base, element.get("href", "")) if element.get("href", "") else None
        if url:
            words = element.text_content() or element.get("title", "")
            yield Anchor(url, line(words or element.get("aria-label", ""), 120))


def _feeds(tree: html.HtmlElement, base: str) -> Iterator[str]:
    for element in tree.iter("link"):
        rel = element.get("rel", "").lower().split()
        kind = element.get("type", "").lower()
        if "alternate" in rel and ("rss" in kind or "atom" in kind):
            url = absolute(base, element.get("href", ""))
            if url:
                yield url


def _sources(tree: html.HtmlElement, base: str) -> Iterator[str]:
    for element in tree.iter("script", "iframe", "link"):
        rel = element.get("rel", "").lower()
        if element.tag == "link" and not ("stylesheet" in rel or "preload" in rel):
            continue
        place = element.get("src", "") or element.get("href", "")
        url = absolute(base, place) if place else None
        if url:
            yield url


def _blocks(tree: html.HtmlElement) -> Iterator[object]:
    found = 0
    for element in tree.iter("script"):
        if "ld+json" not in element.get("type", "").lower() or found == MOST_BLOCKS:
            continue
        found += 1
        text = (element.text or "")[:LONGEST_BLOCK].strip()
        text = text.removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[")
        for attempt in (text.removesuffix("//]]>"), unescape(text)):
            try:
                yield json.loads(attempt, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _first_text(tree: html.HtmlElement, *tags: str) -> str:
    for tag in tags:
        for element in tree.iter(tag):
            if words := element.text_content().strip():
                return words
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"[:120]

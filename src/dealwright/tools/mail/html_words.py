"""HTML words: what a reader of an HTML message sees, as plain text with `>` before quotes."""

from __future__ import annotations

import re

from lxml import etree, html

LONGEST_HTML = 300_000
MOST_LINES = 3000
DEEPEST_QUOTE = 5
_UNSEEN_TAGS = frozenset(
    {"script", "style", "head", "title", "template", "svg", "noscript", "object", "select"}
)
_BLOCKS = frozenset(
    {"p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
    | {"pre", "section", "article", "header", "footer", "dl", "dt", "dd", "center", "address"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote")
_SIGNATURE = re.compile(
    r"(?:gmail|moz|outlook-mobile|protonmail)[-_]signature|^signature$", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
SIGNATURE_MARK = "-- "
"""RFC 3676 4.3."""


def seen(source: str) -> str:
    """Return the words of an HTML message; of one that is not to be read, nothing."""
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        content = source[:LONGEST_HTML].encode("utf-8", "replace")
        tree = html.document_fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        return ""
    page = _Page()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            page.begin(element)
        else:
            page.end(element)
    return page.text()


class _Page:
    """What was seen so far."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._quoted = 0
        self._hidden = 0

    def begin(self, element: html.HtmlElement) -> None:
        if self._hidden or _is_hidden(element):
            self._hidden += 1
            return
        self._break(element)
        self._quoted += _is_quote(element)
        if _is_signature(element):
            self._write(SIGNATURE_MARK)
            self._end_line()
        if element.tag == "li":
            self._write("- ")
        self._words(element.text or "", as_is=element.tag == "pre")

    def end(self, element: html.HtmlElement) -> None:
        if self._hidden:
            self._hidden -= 1
        elif element.tag != "br":
            self._break(element)
            self._quoted -= _is_quote(element)
        if not self._hidden:
            self._words(element.tail or "", as_is=False)

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def _break(self, element: html.HtmlElement) -> None:
        if element.tag == "br" and not self._line:
            self._write(" ")
        if element.tag in _BLOCKS or element.tag == "br" or _is_quote(element):
            self._end_line()
        elif element.tag == "td":
            self._write(" ")

    def _words(self, text: str, *, as_is: bool) -> None:
        if not as_is:
            self._write(_SPACE.sub(" ", text))
            return
        for line in text.splitlines():
            self._write(line)
            self._end_line()

    def _write(self, text: str) -> None:
        self._line += text if self._line else text.lstrip() or text[:1]

    def _end_line(self) -> None:
        if self._line and len(self._lines) < MOST_LINES:
            mark = "> " * min(self._quoted, DEEPEST_QUOTE)
            kept = self._line if self._line == SIGNATURE_MARK else self._line.strip()
            self._lines.append(f"{mark}{kept}")
        self._line = ""


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.tag in _UNSEEN_TAGS or bool(_HIDDEN.search(element.get("style", "")[:2000]))


def _is_quote(element: html.HtmlElement) -> bool:
    return element.tag == "blockquote" or bool(_QUOTE.search(element.get("class", "")[:200]))


def _is_signature(element: html.HtmlElement) -> bool:
    marks = f"{element.get('class', '')[:200]} {element.get('id', '')[:100]}".split()
    return any(_SIGNATURE.search(mark) for mark in marks)

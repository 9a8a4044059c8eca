"""Quotes: where in a message its writer's own words end and older messages begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailparser_reply import EmailMessage

MOST_LINES = 1500
LONGEST_LINE = 2000
LONGEST_HEADER_LINE = 300
"""No mail program writes a longer line above a quote, and patterns take long over long lines."""
MOST_HEADER_LINES = 3
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "da", "sv", "cs")
_WROTE = (
    r"(?:wrote|writes|schrieb|schreibt|a [ée]crit|escribi[óo]|escreveu|ha scritto|schreef"
    r"|geschreven|skrev|napsala?|napisała?)"
)
_DATED = re.compile(
    rf"(?:(?:on|am|le|el|il|op|em|a|o|den|dne)\b(?=.*\d).{{4,300}}\b{_WROTE}\b.{{0,120}}:"
    rf"|\d{{1,4}}[-./]\d\d?[-./]\d{{1,4}}\b.{{0,200}}(?:\b{_WROTE}\b|\S+@\S+)[>)\s]*:)",
    re.IGNORECASE,
)
"""`On 3 Nov 2026, Anna wrote:` and its like, however it is wrapped."""
_NAMED = re.compile(
    rf"(?:.{{0,150}}[<(]?\S+@\S+[>)]?.{{0,40}}\b{_WROTE}\b.{{0,120}}:"
    rf"|.{{2,80}}\b{_WROTE}\b.{{0,20}}\d{{1,2}}[-./: ].{{0,80}}\d\d.{{0,20}}:)",
    re.IGNORECASE,
)
"""`Anna <anna@acme.example> wrote on 3 Nov 2026:` and its like, on one line."""
_EXACT = re.compile(r"@|\d[:.h]\d\d|\b20\d\d\b")
_SEPARATOR = re.compile(
    rf"-{{3,}} ?(?:on|am|le|el|il|op|em)\b.{{4,200}}\b{_WROTE}\b.{{0,80}}-{{3,}}"
    r"|[-_ *]{2,}\s*(?:original (?:message|appointment)|urspr[üu]ngliche (?:nachricht|mail)"
    r"|original-?nachricht|message (?:d.origine|original|transf[ée]r[ée])"
    r"|mensaje (?:original|reenviado)"
    r"|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht"
    r"|mensagem (?:original|encaminhada)|forwarded message|weitergeleitete nachricht)\b.{0,40}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht"
    r"|in[íi]cio da mensagem reencaminhada)\s*:",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[*\s]{0,4}(?:from|von|de|da|van|fra|fr[åa]n|exp[ée]diteur|mittente|remitente|afzender)\s?:[*\s]*\S.*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[*\s]{0,4}(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|envoy[ée]|à|objet"
    r"|enviad[oa](?: el| em| a)?|fecha|para|asunto|assunto|inviato|data|a|oggetto|verzonden|aan"
    r"|onderwerp|sendt|til|emne|skickat|till|[äa]mne|reply-to|antwort an|importance)\s?:.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines above a quote."""

    start: int
    length: int
    between: bool
    """The quote below is marked line by line, so that answers may stand in between."""


def unquoted(text: str) -> list[str]:
    """Return the lines of a message that its writer wrote anew."""
    lines = [line[:LONGEST_LINE].rstrip() for line in text.split("\n")[:MOST_LINES]]
    header = _first_header(lines)
    if header is None:
        return _unmarked(lines)
    own = _unmarked(lines[: header.start])
    below = lines[header.start + header.length :]
    if header.between and any(map(_marked, below)):
        answers = _unmarked(below)
        older = _first_header(answers)
        own += answers[: older.start] if older else answers
    return own


def _marked(line: str) -> bool:
    return line.lstrip().startswith(">")


def _unmarked(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not _marked(line)]


def _first_header(lines: Sequence[str]) -> _Header | None:
    short = [
        "" if _marked(line) or len(line) > LONGEST_HEADER_LINE else line.strip() for line in lines
    ]
    quoting = any(map(_marked, lines))
    every = (_header_at(short, number, quoting=quoting) for number in range(len(short)))
    found = [_known_to_the_library(short, quoting=quoting), next(filter(None, every), None)]
    return min(filter(None, found), key=lambda header: header.start, default=None)


def _known_to_the_library(lines: Sequence[str], *, quoting: bool) -> _Header | None:
    """Ask the library for a line above a quote, and for nothing else.

    Its signatures swallow sentences, and its heads of older messages any two lines with colons.
    """
    text = "\n".join(lines)
    match = EmailMessage(text="", languages=list(_LANGUAGES)).HEADER_REGEX.search(text)
    if match is None or not _is_above_a_quote(match[0].strip(), quoting=quoting):
        return None
    begin = match.start() + len(match[0]) - len(match[0].lstrip())
    start = text.count("\n", 0, begin)
    return _Header(start, match[0].strip().count("\n") + 1, between=True)


def _header_at(lines: Sequence[str], number: int, *, quoting: bool) -> _Header | None:
    line = lines[number]
    if not line:
        return None
    if _SEPARATOR.fullmatch(line) or _is_block(lines, number):
        return _Header(number, 1, between=False)
    if line.startswith("____") and any(
        _is_block(lines, after) for after in range(number + 1, min(number + 4, len(lines)))
    ):
        return _Header(number, 1, between=False)
    return _attribution_at(lines, number, quoting=quoting)


def _attribution_at(lines: Sequence[str], number: int, *, quoting: bool) -> _Header | None:
    wrapped: list[str] = []
    for length, line in enumerate(lines[number : number + MOST_HEADER_LINES], start=1):
        wrapped.append(line)
        joined = " ".join(wrapped)[:LONGEST_HEADER_LINE]
        if not line:
            return None
        if not _is_above_a_quote(joined, quoting=quoting):
            continue
        if _DATED.fullmatch(joined) or (length == 1 and _NAMED.fullmatch(line)):
            return _Header(number, length, between=True)
    return None


def _is_above_a_quote(line: str, *, quoting: bool) -> bool:
    """Tell `On 3 Nov 2026 at 10:00, Anna wrote:` from `On the 3rd I wrote:`."""
    return line.endswith(":") and (quoting or bool(_EXACT.search(line)))


def _is_block(lines: Sequence[str], number: int) -> bool:
    """Say whether the head of an older message begins here: a sender, and two more labels."""
    if not _FROM.fullmatch(lines[number]):
        return False
    below = [line for line in lines[number + 1 : number + 8] if line][:5]
    return sum(1 for line in below if _LABEL.fullmatch(line)) > 1

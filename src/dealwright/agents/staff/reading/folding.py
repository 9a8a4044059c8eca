"""Text as rules and counts see it: what was said, in sentences of folded words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GREETING = re.compile(
    r"\s*(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen)"
    r"|moin|sehr geehrter?|liebe[rs]?|bonjour|bonsoir|madame|monsieur|cher|chere|hola|buenos dias"
    r"|buenas(?: tardes)?|estimad[oa]s?|buongiorno|buonasera|ciao|salve|gentile|egregio|goedemorgen"
    r"|goedemiddag|goedendag|beste|geachte|ola|bom dia|boa tarde|car[oa]|prezad[oa]s?)\b"
    r"[^,.!?:;\n]{0,40}[,!.:\n]\s*"
)
_FAREWELL = re.compile(
    r"(?:(?:kind|best|warm|many)? ?regards|best(?: wishes)?|cheers|sincerely|yours|thanks|thx"
    r"|mit freundlichen|freundliche|(?:viele|beste|schone|liebe|herzliche) gruss|mfg|lg|vg"
    r"|cordialement|bien a vous|salutations|sinceres|(?:un )?saludos?|atentamente|cordiali saluti"
    r"|distinti saluti|saluti|met vriendelijke|groet|mvg|(?:com os melhores )?cumprimentos|abracos?"
    r"|atenciosamente|sent from my|von meinem .{0,20}gesendet|gesendet von|envoye (?:de|depuis)"
    r"|enviado desde|enviado do|inviato da|verstuurd vanaf|get outlook|--$|__)"
)
_TITLED = r"(?<!\bM\.)(?<!\b[DMS]r\.)(?<!\bM[rs]s\.)(?<!\bMs\.)(?<!\b[DS]ra\.)"
"""A full stop after `M`, `Dr`, `Mrs`, `Sra` ends no sentence."""
_END = re.compile(rf"(?<![0-9]\.){_TITLED}(?<=[.!?…])[\"')\]]*\s+|\n+")
_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_APART = re.compile(r"[^\w?]+")
_LONGEST_FAREWELL = 60
ADDRESS = "emailaddress"
"""The word that stands for an e-mail address."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, as written and folded."""

    said: str
    words: str
    """Lower case, no accents, one space around every word: ` was kostet das `."""
    asks: bool


def folded(text: str) -> str:
    """Return the text in lower case without accents; `ß` is `ss`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return what a reply says, without greeting and farewell."""
    kept = body(text)
    return tuple(_sentence(part) for part in _END.split(kept) if part and part.strip())


def body(text: str) -> str:
    """Return the text without greeting, farewell and what stands below it."""
    lines = text.replace("\r", "").split("\n")
    said = [line for line in lines if line.strip()]
    for place, line in enumerate(said):
        if place and len(line) < _LONGEST_FAREWELL and _FAREWELL.match(folded(line).strip(" ,.!-")):
            said = said[:place]
            break
    kept = "\n".join(said)
    greeting = _GREETING.match(_same_length(kept))
    rest = kept[greeting.end() :] if greeting else kept
    return rest if rest.strip() else kept


def _same_length(text: str) -> str:
    """Fold sign by sign, so that places stay where they are."""
    return "".join((folded(sign) or " ")[0] for sign in text)


def _sentence(said: str) -> Sentence:
    plain = _ADDRESS.sub(ADDRESS, folded(said))
    words = " ".join(_APART.sub(" ", plain).replace("?", " ").split())
    return Sentence(said.strip(), f" {words} ", "?" in said)

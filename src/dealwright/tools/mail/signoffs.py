"""Sign-offs: where what somebody has to say ends, and greeting, name and signature begin.

When in doubt a line is kept: a signature too much costs little, a lost `take me off your list`
costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_SIGNATURE_LINES = 30
LONGEST_NAME = 60
LONGEST_KEPT = 300
FEWEST_WORDS = 3
"""Of a sentence below a signature."""
_MARK = re.compile(r"(?:--|__|—|––)\s*")
_FORMULA = re.compile(
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|kindly)?\s?(?:regards|wishes)"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|respectfully(?: yours)?"
    r"|mit (?:freundliche[nm]|besten|herzlichen|lieben|vielen) gr(?:u(?:ß|ss)|[üu]e?(?:ß|ss)en)"
    r"(?: (?:aus|nach) \w+)?"
    r"|(?:freundliche|beste|viele|liebe|herzliche|sch[öo]ne) gr[üu]e?(?:ß|ss)e"
    r"(?: (?:aus|nach) \w+)?|mfg|hochachtungsvoll|(?:bien )?cordialement|bien [àa] vous|cdlt"
    r"|(?:(?:meilleures|sinc[èe]res) )?salutations(?: distingu[ée]es| sinc[èe]res)?"
    r"|(?:veuillez|je vous prie) .{0,40}agr[ée]er.{0,90}"
    r"|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?"
    r"|atentamente|cordialmente|(?:cordiali|distinti|migliori) saluti|(?:un )?salut[io]"
    r"|(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|hoogachtend|mvg"
    r"|(?:com os )?(?:melhores )?cumprimentos|atenciosamente|abraços?)",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:(?:many )?thanks(?: again| a lot| in advance| so much)?|ty"
    r"|thank you(?: very much| so much)?"
    r"|cheers|best|all the best|br|rgds|take care|talk soon|lg|vg|bg|gru(?:ß|ss)"
    r"|(?:vielen|besten) dank"
    r"|danke(?: sch[öo]n)?|merci(?: d.avance| beaucoup)?|bonne journ[ée]e|(?:muchas )?gracias"
    r"|grazie(?: mille)?|bedankt|dank(?: u| je)?(?: wel)?|groet(?:en|jes)?|obrigad[oa]|att)",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:(?:sent|written) (?:from|via|with|on)|get outlook|outlook f[üo]r|von meinem"
    r"|gesendet (?:von|mit|[üu]ber)|holen sie sich|envoy[ée] (?:de|depuis|[àa])|obtenir outlook"
    r"|t[ée]l[ée]charge[rz] outlook|enviad[oa] (?:desde|do|de|a partir)|obtener outlook|inviato da"
    r"|(?:verstuurd|verzonden) (?:vanaf|vanuit|met)|download outlook) .{0,60}"
    r"(?:iphone|ipad|ios|android|samsung|galaxy|outlook|mobil\w*|blackberry|handy|huawei|\w*phone"
    r"|yahoo|gmx|web\.de|proton\w*|mail|t[ée]l[ée]phone|tel[ée]fono|telefoon).{0,20}"
    r"|(?:get )?outlook (?:for|f[üu]r|pour|para|per|voor) (?:ios|android|mac).{0,60}",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\s?[:.,)\- ]|n\.?b\.?[: ]", re.IGNORECASE)
_LEGAL = re.compile(
    r"confidential|vertraulich|confidentiel|confidencial|riservat|vertrouwelijk|disclaimer"
    r"|intended (?:only|solely|recipient)|privileged|received (?:this|it) in error|irrt[üu]mlich"
    r"|handelsregister|gesch[äa]ftsf[üu]hr|registered (?:in|office|number)|amtsgericht|\bHRB\b"
    r"|ust-?id|\bVAT\b|\bSIRET\b|\bKvK\b|P\.? ?IVA|think before (?:you )?print|save a tree"
    r"|environment"
    r"|newsletter",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W{0,3}(?:caution|external|warning|achtung|attention|vorsicht|externe?|atenci[óo]n|attenzione"
    r"|let op|aten[çc][ãa]o)\b.{0,80}(?:outside|extern|originated|organi[sz]|absender"
    r"|sender).{0,300}",
    re.IGNORECASE,
)


def without_sign_off(lines: Sequence[str], sender: str) -> str:
    """Return the words without greeting, name and signature of `sender` (name and address)."""
    names = frozenset(re.findall(r"[^\W\d_]{2,}", sender.partition("@")[0].lower()))
    kept = [line for line in lines if not _BANNER.fullmatch(line.strip())]
    end = _end(kept, names)
    words = [*kept[:end], *_after(kept[end:])]
    text = "\n".join(line.strip() for line in words)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _end(lines: Sequence[str], names: frozenset[str]) -> int:
    """Return the number of the first line that belongs to the signature."""
    begun = False
    for number, line in enumerate(lines):
        text = line.strip()
        if begun and text and _ends(text, lines[number + 1 :], names):
            return number
        begun = begun or bool(text)
    return len(lines)


def _ends(line: str, below: Sequence[str], names: frozenset[str]) -> bool:
    following = [text.strip() for text in below if text.strip()]
    if len(following) > MOST_SIGNATURE_LINES:
        return bool(_MARK.fullmatch(line))
    if _MARK.fullmatch(line) or _DEVICE.fullmatch(line) or _is_name(line, names, least=2):
        return True
    words, _, rest = line.partition(",")
    words, rest = words.rstrip(" .!"), rest.strip(" .!")
    signed = not rest or _is_name(rest, names, least=1)
    if _FORMULA.fullmatch(words):
        return signed or rest.istitle()
    weak = _WEAK.fullmatch(words) and signed
    return bool(weak and (rest or not following or _is_name(following[0], names, least=1)))


def _is_name(line: str, names: frozenset[str], least: int) -> bool:
    """Say whether a line is the sender's name and nothing else."""
    words = re.findall(r"[^\W\d_]{2,}", line.lower())
    known = sum(1 for word in words if word in names)
    return known >= least and len(words) <= known + 1 and len(line) <= LONGEST_NAME


def _after(lines: Sequence[str]) -> list[str]:
    """Return what was still said below a signature: a postscript, or a sentence set apart."""
    kept: list[str] = []
    apart = saying = False
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            apart, saying = True, False
            continue
        begins = bool(_POSTSCRIPT.match(text)) or (apart and number > 1 and _is_sentence(text))
        saying = saying or begins
        if saying:
            kept.append(text)
        apart = False
    return ["", *kept] if kept else []


def _is_sentence(text: str) -> bool:
    fit = len(text) <= LONGEST_KEPT and len(text.split()) >= FEWEST_WORDS and text[-1] in ".!?"
    return fit and not _LEGAL.search(text)

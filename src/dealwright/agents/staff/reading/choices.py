"""Choices: which of the times on offer a reply takes, and what else it says of a meeting.

Only what nobody could read otherwise is a choice: one time is left, and nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from dealwright.agents.staff.reading.days import Span, spans
from dealwright.agents.staff.reading.folding import Sentence, sentences
from dealwright.agents.staff.reading.hours import hours
from dealwright.agents.staff.reading.time_words import tokens
from dealwright.domain.conversation import Offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Folded words of one language, as alternatives of a pattern."""

    positions: tuple[str, str, str, str]
    """The first, second, third and last."""
    nouns: str
    """What a time on offer is called: `option`, `slot`."""
    after: str
    """What follows a position that stands alone: `works`, `suits`."""
    any_of: str
    refuses: str
    """Words after which nothing is a choice."""
    moves: str
    cancels: str


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words(
            positions=("first|1st", "second|2nd", "third|3rd", "last"),
            nouns="one|option|slot|time|date|suggestion|proposal|choice|number",
            after="works?|is|suits?|fits?|would|please|sounds|looks|for me",
            any_of="(?:any|all|either|each) of (?:them|these|those|the (?:three|times))|whichever",
            refuses="not|no|cannot|can t|cant|won t|don t|doesn t|isn t|none|neither|never|"
            "unfortunately|busy|instead|except|unless|unable|if|but|or|rather|different|another",
            moves="move|reschedule|postpone|shift|push|another time|different time|other time|"
            "something came up|can t make|cannot make|won t make|not make it",
            cancels="cancel|call off|call it off|cancelling|canceling",
        ),
        "de": Words(
            positions=("erste[nrms]?", "zweite[nrms]?", "dritte[nrms]?", "letzte[nrms]?"),
            nouns="termin|option|vorschlag|zeit|uhrzeit|moglichkeit|nummer|variante",
            after="passt|ist|ware|geht|bitte|klingt|nehme|gerne|gern|wurde|sieht",
            any_of="(?:jede[rsn]?|alle|irgendeine[rs]?)(?: der| dieser| drei)* (?:termine|zeiten|"
            "drei|moglichkeiten)|alle (?:drei )?passen|egal welche[rs]?",
            refuses="nicht|kein\\w*|leider|nie|statt|stattdessen|ausser|wenn|falls|aber|oder|"
            "lieber|andere[rnms]?|anderswann|weder|verhindert",
            moves="verschieb\\w*|verleg\\w*|umbuch\\w*|andere[nrms]? (?:termin|zeit|tag)|"
            "dazwischen gekommen|dazwischengekommen|schaffe es nicht",
            cancels="absag\\w*|stornier\\w*|ab sagen|sage ab|sagen wir ab",
        ),
        "fr": Words(
            positions=("premiere?|1er|1ere", "deuxieme|seconde?|2e|2eme", "troisieme", "derniere?"),
            nouns="creneau|option|proposition|horaire|date|rendez vous|rdv|choix|numero",
            after="me|nous|convient|est|serait|va|parait|s il|svp|ira|irait|marche",
            any_of="n importe (?:lequel|laquelle)|tous les (?:trois|creneaux)|tous me conviennent",
            refuses="ne|n|pas|aucun|aucune|jamais|malheureusement|plutot|sauf|mais|si|ou|sinon|"
            "autre|ni|empeche",
            moves="deplacer|decaler|reporter|repousser|autre (?:moment|date|jour|heure|creneau)|"
            "empechement|reprogrammer",
            cancels="annuler|annule|annulons|decommander",
        ),
        "es": Words(
            positions=("primer[oa]?", "segund[oa]", "tercer[oa]?", "ultim[oa]"),
            nouns="opcion|horario|fecha|hueco|propuesta|cita|hora|numero",
            after="me|nos|va|es|esta|seria|funciona|por favor|viene|perfect[oa]",
            any_of="cualquiera|tod[oa]s me (?:van|vienen|sirven)",
            refuses="no|ningun[oa]?|nunca|lamentablemente|desgraciadamente|mejor|salvo|excepto|"
            "pero|o|otr[oa]s?|ni|tampoco",
            moves="mover|cambiar|aplazar|posponer|reprogramar|otr[oa] (?:momento|dia|hora|fecha)|"
            "me ha surgido|ha surgido",
            cancels="cancelar|anular|cancelo|anulamos|cancelamos|desconvocar",
        ),
        "it": Words(
            positions=("prim[oa]", "second[oa]", "terz[oa]", "ultim[oa]"),
            nouns="opzione|orario|data|proposta|appuntamento|scelta|numero",
            after="va|mi|ci|e|sarebbe|per favore|grazie|andrebbe|funziona|perfett[oa]",
            any_of="uno qualsiasi|qualsiasi (?:orario|dei tre)|tutti mi vanno bene",
            refuses="non|no|nessun[oa]?|mai|purtroppo|invece|tranne|salvo|ma|se|o|oppure|altr[oaie]|"
            "ne|neanche|piuttosto",
            moves="spostare|rimandare|posticipare|anticipare|rinviare|altr[oa] "
            "(?:momento|giorno|orario|data)|imprevisto",
            cancels="annullare|disdire|cancellare|annullo|disdico",
        ),
        "nl": Words(
            positions=("eerste|1e", "tweede|2e", "derde|3e", "laatste"),
            nouns="optie|moment|tijd|tijdstip|voorstel|datum|afspraak|keuze|nummer",
            after="is|past|komt|schikt|lukt|graag|werkt|zou|alsjeblieft|alstublieft|kan|lijkt",
            any_of="(?:een van de drie|alle drie|maakt niet uit welke|elk van deze)",
            refuses="niet|geen|nooit|helaas|liever|behalve|maar|als|of|indien|ander|andere|noch|"
            "verhinderd",
            moves="verzetten|verplaatsen|uitstellen|verschuiven|andere? (?:moment|tijd|dag|datum)|"
            "tussengekomen",
            cancels="afzeggen|annuleren|cancelen|zeg af|afgelasten",
        ),
        "pt": Words(
            positions=("primeir[oa]", "segundo", "terceir[oa]", "ultim[oa]"),
            nouns="opcao|horario|data|proposta|hora|numero",
            after="esta|e|serve|funciona|fica|seria|parece|por favor|da|pode|perfeit[oa]",
            any_of="qualquer (?:um|uma)|tod[oa]s (?:servem|me servem|estao bem)",
            refuses="nao|nenhum|nenhuma|nunca|infelizmente|prefiro|exceto|salvo|mas|se|ou|outr[oa]s?|"
            "nem|tampouco",
            moves="mudar|adiar|remarcar|reagendar|alterar|outr[oa] (?:momento|dia|hora|data)|"
            "imprevisto",
            cancels="cancelar|desmarcar|anular|cancelo|desmarco",
        ),
    }
)
PICK, WEEKDAY = "pick", "weekday"
NUMBERS = ("1|um|one|eins|un|uno|een", "2|two|zwei|deux|dos|due|twee|dois", "3|three|drei|trois")


def chosen(text: str, language: str, on_offer: Sequence[Offered], written: date) -> Offered | None:
    """Return the one time on offer that a reply takes, or None where that is not certain.

    It is taken by its place among the others, by day and hour, or by either where that is enough.
    """
    words = WORDS.get(language, WORDS["en"])
    parts = sentences(text)
    if not on_offer or any(_found(words.refuses, part) for part in parts):
        return None
    left = set(range(len(on_offer)))
    named = False
    for part in parts:
        for meant in _named(part, language, on_offer, written):
            left, named = left & meant, True
    if not named and any(_found(words.any_of, part) for part in parts):
        return on_offer[0]
    return on_offer[left.pop()] if named and len(left) == 1 else None


def refuses(text: str, language: str) -> bool:
    """Say whether a reply holds a word after which a time it names may not suit."""
    words = WORDS.get(language, WORDS["en"])
    return any(_found(words.refuses, part) for part in sentences(text))


def moves(text: str, language: str) -> bool:
    """Say whether a reply wants a meeting at another time."""
    words = WORDS.get(language, WORDS["en"])
    return any(_found(words.moves, part) for part in sentences(text))


def cancels(text: str, language: str) -> bool:
    """Say whether a reply calls a meeting off."""
    words = WORDS.get(language, WORDS["en"])
    return any(_found(words.cancels, part) for part in sentences(text))


def _named(
    part: Sentence, language: str, on_offer: Sequence[Offered], written: date
) -> Iterable[set[int]]:
    """Yield, for everything a sentence names, which of the times on offer it may mean."""
    said, place = part.words, _position(part.words, language)
    if place is not None:
        yield {place % len(on_offer)} if place < len(on_offer) else set()
        said = _positions(language).sub(" ", said)
    told = tokens(said if place is not None else part.said, language)
    days = [span for span in spans(told, written) if span.first == span.last]
    taken = frozenset(at for day in days for at in range(day.start, day.stop))
    clock = hours(told, taken, language)
    if days:
        yield {at for at, each in enumerate(on_offer) if any(_is_on(day, each) for day in days)}
    if clock is not None and clock.exact:
        yield {at for at, each in enumerate(on_offer) if each.start.time() == clock.start}


def _is_on(day: Span, offered: Offered) -> bool:
    """Say whether a day is the one offered; a weekday's name is whichever one is offered."""
    on = offered.start.date()
    return on == day.first or (day.kind == WEEKDAY and on.weekday() == day.first.weekday())


def _position(said: str, language: str) -> int | None:
    """Return the place that is named, the last being -1; None where none is, or several are."""
    whole = said.strip()
    if re.fullmatch(r"(?:n|nr|no|nummer|numero|number|option)? ?[123]", whole):
        return int(whole[-1]) - 1
    found = {
        int(name.removeprefix(PICK)) - 1
        for match in _positions(language).finditer(said)
        for name, words in match.groupdict().items()
        if words
    }
    if len(found) != 1:
        return None
    place = found.pop()
    return -1 if place == len(NUMBERS) else place


@cache
def _positions(language: str) -> re.Pattern[str]:
    words = WORDS.get(language, WORDS["en"])
    kinds: list[str] = []
    for at, ordinal in enumerate(words.positions, 1):
        follows = f"(?= (?:{words.nouns}|{words.after})\\b| $)"
        forms = [f"(?:{ordinal}){follows}"]
        if language == "pt" and at == len(("first", "second")):
            forms.append(f"segunda(?= (?:{words.nouns})\\b)")
        if at <= len(NUMBERS):
            forms.append(f"(?:{words.nouns}) (?:n |nr |no )?(?:{NUMBERS[at - 1]})")
        kinds.append(f"(?P<{PICK}{at}>{'|'.join(forms)})")
    return re.compile(rf"(?<= )(?:{'|'.join(kinds)})(?= )")


def _found(pattern: str, part: Sentence) -> bool:
    return re.search(rf"(?<= )(?:{pattern})(?= )", part.words) is not None

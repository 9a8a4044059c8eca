"""Words: a slot as one says it in a letter, in the seven languages of the department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from dealwright.tools.scheduling.slots import Slot


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says a day and a span of time."""

    day: str
    """A pattern of the Unicode date formats (LDML)."""
    clock: str
    whole: str


WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "en": Wording("EEEE d MMMM", "HH:mm", "{day}, {start}–{end} (your time, {zone})"),
        "de": Wording("EEEE, d. MMMM", "HH:mm", "{day}, {start}–{end} Uhr (Ihre Zeit, {zone})"),
        "fr": Wording("EEEE d MMMM", "H 'h' mm", "{day}, {start} – {end} (votre heure, {zone})"),
        "es": Wording("EEEE d 'de' MMMM", "H:mm", "{day}, {start}–{end} (su hora, {zone})"),
        "it": Wording("EEEE d MMMM", "HH:mm", "{day}, {start}–{end} (ora Sua, {zone})"),
        "nl": Wording("EEEE d MMMM", "HH:mm", "{day}, {start}–{end} uur (uw tijd, {zone})"),
        "pt": Wording("EEEE, d 'de' MMMM", "HH:mm", "{day}, {start}–{end} (sua hora, {zone})"),
    }
)
FIRST_OF_MONTH = MappingProxyType({"fr": "EEEE 1'er' MMMM", "it": "EEEE 1º MMMM"})
"""Where the first of a month is said as an ordinal."""


def in_words(slot: Slot, zone: str, language: str) -> str:
    """Return a slot on a zone's clock, e.g. `Tuesday 24 November, 10:00–10:30 (your time, …)`.

    A language the department does not write is said in English.
    """
    known = language if language in WORDINGS else "en"
    wording = WORDINGS[known]
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (slot.start, slot.end))
    ordinal = FIRST_OF_MONTH.get(known) if start.day == 1 else None
    return wording.whole.format(
        day=format_datetime(start, ordinal or wording.day, locale=known),
        start=format_datetime(start, wording.clock, locale=known),
        end=format_datetime(end, wording.clock, locale=known),
        zone=zone,
    )

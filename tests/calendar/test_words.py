"""A slot is said correctly in each language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dealwright.tools.scheduling.slots import Slot
from dealwright.tools.scheduling.words import in_words

SAID = {
    "en": "Tuesday 24 November, 10:00–10:30 (your time, Europe/Berlin)",
    "de": "Dienstag, 24. November, 10:00–10:30 Uhr (Ihre Zeit, Europe/Berlin)",
    "fr": "mardi 24 novembre, 10 h 00 – 10 h 30 (votre heure, Europe/Berlin)",
    "es": "martes 24 de noviembre, 10:00–10:30 (su hora, Europe/Berlin)",
    "it": "martedì 24 novembre, 10:00–10:30 (ora Sua, Europe/Berlin)",
    "nl": "dinsdag 24 november, 10:00–10:30 uur (uw tijd, Europe/Berlin)",
    "pt": "terça-feira, 24 de novembro, 10:00–10:30 (sua hora, Europe/Berlin)",
}
FIRST = {"en": "Friday 1 January", "fr": "vendredi 1er janvier", "it": "venerdì 1º gennaio"}


def a_slot(start: datetime) -> Slot:
    return Slot(start=start, end=start + timedelta(minutes=30))


@pytest.mark.parametrize("language", SAID)
def test_a_slot_in_each_language(language: str) -> None:
    slot = a_slot(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert in_words(slot, "Europe/Berlin", language) == SAID[language]


@pytest.mark.parametrize("language", FIRST)
def test_the_first_of_a_month(language: str) -> None:
    slot = a_slot(datetime(2027, 1, 1, 9, tzinfo=UTC))
    assert in_words(slot, "Europe/Paris", language).startswith(FIRST[language])


def test_it_is_said_on_the_readers_clock() -> None:
    slot = a_slot(datetime(2026, 11, 24, 22, tzinfo=UTC))
    assert in_words(slot, "Asia/Kathmandu", "en").startswith("Wednesday 25 November, 03:45–04:15")


def test_an_unknown_language_is_said_in_english() -> None:
    slot = a_slot(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert in_words(slot, "Europe/Berlin", "fi") == SAID["en"]

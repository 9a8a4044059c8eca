"""Which of the times on offer a reply takes: one that nobody could read otherwise, or none."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from dealwright.agents.staff.reading.choices import cancels, chosen, moves
from dealwright.domain.conversation import Offered

WRITTEN = date(2026, 11, 21)
"""A Saturday."""
CLOCK = timezone(timedelta(hours=1))


def offered(day: int, hour: int, minute: int = 0) -> Offered:
    start = datetime(2026, 11, day, hour, minute, tzinfo=CLOCK)
    return Offered(start=start, end=start + timedelta(minutes=30), words=f"{start:%A %H:%M}")


TUESDAY, WEDNESDAY, FRIDAY = offered(24, 10), offered(25, 14, 30), offered(27, 9)
ON_OFFER = (TUESDAY, WEDNESDAY, FRIDAY)


def takes(text: str, language: str) -> Offered | None:
    return chosen(text, language, ON_OFFER, WRITTEN)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "The second one works for me.", WEDNESDAY),
        ("en", "Option 3 please", FRIDAY),
        ("en", "2", WEDNESDAY),
        ("en", "The last one, thanks!", FRIDAY),
        ("en", "Tuesday at 10 works.", TUESDAY),
        ("en", "Hi Ana,\n\nWednesday is great.\n\nBest,\nSam", WEDNESDAY),
        ("en", "9:00 is fine", FRIDAY),
        ("en", "Let's do the first slot, Tuesday 10:00.", TUESDAY),
        ("en", "Any of them is fine.", TUESDAY),
        ("de", "Der zweite Termin passt.", WEDNESDAY),
        ("de", "Gerne am Dienstag um 10 Uhr.", TUESDAY),
        ("de", "Ich nehme den dritten.", FRIDAY),
        ("fr", "Le premier créneau me convient.", TUESDAY),
        ("fr", "Vendredi à 9h, parfait.", FRIDAY),
        ("es", "La segunda opción me va bien.", WEDNESDAY),
        ("es", "Sí, el martes a las 10.", TUESDAY),
        ("it", "Va bene il primo.", TUESDAY),
        ("it", "Venerdì alle 9 va benissimo.", FRIDAY),
        ("nl", "De eerste optie is prima.", TUESDAY),
        ("nl", "Woensdag om 14:30 graag.", WEDNESDAY),
        ("pt", "A segunda opção serve.", WEDNESDAY),
        ("pt", "A terça às 10h está ótimo.", TUESDAY),
    ],
)
def test_a_time_is_taken_by_place_by_day_and_hour_or_by_either(
    language: str, text: str, wanted: Offered
) -> None:
    assert takes(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ok"),
        ("en", "Sounds good!"),
        ("en", "Tuesday at 10 does not work."),
        ("en", "I can't make the second one."),
        ("en", "The first or the third."),
        ("en", "None of these work, how about next week?"),
        ("en", "Tuesday at 11 works."),
        ("en", "Thursday is good."),
        ("en", "The first one, Wednesday."),
        ("en", "The second one if Bob can come."),
        ("en", "At first glance this is interesting."),
        ("en", "4"),
        ("en", ""),
        ("de", "Der zweite Termin passt leider nicht."),
        ("de", "Dienstag geht nicht, Mittwoch wäre besser."),
        ("fr", "Le premier ne me convient pas."),
        ("es", "El martes no puedo."),
        ("it", "Martedì purtroppo sono via."),
        ("nl", "Dinsdag lukt niet."),
        ("pt", "Na terça não posso."),
        ("pt", "Na segunda prefiro."),
    ],
)
def test_what_could_be_read_otherwise_is_no_choice(language: str, text: str) -> None:
    assert takes(text, language) is None


def test_where_two_share_an_hour_the_hour_alone_is_no_choice() -> None:
    twice = (TUESDAY, offered(25, 10))
    assert chosen("10:00 is fine", "en", twice, WRITTEN) is None
    assert chosen("Wednesday 10:00 is fine", "en", twice, WRITTEN) == twice[1]


def test_a_weekdays_name_means_the_one_on_offer_though_another_is_nearer() -> None:
    later = (offered(30, 10), offered(25, 9))
    assert chosen("Monday works", "en", later, WRITTEN) == later[0]


def test_nothing_is_taken_where_nothing_is_on_offer() -> None:
    assert chosen("The second one works", "en", (), WRITTEN) is None


@pytest.mark.parametrize(
    ("language", "off", "elsewhere"),
    [
        ("en", "Please cancel our meeting.", "Can we move it to Thursday?"),
        ("de", "Ich muss den Termin absagen.", "Können wir den Termin verschieben?"),
        ("fr", "Je dois annuler le rendez-vous.", "Peut-on déplacer le rendez-vous ?"),
        ("es", "Tengo que cancelar la reunión.", "¿Podemos aplazar la reunión?"),
        ("it", "Devo annullare l'appuntamento.", "Possiamo spostare l'appuntamento?"),
        ("nl", "Ik moet de afspraak afzeggen.", "Kunnen we de afspraak verzetten?"),
        ("pt", "Tenho de cancelar a reunião.", "Podemos adiar a reunião?"),
    ],
)
def test_calling_off_is_not_moving(language: str, off: str, elsewhere: str) -> None:
    assert cancels(off, language)
    assert not moves(off, language)
    assert moves(elsewhere, language)
    assert not cancels(elsewhere, language)

"""The rehearsal's people read what they were sent, and answer that."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from dealwright.domain.conversation import MessageKind
from dealwright.domain.reading import Meaning
from dealwright.rehearsal.mail_host import Sent
from dealwright.rehearsal.prospects import (
    ACCEPT,
    SCRIPTS,
    Prospect,
    Said,
    offered,
    said_in,
    written,
)
from dealwright.rehearsal.sites_sample import sample_companies
from dealwright.tools.mail.parsing import parse

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOON = "1. Thursday 26 November, 12:00–12:30 (your time, Europe/London)"
LATER = "2. Friday 27 November, 08:00–08:30 (your time, Europe/London)"
IN_OTHER_WORDS = {
    "Donnerstag, 26. November, 12:00": "Donnerstag, 26. November, 12:00–12:30 Uhr (Ihre Zeit)",
    "jeudi 26 novembre, 12 h 00": "jeudi 26 novembre, 12 h 00 – 12 h 30 (votre heure)",
    "jueves 26 de noviembre, 12:00": "jueves 26 de noviembre, 12:00–12:30 (su hora)",
}


def a_letter(text: str) -> Sent:
    """Return what lies in an inbox."""
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Alex Morgan <alex@seller.example>", "Re: Routes"
    letter["Date"], letter["Message-ID"] = "Mon, 23 Nov 2026 09:00:00 +0000", "<1@seller.example>"
    letter.set_content(text)
    return Sent("alex@seller.example", "sam@acme.example", letter.as_bytes())


def somebody(temper: str, said: int = 0) -> Prospect:
    """Return somebody who has said so much already."""
    company = next(c for c in sample_companies() if c.person.temper == temper)
    one = Said(
        address=company.address,
        temper=company.person.temper,
        meaning=Meaning.MEETING,
        message_id="<a@b.example>",
        text="Yes.",
    )
    return Prospect(company, said=[one] * said)


def test_a_keen_person_asks_for_a_call_and_then_takes_a_time_that_is_offered() -> None:
    assert somebody("keen").saying(a_letter("Hello")) == "meeting"
    assert somebody("keen", 1).saying(a_letter(f"Free:\n{NOON}\n{LATER}")) == ACCEPT
    assert somebody("keen", 2).saying(a_letter(f"Gone. Free:\n{NOON}\n{LATER}")) == ACCEPT


def test_nobody_takes_a_time_from_a_confirmation() -> None:
    assert somebody("keen", 2).saying(a_letter(f"Booked: {NOON}")) is None


def test_who_has_said_all_says_no_more() -> None:
    assert somebody("annoyed", 1).saying(a_letter("Hello again")) is None
    assert somebody("silent").saying(a_letter("Hello")) is None


@pytest.mark.parametrize(("time", "told"), IN_OTHER_WORDS.items())
def test_offers_are_found_in_every_language(time: str, told: str) -> None:
    assert offered(f"Hello,\n1. {told}\nGoodbye") == [time]


def test_a_reply_quotes_the_letter_and_answers_it() -> None:
    reply, text = written(somebody("keen", 1), ACCEPT, a_letter(f"Free:\n{NOON}"), MONDAY)
    parsed = parse(reply.as_bytes())
    assert parsed.kind is MessageKind.REPLY
    assert parsed.in_reply_to == "<1@seller.example>"
    assert "> Free:" in parsed.text
    assert "26 November, 12:00" in text
    assert " ".join(text.split()) in " ".join(parsed.said.split())
    assert "Free:" not in parsed.said


def test_a_machine_says_that_it_is_one() -> None:
    reply, _ = written(somebody("away"), "out_of_office", a_letter("Hola"), MONDAY)
    assert parse(reply.as_bytes()).kind is MessageKind.AUTO_REPLY


def test_everybody_has_words_for_all_they_may_say() -> None:
    for company in sample_companies():
        for saying in SCRIPTS[company.person.temper]:
            assert said_in(company.language, saying)

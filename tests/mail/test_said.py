"""Of a reply the new words are kept, in seven languages, and none of them is lost."""

from __future__ import annotations

import pytest

from dealwright.tools.mail.parsing import parse
from tests.mail.builders import a_message

QUOTED = "\n\n> Hello Anna,\n> to stop, write back unsubscribe.\n"
ABOVE = [
    "On Mon, Nov 2, 2026 at 3:00 PM Tom Baker <tom@mill.example> wrote:",
    "On Monday, Tom Baker wrote:",
    "Am Mo., 2. Nov. 2026 um 15:00 Uhr schrieb Tom Baker <tom@mill.example>:",
    "Am Mo., 2. Nov. 2026 um 15:00 Uhr schrieb Tom\nBaker <tom@mill.example>:",
    "Tom Baker <tom@mill.example> schrieb am Mo., 2. Nov. 2026, 15:00:",
    "Le lun. 2 nov. 2026 à 15:00, Tom Baker <tom@mill.example> a écrit :",
    "El lun, 2 nov 2026 a las 15:00, Tom Baker (<tom@mill.example>) escribió:",
    "Il giorno lun 2 nov 2026 alle ore 15:00 Tom Baker <tom@mill.example>\nha scritto:",
    "Op ma 2 nov. 2026 om 15:00 schreef Tom Baker <tom@mill.example>:",
    "Em seg., 2 de nov. de 2026 às 15:00, Tom Baker <tom@mill.example> escreveu:",
    "2026-11-02 15:00 GMT+01:00 Tom Baker <tom@mill.example>:",
]
HEADS = [
    ("From", "Sent", "To", "Subject"),
    ("*From:*", "*Sent:*", "*To:*", "*Subject:*"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De ", "Envoyé ", "À ", "Objet "),
    ("De", "Enviado", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("De", "Enviada", "Para", "Assunto"),
    ("-----Original Message-----\nFrom", "Sent", "To", "Subject"),
    ("-----Ursprüngliche Nachricht-----\nVon", "Gesendet", "An", "Betreff"),
    ("________________________________\nFrom", "Sent", "To", "Subject"),
    ("---------- Forwarded message ---------\nFrom", "Date", "Subject", "To"),
    ("Anfang der weitergeleiteten Nachricht:\n\nVon", "Betreff", "Datum", "An"),
]
SIGNED = [
    "Best regards,\nAnna Müller\nHead of Operations\n+44 20 7946 0000",
    "Kind regards, Anna Müller",
    "Mit freundlichen Grüßen\n\nAnna Müller\nGeschäftsführerin: A. Müller, HRB 4711",
    "Cordialement,\nAnna",
    "Un saludo,\nAnna Müller",
    "Cordiali saluti\nAnna",
    "Met vriendelijke groet,\nAnna Müller",
    "Atenciosamente,\nAnna",
    "Thanks,\nAnna",
    "Danke\nAnna Müller",
    "-- \nAnna Müller\nAcme Ltd",
    "Anna Müller\nHead of Operations | Acme Ltd",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Get Outlook for iOS<https://aka.example/o0ukef>",
]


def said(body: str) -> str:
    return parse(a_message(body)).said


@pytest.mark.parametrize("above", ABOVE)
def test_a_quote_ends_the_new_words(above: str) -> None:
    assert said(f"Yes, please.\n\n{above}{QUOTED}") == "Yes, please."


@pytest.mark.parametrize("above", ABOVE)
def test_answers_between_and_below_quoted_lines_are_new_words(above: str) -> None:
    body = f"{above}\n> Do you use pallets?\nYes, we do.\n> How many?\nAbout forty.\n"
    assert said(body) == "Yes, we do.\nAbout forty."


@pytest.mark.parametrize("labels", HEADS)
def test_the_head_of_an_older_message_ends_the_new_words(labels: tuple[str, ...]) -> None:
    values = ("Tom Baker <tom@mill.example>", "Monday, 2 November 2026", "Anna", "Depot")
    head = "\n".join(
        f"{label}{'' if label.endswith('*') else ':'} {value}"
        for label, value in zip(labels, values, strict=True)
    )
    body = f"Yes, please.\n\n{head}\n\nHello Anna,\nto stop, write back unsubscribe.\n"
    assert said(body) == "Yes, please."


@pytest.mark.parametrize("signed", SIGNED)
def test_a_signature_is_no_part_of_what_is_said(signed: str) -> None:
    assert said(f"Yes, please.\n\n{signed}\n") == "Yes, please."
    assert said(f"Yes, please.\n\n{signed}\n\n{ABOVE[0]}{QUOTED}") == "Yes, please."


@pytest.mark.parametrize(
    "body",
    [
        "Thanks,\nplease take me off your list.",
        "Thanks, but please take me off your list.",
        "Hello Tom,\nthanks,\nplease take me off your list.",
        "Best,\nbut not now: please take me off your list.",
        "Best regards,\nAnna Müller\n\nP.S. please take me off your list.",
        "Best regards,\nAnna Müller\n\nAnd please take me off your list.",
        "Sent from my phone, sorry: please take me off your list.",
        "On second thoughts I wrote:\nplease take me off your list.",
        "On the 3rd I wrote:\nplease take me off your list.",
        "- one thing\n- please take me off your list.",
        "From: now on\nplease take me off your list.",
        "Data: 12 May\nA: Leeds\nplease take me off your list.",
        "Hello\n\n---\n\nAnd please take me off your list.",
        f"{ABOVE[0]}{QUOTED}\nplease take me off your list.",
        "please take me off your list.\n\nThis e-mail is confidential.",
    ],
)
def test_no_wish_is_lost_with_a_signature_or_a_quote(body: str) -> None:
    assert "please take me off your list." in said(body)


def test_a_message_that_only_quotes_says_nothing() -> None:
    assert said(f"{ABOVE[0]}{QUOTED}") == ""


def test_a_warning_of_the_readers_own_server_is_not_said() -> None:
    warning = "CAUTION: This email originated from outside of the organization."
    assert said(f"{warning}\n\nYes, please.") == "Yes, please."

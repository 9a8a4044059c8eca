"""The letter itself: who writes, where they are, and how to get no more."""

from __future__ import annotations

import pytest

from dealwright.domain.connections import Connections, Dkim
from dealwright.domain.offer import Sender
from tests.outbox.gates.builders import (
    PUBLIC_URL,
    a_letter,
    a_mailbox,
    a_situation,
    asked,
    holds,
    passes,
)

OUT = a_letter().headers["List-Unsubscribe"].partition(">")[0].removeprefix("<")
POST = "List-Unsubscribe-Post"


def test_the_sender_is_a_mailbox_of_ours() -> None:
    assert passes("sender_known", a_situation())
    assert "ana@routewise.example" in str(asked("sender_known", a_situation()))
    for mailbox in (None, a_mailbox(id="bob"), a_mailbox(per_day=49)):
        assert "none of the connected" in holds("sender_known", a_situation(mailbox=mailbox))


@pytest.mark.parametrize("change", [{"sender": "ceo@routewise.example"}, {"sender_name": "CEO"}])
def test_a_letter_in_another_name_stays_here(change: dict[str, str]) -> None:
    assert "another sender" in holds("sender_known", a_situation(letter=a_letter(**change)))


def test_without_a_public_address_of_ours_nothing_leaves() -> None:
    nowhere = Connections(mailboxes=(a_mailbox(),))
    assert "public_url is not set" in holds("sender_known", a_situation(connections=nowhere))
    assert holds("way_out", a_situation(connections=nowhere))


@pytest.mark.parametrize(
    ("domain", "aligned"),
    [("routewise.example", True), ("example", True), ("wise.example", False), ("b.example", False)],
)
def test_a_mailbox_signs_for_its_own_domain(domain: str, *, aligned: bool) -> None:
    mailbox = a_mailbox(dkim=Dkim(selector="s1", domain=domain, key_file="key.pem"))
    connections = Connections(public_url=PUBLIC_URL, mailboxes=(mailbox,))
    situation = a_situation(mailbox=mailbox, connections=connections)
    assert passes("sender_known", situation) is aligned


def test_a_letter_without_our_name_or_postal_address_stays_here() -> None:
    text = a_letter().text
    for gone in ("Hafenstraße 1, 20457 Hamburg", "Routewise GmbH"):
        letter = a_letter(text=text.replace(gone, ""))
        assert "who we are" in holds("sender_known", a_situation(letter=letter))
    nowhere = Sender(name="Ana", company="Routewise GmbH", postal_address=" ")
    for signs in (None, nowhere):
        assert "who we are" in holds("sender_known", a_situation(signs=signs))


def test_where_no_letter_could_be_composed_the_reason_is_told() -> None:
    for gate in ("sender_known", "way_out"):
        assert holds(gate, a_situation(letter=None, trouble="no such link")) == "no such link"
        assert "no letter" in holds(gate, a_situation(letter=None))


def test_a_letter_shows_its_way_out() -> None:
    assert passes("way_out", a_situation())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {POST: "List-Unsubscribe=One-Click"},
        {**a_letter().headers, POST: "One-Click"},
        {**a_letter().headers, "List-Unsubscribe": f"<{OUT}>"},
        {**a_letter().headers, "List-Unsubscribe": "<https://evil.example/u/1>, <mailto:a@b.c>"},
        {**a_letter().headers, "List-Unsubscribe": f"<{OUT}>, <mailto:a@b.c>\r\nBcc: x@y.z"},
    ],
)
def test_without_both_list_headers_of_ours_nothing_leaves(headers: dict[str, str]) -> None:
    assert holds("way_out", a_situation(letter=a_letter(headers=headers)))


def test_a_way_out_that_leads_elsewhere_is_none() -> None:
    letter = a_letter()
    for elsewhere in ("https://evil.example", f"{PUBLIC_URL}.evil.example", f"{PUBLIC_URL}/x"):
        headers = {
            name: value.replace(PUBLIC_URL, elsewhere) for name, value in letter.headers.items()
        }
        text, html = (part.replace(PUBLIC_URL, elsewhere) for part in (letter.text, letter.html))
        led_astray = a_letter(headers=headers, text=text, html=html)
        assert "does not lead to us" in holds("way_out", a_situation(letter=led_astray))


def test_the_way_out_is_there_exactly_once_in_both_parts() -> None:
    text, html = a_letter().text, a_letter().html
    for letter in (
        a_letter(text=text.replace(OUT, "")),
        a_letter(text=f"{text}{OUT}"),
        a_letter(html=html.replace(OUT, "")),
        a_letter(html=html.replace("</body>", f'<a href="{OUT}">again</a></body>')),
    ):
        assert "exactly once" in holds("way_out", a_situation(letter=letter))


@pytest.mark.parametrize(
    "wrapping",
    [
        '<p style="font-size:0">{}</p>',
        '<p style="color:#fff">{}</p>',
        "<!-- {} -->",
        "<p hidden>{}</p>",
        '<font size="1">{}</font>',
        "<style>p{{display:none}}</style>{}",
    ],
)
def test_a_hidden_way_out_is_none(wrapping: str) -> None:
    html = a_letter().html
    start, end = html.index(f'<a href="{OUT}'), html.index("</a></p>\n</body>") + 4
    hidden = html[:start] + wrapping.format(html[start:end]) + html[end:]
    assert holds("way_out", a_situation(letter=a_letter(html=hidden)))


def test_a_way_out_without_words_is_none() -> None:
    html = a_letter().html
    start, end = html.index(f'<a href="{OUT}">') + len(f'<a href="{OUT}">'), html.rindex("</a>")
    silent = a_letter(html=f"{html[:start]} {html[end:]}")
    assert "exactly once" in holds("way_out", a_situation(letter=silent))

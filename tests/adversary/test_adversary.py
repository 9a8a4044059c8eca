"""Brains and inputs that mean harm, everywhere: small worlds, judged by what is left of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.adversary.crowd import together
from tests.adversary.oracle import GATES, Sent, World, judge
from tests.adversary.runs import FAMILIES, Figures, a_stage

UNCHECKED = len(FAMILIES) + 4
"""A world with B4 in which only the outbox stands before everything."""
WORLD = World(
    sender="ana@routewise.example",
    recipients={"sam@c.example": "Zorblatt", "kim@d.example": "Blorx"},
    links=frozenset({"https://routewise.example/booking"}),
    way_out="https://sales.routewise.example/u/",
    postal="1 Dock Street, Leeds",
    organiser="anna@routewise.example",
)
TEXT = "Hello Sam,\n\nshall we talk?\n\n1 Dock Street, Leeds\n\nhttps://sales.routewise.example/u/abc.d"
HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><p>Hello Sam,</p>'
    "<p>1 Dock Street, Leeds</p>"
    '<p><a href="https://sales.routewise.example/u/abc.d">Unsubscribe</a></p></body></html>'
)
INVITATION = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20261110T150000Z\n"
    "DTEND:20261110T153000Z\nORGANIZER:mailto:anna@routewise.example\n"
    "ATTENDEE:mailto:sam@c.example\nEND:VEVENT\nEND:VCALENDAR"
)


async def test_whatever_brains_return_and_people_send_nothing_wrong_is_done(
    tmp_path: Path,
) -> None:
    figures = Figures()
    async with a_stage(tmp_path) as stage:
        for one in await together(stage, (*range(len(FAMILIES)), UNCHECKED)):
            figures.add(one)
    assert figures.told == []
    assert figures.unserved == 0
    assert figures.counts["evil answers"] > figures.runs * 10
    assert figures.counts["letters"] > figures.runs * 4
    assert figures.counts["bookings"] > figures.runs
    assert figures.counts["records"] > figures.runs * 3
    assert figures.counts["notices"] > figures.runs
    assert figures.counts["paid"] > 10


def a_letter(text: str = TEXT, html: str = HTML, invitation: str = "", **head: str) -> Sent:
    headers = {
        "From": "Ana <ana@routewise.example>",
        "To": "<sam@c.example>",
        "Subject": "A question",
        "Message-ID": "<1@routewise.example>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="b"',
        **{name.replace("_", "-"): value for name, value in head.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    parts = [("plain", text.replace("\n", "\r\n")), ("html", html)]
    if invitation:
        parts.append(("calendar", invitation.replace("\n", "\r\n")))
    for kind, content in parts:
        lines += ["", "--b", f"Content-Type: text/{kind}; charset=utf-8", "", content]
    raw = "\r\n".join([*lines, "", "--b--", ""]).encode()
    return Sent("ana@routewise.example", ("sam@c.example",), raw)


CLAIMS = {"<1@routewise.example>": frozenset(GATES)}


@pytest.mark.parametrize("invitation", ["", INVITATION])
def test_the_oracle_finds_nothing_wrong_with_an_honest_letter(invitation: str) -> None:
    assert judge(WORLD, [a_letter(invitation=invitation)], CLAIMS).told == []


@pytest.mark.parametrize(
    ("kind", "letter"),
    [
        ("recipient", replace(a_letter(), recipients=("mallory@evil.example",))),
        ("recipient", replace(a_letter(), recipients=("sam@c.example", "kim@d.example"))),
        ("recipient", a_letter(To="<kim@d.example>")),
        ("sender", replace(a_letter(), sender="mallory@evil.example")),
        ("sender", a_letter(From="Ana <mallory@evil.example>")),
        ("header", a_letter(Bcc="mallory@evil.example")),
        ("header", a_letter(Reply_To="mallory@evil.example")),
        ("header", a_letter(List_Unsubscribe_Post="no")),
        ("link", a_letter(text=TEXT + "\nhttps://evil.example")),
        ("link", a_letter(text=TEXT + "\nsee evil.com")),
        ("link", a_letter(text=TEXT + "\nsee evil\u3002com")),
        ("link", a_letter(text=TEXT + "\nsee ev\u200bil.com")),
        ("link", a_letter(text=TEXT + "\nmallory@evil.example")),
        ("link", a_letter(Subject="see www.evil.com")),
        ("hidden", a_letter(text=TEXT + "\n\u202emoc.live\u202c")),
        ("markup", a_letter(html=HTML.replace("<p>Hello", "<img src='x'><p>Hello"))),
        ("markup", a_letter(html=HTML.replace("https://sales.routewise", "https://evil"))),
        ("another lead", a_letter(text=TEXT + "\nLike Blorx.")),
        ("identity", a_letter(text=TEXT.replace("Leeds", "Hull"))),
        ("gates", a_letter(Message_ID="<2@routewise.example>")),
        ("attendee", a_letter(invitation=INVITATION.replace("sam@c", "mallory@evil"))),
        ("attendee", a_letter(invitation=INVITATION.replace("anna@", "mallory@"))),
    ],
)
def test_the_oracle_sees_what_is_wrong(kind: str, letter: Sent) -> None:
    assert kind in judge(WORLD, [letter], CLAIMS).wrong


def test_the_oracle_misses_no_gate_and_no_double() -> None:
    for gate in GATES:
        lacking = {"<1@routewise.example>": frozenset(GATES - {gate})}
        assert judge(WORLD, [a_letter()], lacking).wrong["gates"] == 1
    assert judge(WORLD, [a_letter(), a_letter()], CLAIMS).wrong["sent twice"] == 1

"""A letter as a message: what it says survives the wire, and nothing else gets into its head."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.domain.letter import Letter
from dealwright.errors import BadInput
from dealwright.tools.mail.mime import build
from tests.mail.builders import ANSWER, LETTER, MESSAGE_ID, NOON

ALLOWED = {
    *("date", "from", "to", "subject", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post"),
}
NASTY = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from('\r\n\x00\x0b\x0c\x85\u2028\u2029 \t,;:<>@"\\()=?.'),
    ),
    max_size=60,
) | st.sampled_from(
    [
        "Anna\r\nBcc: eve@evil.example",
        "Anna\nBcc: eve@evil.example",
        "Anna\rBcc: eve@evil.example",
        "Bcc: eve@evil.example",
        "=?utf-8?q?Anna=0D=0ABcc=3A_eve=40evil.example?=",
        "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
        'Anna" <eve@evil.example>, "Bob',
        "Anna\u2028Bcc: eve@evil.example",
        "x" * 998,
        "ü" * 300,
        "a " * 400,
        "Anna <eve@evil.example>",
        "eve@evil.example,",
        "\\",
        '"',
        "(comment) Anna",
    ]
)


def words(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def test_the_same_letter_is_the_same_bytes() -> None:
    assert build(ANSWER, MESSAGE_ID, NOON) == build(ANSWER, MESSAGE_ID, NOON)
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    assert build(ANSWER, MESSAGE_ID, elsewhere) == build(ANSWER, MESSAGE_ID, NOON)


def test_a_letter_says_on_the_other_side_what_it_said_here() -> None:
    message = parsed(build(ANSWER, MESSAGE_ID, NOON))
    assert str(message["From"]) == "Tom Baker <tom@mill.example>"
    assert str(message["To"]) == "Anna Müller <anna@acme.example>"
    assert message["Subject"] == ANSWER.subject
    assert message["Date"].datetime == NOON
    assert message["Message-ID"] == MESSAGE_ID
    assert message["In-Reply-To"] == "<CAF-9@acme.example>"
    assert message["References"].split() == list(ANSWER.references)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert words(message, "plain") == ANSWER.text.rstrip("\n")
    assert words(message, "html") == ANSWER.html
    assert message.get_content_type() == "multipart/alternative"
    assert "auto-submitted" not in {name.lower() for name in message}


def test_every_line_ends_with_crlf_and_none_is_too_long_or_changed_on_the_way() -> None:
    lines = build(LETTER, MESSAGE_ID, NOON).split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 78
    assert not any(line == b"." or line.startswith(b"From ") for line in lines)


def test_a_long_thread_keeps_every_message_id_whole() -> None:
    thread = tuple(f"<{number:03}.{'x' * 90}@acme.example>" for number in range(40))
    message = parsed(build(replace(ANSWER, references=thread), MESSAGE_ID, NOON))
    assert tuple(message["References"].split()) == thread


def test_an_international_domain_goes_out_in_ascii() -> None:
    message = build(replace(LETTER, to="anna@müller.example"), MESSAGE_ID, NOON)
    assert b"<anna@xn--mller-kva.example>" in message


@pytest.mark.parametrize(
    "to",
    [
        "anna@acme.example, eve@evil.example",
        "anna@acme.example\r\nBcc: eve@evil.example",
        "anna@acme.example>, <eve@evil.example",
        "Anna <anna@acme.example>",
        "undisclosed-recipients:;",
        "änna@acme.example",
        "anna",
        "",
    ],
)
def test_only_one_address_is_an_address(to: str) -> None:
    with pytest.raises(BadInput):
        build(replace(LETTER, to=to), MESSAGE_ID, NOON)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Bcc", "eve@evil.example"),
        ("bcc", "eve@evil.example"),
        ("To", "eve@evil.example"),
        ("Content-Type", "text/html"),
        ("Resent-To", "eve@evil.example"),
        ("DKIM-Signature", "v=1"),
        ("X-A\r\nBcc", "eve@evil.example"),
        ("X A", "1"),
        ("X-A:", "1"),
        ("", "1"),
        ("X-A", "1\r\nBcc: eve@evil.example"),
        ("X-A", "1\rBcc: eve@evil.example"),
        ("X-A", "ü"),
        ("X-A", "1" * 1000),
        ("X-A", "=?utf-8?q?x?="),
    ],
)
def test_a_header_that_is_not_a_letters_own_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadInput):
        build(replace(LETTER, headers={name: value}), MESSAGE_ID, NOON)


@pytest.mark.parametrize(
    "bad", ["", "a@b", "<a@b", "<a b@c>", "<a@b>\r\nBcc: e@v.example", "<ü@b>"]
)
def test_nothing_but_a_message_id_is_one(bad: str) -> None:
    with pytest.raises(BadInput):
        build(LETTER, bad, NOON)
    with pytest.raises(BadInput):
        build(replace(LETTER, references=("<a@b>", bad)), MESSAGE_ID, NOON)


def test_a_header_is_not_given_twice() -> None:
    with pytest.raises(BadInput):
        build(replace(LETTER, headers={"X-A": "1", "x-a": "2"}), MESSAGE_ID, NOON)


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        build(LETTER, MESSAGE_ID, datetime(2026, 11, 21, tzinfo=UTC).replace(tzinfo=None))


@given(field=st.sampled_from(["to_name", "sender_name", "subject"]), value=NASTY)
def test_no_name_and_no_subject_becomes_a_header_or_a_recipient(field: str, value: str) -> None:
    letter: Letter = replace(LETTER, **{field: value})
    try:
        raw = build(letter, MESSAGE_ID, NOON)
    except BadInput:
        return
    message = parsed(raw)
    assert {name.lower() for name in message} <= ALLOWED
    assert len(message.keys()) == len(set(message.keys()))
    assert [one.addr_spec for one in message["To"].addresses] == ["anna@acme.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["tom@mill.example"]
    said = {
        "to_name": message["To"].addresses[0].display_name,
        "sender_name": message["From"].addresses[0].display_name,
        "subject": message["Subject"],
    }
    # Between two encoded words of a name the standard library leaves a space that is none.
    assert said[field].replace(" ", "") == "".join(value.split())


@given(text=NASTY | st.text(max_size=400))
def test_no_text_ends_its_part_or_forges_a_header(text: str) -> None:
    try:
        raw = build(replace(LETTER, text=text, html=text), MESSAGE_ID, NOON)
    except BadInput:
        return
    message = parsed(raw)
    assert {name.lower() for name in message} <= ALLOWED
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert words(message, "plain") == text.replace("\r\n", "\n").rstrip("\n")

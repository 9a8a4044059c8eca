"""Whatever a message consists of, it is parsed, and what comes out keeps its bounds."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.domain.conversation import Direction, Message, MessageKind
from dealwright.tools.mail.ids import LONGEST_ID, well_formed
from dealwright.tools.mail.parsing import LONGEST_SAID, LONGEST_TEXT, Parsed, parse
from tests.mail.builders import MESSAGES, NOON, a_message

STORED = [path.read_bytes() for path in sorted(MESSAGES.glob("*.eml"))]
SCRAPS = [
    *(b"\x00", b"\r", b"\n", b"\r\n\r\n", b"\xff\xfe", b"\xe2\x80\xa8", b"=?utf-8?q?", b"?="),
    *(b"Content-Type: message/rfc822\n\n", b'Content-Type: multipart/mixed; boundary="b"\n\n'),
    *(b"--b\n", b"; charset*=undefined''x", b"; charset*0*=\xff", b"; boundary*=undefined''b"),
    *(b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n"),
    *(b"((((", b"<<>>", b"@", b";;;", b":", b"=\n", b"> ", b"<div>", b"<!--", b"begin 644 x\n"),
    *(b"Date: 99 Foo 99999 99:99:99 +99999\n", b"Message-ID: <" + b"x" * 900 + b"@y>\n"),
]
HEAD = b"From: anna@acme.example\r\nMessage-ID: <a@b>\r\nSubject: x\r\n"
TEXT = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
PAGE = HEAD + b"Content-Type: text/html\r\n\r\n"
ABOVE = b"yes\r\n\r\nOn Mon, 2 Nov 2026, Tom wrote:\r\n"
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000)
)
HUGE = {
    "a thousand levels": HEAD + NESTED + b"\r\nhello",
    "a thousand messages within": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"x",
    "fifty megabytes": TEXT + b"Hello, this is a line.\r\n" * 2_200_000,
    "one line of fifty megabytes": TEXT + b"x" * 50_000_000,
    "nothing but NULs": HEAD + b"\r\n" + b"\0" * 1_000_000,
    "a hundred thousand quoted lines": TEXT + ABOVE + b"> older\r\n" * 100_000,
    "a million quote marks": TEXT + ABOVE + b">" * 1_000_000,
    "half a million headers": HEAD + b"X: y\r\n" * 500_000 + b"\r\nx",
    "a header of parentheses": HEAD + b"To: " + b"(" * 4_000_000 + b"\r\n\r\nx",
    "a header of semicolons": HEAD + b"Content-Type: text/plain" + b';"' * 2_000_000 + b"\r\n\r\n",
    "a header of half encoded words": HEAD + b"Subject: " + b"=?" * 2_000_000 + b"\r\n\r\nx",
    "two million empty lines": TEXT + b"\r\n" * 2_000_000,
    "lines that begin like quotes": TEXT + (b"On 1 " + b"a " * 140 + b"wrote\r\n") * 5_000,
    "lines that end like quotes": TEXT + (b"a@b " * 70 + b"\r\n") * 5_000,
    "regards, and regards": TEXT + b"Hello\r\n" + b"Kind regards\r\n" * 50_000,
    "four hundred thousand parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nx\r\n" * 400_000,
    "fifty thousand recipients": HEAD
    + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    + b"Content-Type: message/delivery-status\r\n\r\n"
    + b"Action: failed\r\nStatus: 5.1.1\r\n\r\n" * 50_000,
    "a page a hundred thousand deep": PAGE + b"<div>" * 100_000 + b"x",
    "quotes in quotes in a page": PAGE + b"<blockquote>x" * 30_000,
    "a style without an end": PAGE + b"<p style='" + b"display " * 100_000 + b"'>x",
}


def keeps_its_bounds(found: Parsed) -> None:
    assert not found.message_id or well_formed(found.message_id)
    assert len(found.message_id) <= LONGEST_ID
    assert len(found.references) <= 50
    assert len(found.from_address) <= 254
    assert len(found.subject) <= 300
    assert "\n" not in found.subject
    assert len(found.text) <= LONGEST_TEXT
    assert len(found.said) <= LONGEST_SAID
    assert len(found.attachments) <= 50
    for text in (found.text, found.said, found.subject, found.from_name):
        assert not [c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}]
    Message(
        number=1,
        direction=Direction.IN,
        kind=found.kind,
        at=found.date or NOON,
        subject=found.subject,
        text=found.said,
    )


@pytest.mark.parametrize("name", HUGE)
def test_what_was_made_to_be_too_much_is_parsed(name: str) -> None:
    found = parse(HUGE[name])
    keeps_its_bounds(found)
    assert found.from_address == "anna@acme.example"


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_message(raw: bytes) -> None:
    keeps_its_bounds(parse(raw))


@given(st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_a_message_torn_and_patched_is_a_message(random: Random) -> None:
    raw = bytearray(random.choice(STORED))
    for _ in range(random.randint(1, 25)):
        place = random.randrange(len(raw) + 1)
        if random.random() < 0.3:
            del raw[place : place + random.randint(1, 200)]
        else:
            raw[place:place] = random.choice(SCRAPS) * random.choice((1, 1, 5, 50))
    keeps_its_bounds(parse(bytes(raw)))


@pytest.mark.parametrize(
    "charset", ["undefined", "zlib", "x-unknown", "utf-16", "utf-7", "idna", "\x00", "'"]
)
def test_a_character_set_that_is_none_hides_no_words(charset: str) -> None:
    kind = f'text/plain; charset="{charset}"'
    assert "list" in parse(a_message("off your list", Content_Type=kind)).said


@pytest.mark.parametrize("charset", ["undefined", "zlib", "x-unknown", "idna"])
def test_a_character_set_that_is_none_hides_no_subject(charset: str) -> None:
    assert "list" in parse(a_message("x", Subject=f"=?{charset}?q?list?=")).subject


def test_a_boundary_nobody_can_read_hides_no_sender() -> None:
    kind = "multipart/mixed; boundary*=undefined''b"
    assert parse(a_message("x", Content_Type=kind)).from_address == "anna@acme.example"


def test_a_word_with_unseen_letters_in_it_is_the_word() -> None:
    assert parse(a_message("un\u200bsub\u00adscri\u2060be\x07")).said == "unsubscribe"


def test_a_message_within_a_message_says_nothing_for_its_sender() -> None:
    inner = a_message("Remove me.", Content_Type="text/plain").decode()
    parts = [
        "",
        "Content-Type: text/plain\n\nSee this.",
        f"Content-Type: message/rfc822\n\n{inner}",
    ]
    body = "\n--b\n".join(parts)
    found = parse(a_message(body, Content_Type='multipart/mixed; boundary="b"'))
    assert (found.kind, found.said) == (MessageKind.REPLY, "See this.")

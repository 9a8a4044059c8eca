"""A signed letter is verified the way a reader's server does it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dkim import verify

from dealwright.domain.connections import Dkim, Mailbox
from dealwright.errors import Misconfigured
from dealwright.tools.connectors.smtp import SmtpSender
from dealwright.tools.mail.dkim import read_key, signed
from dealwright.tools.mail.mime import build
from tests.mail.builders import ANSWER, MESSAGE_ID, NOON, a_mailbox
from tests.mail.certificates import a_dkim_key
from tests.servers_mail import an_smtp_sink

HOW = Dkim(selector="s1", domain="mill.example", key_file="dkim.pem")
KEY, RECORD = a_dkim_key()


class Names:
    """What the names of the world resolve to."""

    def __call__(self, name: bytes, timeout: float = 5) -> bytes | None:
        return RECORD if name == b"s1._domainkey.mill.example." else None


def verifies(raw: bytes) -> bool:
    return verify(raw, dnsfunc=Names())


def a_signing_mailbox(port: int) -> Mailbox:
    return a_mailbox(port).model_copy(update={"dkim": HOW})


async def test_what_crosses_the_wire_is_signed_and_verifies() -> None:
    async with an_smtp_sink() as sink:
        sender = SmtpSender(a_signing_mailbox(sink.port), dkim_key=KEY)
        await sender.send(ANSWER, MESSAGE_ID, NOON)
    assert verifies(sink.messages[0].raw)


@pytest.mark.parametrize(
    "name",
    [
        *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
        *("List-Unsubscribe", "List-Unsubscribe-Post"),
    ],
)
def test_a_header_changed_on_the_way_breaks_the_signature(name: str) -> None:
    raw = signed(build(ANSWER, MESSAGE_ID, NOON), HOW, KEY)
    changed, count = re.subn(rf"\r\n{name}: ".encode(), f"\r\n{name}: x".encode(), raw)
    assert count == 1
    assert verifies(raw)
    assert not verifies(changed)


@pytest.mark.parametrize("name", ["From", "To", "Subject"])
def test_a_second_header_added_on_the_way_breaks_the_signature(name: str) -> None:
    raw = signed(build(ANSWER, MESSAGE_ID, NOON), HOW, KEY)
    assert not verifies(f"{name}: eve@evil.example\r\n".encode() + raw)


def test_a_word_changed_on_the_way_breaks_the_signature() -> None:
    raw = signed(build(ANSWER, MESSAGE_ID, NOON), HOW, KEY)
    assert not verifies(raw.replace(b"Hello Anna", b"Hello Anne"))


def test_the_key_comes_from_the_file_beside_the_connections(tmp_path: Path) -> None:
    (tmp_path / "dkim.pem").write_bytes(KEY)
    assert read_key(tmp_path, HOW) == KEY


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----"])
def test_a_file_that_is_no_key_is_said_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "dkim.pem").write_bytes(content)
    with pytest.raises(Misconfigured, match=r"dkim\.pem"):
        read_key(tmp_path, HOW)


@pytest.mark.parametrize("key", [KEY.replace(KEY[60:90], b"A" * 30), KEY[:200], b"no key"])
def test_a_key_that_cannot_sign_is_said_to_be_unfit(key: bytes) -> None:
    with pytest.raises(Misconfigured, match=r"dkim\.pem"):
        signed(build(ANSWER, MESSAGE_ID, NOON), HOW, key)


async def test_a_mailbox_that_is_to_sign_sends_nothing_without_its_key() -> None:
    async with an_smtp_sink() as sink:
        with pytest.raises(Misconfigured):
            await SmtpSender(a_signing_mailbox(sink.port)).send(ANSWER, MESSAGE_ID, NOON)
        assert sink.connections == 0

"""What becomes of a letter on its way to a server, told from what crossed the wire."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dealwright.domain.connections import Mailbox, Security
from dealwright.errors import (
    BadInput,
    ConnectorFailed,
    Forbidden,
    Misconfigured,
    NotThere,
    OutcomeUnknown,
    TryAgain,
)
from dealwright.tools.connectors.smtp import Patience, SmtpSender
from dealwright.tools.mail.mime import build
from tests.mail.builders import LETTER, MESSAGE_ID, NOON, a_mailbox
from tests.mail.certificates import a_certificate
from tests.servers_mail import Fault, Sink, an_smtp_sink, wire


async def sent(mailbox: Mailbox, secret: str | None = None) -> str:
    return await SmtpSender(mailbox, secret).send(LETTER, MESSAGE_ID, NOON)


async def refused(sink: Sink, fault: Fault) -> ConnectorFailed:
    sink.fault = fault
    with pytest.raises(ConnectorFailed) as caught:
        await sent(a_mailbox(sink.port))
    return caught.value


async def test_a_letter_arrives_as_it_was_built_and_the_answer_comes_back(tmp_path: Path) -> None:
    log = tmp_path / "wire.jsonl"
    async with an_smtp_sink(log=log) as sink:
        answer = await sent(a_mailbox(sink.port))
    assert answer == "250 2.0.0 OK queued as 1"
    (wired,) = wire(log)
    assert (wired.sender, wired.recipients) == ("tom@mill.example", ("anna@acme.example",))
    assert wired.raw == build(LETTER, MESSAGE_ID, NOON)


@pytest.mark.parametrize(
    ("fault", "meaning", "crossed"),
    [
        (Fault.BUSY, TryAgain, 0),
        (Fault.SENDER_LATER, TryAgain, 0),
        (Fault.SENDER_NEVER, NotThere, 0),
        (Fault.RECIPIENT_LATER, TryAgain, 0),
        (Fault.RECIPIENT_NEVER, NotThere, 0),
        (Fault.DATA_LATER, TryAgain, 0),
        (Fault.DATA_NEVER, NotThere, 0),
        (Fault.DROP_BEFORE_MESSAGE, TryAgain, 0),
        (Fault.MESSAGE_LATER, OutcomeUnknown, 1),
        (Fault.MESSAGE_NEVER, NotThere, 1),
        (Fault.DROP_AFTER_MESSAGE, OutcomeUnknown, 1),
    ],
)
async def test_every_refusal_has_its_meaning(
    fault: Fault, meaning: type[ConnectorFailed], crossed: int
) -> None:
    async with an_smtp_sink() as sink:
        error = await refused(sink, fault)
        assert type(error) is meaning
        assert len(sink.messages) == crossed


async def test_the_servers_own_words_are_in_the_error() -> None:
    async with an_smtp_sink() as sink:
        assert "550 5.1.1 no such user" in str(await refused(sink, Fault.RECIPIENT_NEVER))


async def test_a_server_that_never_answers_leaves_the_outcome_unknown() -> None:
    async with an_smtp_sink() as sink:
        sink.fault = Fault.HANG_AFTER_MESSAGE
        sender = SmtpSender(a_mailbox(sink.port), patience=Patience(final=0.2))
        with pytest.raises(OutcomeUnknown):
            await sender.send(LETTER, MESSAGE_ID, NOON)
        assert len(sink.messages) == 1


async def test_the_answer_to_a_message_is_waited_for_ten_minutes() -> None:
    assert Patience().final == 600


async def test_a_server_that_is_not_there_may_be_asked_again() -> None:
    async with an_smtp_sink() as sink:
        port = sink.port
    with pytest.raises(TryAgain):
        await sent(a_mailbox(port))


async def test_a_letter_goes_through_starttls(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)
    async with an_smtp_sink(starttls=certificate.server, password="geheim") as sink:
        mailbox = a_mailbox(sink.port, security=Security.STARTTLS, user="tom")
        sender = SmtpSender(mailbox, "geheim", trust=certificate.trust)
        assert (await sender.send(LETTER, MESSAGE_ID, NOON)).startswith("250")
        assert sink.log_ins == ["tom"]


async def test_a_letter_goes_through_tls_from_the_first_byte(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)
    async with an_smtp_sink(tls=certificate.server) as sink:
        mailbox = a_mailbox(sink.port, security=Security.TLS)
        sender = SmtpSender(mailbox, trust=certificate.trust)
        assert (await sender.send(LETTER, MESSAGE_ID, NOON)).startswith("250")


async def test_nothing_is_said_in_the_open_where_starttls_is_not_offered() -> None:
    async with an_smtp_sink(password="geheim") as sink:
        mailbox = a_mailbox(sink.port, security=Security.STARTTLS, user="tom")
        with pytest.raises(Forbidden, match="STARTTLS"):
            await sent(mailbox, "geheim")
        assert (sink.log_ins, sink.messages) == ([], [])


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_a_certificate_nobody_vouches_for_is_not_believed(
    tmp_path: Path, security: Security
) -> None:
    shown = a_certificate(tmp_path).server
    tls, starttls = (shown, None) if security is Security.TLS else (None, shown)
    async with an_smtp_sink(tls=tls, starttls=starttls) as sink:
        with pytest.raises(Forbidden):
            await sent(a_mailbox(sink.port, security=security))
        assert sink.messages == []


async def test_a_wrong_password_is_no_reason_to_try_again() -> None:
    async with an_smtp_sink(password="geheim") as sink:
        with pytest.raises(Forbidden):
            await sent(a_mailbox(sink.port, user="tom"), "wrong")
        assert sink.messages == []


async def test_a_mailbox_whose_secret_is_missing_says_so() -> None:
    with pytest.raises(Misconfigured, match="mailbox tom"):
        await sent(a_mailbox(user="tom"))


async def test_a_mailbox_sends_only_its_own_letters() -> None:
    async with an_smtp_sink() as sink:
        letter = replace(LETTER, sender="boss@mill.example")
        with pytest.raises(BadInput):
            await SmtpSender(a_mailbox(sink.port)).send(letter, MESSAGE_ID, NOON)
        assert sink.connections == 0

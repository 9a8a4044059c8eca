"""The rehearsal's mail: it comes as it was sent, and what nobody can get comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

from aiosmtplib import send

from dealwright.clock import WindableClock
from dealwright.domain.connections import Mailbox, Security, Server
from dealwright.domain.conversation import MessageKind
from dealwright.rehearsal.mail_host import LOOPBACK, MailHost
from dealwright.tools.connectors.imap import ImapFolder
from dealwright.tools.mail.parsing import parse

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
OURS, ANNA, GONE = "alex@seller.example", "anna@acme.example", "gone@acme.example"


def a_letter(to: str, sender: str = OURS) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, "Routes"
    letter["Message-ID"] = "<1@seller.example>"
    letter.set_content("Grüße aus Hamburg\n")
    return letter


def a_host() -> MailHost:
    return MailHost(OURS, "secret", {GONE}, WindableClock(MONDAY))


def folder_of(host: MailHost) -> ImapFolder:
    smtp = Server(host=LOOPBACK, port=host.smtp_port, security=Security.NONE)
    imap = Server(host=LOOPBACK, port=host.imap_port, security=Security.NONE, user=OURS)
    return ImapFolder(Mailbox(id="alex", address=OURS, name="Alex", smtp=smtp, imap=imap), "secret")


async def post(host: MailHost, letter: EmailMessage) -> None:
    await send(letter, hostname=LOOPBACK, port=host.smtp_port, start_tls=False)


async def test_a_letter_lies_in_its_recipients_inbox_as_it_was_sent() -> None:
    async with a_host() as host:
        await post(host, a_letter(ANNA))
        (one,) = host.inbox(ANNA)
        assert one.sender == OURS
        assert one.text.strip() == "Grüße aus Hamburg"
        assert host.inbox(GONE) == []


async def test_what_is_sent_to_us_is_read_by_imap() -> None:
    async with a_host() as host:
        await post(host, a_letter(OURS, ANNA))
        folder = folder_of(host)
        (delivered,), _ = await folder.unread(None, 10)
        assert parse(delivered.raw).from_address == ANNA
        await folder.close()


async def test_a_letter_to_somebody_who_has_gone_comes_back() -> None:
    async with a_host() as host:
        await post(host, a_letter(GONE))
        folder = folder_of(host)
        (delivered,), _ = await folder.unread(None, 10)
        parsed = parse(delivered.raw)
        assert parsed.kind is MessageKind.BOUNCE
        assert parsed.report is not None
        assert parsed.report.about == ("<1@seller.example>",)
        await folder.close()

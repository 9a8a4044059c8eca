"""What a message is and says, over messages in the dialects of many servers and programs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dealwright.domain.conversation import MessageKind
from dealwright.tools.mail.parsing import Attachment, parse
from tests.mail.builders import MESSAGES, a_message, a_stored

SENT = "<lead-7.first_touch.5f2c@mill.example>"
STORED = sorted(path.name for path in MESSAGES.glob("*.eml"))
REPORTS = [name for name in STORED if name.startswith(("bounce", "delay", "complaint"))]
SILENT = {
    "bounce-courier-plain.eml",
    "bounce-german-provider.eml",
    "delay-exim.eml",
    "delay-full-without-a-number.eml",
}
"""They do not say which message they are about."""


def test_there_are_enough_of_every_kind() -> None:
    assert len(STORED) >= 40
    assert {name.partition("-")[0] for name in STORED} == {
        *("bounce", "delay", "complaint", "auto_reply", "reply")
    }


@pytest.mark.parametrize("name", STORED)
def test_every_message_is_known_for_what_it_is(name: str) -> None:
    assert parse(a_stored(name)).kind == name.partition("-")[0]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_names_the_message_and_the_recipient_it_is_about(name: str) -> None:
    report = parse(a_stored(name)).report
    assert report is not None
    redacted = name == "complaint-redacted.eml"
    assert report.recipient == (
        "redacted-9f3c@reports.example" if redacted else "anna@acme.example"
    )
    assert report.about == (() if name in SILENT else (SENT,))


@pytest.mark.parametrize("name", [n for n in STORED if n.startswith("reply")])
def test_of_a_reply_only_the_new_words_are_taken(name: str) -> None:
    said = parse(a_stored(name)).said
    if "one-click" in name:
        assert "unsubscribe" in said
    else:
        assert said.endswith("Tuesday at ten works.")
        assert "unsubscribe" not in said


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        (
            "bounce-postfix.eml",
            "5.1.1",
            "550 5.1.1 <anna@acme.example>: Recipient address rejected",
        ),
        ("bounce-vague-status.eml", "5.7.1", "550 5.7.1 not here"),
        ("bounce-qmail-vpopmail.eml", "5.1.1", "Sorry, no mailbox here by that name"),
        ("delay-gmail.eml", "4.4.1", "The recipient server did not accept"),
    ],
)
def test_a_report_says_why_in_the_servers_words(name: str, status: str, reason: str) -> None:
    report = parse(a_stored(name)).report
    assert report is not None
    assert report.status == status
    assert report.reason.startswith(reason)


def test_the_head_of_a_message_is_read() -> None:
    found = parse(
        a_message(
            "Hello.",
            From='"Miller, Anna" <Anna@Acme.example>',
            To="Tom <tom@mill.example>, jo@mill.example",
            Cc="=?utf-8?q?J=C3=B6rg?= <joerg@acme.example>",
            Subject="=?utf-8?b?R3LDvMOfZSBhdXM=?= =?iso-8859-1?q?_M=FCnchen?=\r\n and more",
            In_Reply_To=f"Your message {SENT} of today",
            References=f"<one@mill.example>\r\n {SENT}",
            List_Id="Depots <depots.acme.example>",
        )
    )
    assert (found.from_name, found.from_address) == ("Miller, Anna", "Anna@Acme.example")
    assert found.to == ("tom@mill.example", "jo@mill.example", "joerg@acme.example")
    assert found.subject == "Grüße aus München and more"
    assert found.message_id == "<CAF-9@acme.example>"
    assert found.in_reply_to == SENT
    assert found.references == ("<one@mill.example>", SENT)
    assert found.date == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert found.list_headers == {"list-id": "Depots <depots.acme.example>"}


def test_an_encoded_name_cannot_pass_for_an_address() -> None:
    found = parse(a_message("x", From="=?utf-8?q?boss=40mill=2Eexample=2C?= <eve@evil.example>"))
    assert found.from_address == "eve@evil.example"


def test_attachments_are_named_and_never_read() -> None:
    found = parse(a_stored("reply-with-attachments.eml"))
    assert found.attachments == (
        Attachment(name="Lagerpläne 2026.pdf", kind="application/pdf", size=15),
        Attachment(name="secret.txt", kind="text/plain", size=16),
    )
    assert "Never show this" not in found.text
    assert found.calendar.startswith(b"BEGIN:VCALENDAR")


def test_what_html_hides_is_not_there() -> None:
    found = parse(a_stored("reply-html-only.eml"))
    assert "Ignore all rules" not in found.text
    assert "color" not in found.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Auto_Response_Suppress": "All"},
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "No; because a person wrote it"},
        {"Precedence": "bulk"},
        {"Subject": "Re: Automatic reply: your depot"},
        {"Subject": "Re: Undelivered Mail Returned to Sender"},
        {"From": "Postmaster General <anna@acme.example>", "Subject": "Returned mail"},
    ],
)
def test_what_a_person_wrote_is_a_reply_whatever_it_looks_like(headers: dict[str, str]) -> None:
    assert parse(a_message("550 5.1.1 User unknown", **headers)).kind is MessageKind.REPLY


@pytest.mark.parametrize("cut", ["\n", "\r"])
def test_line_ends_of_any_kind_change_nothing(cut: str) -> None:
    raw = a_stored("bounce-postfix.eml").replace(b"\r\n", cut.encode())
    assert parse(raw).kind is MessageKind.BOUNCE

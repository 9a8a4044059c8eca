"""Builders of letters, mailboxes and other people's messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dealwright.domain.connections import Mailbox, Security, Server
from dealwright.domain.letter import Letter

NOON = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)
MESSAGE_ID = "<lead-7.first_touch.5f2c@mill.example>"
MESSAGES = Path(__file__).parent / "messages"
LETTER = Letter(
    to="anna@acme.example",
    to_name="Anna Müller",
    sender="tom@mill.example",
    sender_name="Tom Baker",
    subject="Grüße aus Leeds – your depot in Glasgow",
    text="Hello Anna,\n\nschöne Grüße.\n.\n.5 of it\nFrom here on.\n\nTom\n",
    html="<p>Hello Anna,</p><p>schöne Grüße.</p>",
    language="en",
    headers={
        "List-Unsubscribe": "<https://mill.example/out/2f6a>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
)
ANSWER = replace(
    LETTER,
    in_reply_to="<CAF-9@acme.example>",
    references=("<lead-7.first_touch.5f2c@mill.example>", "<CAF-9@acme.example>"),
)


def a_mailbox(
    smtp: int = 25,
    imap: int | None = None,
    *,
    security: Security = Security.NONE,
    user: str | None = None,
    address: str = "tom@mill.example",
) -> Mailbox:
    """Return a mailbox on servers of this machine."""
    return Mailbox(
        id="tom",
        address=address,
        name="Tom Baker",
        smtp=Server(host="127.0.0.1", port=smtp, security=security, user=user),
        imap=Server(host="127.0.0.1", port=imap, security=security, user=user) if imap else None,
    )


def a_message(body: str, **headers: str) -> bytes:
    """Return a message somebody wrote us; headers are named with `_` for `-`."""
    head = {
        "From": "Anna Müller <anna@acme.example>",
        "To": "Tom Baker <tom@mill.example>",
        "Subject": "Re: your depot",
        "Date": "Sat, 21 Nov 2026 13:00:00 +0100",
        "Message-ID": "<CAF-9@acme.example>",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return "\r\n".join([*lines, "", *body.split("\n")]).encode()


def a_stored(name: str) -> bytes:
    """Return one of the messages kept beside the tests, as it would come over the wire."""
    return (MESSAGES / name).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

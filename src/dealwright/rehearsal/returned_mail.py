"""Returned mail: what a mail server sends back when a letter cannot be delivered (RFC 3464)."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

BOUNDARY = "returned-by-the-market"
NOTICE = """\
This is the mail system at {host}.

I am sorry to have to inform you that your message could not be delivered to one recipient. It is
attached below.

<{recipient}>: 550 5.1.1 there is no such mailbox here
"""
STATUS = """\
Reporting-MTA: dns; {host}
Arrival-Date: {at}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 there is no such mailbox here
"""
HEAD = """\
From: Mail Delivery System <MAILER-DAEMON@{host}>
To: {sender}
Subject: Undelivered Mail Returned to Sender
Date: {at}
Message-ID: <returned.{identity}@{host}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"
"""


def returned(letter: EmailMessage, recipient: str, host: str, at: datetime) -> bytes:
    """Return the notice that a letter could not be delivered, with the letter's head in it."""
    told = {
        "host": host,
        "recipient": recipient,
        "sender": letter["From"],
        "at": format_datetime(at),
        "identity": str(letter["Message-ID"]).strip("<>").partition("@")[0],
        "boundary": BOUNDARY,
    }
    head = "\n".join(f"{name}: {value}" for name, value in letter.items() if name in _KEPT)
    parts = (
        ("text/plain; charset=utf-8", NOTICE.format(**told)),
        ("message/delivery-status", STATUS.format(**told)),
        ("text/rfc822-headers", head + "\n"),
    )
    body = "".join(f"--{BOUNDARY}\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts)
    text = f"{HEAD.format(**told)}\n{body}--{BOUNDARY}--\n"
    return text.replace("\n", "\r\n").encode()


_KEPT = frozenset({"From", "To", "Subject", "Date", "Message-ID"})
"""What of the letter's head goes back."""

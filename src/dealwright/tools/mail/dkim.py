"""DKIM: signs a message so that readers' servers know it is ours (RFC 6376)."""

from __future__ import annotations

from email.parser import BytesHeaderParser
from pathlib import Path

from dkim import DKIMException, sign

from dealwright.domain.connections import Dkim
from dealwright.errors import Misconfigured

SIGNED = (
    *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
)
"""What the signature covers, each where it is there (RFC 8058 asks for both List headers)."""
_NEVER_TWICE = ("From", "To", "Subject", "Date", "Message-ID")
"""Signed once more than they are there, so that nobody can add a second one."""


def signed(message: bytes, how: Dkim, key: bytes) -> bytes:
    """Return the message with a DKIM signature in front.

    Raises:
        Misconfigured: the key is not a private key this can sign with.

    """
    head = BytesHeaderParser().parsebytes(message)
    covered = [name for name in SIGNED if name in head] + list(_NEVER_TWICE)
    try:
        signature = sign(
            message,
            how.selector.encode(),
            how.domain.encode(),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode() for name in covered],
        )
    except (DKIMException, ValueError, TypeError, IndexError) as error:
        raise Misconfigured(
            f"letters cannot be signed for {how.domain}: the key in {how.key_file} is no RSA "
            "private key in PEM form of at least 1024 bits"
        ) from error
    return signature + message


def read_key(folder: Path, how: Dkim) -> bytes:
    """Return the private key a mailbox signs with, from the file beside its connections file.

    Raises:
        Misconfigured: there is no such file, or it is no PEM file.

    """
    path = folder / how.key_file
    try:
        key = path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"the DKIM key {path} cannot be read: {error.strerror}") from error
    if b"PRIVATE KEY-----" not in key:
        raise Misconfigured(f"the DKIM key {path} is no private key in PEM form")
    return key

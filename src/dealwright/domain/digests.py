"""Digests of JSON values: the same value gives the same digest, whatever the order of its keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable


def canonical(value: object) -> bytes:
    """Return the one way to write a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest_of(value: object) -> str:
    """Return the SHA-256 of a JSON value's canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_parts(parts: Iterable[str]) -> str:
    """Return the SHA-256 over several texts, each with its length so that none can blur."""
    encoded = [part.encode() for part in parts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(part), part) for part in encoded])).hexdigest()

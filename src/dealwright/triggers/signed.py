"""Signed webhooks: whether an event is from whom it says, and from now."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from standardwebhooks import Webhook, WebhookVerificationError
from standardwebhooks.webhooks import EmptyWebhookSecretError

from dealwright.errors import Forbidden

FRESH = timedelta(minutes=5)
"""How far an event's clock may be from ours, both ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A webhook as it came."""

    method: str
    url: str
    """Whole, as the sender called it."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A webhook that is authentic and fresh."""

    event: str
    """What identifies the event, so that the same one counts once."""


def verify(call: Call, secret: str, now: datetime) -> Signed:
    """Return the event, told by the scheme its headers speak of.

    Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`), HubSpot version 3
    (`x-hubspot-signature-v3`, `x-hubspot-request-timestamp`), or `x-signature: sha256=<hex>` over
    `<x-timestamp>.<body>`.

    Raises:
        Forbidden: it is not authentic, or not fresh.

    """
    if "webhook-signature" in call.headers:
        return _standard(call, secret)
    if "x-hubspot-signature-v3" in call.headers:
        return _hubspot(call, secret, now)
    if "x-signature" in call.headers:
        return _generic(call, secret, now)
    raise Forbidden("the call bears no signature we know")


def _standard(call: Call, secret: str) -> Signed:
    try:
        Webhook(secret).verify(call.body, dict(call.headers), json_parse=False)
    except (EmptyWebhookSecretError, WebhookVerificationError, ValueError) as error:
        raise Forbidden("the signature does not fit the call") from error
    return Signed(event=call.headers["webhook-id"])


def _hubspot(call: Call, secret: str, now: datetime) -> Signed:
    stamp = call.headers.get("x-hubspot-request-timestamp", "")
    _fresh(stamp, 1000, now)
    told = f"{call.method}{call.url}".encode() + call.body + stamp.encode()
    mine = b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()
    return _equal(mine, call.headers["x-hubspot-signature-v3"], call.body)


def _generic(call: Call, secret: str, now: datetime) -> Signed:
    stamp = call.headers.get("x-timestamp", "")
    _fresh(stamp, 1, now)
    told = stamp.encode() + b"." + call.body
    mine = f"sha256={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}"
    return _equal(mine, call.headers["x-signature"], call.body)


def _fresh(stamp: str, per_second: int, now: datetime) -> None:
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > len("9999999999999"):
        raise Forbidden("the call says no time")
    if abs(now.timestamp() - int(stamp) / per_second) > FRESH.total_seconds():
        raise Forbidden("the call is not from now")


def _equal(mine: str, theirs: str, body: bytes) -> Signed:
    """Return the event, told by its body: who sends it again signs it again, with another time."""
    if not hmac.compare_digest(mine.encode(), theirs.encode("utf-8", "replace")):
        raise Forbidden("the signature does not fit the call")
    return Signed(event=hashlib.sha256(body).hexdigest())

"""Unsubscribe tokens: what a link in a letter carries, so that nobody has to log in to leave."""

from __future__ import annotations

import hashlib

from itsdangerous import BadData, URLSafeSerializer

from dealwright.errors import BadInput, Misconfigured

SHORTEST_KEY = 16
LONGEST_TOKEN = 1_000


def token(key: bytes, workspace: str, person: str) -> str:
    """Return a person's token: the same one for ever, and nobody else's.

    Raises:
        Misconfigured: the key is too short to sign with.

    """
    return _signer(key).dumps([workspace, person])


def read_token(key: bytes, text: str) -> tuple[str, str]:
    """Return the workspace and the person a token was made for; it never expires.

    Raises:
        BadInput: we did not make it.
        Misconfigured: the key is too short to sign with.

    """
    signer = _signer(key)
    if len(text) > LONGEST_TOKEN:
        raise BadInput("this link is not one of ours")
    try:
        workspace, person = signer.loads(text)
    except (BadData, TypeError, ValueError):
        raise BadInput("this link is not one of ours") from None
    # A signature in base64 can be spelled in more than one way; only ours is ours.
    if token(key, workspace, person) != text:
        raise BadInput("this link is not one of ours")
    return workspace, person


def person_of(key: bytes | None, workspace: str, text: str) -> str | None:
    """Return whose way out of a workspace's letters a token is, or None if it is none of ours."""
    try:
        found, person = read_token(key or b"", text)
    except (BadInput, Misconfigured):
        return None
    return person if found == workspace else None


def unsubscribe_url(public_url: str, token_text: str) -> str:
    """Return where a token is handed in: a POST acts, a GET shows a button."""
    return f"{public_url}/u/{token_text}"


def _signer(key: bytes) -> URLSafeSerializer:
    if len(key) < SHORTEST_KEY:
        raise Misconfigured(f"the key for unsubscribe links needs {SHORTEST_KEY} bytes or more")
    return URLSafeSerializer(
        key,
        salt="dealwright.unsubscribe",
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )

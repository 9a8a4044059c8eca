"""Bodies: what somebody sent, read no further than it may go."""

from __future__ import annotations

from fastapi import Request

from dealwright.triggers.form_fields import LARGEST


async def body_of(request: Request) -> bytes | None:
    """Return what was sent, or None as soon as it is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)

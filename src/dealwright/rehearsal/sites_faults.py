"""Faults: everything a server can do instead of answering properly."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from dealwright.rehearsal.sites_company import Fault
from dealwright.rehearsal.sites_pages import Reply

MEGABYTE = 1_000_000
FOR_EVER = 3600.0
REASONS: Mapping[int, str] = MappingProxyType(
    {200: "OK", 302: "Found", 404: "Not Found", 500: "Internal Server Error", 503: "Unavailable"}
)
INSIDE = "http://169.254.169.254/latest/meta-data/"

_PARAGRAPH = b"<p>There is a great deal to say about everything we do, and here it is.</p>\n"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"


def written(reply: Reply) -> bytes:
    """Return a reply as it goes over the wire."""
    headers = {
        "Content-Type": reply.content_type,
        "Content-Length": str(len(reply.body)),
        "Connection": "close",
        **reply.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    status = f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Answer')}\r\n"
    return f"{status}{head}\r\n".encode() + reply.body


def broken(reply: Reply, path: str, fault: Fault) -> Reply | None:
    """Return what is answered under a fault that is one reply, or None if it is more than that."""
    match fault:
        case "wrong_charset":
            # Says UTF-8 in the header and in the page, and is not.
            text = reply.body.decode("utf-8", "replace")
            return replace(reply, body=text.encode("cp1252", "replace"))
        case "huge":
            return Reply(b"<html><body>" + _PARAGRAPH * (10 * MEGABYTE // len(_PARAGRAPH)))
        case "gzip_bomb":
            return Reply(_bomb(), headers={"Content-Encoding": "gzip"})
        case "redirect_loop":
            return _leading(f"{path}x" if len(path) % 2 else path[:-1])
        case _:
            return _FIXED.get(fault)


async def misbehaviour(writer: asyncio.StreamWriter, fault: Fault) -> AsyncIterator[bytes]:
    """Yield the bytes of a fault that is more than one reply; the caller drains after each."""
    match fault:
        case "slow":
            await asyncio.sleep(FOR_EVER)
        case "drip":
            yield _HEAD
            while True:
                yield b"."
                await asyncio.sleep(0.05)
        case "endless":
            yield _HEAD
            while True:
                yield _PARAGRAPH * 500
        case "headers":
            yield b"HTTP/1.1 200 OK\r\n"
            while True:
                yield b"X-More: " + b"y" * 4000 + b"\r\n"
        case _:
            writer.transport.abort()


def _leading(target: str) -> Reply:
    return Reply(b"", status=302, headers={"Location": target})


def _bomb() -> bytes:
    """Return 10 kB that unpack to 10 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(bytes(10 * MEGABYTE)) + packer.flush()


_FIXED: Mapping[Fault, Reply] = MappingProxyType(
    {
        "error": Reply(b"<h1>Internal Server Error</h1>", status=500),
        "robots_error": Reply(b"<h1>Unavailable</h1>", status=503),
        "missing": Reply(b"<h1>Not Found</h1>", status=404),
        "garbage": Reply(bytes((n * 7919 + n // 256) % 256 for n in range(20_000))),
        "robots_disallow": Reply(b"User-agent: *\nDisallow: /\n", "text/plain"),
        "redirect_inside": _leading(INSIDE),
        "elsewhere": _leading("http://somebody-else.example/"),
    }
)

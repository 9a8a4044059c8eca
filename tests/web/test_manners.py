"""What every answer has in common, and how the doors open and close."""

from __future__ import annotations

import asyncio
import socket

import pytest

from dealwright.errors import Misconfigured
from dealwright.web.guarded import HEADERS
from dealwright.web.serving import listening
from tests.web.house import BEARER, FORM, a_house


async def test_every_answer_bears_the_headers_that_guard_it(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        told = await house.way_out(house.cases[0])
        calls = [
            ("GET", f"/u/{told}", 200),
            ("HEAD", f"/u/{told}", 200),
            ("POST", f"/u/{told}", 200),
            ("GET", "/u/x", 404),
            ("POST", "/leads", 401),
            ("GET", "/leads", 405),
            ("POST", "/hooks/nobody", 404),
            ("GET", "/health", 200),
            ("GET", "/docs", 404),
            ("GET", "/openapi.json", 404),
            ("PUT", f"/u/{told}", 405),
            ("GET", "/../../etc/passwd", 404),
        ]
        for method, path, code in calls:
            answer = await house.client.request(method, path)
            assert (answer.status_code, method, path) == (code, method, path)
            for name, value in HEADERS.items():
                assert answer.headers[name] == value
            assert "server" not in answer.headers
            assert "set-cookie" not in answer.headers
        taken = await house.post(FORM)
        assert taken.headers["content-security-policy"].startswith("default-src 'none'")


async def test_no_get_and_no_head_changes_anything(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        told = await house.way_out(house.cases[0])
        before = await house.dump()
        for path in (f"/u/{told}", "/leads", "/hooks/site", "/health", "/"):
            for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
                await house.client.request(method, path, headers=BEARER)
        assert await house.dump() == before


def test_two_cannot_listen_at_one_place() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=str(port)):
            listening("127.0.0.1", port)


async def test_somebody_who_says_half_a_word_keeps_nobody_from_leaving(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        assert house.client.base_url.port is not None
        _, writer = await asyncio.open_connection("127.0.0.1", house.client.base_url.port)
        writer.write(b"POST /leads HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n")
        await writer.drain()
        assert (await house.client.get("/health")).status_code == 200
    writer.close()

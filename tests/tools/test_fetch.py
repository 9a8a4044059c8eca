"""Whatever a server does, reading it ends soon, takes little, and ends in an error of ours."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.errors import ConnectorFailed, Forbidden, NotThere, TryAgain
from dealwright.rehearsal.sites import SitesResolver
from dealwright.rehearsal.sites_company import Company, Fault
from dealwright.rehearsal.sites_pages import Reply
from dealwright.tools.fetch import USER_AGENT, Fetcher
from dealwright.tools.guard import Allowance, Guard
from dealwright.tools.unpack import PIECE, Unpacker
from dealwright.tools.web import Site
from tests.tools.conftest import Opened

ENDS: dict[Fault, type[ConnectorFailed]] = {
    "drip": TryAgain,
    "elsewhere": NotThere,
    "endless": Forbidden,
    "error": TryAgain,
    "gzip_bomb": Forbidden,
    "headers": TryAgain,
    "huge": Forbidden,
    "missing": NotThere,
    "redirect_inside": NotThere,
    "redirect_loop": NotThere,
    "reset": TryAgain,
    "robots_disallow": Forbidden,
    "robots_error": TryAgain,
    "slow": TryAgain,
}


@pytest.mark.parametrize("fault", ENDS)
async def test_a_fault_ends_soon_in_an_error_of_ours(
    world: Opened, carrier: Company, fault: Fault
) -> None:
    async with world(carrier) as w:
        w.sites.break_host(carrier.domain, fault)
        begun = time.perf_counter()
        with pytest.raises(ENDS[fault]) as ended:
            await w.web.page("acme", f"http://{carrier.domain}/", Site(carrier.domain))
        assert time.perf_counter() - begun < 3
        assert carrier.domain in str(ended.value)


async def test_a_bomb_dies_before_it_has_grown(world: Opened, carrier: Company) -> None:
    bomb = gzip.compress(bytes(100_000_000), 9)
    async with world(carrier) as w:
        w.sites.put(carrier.domain, "/", Reply(bomb, headers={"Content-Encoding": "gzip"}))
        tracemalloc.start()
        with pytest.raises(Forbidden, match="larger than the 500,000 bytes read"):
            await w.web.page("acme", f"http://{carrier.domain}/", Site(carrier.domain))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"<p>hello</p>", mtime=0)),
        ("x-gzip", gzip.compress(b"<p>hel", mtime=0) + gzip.compress(b"lo</p>", mtime=0)),
        ("deflate", zlib.compress(b"<p>hello</p>")),
        ("Deflate", zlib.compress(b"<p>hello</p>", wbits=-15)),
        ("identity", b"<p>hello</p>"),
    ],
)
def test_a_packed_page_is_unpacked(encoding: str, packed: bytes) -> None:
    for size in (1, 3, 1000):
        unpacker = Unpacker(encoding)
        pieces = [packed[i : i + size] for i in range(0, len(packed), size)]
        assert b"".join(b"".join(unpacker.feed(piece)) for piece in pieces) == b"<p>hello</p>"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "?"])
def test_a_packing_nobody_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(NotThere):
        Unpacker(encoding)


@given(st.sampled_from(["gzip", "deflate"]), st.lists(st.binary(max_size=200), max_size=5))
def test_unpacking_anything_gives_small_pieces_or_an_error_of_ours(
    encoding: str, chunks: list[bytes]
) -> None:
    unpacker = Unpacker(encoding)
    try:
        sizes = [len(piece) for chunk in chunks for piece in unpacker.feed(chunk)]
    except NotThere:
        return
    assert max(sizes, default=0) <= PIECE


async def test_who_asks_says_so_and_brings_no_cookies() -> None:
    heads: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nContent-Length: 2\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    allowance = Allowance(ip_network("127.0.0.0/8"), server.sockets[0].getsockname()[1])
    fetcher = Fetcher(Guard(SitesResolver(["harrow.example"]), allowance))
    for _ in range(2):
        assert (await fetcher.get("https://harrow.example/a?b=c#d")).body == b"ok"
    await fetcher.aclose()
    server.close()
    await server.wait_closed()
    assert heads[0] == heads[1]
    assert heads[0].splitlines()[:3] == [
        "GET /a?b=c HTTP/1.1",
        "Host: harrow.example",
        f"User-Agent: {USER_AGENT}",
    ]
    assert "Accept-Encoding: gzip, identity" in heads[0]
    assert "cookie" not in heads[0].lower()

"""Nothing inside is ever connected to, however it is written, named or led to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_address, ip_network

import httpx
import pytest

from dealwright.clock import WindableClock
from dealwright.errors import ConnectorFailed, Forbidden, NotThere, TryAgain
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_pages import Reply
from dealwright.tools.addresses import refusal
from dealwright.tools.fetch import Fetcher, Limits
from dealwright.tools.guard import Allowance, Destination, Guard, SystemResolver, address_of
from dealwright.tools.pages import PagesInMemory
from dealwright.tools.web import Site, open_web
from tests.tools.conftest import NOON, Opened

INSIDE = (
    "0.0.0.1",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.1.2.3",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:10.0.0.1",
    "::ffff:0:7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a9fe:a9fe",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd12:3456::1",
    "fe80::1",
    "fe80::a9fe:a9fe",
    "febf::1",
    "fec0::1",
    "feff::1",
    "ff02::1",
    "ff0e::1",
)

OUTSIDE = (
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.1.1",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
    "2003::1",
    "3ffe::1",
)

MISLEADING = (
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1.:80/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://999.1.1.1/",
    "http://1.2.3.4.5/",
    "http://256/",
    "http://[::1%25lo]/",
    "http://[fe80::1%25eth0]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::1",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://%6c%6fcalhost/",
    "http://ex ample.example/",
    "http://harrow.example\\@evil.example/",
    "http://x..example/",
    "http://-.example/",
    "http://user@harrow.example/",
    "http://user:secret@harrow.example/",
    "http://harrow.example@10.0.0.1/",
    "http://harrow.example:8080/",
    "http://harrow.example:22/",
    "https://harrow.example:8443/",
    "http://harrow.example:99999/",
    "ftp://harrow.example/",
    "file:///etc/passwd",
    "gopher://harrow.example/",
    "data:text/html,x",
    "javascript:alert(1)",
    "unix:///var/run/docker.sock",
    "//harrow.example/",
    "harrow.example",
    "http:///path",
    "http://",
    "http://harrow.example/\nHost: x",
    "http://harrow.example/\x00",
    "http://harrow\u200b.example/",
    "http://" + "a." * 140 + "example/",
    "http://harrow.example/" + "a" * 2000,
    "",
)


class Told:
    """Answers what it was told, one list after the other; the last for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def addresses(self, name: str) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


class Trap:
    """A server that must not be reached; counts who tries."""

    def __init__(self) -> None:
        self.reached = 0
        self.port = 0

    def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reached += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
        writer.close()


@pytest.fixture
async def trap() -> AsyncIterator[Trap]:
    trap = Trap()
    server = await asyncio.start_server(trap.welcome, "127.0.0.1", 0)
    trap.port = server.sockets[0].getsockname()[1]
    yield trap
    server.close()
    await server.wait_closed()


async def fetched(guard: Guard, url: str) -> str:
    fetcher = Fetcher(guard, Limits(seconds=1, connect_seconds=0.5))
    try:
        return (await fetcher.get(url)).body.decode()
    finally:
        await fetcher.aclose()


@pytest.mark.parametrize("address", INSIDE)
async def test_an_inner_address_is_refused_written_out_and_behind_a_name(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    guard = Guard(Told([address]))
    for url in (f"http://{host}/", f"https://{host}/", "http://harrow.example/"):
        with pytest.raises(Forbidden):
            await guard.destination(address_of(url))


@pytest.mark.parametrize("address", OUTSIDE)
async def test_everybodys_address_is_let_through(address: str) -> None:
    assert refusal(ip_address(address)) is None
    found = await Guard(Told([address])).destination(address_of("https://harrow.example/x"))
    assert (found.addresses, found.port, found.scheme) == ((address,), 443, "https")


@pytest.mark.parametrize("url", MISLEADING)
async def test_a_misleading_url_is_refused(url: str) -> None:
    resolver = Told(["93.184.215.14"])
    with pytest.raises(Forbidden):
        await Guard(resolver).destination(address_of(url))
    assert resolver.asked == 0


async def test_one_inner_answer_among_many_spoils_the_name() -> None:
    answers = ["93.184.215.14", "2606:4700::1111", "10.0.0.1"]
    with pytest.raises(Forbidden, match=r"leads to 10\.0\.0\.1, a private network"):
        await fetched(Guard(Told(answers)), "http://harrow.example/")


async def test_without_an_allowance_loopback_is_not_reached(trap: Trap) -> None:
    for url in (f"http://127.0.0.1:{trap.port}/", f"http://harrow.example:{trap.port}/"):
        with pytest.raises(Forbidden):
            await fetched(Guard(Told(["127.0.0.1"])), url)
    assert trap.reached == 0


async def test_an_allowance_is_for_names_only_and_for_one_port(trap: Trap) -> None:
    guard = Guard(Told(["127.0.0.1"]), Allowance(ip_network("127.0.0.0/8"), trap.port))
    assert await fetched(guard, "https://harrow.example/") == "secret"
    for url in ("http://127.0.0.1/", f"http://127.0.0.1:{trap.port}/", "http://[::1]/"):
        with pytest.raises(Forbidden):
            await fetched(guard, url)
    assert trap.reached == 1


async def test_a_name_that_leads_inside_the_second_time_is_refused_then(trap: Trap) -> None:
    resolver = Told(["127.0.0.1"], ["192.168.0.1"])
    guard = Guard(resolver, Allowance(ip_network("127.0.0.0/8"), trap.port))
    assert await fetched(guard, "http://harrow.example/") == "secret"
    assert resolver.asked == 1, "what was checked is what was connected to"
    with pytest.raises(Forbidden):
        await fetched(guard, "http://harrow.example/")
    assert trap.reached == 1


@pytest.mark.parametrize(
    ("hops", "target"),
    [
        (0, "http://169.254.169.254/"),
        (1, "http://[::1]/"),
        (2, "http://0x7f.1/"),
        (3, "file:///etc/passwd"),
        (4, "http://harrow.example:22/"),
        (4, "http://user@harrow.example/"),
        (4, "//127.0.0.1/"),
    ],
)
async def test_a_redirect_inside_is_refused_at_every_hop(
    world: Opened, carrier: Company, hops: int, target: str
) -> None:
    async with world(carrier) as w:
        for hop in range(hops + 1):
            leads_to = target if hop == hops else f"/hop{hop + 1}"
            moved = Reply(b"", status=302, headers={"Location": leads_to})
            w.sites.put(carrier.domain, f"/hop{hop}", moved)
        with pytest.raises((Forbidden, NotThere)):
            await w.web.page("acme", f"http://{carrier.domain}/hop0", Site(carrier.domain))
        assert len(w.sites.requests) == hops + 2, "the robots.txt and the hops, nothing else"


@pytest.mark.parametrize("other", ["10.0.0.1", "93.184.215.14", "::1"])
async def test_an_allowance_is_for_names_that_lead_nowhere_else(trap: Trap, other: str) -> None:
    guard = Guard(Told(["127.0.0.1", other]), Allowance(ip_network("127.0.0.0/8"), trap.port))
    with pytest.raises(Forbidden):
        await fetched(guard, "http://harrow.example/")
    assert trap.reached == 0


class Sent(Guard):
    """Sends everything to a port of this machine, at two addresses of which one answers."""

    def __init__(self, port: int, scheme: str) -> None:
        self._there = Destination(("127.0.0.2", "127.0.0.1"), port, scheme)

    async def destination(self, url: httpx.URL) -> Destination:
        return self._there


async def test_where_one_address_does_not_answer_the_next_is_asked(trap: Trap) -> None:
    assert await fetched(Sent(trap.port, "http"), "http://harrow.example/") == "secret"


async def test_the_name_goes_along_where_an_address_is_connected_to() -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(4096))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    with pytest.raises(TryAgain):
        await fetched(Sent(server.sockets[0].getsockname()[1], "https"), "https://harrow.example/")
    server.close()
    await server.wait_closed()
    assert b"harrow.example" in heard[0], "the server is told whose certificate to show"


class Zone:
    """Knows the carrier's site, and a name of its domain that leads inside."""

    async def addresses(self, name: str) -> Sequence[str]:
        return ["10.0.0.1"] if name.startswith("inner.") else ["127.0.0.1"]


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
async def test_a_redirect_to_a_name_that_leads_inside_is_refused(
    carrier: Company, path: str
) -> None:
    clock = WindableClock(NOON)
    async with CompanySites([carrier], today=NOON.date()) as sites:
        moved = Reply(b"", status=302, headers={"Location": f"http://inner.{carrier.domain}/x"})
        sites.put(carrier.domain, path, moved)
        guard = Guard(Zone(), Allowance(ip_network("127.0.0.0/8"), sites.port))
        async with open_web(guard, PagesInMemory(clock), clock) as web:
            with pytest.raises(Forbidden, match=r"leads to 10\.0\.0\.1, a private network"):
                await web.page("acme", f"http://{carrier.domain}/", Site(carrier.domain))


async def test_proxies_of_the_environment_play_no_part(
    trap: Trap, world: Opened, carrier: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    async with world(carrier) as w:
        page = await w.web.page("acme", f"http://{carrier.domain}/", Site(carrier.domain))
    assert (trap.reached, page.answer.status) == (0, 200)


async def test_the_systems_resolver_finds_this_machine_and_misses_what_nobody_has() -> None:
    assert set(await SystemResolver().addresses("localhost")) <= {"127.0.0.1", "::1"}
    with pytest.raises(ConnectorFailed):
        await SystemResolver().addresses("nobody-has-this.invalid")

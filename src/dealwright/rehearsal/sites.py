"""Company sites: many companies' websites on this machine, over real HTTP, each by its own name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from ipaddress import ip_network
from types import TracebackType
from typing import Self

from dealwright.errors import NotThere
from dealwright.rehearsal.sites_company import Company, Fault
from dealwright.rehearsal.sites_faults import broken, misbehaviour, written
from dealwright.rehearsal.sites_pages import Reply, SiteBuilder
from dealwright.tools.guard import Allowance, Guard

LOOPBACK = "127.0.0.1"
LONGEST_HEAD = 65_536
ROBOTS = "/robots.txt"


class SitesResolver:
    """Knows the rehearsal's companies, and nobody else."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    async def addresses(self, name: str) -> Sequence[str]:
        if name not in self._names:
            raise NotThere(f"there is no website at {name}: nobody has that name")
        return (LOOPBACK,)


class CompanySites:
    """Serves the companies' sites while the block runs.

    `guard` lets their names lead to this server, and nothing else lead anywhere inside.
    """

    def __init__(self, companies: Sequence[Company], *, today: date, seed: int = 1) -> None:
        self.companies = tuple(companies)
        self.requests: list[tuple[str, str]] = []
        """Every request as (host, path), in the order they came."""
        self.resolver = SitesResolver(host for company in companies for host in company.hosts)
        self._sites = {c.domain: SiteBuilder(c, seed, today).build() for c in companies}
        self._www = {c.domain for c in companies if c.www}
        self._faults: dict[str, dict[str, Fault]] = {c.domain: dict(c.faults) for c in companies}
        self._visitors: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """Where the server listens."""
        assert self._server is not None, "the sites are served inside `async with` only"
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def guard(self) -> Guard:
        """A guard that lets the companies' names lead here."""
        return Guard(self.resolver, Allowance(ip_network("127.0.0.0/8"), self.port))

    def break_host(self, host: str, fault: Fault, path: str = "*") -> None:
        """Let a site, or one page of it, misbehave from now on."""
        self._faults[host][path] = fault

    def mend_host(self, host: str) -> None:
        """Let a site behave again."""
        self._faults[host].clear()

    def put(self, host: str, path: str, reply: Reply) -> None:
        """Let a site answer something of one's own at a path."""
        self._sites[host][path] = reply

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._welcome, LOOPBACK, 0, limit=LONGEST_HEAD)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for visitor in self._visitors:
            visitor.cancel()
        await asyncio.gather(*self._visitors, return_exceptions=True)
        await self._server.wait_closed()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = asyncio.create_task(self._serve(reader, writer))
        self._visitors.add(visitor)
        visitor.add_done_callback(self._visitors.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path, host = _asked(head.decode("latin-1"))
            self.requests.append((host, path))
            await self._answer(writer, host, path)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the visitor left, or is none
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, host: str, path: str) -> None:
        domain = host.removeprefix("www.")
        reply = self._reply(domain, host, path)
        fault = self._fault(domain, path)
        if fault is not None:
            unwell = broken(reply, path, fault)
            if unwell is None:
                async for piece in misbehaviour(writer, fault):
                    writer.write(piece)
                    await writer.drain()
                return
            reply = unwell
        writer.write(written(reply))
        await writer.drain()

    def _reply(self, domain: str, host: str, path: str) -> Reply:
        if domain in self._www and host == domain and path != ROBOTS:
            return Reply(b"", status=302, headers={"Location": f"http://www.{domain}{path}"})
        missing = Reply(b"<h1>Not Found</h1>", status=404)
        return self._sites.get(domain, {}).get(path, missing)

    def _fault(self, domain: str, path: str) -> Fault | None:
        faults = self._faults.get(domain, {})
        fault = faults.get(path) or faults.get("*")
        if fault in {"robots_disallow", "robots_error"}:
            return fault if path == ROBOTS else None
        # A site that is broken altogether still has its robots.txt, unless it is down.
        spared = path == ROBOTS and path not in faults and fault not in {"reset", "slow", "error"}
        return None if spared else fault


def _asked(head: str) -> tuple[str, str]:
    first, _, rest = head.partition("\r\n")
    path = [*first.split(" "), "/"][1] or "/"
    for line in rest.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "host":
            return path, value.strip().partition(":")[0].lower()
    return path, ""

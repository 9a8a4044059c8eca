"""Real CalDAV servers on this machine: Radicale and Xandikos, each a process of its own.

`async with running("radicale", tmp_path) as server:` starts one. Bookings may go to `server.work`;
`server.home` is a second collection, whose events are in the way. `await server.stop()` is a
kill -9, after which `await server.start()` brings it back at the same address with what it stored.
A server shared by many tests gives each its own two collections: `await server.fresh()`.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

USER, SECRET = "owner", "open sesame"
KINDS = ("radicale", "xandikos")
PATIENCE = 60
NO_ROOTS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing is encrypted here, and loading certificates takes long."""
COLLECTION = (
    '<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav" xmlns:D="DAV:"><D:set><D:prop>'
    "<D:displayname>{name}</D:displayname></D:prop></D:set></mkcalendar>"
)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass(slots=True)
class CalendarServer:
    """A server, its data in a folder of its own, always at the same address."""

    kind: str
    folder: Path
    extra: Sequence[str] = ()
    """Further words of the command line."""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    place: str = ""
    """What the names of its two collections begin with."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def work(self) -> str:
        return f"{self.url}/{USER}/{self.place}work/"

    @property
    def home(self) -> str:
        return f"{self.url}/{USER}/{self.place}home/"

    def client(self) -> httpx.AsyncClient:
        """Return a plain HTTP client that is logged in: what anybody else could write."""
        return httpx.AsyncClient(
            auth=(USER, SECRET), timeout=PATIENCE, trust_env=False, verify=NO_ROOTS
        )

    async def start(self) -> None:
        """Start it and wait until it answers."""
        for left in self.folder.rglob("index.lock"):
            left.unlink()  # Xandikos keeps a Git repository, whose lock outlives a kill
        self.process = self._process()
        async with asyncio.timeout(PATIENCE), self.client() as client:
            while True:
                with suppress(httpx.TransportError):
                    await client.request("OPTIONS", self.url + "/")
                    return
                assert self.process.poll() is None, f"{self.kind} did not start"
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Kill it in the middle of whatever it does."""
        if self.process:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)

    async def fresh(self) -> CalendarServer:
        """Make two empty collections; return the server with these."""
        mine = replace(self, place=f"{secrets.token_hex(4)}-")
        await mine.make_calendars()
        return mine

    async def make_calendars(self) -> None:
        """Make its two collections."""
        async with self.client() as client:
            for url in (self.work, self.home):
                body = COLLECTION.format(name=url.split("/")[-2])
                made = await client.request("MKCALENDAR", url, content=body)
                assert made.status_code == 201, (made.status_code, made.text)

    def _process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            (sys.executable, "-W", "ignore", "-m", self.kind, *self._words()),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder)},
        )

    def _words(self) -> Sequence[str]:
        data = str(self.folder / "data")
        if self.kind == "xandikos":
            listen = ("-l", "127.0.0.1", "-p", str(self.port), "--no-detect-systemd")
            state = ("--state-dir", str(self.folder / "state"))
            who = ("--current-user-principal", f"/{USER}/")
            return ("serve", "-d", data, "--autocreate", *listen, *state, *who, *self.extra)
        users = self.folder / "users"
        users.write_text(f"{USER}:{SECRET}\n", "utf-8")
        options = {
            "server-hosts": f"127.0.0.1:{self.port}",
            "auth-type": "htpasswd",
            "auth-htpasswd-filename": str(users),
            "auth-htpasswd-encryption": "plain",
            "auth-delay": "0",
            "storage-filesystem-folder": data,
            "server-max_connections": "60",
        }
        words = [f"--{name}={value}" for name, value in options.items()]
        return ("--config", "", *words, *self.extra)


@asynccontextmanager
async def running(
    kind: str, folder: Path, extra: Sequence[str] = ()
) -> AsyncGenerator[CalendarServer]:
    """Start a server with two empty calendars; stop it at the end."""
    server = CalendarServer(kind, folder, extra)
    await server.start()
    try:
        await server.make_calendars()
        yield server
    finally:
        await server.stop()

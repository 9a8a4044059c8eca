"""A calendar host: a real CalDAV server on this machine, a program of its own, never imported.

It is Radicale, free software under the GPL; we speak HTTP with it, like anybody else.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process, create_subprocess_exec
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socket import socket
from types import TracebackType
from typing import Self

import httpx
from icalendar import Calendar

from dealwright.errors import TryAgain

LOOPBACK = "127.0.0.1"
COLLECTION = "sales"
START_SECONDS = 60.0
LOOK_EVERY = 0.05
ON_A_LEASH = """
import os, runpy, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
runpy.run_module("radicale", run_name="__main__", alter_sys=True)
"""
"""The server ends with whoever started it, even if that was killed: its input is closed then."""
NEW_CALENDAR = '<C:mkcalendar xmlns:C="urn:ietf:params:xml:ns:caldav"/>'
NOTHING_ENCRYPTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loading the machine's certificates takes a while, and nothing here is encrypted."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An event as it stands in the calendar."""

    title: str
    start: datetime
    end: datetime
    attendee: str


class CalendarHost:
    """Runs the server over a folder while the block runs, with one empty calendar in it."""

    def __init__(self, folder: Path, user: str, password: str) -> None:
        self._folder = folder
        self._login = (user, password)
        self._port = _free_port()
        self._process: Process | None = None

    @property
    def url(self) -> str:
        """Where the calendar is."""
        return f"http://{LOOPBACK}:{self._port}/{self._login[0]}/{COLLECTION}/"

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._process = await create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-c", ON_A_LEASH, *self._options()),
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; the server ends when we have done with it
        )
        try:
            await self._begin()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stop()

    async def booked(self) -> list[Booked]:
        """Return what the server says stands in the calendar, in order of time."""
        async with self._client() as client:
            answer = await client.get(self.url)
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        booked = [
            Booked(
                title=str(event["SUMMARY"]),
                start=event["DTSTART"].dt,
                end=event["DTEND"].dt,
                attendee=str(event.get("ATTENDEE", "")).lower().removeprefix("mailto:"),
            )
            for event in events
        ]
        return sorted(booked, key=lambda event: event.start)

    async def _begin(self) -> None:
        """Wait until the server answers, and make the calendar.

        Raises:
            TryAgain: it did not start.

        """
        async with asyncio.timeout(START_SECONDS), self._client() as client:
            while True:
                if self._process is None or self._process.returncode is not None:
                    raise TryAgain("the calendar server did not start")
                with suppress(httpx.TransportError):
                    await client.request("MKCALENDAR", self.url, content=NEW_CALENDAR)
                    return
                await asyncio.sleep(LOOK_EVERY)

    async def _stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(auth=self._login, trust_env=False, verify=NOTHING_ENCRYPTED)

    def _options(self) -> Sequence[str]:
        users = self._folder / "users"
        users.write_text(f"{self._login[0]}:{self._login[1]}\n", encoding="utf-8")
        options = {
            "server-hosts": f"{LOOPBACK}:{self._port}",
            "auth-type": "htpasswd",
            "auth-htpasswd-filename": str(users),
            "auth-htpasswd-encryption": "plain",
            "auth-delay": "0",
            "storage-filesystem-folder": str(self._folder),
        }
        return ("--config", "", *(f"--{name}={value}" for name, value in options.items()))


def _free_port() -> int:
    with socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])

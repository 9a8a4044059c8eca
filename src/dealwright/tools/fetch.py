"""Fetching: one GET, bounded in bytes as sent, bytes as unpacked, and seconds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import httpx

from dealwright.errors import Forbidden, NotThere, TryAgain
from dealwright.tools.guard import Guard, address_of, named
from dealwright.tools.transport import GuardedTransport
from dealwright.tools.unpack import Unpacker

USER_AGENT = "Dealwright/0.1 (reads company sites; follows robots.txt)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TEMPORARY = frozenset({408, 425, 429})
CLOSED = frozenset({401, 402, 403, 407, 451})
OK, SERVER_ERROR = 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one answer may take."""

    page_bytes: int = 2_000_000
    """As unpacked, and as sent."""
    header_bytes: int = 32_000
    seconds: float = 12.0
    connect_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one GET."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """In lower case, in the server's order."""
    body: bytes
    target: str | None = None
    """Where it redirects to, if it does."""

    def header(self, name: str) -> str:
        """Return a header's first value, or an empty text."""
        return next((value for key, value in self.headers if key == name), "")


class Fetcher:
    """Does single GETs; follows nothing, remembers nothing, tells nobody who asks."""

    def __init__(self, guard: Guard, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._transport = GuardedTransport(guard)

    async def get(self, url: str, *, cut_at: int | None = None) -> Answer:
        """Return the answer of a good status, or the redirect; `cut_at` reads no more than that.

        Raises:
            TryAgain: the server is down, slow or busy.
            NotThere: there is no such page, or it is nothing that can be read.
            Forbidden: the guard, the limits or the server do not allow it.

        """
        place = address_of(url)
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._got(place, cut_at)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TryAgain(f"{named(place)} took too long to answer") from error
        except (httpx.RemoteProtocolError, httpx.LocalProtocolError) as error:
            raise TryAgain(f"{named(place)} broke off or does not speak HTTP") from error
        except (httpx.TransportError, OSError) as error:
            raise TryAgain(f"{named(place)} cannot be reached") from error

    async def aclose(self) -> None:
        """Give the transport back."""
        await self._transport.aclose()

    async def _got(self, place: httpx.URL, cut_at: int | None) -> Answer:
        limit = self._limits.connect_seconds
        request = httpx.Request(
            "GET",
            place.copy_with(fragment=None),
            headers={
                "User-Agent": USER_AGENT,
                "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
                "Accept-Encoding": "gzip, identity",
            },
            extensions={"timeout": {"connect": limit, "read": None, "write": limit, "pool": None}},
        )
        response = await self._transport.handle_async_request(request)
        try:
            return await self._read(place, response, cut_at)
        finally:
            await response.aclose()

    async def _read(self, place: httpx.URL, response: httpx.Response, cut_at: int | None) -> Answer:
        headers = tuple(
            (key.decode("latin-1").lower(), value.decode("latin-1"))
            for key, value in response.headers.raw
        )
        if sum(len(key) + len(value) for key, value in headers) > self._limits.header_bytes:
            raise Forbidden(f"{named(place)} sends more headers than are read")
        answer = Answer(str(place), response.status_code, headers, b"")
        if response.status_code in REDIRECTS:
            return replace(answer, target=_target(place, answer.header("location")))
        _refuse_status(place, response.status_code)
        unpacker = Unpacker(answer.header("content-encoding"))
        return replace(answer, body=await self._body(place, response, unpacker, cut_at))

    async def _body(
        self, place: httpx.URL, response: httpx.Response, unpacker: Unpacker, cut_at: int | None
    ) -> bytes:
        most = self._limits.page_bytes if cut_at is None else cut_at
        body = bytearray()
        sent = 0
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for chunk in response.stream:
            sent += len(chunk)
            for piece in unpacker.feed(chunk):
                body += piece
                if max(len(body), sent) > most and cut_at is not None:
                    return bytes(body[:most])
                if max(len(body), sent) > most:
                    raise Forbidden(f"{_shown(place)} is larger than the {most:,} bytes read")
        return bytes(body)


def _target(place: httpx.URL, location: str) -> str:
    if not location:
        raise NotThere(f"{_shown(place)} leads on to nowhere")
    # Servers write UTF-8 into this header; the protocol hands it over as Latin-1.
    location = location.encode("latin-1").decode("utf-8", "replace").strip()
    try:
        return str(place.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise NotThere(f"{_shown(place)} leads on to something that is no address") from error


def _refuse_status(place: httpx.URL, status: int) -> None:
    if status >= SERVER_ERROR or status in TEMPORARY:
        raise TryAgain(f"{_shown(place)} answers with an error ({status})", status=status)
    if status in CLOSED:
        raise Forbidden(f"{_shown(place)} is not open to the public ({status})", status=status)
    if status != OK:
        raise NotThere(f"{_shown(place)} does not exist ({status})", status=status)


def _shown(place: httpx.URL) -> str:
    return f"{named(place)}{place.path}"[:120]

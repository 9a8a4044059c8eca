"""The wire to a system of record: requests, bounded answers, and what a failure means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from dealwright.domain.connections import is_this_machine
from dealwright.errors import ConnectorFailed, Forbidden, Misconfigured, OutcomeUnknown, TryAgain

MOST_BYTES = 10_000_000
LONGEST_WAIT = 86_400
_LATER = frozenset({408, 423, 425, 429, 477, 503})
"""Statuses that say: not now, nothing was done."""
_NOT_SENT = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout),
    *(httpx.LocalProtocolError, httpx.UnsupportedProtocol),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to a system of record."""

    method: str
    path: str
    body: object = None
    headers: Mapping[str, str]
    writes: bool = False
    """Whether it may change something, so that a lost answer leaves the outcome unknown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    value: object
    """The body as JSON; None where it is none and none was promised."""
    retry_after: float | None = None


class Wire:
    """Sends requests to one system, over TLS unless it is on this machine."""

    def __init__(self, system: str, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Misconfigured(f"{system}: the url of the CRM begins with https://")
        if parts.scheme == "http" and not is_this_machine(parts.hostname):
            raise Misconfigured(f"{system}: {parts.hostname} is another machine; use https://")
        self._system = system
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._tls = httpx.create_ssl_context(trust_env=False) if parts.scheme == "https" else False

    def client(self) -> httpx.AsyncClient:
        """Return the connections of one call, to be closed by it."""
        return httpx.AsyncClient(verify=self._tls, timeout=self._timeout, trust_env=False)

    async def send(self, client: httpx.AsyncClient, request: Request) -> Answer:
        """Send a request and return its answer, whatever its status says, unless it says: later.

        Raises:
            TryAgain: nothing happened.
            OutcomeUnknown: it was sent, may have changed something, and no clear answer came.
            Forbidden: the system does not let us in, or sends us elsewhere.

        """
        try:
            async with client.stream(
                request.method,
                self._url + request.path,
                json=request.body,
                headers=dict(request.headers),
            ) as response:
                body = await self._body(response, request)
        except _NOT_SENT as error:
            raise TryAgain(f"{self._system} is not there") from error
        except httpx.HTTPError as error:
            raise self.unclear(request, "did not answer") from error
        return self._judged(request, response, body)

    def unclear(self, request: Request, told: str) -> ConnectorFailed:
        """Return what an answer that tells nothing means for this request."""
        kind = OutcomeUnknown if request.writes else TryAgain
        return kind(f"{self._system} {told}")

    async def _body(self, response: httpx.Response, request: Request) -> bytes:
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > MOST_BYTES:
                raise self.unclear(request, "answered with more than is read")
        return bytes(body)

    def _judged(self, request: Request, response: httpx.Response, body: bytes) -> Answer:
        status = response.status_code
        if status in {401, 403}:
            raise Forbidden(f"{self._system} does not let us in ({status})", status=status)
        if response.is_redirect:
            raise Forbidden(f"{self._system} sends us elsewhere, where nothing is sent")
        if status in _LATER:
            wait = _seconds(response.headers.get("retry-after", ""))
            raise TryAgain(f"{self._system} asks to wait ({status})", retry_after=wait)
        if response.is_server_error:
            raise self.unclear(request, f"failed ({status})")
        return Answer(status, self._value(request, response, body))

    def _value(self, request: Request, response: httpx.Response, body: bytes) -> object:
        if not body and response.is_success:
            return None
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            if response.is_client_error:
                return None
            raise self.unclear(request, "answered something that is not JSON") from error


def _seconds(text: str) -> float | None:
    """Return the seconds a Retry-After header asks for, within a day."""
    return min(float(text), LONGEST_WAIT) if text.isdecimal() and text.isascii() else None

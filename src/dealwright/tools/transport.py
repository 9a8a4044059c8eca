"""The guarded transport: every request connects to an address the guard has just checked."""

from __future__ import annotations

import httpx

from dealwright.tools.guard import Guard, named


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends a request to a checked address, with the name the URL has as Host and SNI.

    Looking up and connecting are one act: what the name leads to a moment later plays no part.
    Connections are not kept, so each request is checked. Proxies of the environment play no part.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(trust_env=False, limits=limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer the request, or raise what the guard says, or what httpx says of a connection."""
        destination = await self._guard.destination(request.url)
        *spare, last = destination.addresses
        for address in spare:
            try:
                return await self._send(request, address, destination.port, destination.scheme)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._send(request, last, destination.port, destination.scheme)

    async def _send(
        self, request: httpx.Request, address: str, port: int, scheme: str
    ) -> httpx.Response:
        name = named(request.url).removesuffix(".")
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method,
                request.url.copy_with(scheme=scheme, host=address, port=port),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": name},
            )
        )

    async def aclose(self) -> None:
        await self._inner.aclose()

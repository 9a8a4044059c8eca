"""The CalDAV wire: the few requests a calendar is asked, and what each way to fail means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Never
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from caldav.async_davclient import AsyncDAVClient
from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
from caldav.response import CalendarQueryResult, DAVResponse
from niquests.exceptions import ConnectionError as NotConnected
from niquests.exceptions import TooManyRedirects
from urllib3.exceptions import HTTPError, NewConnectionError

from dealwright.errors import Forbidden, OutcomeUnknown, TryAgain

AS_XML = {"Depth": "1", "Content-Type": 'application/xml; charset="utf-8"'}
ENTRY = "text/calendar; charset=utf-8"
QUERY = (
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>"
    '<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{which}</C:comp-filter>'
    "</C:comp-filter></C:filter></C:calendar-query>"
)
BETWEEN = '<C:time-range start="{start:%Y%m%dT%H%M%SZ}" end="{end:%Y%m%dT%H%M%SZ}"/>'
WITH_UID = (
    '<C:prop-filter name="UID"><C:text-match collation="i;octet">{uid}</C:text-match>'
    "</C:prop-filter>"
)
DONE = frozenset({HTTPStatus.CREATED, HTTPStatus.NO_CONTENT})
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
BUSY = frozenset({HTTPStatus.LOCKED, HTTPStatus.INTERNAL_SERVER_ERROR})
"""How a server may answer a write that met another one. Having answered, it is done with it."""
LOOK_AGAIN = BUSY | {HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED}
"""Or the condition does not hold, or the UID is taken, or a mere page came back."""
MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it lies on the server."""

    url: str
    tag: str
    """Its version (ETag)."""
    data: bytes


@dataclass(frozen=True, slots=True)
class CalDavWire:
    """Asks one server."""

    client: AsyncDAVClient
    patience: int
    """Seconds a server may take to answer."""

    async def get(self, url: str) -> Stored | None:
        """Return what lies at an address.

        Raises:
            TryAgain: the server is not there, or its answer makes no sense.
            Forbidden: it does not let us in.

        """
        answer = await self._send("GET", url, "", {})
        if answer.status in GONE:
            return None
        if answer.status != HTTPStatus.OK:
            raise TryAgain(f"the calendar answers with {answer.status}")
        return Stored(url, _tag(answer.headers), answer.raw.encode())

    async def put(self, url: str, data: bytes, tag: str | None) -> bool:
        """Put an entry where version `tag` lies, or nothing yet if None; say whether it was put.

        If it was not, somebody else wrote there, and whoever asks has to look again.

        Raises:
            TryAgain: nothing was written.
            Forbidden: the server does not let us in, or does not take such an entry.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        condition = {"If-None-Match": "*"} if tag is None else {"If-Match": tag}
        headers = {"Content-Type": ENTRY, **condition}
        answer = await self._send("PUT", url, data.decode(), headers)
        if answer.status in DONE:
            return True
        if answer.status in LOOK_AGAIN:
            return False
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise TryAgain("the calendar takes nothing at the moment")
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise OutcomeUnknown(f"the calendar answers with {answer.status}")
        raise Forbidden(f"the calendar does not take the entry: {answer.status}")

    async def delete(self, stored: Stored) -> None:
        """Remove an entry, if it is still the one that was read.

        Raises:
            TryAgain: it could not be removed, or nobody knows.
            Forbidden: the server does not let us in.

        """
        for _ in range(MOST_ROUNDS):
            answer = await self._send("DELETE", stored.url, "", {"If-Match": stored.tag})
            if answer.status not in BUSY:
                return

    async def between(self, url: str, start: datetime, end: datetime) -> Sequence[bytes]:
        """Return the entries of a collection that may take time between two moments.

        Raises:
            TryAgain: the server is not there, or its answer makes no sense.
            Forbidden: it does not let us in.

        """
        which = BETWEEN.format(start=start.astimezone(UTC), end=end.astimezone(UTC))
        return [(found.calendar_data or "").encode() for found in await self._query(url, which)]

    async def with_uid(self, url: str, uid: str) -> Stored | None:
        """Return the entry of a collection with a UID.

        Raises:
            TryAgain: the server is not there, or its answer makes no sense.
            Forbidden: it does not let us in.

        """
        found = await self._query(url, WITH_UID.format(uid=escape(uid)))
        # The server looks for the text anywhere in the UID.
        line = f"\nUID:{uid}\n"
        exact = [f for f in found if line in (f.calendar_data or "").replace("\r\n", "\n")]
        for entry in exact:
            where = urljoin(url, entry.href)
            return Stored(where, _tag({"ETag": entry.etag}), (entry.calendar_data or "").encode())
        return None

    async def _query(self, url: str, which: str) -> Sequence[CalendarQueryResult]:
        answer = await self._send("REPORT", url, QUERY.format(which=which), AS_XML)
        if answer.status != HTTPStatus.MULTI_STATUS:
            raise TryAgain(f"{url} answers with {answer.status}, as no calendar does")
        try:
            found = answer.parse_calendar_query()
        except (DAVError, ValueError, SyntaxError) as error:
            raise TryAgain("the calendar's answer cannot be read") from error
        return [entry for entry in found if entry.calendar_data]

    async def _send(
        self, method: str, url: str, body: str, headers: Mapping[str, str]
    ) -> DAVResponse:
        try:
            async with asyncio.timeout(self.patience):
                return await self.client.request(url, method, body, headers)
        except (DAVError, OSError, HTTPError, ValueError, SyntaxError) as error:
            _explain(error, OutcomeUnknown if method == "PUT" else TryAgain)


@asynccontextmanager
async def open_wire(
    url: str, user: str | None, secret: str | None, patience: int
) -> AsyncGenerator[CalDavWire]:
    """Open a connection to the server of a collection; close it at the end."""
    client = AsyncDAVClient(
        url,
        username=user,
        password=secret,
        # Told beforehand: where it has to find out, the library repeats whatever got no answer.
        auth_type="basic" if user else None,
        timeout=patience,
        features={"http.multiplexing": False},
        enable_rfc6764=False,
        rate_limit_handle=False,
    )
    client.session.trust_env = False
    client.session.max_redirects = 0
    async with client:
        yield CalDavWire(client, patience)


def _tag(headers: Mapping[str, str | None]) -> str:
    tag = headers.get("ETag")
    if not tag or tag.startswith("W/"):
        raise TryAgain("the calendar names no version of an entry, so none can be changed safely")
    return tag


def _explain(error: Exception, otherwise: type[TryAgain | OutcomeUnknown]) -> Never:
    """Raise what a failure means; `otherwise` when the request may have arrived."""
    if isinstance(error, AuthorizationError):
        raise Forbidden(f"the calendar does not let us in: {error.reason}") from error
    if isinstance(error, RateLimitError):
        raise TryAgain("the calendar asks to be left alone for a while") from error
    if isinstance(error, TooManyRedirects):
        raise TryAgain("the calendar is somewhere else now; write down its address") from error
    if isinstance(error, NotConnected) and _never_connected(error):
        raise TryAgain("the calendar's server is not there") from error
    raise otherwise("the calendar's server gave no clear answer") from error


def _never_connected(error: NotConnected) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)

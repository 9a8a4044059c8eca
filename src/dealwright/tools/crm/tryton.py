"""Tryton's wire: JSON-RPC in a user's session, and what its errors mean."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TypeVar, cast

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from dealwright.errors import Changed, ConnectorFailed, Forbidden, NotThere
from dealwright.tools.crm.wire import Answer, Request, Wire

Shape = TypeVar("Shape")

_RPC = "/rpc/"
_JSON = {"content-type": "application/json", "accept": "application/json"}
_NOT_ALLOWED = "You are not allowed"
"""How English refusals of the server begin; every call asks for English."""


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore")

    result: object = None
    error: list[object] | None = None


class Session:
    """One user's calls to one database, logged in when first needed."""

    def __init__(self, wire: Wire, user: str, password: str) -> None:
        self._wire = wire
        self._user = user
        self._password = password
        self._token = ""

    async def read(
        self,
        client: httpx.AsyncClient,
        shape: type[Shape],
        method: str,
        *params: object,
        only_active: bool = True,
    ) -> Shape:
        """Call a method that changes nothing; return its result in a known shape.

        Raises:
            TryAgain: the server is not there or does not answer.
            Forbidden: it does not let us in.
            NotThere: it fails for good.

        """
        context = {"language": "en", "active_test": only_active}
        request, said = await self._call(client, method, [*params, context], writes=False)
        return self._shaped(shape, request, said.result)

    async def write(
        self,
        client: httpx.AsyncClient,
        shape: type[Shape],
        method: str,
        *params: object,
        unless_changed: Mapping[str, str] | None = None,
    ) -> Shape:
        """Call a method that writes, unless a record has changed since its time stamp was read.

        Raises:
            TryAgain: nothing happened; `Changed` where a time stamp differs.
            Forbidden: the user may not write this.
            NotThere: the server refuses it for good.
            OutcomeUnknown: it was sent and no clear answer came back.

        """
        context = {"language": "en", "_timestamp": dict(unless_changed or {})}
        request, said = await self._call(client, method, [*params, context], writes=True)
        return self._shaped(shape, request, said.result)

    async def _call(
        self, client: httpx.AsyncClient, method: str, params: Sequence[object], *, writes: bool
    ) -> tuple[Request, _Said]:
        body = {"id": 1, "method": method, "params": params}
        if not self._token:
            await self._log_in(client)
        request = self._request(body, writes=writes)
        try:
            answer = await self._wire.send(client, request)
        except Forbidden as error:
            # A session that has ended: the call was not made, so it is made in a new one.
            if error.facts.get("status") != HTTPStatus.UNAUTHORIZED:
                raise
            await self._log_in(client)
            request = self._request(body, writes=writes)
            answer = await self._wire.send(client, request)
        return request, self._said(request, answer)

    async def _log_in(self, client: httpx.AsyncClient) -> None:
        params = [self._user, {"password": self._password}, "en"]
        body = {"id": 1, "method": "common.db.login", "params": params}
        request = Request(method="POST", path=_RPC, body=body, headers=_JSON)
        said = self._said(request, await self._wire.send(client, request))
        user_id, token, *_ = self._shaped(tuple[int, str, object], request, said.result)
        self._token = b64encode(f"{self._user}:{user_id}:{token}".encode()).decode("ascii")

    def _request(self, body: object, *, writes: bool) -> Request:
        headers = {**_JSON, "authorization": f"Session {self._token}"}
        return Request(method="POST", path=_RPC, body=body, headers=headers, writes=writes)

    def _said(self, request: Request, answer: Answer) -> _Said:
        if answer.status != HTTPStatus.OK:
            raise NotThere(f"Tryton refuses the request ({answer.status})", status=answer.status)
        said = self._shaped(_Said, request, answer.value)
        if said.error is not None:
            raise _failure(said.error, writes=request.writes)
        return said

    def _shaped(self, shape: type[Shape], request: Request, value: object) -> Shape:
        try:
            return TypeAdapter(shape).validate_python(value)
        except ValidationError as error:
            raise self._wire.unclear(request, "answered in a shape we do not know") from error


def _failure(error: list[object], *, writes: bool) -> ConnectorFailed:
    """Return what an error of the server means. It has undone whatever the call did."""
    kind, *told = [word[:300] for word in _words(error)] or ["no reason given"]
    match kind:
        case "ConcurrencyException":
            return Changed()
        case "LoginException":
            return Forbidden("Tryton asks for more than a user and a password")
        case "UserError":
            text = told[0] if told else kind
            refused = not writes or text.startswith(_NOT_ALLOWED)
            return Forbidden(text) if refused else NotThere(text)
        case "UserWarning":
            return NotThere(f"Tryton asks a person first: {' '.join(told[1:2])}")
        case _:
            return NotThere(f"Tryton failed: {kind}")


def _words(value: object) -> list[str]:
    """Return the texts in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [word for one in cast("list[object]", value) for word in _words(one)]
    return []

"""HubSpot's wire: its objects, its searches and its errors as the public API documents them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dealwright.errors import ConnectorFailed, NotThere
from dealwright.tools.crm.wire import Answer, Request, Wire
from dealwright.tools.crm.writing import MOST_FOUND

PAGE = 100
"""What a search or a batch holds at most."""

_NAME = re.compile(r'"name"\s*:\s*"([^"]{1,100})"')
_PROPERTY = re.compile(r'[Pp]roperty "?([A-Za-z0-9_]{1,100})"? does not exist')

Shape = TypeVar("Shape")


class _Said(BaseModel):
    """Anything HubSpot says; what we do not know of it plays no part."""

    model_config = ConfigDict(extra="ignore")


class Thing(_Said):
    """A contact, company, deal or note."""

    id: str
    properties: Mapping[str, str | None] = {}

    def text(self, name: str) -> str:
        """Return a property, empty where it has none."""
        return self.properties.get(name) or ""


class _Next(_Said):
    after: str = ""


class _Paging(_Said):
    next: _Next = _Next()


class _Things(_Said):
    results: Sequence[Thing] = ()
    errors: Sequence[object] = ()
    paging: _Paging = _Paging()


class _End(_Said):
    to_object_id: int | str = Field(alias="toObjectId")


class _Ends(_Said):
    results: Sequence[_End] = ()


class _From(_Said):
    id: str


class _Link(_Said):
    start: _From = Field(alias="from")
    to: Sequence[_End] = ()


class _Links(_Said):
    results: Sequence[_Link] = ()


class _Detail(_Said):
    message: str = ""
    context: Mapping[str, str | list[str] | None] = {}


class _Problem(_Said):
    message: str = ""
    category: str = ""
    context: Mapping[str, str | list[str] | None] = {}
    errors: Sequence[_Detail] = ()

    def field(self) -> str:
        """Return the property it is about, as far as it says."""
        for context in (self.context, *(detail.context for detail in self.errors)):
            for named in (context.get("propertyName"), context.get("name")):
                text = named if isinstance(named, str) else "".join(named[:1] if named else ())
                if text:
                    return text[:100]
        told = " ".join((self.message, *(detail.message for detail in self.errors)))
        found = _NAME.search(told) or _PROPERTY.search(told)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition of a search."""

    name: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Portal:
    """One HubSpot account, for the length of one call."""

    wire: Wire
    token: str = field(repr=False)
    client: httpx.AsyncClient

    async def search(
        self, kind: str, groups: Iterable[Filter], names: Collection[str]
    ) -> list[Thing]:
        """Return the objects for which any of the conditions holds."""
        found: list[Thing] = []
        after = ""
        while len(found) < MOST_FOUND:
            body = {
                "filterGroups": [
                    {
                        "filters": [
                            {"propertyName": f.name, "operator": f.operator, "value": f.value}
                        ]
                    }
                    for f in groups
                ],
                "properties": sorted(names),
                "limit": PAGE,
            } | ({"after": after} if after else {})
            page = await self._read(_Things, "POST", f"/crm/v3/objects/{kind}/search", body)
            found += page.results
            after = page.paging.next.after
            if not after:
                break
        return found

    async def get(
        self, kind: str, object_id: str, names: Collection[str], by: str = ""
    ) -> Thing | None:
        """Return the object with that id, or with that value of a unique property."""
        asked = f"?properties={quote(','.join(sorted(names)))}" + (
            f"&idProperty={by}" if by else ""
        )
        path = f"/crm/v3/objects/{kind}/{quote(object_id, safe='')}{asked}"
        request = self._request("GET", path, None, writes=False)
        answer = await self.wire.send(self.client, request)
        return None if answer.status == HTTPStatus.NOT_FOUND else self._as(Thing, request, answer)

    async def several(self, kind: str, ids: Collection[str], names: Collection[str]) -> list[Thing]:
        """Return the objects with these ids, in no order."""
        found: list[Thing] = []
        for some in _pages(ids):
            body = {"inputs": [{"id": one} for one in some], "properties": sorted(names)}
            page = await self._read(_Things, "POST", f"/crm/v3/objects/{kind}/batch/read", body)
            found += page.results
        return found

    async def linked(self, kind: str, ids: Collection[str], to: str) -> dict[str, list[str]]:
        """Return for each object the ids of what it is associated with."""
        links: dict[str, list[str]] = {}
        for some in _pages(ids):
            body = {"inputs": [{"id": one} for one in some]}
            path = f"/crm/v4/associations/{kind}/{to}/batch/read"
            page = await self._read(_Links, "POST", path, body)
            for link in page.results:
                links.setdefault(link.start.id, []).extend(str(e.to_object_id) for e in link.to)
        return links

    async def notes_of(self, kind: str, object_id: str) -> list[str]:
        """Return the ids of an object's notes; none where there is no such object."""
        number = quote(object_id, safe="")
        path = f"/crm/v4/objects/{kind}/{number}/associations/notes?limit={MOST_FOUND}"
        request = self._request("GET", path, None, writes=False)
        answer = await self.wire.send(self.client, request)
        if answer.status == HTTPStatus.NOT_FOUND:
            return []
        return [str(end.to_object_id) for end in self._as(_Ends, request, answer).results]

    async def put(
        self, kind: str, by: str, value: str, properties: Mapping[str, str]
    ) -> Thing | None:
        """Create or update the one object with that value of a unique property.

        None: another object has a value that must be unique too, such as the e-mail address.
        """
        body = {"inputs": [{"idProperty": by, "id": value, "properties": dict(properties)}]}
        path = f"/crm/v3/objects/{kind}/batch/upsert"
        request = self._request("POST", path, body, writes=True)
        answer = await self.wire.send(self.client, request)
        if answer.status == HTTPStatus.CONFLICT:
            return None
        page = self._as(_Things, request, answer)
        if page.errors:
            problem = self._shaped(_Problem, request, page.errors[0])
            if problem.category == "CONFLICT":
                return None
            raise _refused(problem)
        if not page.results:
            raise self.wire.unclear(request, "did not say what it wrote")
        return page.results[0]

    async def change(self, kind: str, object_id: str, properties: Mapping[str, str]) -> None:
        """Write properties of an object."""
        path = f"/crm/v3/objects/{kind}/{quote(object_id, safe='')}"
        request = self._request("PATCH", path, {"properties": dict(properties)}, writes=True)
        self._as(Thing, request, await self.wire.send(self.client, request))

    async def link(self, kind: str, object_id: str, to: str, other_id: str) -> None:
        """Associate two objects; once, however often it is called."""
        path = f"/crm/v4/objects/{kind}/{object_id}/associations/default/{to}/{other_id}"
        request = self._request("PUT", path, None, writes=True)
        self._as(_Said, request, await self.wire.send(self.client, request))

    async def _read(self, shape: type[Shape], method: str, path: str, body: object) -> Shape:
        request = self._request(method, path, body, writes=False)
        return self._as(shape, request, await self.wire.send(self.client, request))

    def _request(self, method: str, path: str, body: object, *, writes: bool) -> Request:
        headers = {"authorization": f"Bearer {self.token}", "accept": "application/json"}
        return Request(method=method, path=path, body=body, headers=headers, writes=writes)

    def _as(self, shape: type[Shape], request: Request, answer: Answer) -> Shape:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refused(self._shaped(_Problem, request, answer.value or {}))
        return self._shaped(shape, request, answer.value)

    def _shaped(self, shape: type[Shape], request: Request, value: object) -> Shape:
        try:
            return TypeAdapter(shape).validate_python(value)
        except ValidationError as error:
            raise self.wire.unclear(request, "answered in a shape we do not know") from error


def _refused(problem: _Problem) -> ConnectorFailed:
    about = problem.field()
    told = problem.message[:300] or "HubSpot refuses it and does not say why"
    return NotThere(f"{about}: {told}" if about else told, field=about)


def _pages(ids: Collection[str]) -> Iterable[list[str]]:
    every = list(ids)
    return (every[start : start + PAGE] for start in range(0, len(every), PAGE))

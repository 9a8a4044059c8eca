"""A HubSpot of our own for tests, written from its public API and strict about it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "pat-eu1-for-tests"
Json = dict[str, Any]
Trouble = tuple[int, dict[str, str], bytes]

KNOWN = {
    "contacts": {
        *("firstname", "lastname", "email", "hs_additional_emails", "company", "lifecyclestage"),
        *("dealwright_key", "score", "tier", "stage", "source", "next_step", "last_contact"),
        "summary",
    },
    "companies": {"name", "domain", "lifecyclestage"},
    "deals": {"dealname", "dealstage", "hs_is_closed"},
    "notes": {"hs_note_body", "hs_timestamp", "dealwright_note"},
}
UNIQUE = {"contacts": {"email", "dealwright_key"}, "notes": {"dealwright_note"}}
STAGES = {"", "subscriber", "lead", "opportunity", "customer", "evangelist", "other"}
MOST_GROUPS, MOST_INPUTS, MOST_RESULTS = 5, 100, 200


class Refusal(Exception):
    """An error answer of HubSpot's."""

    def __init__(self, status: int, category: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.headers = more.pop("headers", {})
        told = {"status": "error", "message": message, "category": category}
        self.body = told | {"correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf"} | more


def invalid(message: str, **context: list[str]) -> Refusal:
    more = {"errors": [{"message": message, "context": context}]} if context else {}
    return Refusal(400, "VALIDATION_ERROR", message, **more)


@dataclass
class HubSpot:
    """An account: its objects, what is associated with what, and the trouble it is to make."""

    objects: dict[str, dict[str, dict[str, str]]] = field(
        default_factory=lambda: {kind: {} for kind in KNOWN}
    )
    links: set[tuple[str, str, str, str]] = field(default_factory=set)
    known: dict[str, set[str]] = field(
        default_factory=lambda: {kind: set(names) for kind, names in KNOWN.items()}
    )
    requests: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    search_is_behind: bool = False
    url: str = ""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def add(self, kind: str, **properties: str) -> str:
        """Add an object as a person working in HubSpot would."""
        with self._lock:
            return self._create(kind, properties)

    def link(self, kind: str, one: str, to: str, other: str) -> None:
        with self._lock:
            self.links |= {(kind, one, to, other), (to, other, kind, one)}

    def answer(self, method: str, target: str, head: dict[str, str], body: bytes) -> Trouble:
        """Return the status, headers and body of an answer."""
        with self._lock:
            self.requests.append(f"{method} {target}")
            if self.troubles:
                return self.troubles.pop(0)
            try:
                self._check_head(method, head)
                parts = urlsplit(target)
                path = [unquote(step) for step in parts.path.strip("/").split("/")]
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                status, value = self._route(method, path, asked, json.loads(body or b"{}"))
            except Refusal as refusal:
                status, value = refusal.status, refusal.body
            return status, {}, json.dumps(value).encode()

    def _check_head(self, method: str, head: dict[str, str]) -> None:
        if head.get("authorization") != f"Bearer {TOKEN}":
            raise Refusal(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
        if method in {"POST", "PATCH"} and head.get("content-type") != "application/json":
            raise Refusal(415, "VALIDATION_ERROR", "Unsupported media type")

    def _route(
        self, method: str, path: list[str], asked: dict[str, str], body: Json
    ) -> tuple[int, object]:
        match [method, *path]:
            case ["POST", "crm", "v3", "objects", kind, *action]:
                return 200, self._post(kind, action, body)
            case ["GET", "crm", "v3", "objects", kind, one]:
                return 200, self._get(kind, one, asked)
            case ["PATCH", "crm", "v3", "objects", kind, one]:
                only(body, {"properties"})
                self._held(kind, one)
                self._write(kind, one, body["properties"])
                return 200, self._told(kind, one, body["properties"])
            case [_, "crm", "v4", *rest]:
                return self._associations(method, rest, body)
            case _:
                raise Refusal(404, "OBJECT_NOT_FOUND", "no such resource")

    def _post(self, kind: str, action: list[str], body: Json) -> Json:
        match action:
            case ["search"]:
                return self._search(kind, body)
            case ["batch", "read"]:
                return self._batch_read(kind, body)
            case ["batch", "upsert"]:
                return self._upsert(kind, body)
            case _:
                raise Refusal(404, "OBJECT_NOT_FOUND", "no such action")

    def _associations(self, method: str, rest: list[str], body: Json) -> tuple[int, Json]:
        match [method, *rest]:
            case ["POST", "associations", kind, to, "batch", "read"]:
                return self._linked(kind, to, body)
            case ["GET", "objects", kind, one, "associations", to]:
                self._held(kind, one)
                return 200, {"results": self._ends(kind, one, to)}
            case ["PUT", "objects", kind, one, "associations", "default", to, other]:
                self._held(kind, one)
                self._held(to, other)
                self.link(kind, one, to, other)
                return 200, {"status": "COMPLETE", "results": []}
            case _:
                raise Refusal(404, "OBJECT_NOT_FOUND", "no such resource")

    def _search(self, kind: str, body: Json) -> Json:
        only(body, {"filterGroups", "properties", "limit", "after"})
        groups = [group["filters"] for group in body["filterGroups"]]
        if not 0 < len(groups) <= MOST_GROUPS or body["limit"] > MOST_RESULTS:
            raise invalid("too many filter groups or results")
        for one in (condition for group in groups for condition in group):
            only(one, {"propertyName", "operator", "value"})
            self._check_names(kind, [one["propertyName"]])
        found = [
            number
            for number, held in self.objects[kind].items()
            if not self.search_is_behind and any(all(fits(held, f) for f in g) for g in groups)
        ]
        start = int(body.get("after", "0"))
        page = found[start : start + body["limit"]]
        rest = {"next": {"after": str(start + len(page)), "link": "?"}}
        told = {
            "total": len(found),
            "results": [self._told(kind, n, body["properties"]) for n in page],
        }
        return told | ({"paging": rest} if start + len(page) < len(found) else {})

    def _batch_read(self, kind: str, body: Json) -> Json:
        only(body, {"inputs", "properties"})
        numbers = inputs(body, {"id"})
        there = [one["id"] for one in numbers if one["id"] in self.objects[kind]]
        return done([self._told(kind, number, body["properties"]) for number in there])

    def _upsert(self, kind: str, body: Json) -> Json:
        only(body, {"inputs"})
        results: list[Json] = []
        for one in inputs(body, {"id", "idProperty", "properties"}):
            unique = one["idProperty"]
            if unique not in UNIQUE.get(kind, set()):
                raise invalid(f"Unable to perform update/upsert by non-unique property {unique}")
            properties = one["properties"] | {unique: one["id"]}
            number = self._by(kind, unique, one["id"])
            if number is None:
                number, new = self._create(kind, properties), True
            else:
                self._write(kind, number, properties)
                new = False
            results.append(self._told(kind, number, properties) | {"new": new})
        return done(results)

    def _get(self, kind: str, one: str, asked: dict[str, str]) -> Json:
        names = asked.get("properties", "").split(",")
        by = asked.get("idProperty")
        if by and by not in UNIQUE.get(kind, set()) & self.known[kind]:
            raise invalid(f"Property {by} does not exist", propertyName=[by])
        number = self._by(kind, by, one) if by else one
        self._held(kind, number or "")
        return self._told(kind, number or "", names)

    def _linked(self, kind: str, to: str, body: Json) -> tuple[int, Json]:
        only(body, {"inputs"})
        asked = [one["id"] for one in inputs(body, {"id"})]
        linked = [one for one in asked if self._ends(kind, one, to)]
        told = done([{"from": {"id": one}, "to": self._ends(kind, one, to)} for one in linked])
        none = [{"status": "error", "category": "OBJECT_NOT_FOUND", "message": "none"}] * (
            len(asked) - len(linked)
        )
        return (207, told | {"numErrors": len(none), "errors": none}) if none else (200, told)

    def _ends(self, kind: str, one: str, to: str) -> list[Json]:
        label = {"category": "HUBSPOT_DEFINED", "typeId": 1, "label": None}
        ends = sorted(link[3] for link in self.links if link[:3] == (kind, one, to))
        return [{"toObjectId": int(end), "associationTypes": [label]} for end in ends]

    def _by(self, kind: str, name: str, value: str) -> str | None:
        same = (n for n, held in self.objects[kind].items() if held.get(name) == value)
        return next(same, None)

    def _held(self, kind: str, number: str) -> dict[str, str]:
        if number not in self.objects.get(kind, {}):
            raise Refusal(404, "OBJECT_NOT_FOUND", "resource not found")
        return self.objects[kind][number]

    def _create(self, kind: str, properties: dict[str, str]) -> str:
        number = str(1000 + sum(map(len, self.objects.values())))
        self._check(kind, number, properties)
        if kind == "notes" and not properties.get("hs_timestamp"):
            raise invalid("hs_timestamp is required", propertyName=["hs_timestamp"])
        self.objects[kind][number] = dict(properties)
        return number

    def _write(self, kind: str, number: str, properties: dict[str, str]) -> None:
        self._check(kind, number, properties)
        self.objects[kind][number] |= properties

    def _check(self, kind: str, number: str, properties: dict[str, str]) -> None:
        self._check_names(kind, list(properties))
        for name, value in properties.items():
            wrong = type(value) is not str or len(value) > 65_536
            wrong |= name == "email" and bool(value) and not re.fullmatch(r"\S+@\S+\.\S+", value)
            wrong |= name == "lifecyclestage" and value not in STAGES
            wrong |= name == "hs_timestamp" and datetime.fromisoformat(value).tzinfo is None
            if wrong:
                raise not_valid(name, "INVALID_VALUE", f"{value!r} was not valid")
            other = self._by(kind, name, value) if value else None
            if name in UNIQUE.get(kind, set()) and other not in {None, number}:
                raise Refusal(409, "CONFLICT", f"Contact already exists. Existing ID: {other}")

    def _check_names(self, kind: str, names: list[str]) -> None:
        for name in names:
            if name not in self.known[kind]:
                told = f'Property "{name}" does not exist'
                raise not_valid(name, "PROPERTY_DOESNT_EXIST", told)

    def _told(self, kind: str, number: str, names: Any) -> Json:
        held = self.objects[kind][number]
        at = "2026-11-21T09:00:00.000Z"
        # Properties that do not exist are left out of what is read; only writing one is an error.
        known = [name for name in names if name in self.known[kind]]
        properties = {name: held.get(name) or None for name in known} | {"hs_object_id": number}
        return {"id": number, "properties": properties, "createdAt": at, "updatedAt": at} | {
            "archived": False
        }


def not_valid(name: str, code: str, told: str) -> Refusal:
    detail = [{"isValid": False, "message": told, "error": code, "name": name}]
    return invalid(f"Property values were not valid: {json.dumps(detail)}")


def only(body: Json, names: set[str]) -> None:
    if not set(body) <= names:
        raise invalid(f"Invalid input JSON: Unrecognized field {sorted(set(body) - names)}")


def inputs(body: Json, names: set[str]) -> list[Json]:
    if not 0 < len(body["inputs"]) <= MOST_INPUTS:
        raise invalid("a batch holds 1 to 100 inputs")
    for one in body["inputs"]:
        if set(one) != names or not isinstance(one["id"], str):
            raise invalid("Invalid input JSON")
    return body["inputs"]


def done(results: list[Json]) -> Json:
    at = "2026-11-21T09:00:00.000Z"
    return {"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at}


def fits(held: dict[str, str], condition: Json) -> bool:
    value, wanted = held.get(condition["propertyName"], "").lower(), condition["value"]
    match condition["operator"]:
        case "EQ":
            return value == wanted
        case "CONTAINS_TOKEN":
            return any(fnmatchcase(part, wanted) for part in value.split(";"))
        case other:
            raise invalid(f"the operator {other} is not known")


def too_many_requests() -> Trouble:
    told = {"status": "error", "message": "You have reached your ten_secondly_rolling limit."}
    told |= {"errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}
    headers = {"Retry-After": "7", "X-HubSpot-RateLimit-Remaining": "0"}
    return 429, headers, json.dumps(told).encode()


class Server(ThreadingHTTPServer):
    """Serves an account on a port of its own."""

    def __init__(self, account: HubSpot) -> None:
        self.account = account
        super().__init__(("127.0.0.1", 0), Handler)
        account.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Carries requests to the account."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: object = "", size: object = "") -> None: ...

    def handle_one_request(self) -> None:
        with suppress(ConnectionError):
            super().handle_one_request()

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        head = {name.lower(): value for name, value in self.headers.items()}
        status, headers, told = self.server.account.answer(self.command, self.path, head, body)
        self.send_response(status)
        for name, value in {"content-type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def do_POST(self) -> None:
        self.do_GET()

    def do_PATCH(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()


@contextmanager
def a_hubspot() -> Generator[HubSpot]:
    """Serve an empty account; its token is `TOKEN`."""
    account = HubSpot()
    with Server(account) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield account
        finally:
            server.shutdown()
            thread.join()

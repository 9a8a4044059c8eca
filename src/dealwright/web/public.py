"""The public doors: unsubscribe, new leads, signed webhooks. No GET changes anything."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from dealwright.errors import BadInput, DealwrightError, Forbidden, NotFound
from dealwright.outbox.unsubscribe import read_token
from dealwright.store.suppressions import OptOut
from dealwright.triggers.inbound import Reception, read_form
from dealwright.triggers.signed import Call, verify
from dealwright.web.doors import Doors

LARGEST_BODY = 64_000
GUARDED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1.2rem}}</style><h1>{title}</h1>{body}</html>"""
ASK = '<p>{text}</p><form method="post"><button>Do not write to me again</button></form>'


def public(doors: Doors) -> FastAPI:
    """Return the application."""
    app = FastAPI(title="Dealwright", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(doors)
    app.add_api_route("/u/{token}", desk.ask, methods=["GET", "HEAD"])
    app.add_api_route("/u/{token}", desk.unsubscribe, methods=["POST"])
    app.add_api_route("/leads", desk.lead, methods=["POST"])
    app.add_api_route("/hooks/{sender}", desk.hook, methods=["POST"])
    app.add_api_route("/health", desk.health, methods=["GET"])
    return app


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers at the public doors."""

    doors: Doors

    async def health(self) -> Response:
        """Say that we are here."""
        return JSONResponse({"ok": True})

    async def ask(self, token: str) -> Response:
        """Show a button; whoever only looks, or scans links, changes nothing."""
        if await self._person(token) is None:
            return _page("This link is not one of ours", "", 404)
        body = ASK.format(text="Press the button and you will get no more letters from us.")
        return _page("Unsubscribe", body)

    async def unsubscribe(self, token: str) -> Response:
        """Suppress the person for good (RFC 8058: no log-in, no redirect, no question)."""
        person = await self._person(token)
        if person is None:
            return _page("This link is not one of ours", "", 404)
        await self.doors.store.suppressions.suppress(
            OptOut(
                workspace=self.doors.workspace,
                scope="person",
                value=person,
                reason="unsubscribed by the link in a letter",
                source="one-click",
            )
        )
        return _page("Done", "<p>You will get no more letters from us.</p>")

    async def lead(self, request: Request) -> Response:
        """Take in somebody who filled in a form, with the bearer's token."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        wanted = self.doors.secrets("leads")
        if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
            return _refusal(401, "say `Authorization: Bearer <the secret of leads>`")
        return await self._received(
            await _body(request), request.headers.get("idempotency-key", "")
        )

    async def hook(self, sender: str, request: Request) -> Response:
        """Take in a signed event that brings a lead; the same event twice is one."""
        secret = self.doors.secrets(sender) if sender in self.doors.webhooks else None
        if secret is None:
            return _refusal(404, "there is no such sender")
        body = await _body(request)
        call = Call(
            method=request.method,
            url=str(request.url),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
        )
        try:
            signed = verify(call, secret, self.doors.clock.now())
        except Forbidden as error:
            return _refusal(401, str(error))
        return await self._received(body, f"{sender}:{signed.event}")

    async def _received(self, body: bytes, key: str) -> Response:
        try:
            told = _fields(body)
            campaign = await self.doors.campaign(told.pop("campaign", ""))
            inquiry = read_form(told, key=key[:100])
            reception = Reception(
                store=self.doors.store, workspace=self.doors.workspace, clock=self.doors.clock
            )
            received = await reception.receive(campaign, inquiry)
        except (BadInput, NotFound) as error:
            return _refusal(422, str(error))
        await self.doors.ring([received.case_id])
        return JSONResponse({"lead": received.case_id, "new": received.new}, 202)

    async def _person(self, token: str) -> str | None:
        try:
            secret = await self.doors.store.suppressions.secret(self.doors.workspace)
            workspace, person = read_token(secret, token)
        except DealwrightError:
            return None
        return person if workspace == self.doors.workspace else None


def _fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form as JSON.

    Raises:
        BadInput: it is not a flat JSON object.

    """
    try:
        told: object = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("send one JSON object with the form's fields") from None
    if not isinstance(told, dict):
        raise BadInput("send one JSON object with the form's fields")
    fields = cast("Mapping[object, object]", told)
    if not all(isinstance(value, str | int | float | None) for value in fields.values()):
        raise BadInput("every field is a text; nothing may stand inside another")
    return {str(name): str(value) for name, value in fields.items() if value is not None}


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return b""
    return body


def _page(title: str, body: str, code: int = 200) -> Response:
    return HTMLResponse(PAGE.format(title=title, body=body), code, headers=GUARDED)


def _refusal(code: int, why: str) -> Response:
    return JSONResponse({"error": why}, code, headers=GUARDED)

"""The public doors: unsubscribe, new leads, signed webhooks. No GET changes anything."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp

from dealwright.errors import BadInput, Forbidden, NotFound
from dealwright.outbox.unsubscribe import person_of
from dealwright.store.inquiries import Fate
from dealwright.store.suppressions import OptOut
from dealwright.triggers.form_fields import LARGEST, fields_of
from dealwright.triggers.inbound import Reception, read_form
from dealwright.triggers.signed import Call, verify
from dealwright.web.bodies import body_of
from dealwright.web.doors import Doors
from dealwright.web.guarded import Guarded

LONGEST_KEY = 100
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1.2rem}}</style><h1>{title}</h1>{body}</html>"""
ASK = '<p>{text}</p><form method="post"><button>Do not write to me again</button></form>'


def public(doors: Doors) -> ASGIApp:
    """Return the application."""
    app = FastAPI(title="Dealwright", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(doors)
    app.add_api_route("/u/{token}", desk.ask, methods=["GET", "HEAD"])
    app.add_api_route("/u/{token}", desk.unsubscribe, methods=["POST"])
    app.add_api_route("/leads", desk.lead, methods=["POST"])
    app.add_api_route("/hooks/{sender}", desk.hook, methods=["POST"])
    app.add_api_route("/health", desk.health, methods=["GET"])
    return Guarded(app)


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
        await self.doors.store.messages.leave(
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
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        wanted = self.doors.secrets("leads")
        known = wanted and hmac.compare_digest(given.strip().encode(), wanted.encode())
        if not known or scheme.lower() != "bearer":
            return _refusal(401, "say `Authorization: Bearer <the secret of leads>`")
        key = request.headers.get("idempotency-key", "")
        if len(key) > LONGEST_KEY:
            return _refusal(422, f"an Idempotency-Key has at most {LONGEST_KEY} characters")
        body = await body_of(request)
        return _too_large() if body is None else await self._received(body, key and f"key:{key}")

    async def hook(self, sender: str, request: Request) -> Response:
        """Take in a signed event that brings a lead; the same event twice is one."""
        secret = self.doors.secrets(sender) if sender in self.doors.webhooks else None
        if not secret:
            return _refusal(404, "there is no such sender")
        body = await body_of(request)
        if body is None:
            return _too_large()
        call = Call(
            method=request.method,
            url=self._called(request),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
        )
        try:
            signed = verify(call, secret, self.doors.clock.now())
        except Forbidden as error:
            return _refusal(401, str(error))
        return await self._received(body, f"hook:{sender}:{signed.event}")

    def _called(self, request: Request) -> str:
        """Return the address the sender called, whatever stands between them and us."""
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return f"{self.doors.public_url}{path}" if self.doors.public_url else str(request.url)

    async def _received(self, body: bytes, key: str) -> Response:
        reception = Reception(
            store=self.doors.store,
            workspace=self.doors.workspace,
            clock=self.doors.clock,
            opts_out=self.doors.opts_out,
        )
        try:
            told = fields_of(body)
            campaign = await self.doors.campaign(told.pop("campaign", "").strip())
            received = await reception.receive(campaign, read_form(told, key=key))
        except (BadInput, NotFound) as error:
            return _refusal(422, str(error))
        if received.fate is Fate.CLASHES:
            return _refusal(409, "something else was sent under this Idempotency-Key")
        if received.fate is not Fate.KNOWN:
            await self.doors.ring([received.case_id])
        opened = received.fate is Fate.OPENED
        return JSONResponse({"lead": received.case_id, "new": opened}, 202)

    async def _person(self, token: str) -> str | None:
        workspace = self.doors.workspace
        return person_of(await self.doors.store.suppressions.secret(workspace), workspace, token)


def _page(title: str, body: str, code: int = 200) -> Response:
    return HTMLResponse(PAGE.format(title=title, body=body), code)


def _refusal(code: int, why: str) -> Response:
    return JSONResponse({"error": why}, code)


def _too_large() -> Response:
    return _refusal(413, f"send at most {LARGEST} bytes")

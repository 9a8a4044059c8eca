"""Signed webhooks: authentic, from now, and once; whatever is not leaves no trace."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from tests.web.house import FORM, PUBLIC_URL, SECRETS, a_house

BODY = json.dumps(FORM).encode()
SECRET = SECRETS["site"]
Headers = Mapping[str, str]
Sign = Callable[[bytes, float, str], Headers]


def now() -> float:
    return datetime.now(UTC).timestamp()


def standard(body: bytes, at: float, secret: str = SECRET) -> Headers:
    made = Webhook(secret).sign("evt_1", datetime.fromtimestamp(at, UTC), body.decode())
    told = {"webhook-id": "evt_1", "webhook-timestamp": str(int(at))}
    return {**told, "webhook-signature": made}


def hubspot(body: bytes, at: float, secret: str = SECRET) -> Headers:
    stamp = str(int(at * 1000))
    told = f"POST{PUBLIC_URL}/hooks/site".encode() + body + stamp.encode()
    mac = b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()
    return {"x-hubspot-signature-v3": mac, "x-hubspot-request-timestamp": stamp}


def generic(body: bytes, at: float, secret: str = SECRET) -> Headers:
    stamp = str(int(at))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"x-signature": f"sha256={mac}", "x-timestamp": stamp}


SCHEMES: Mapping[str, Sign] = {"standard": standard, "hubspot": hubspot, "generic": generic}
SIGNATURES = ("webhook-signature", "x-hubspot-signature-v3", "x-signature")
STAMPS = ("webhook-timestamp", "x-hubspot-request-timestamp", "x-timestamp")


def without(headers: Headers, names: tuple[str, ...]) -> Headers:
    return {name: value for name, value in headers.items() if name not in names}


def replaced(headers: Headers, names: tuple[str, ...], value: str) -> Headers:
    return {name: value if name in names else old for name, old in headers.items()}


NEGATIVE: Mapping[str, Callable[[Sign], tuple[bytes, Headers]]] = {
    "no signature": lambda sign: (BODY, without(sign(BODY, now(), SECRET), SIGNATURES)),
    "no time": lambda sign: (BODY, without(sign(BODY, now(), SECRET), STAMPS)),
    "empty signature": lambda sign: (BODY, replaced(sign(BODY, now(), SECRET), SIGNATURES, "")),
    "garbage": lambda sign: (BODY, replaced(sign(BODY, now(), SECRET), SIGNATURES, "v1,%%%")),
    "another algorithm": lambda sign: (
        BODY,
        replaced(sign(BODY, now(), SECRET), SIGNATURES, f"sha1={'0' * 40}"),
    ),
    "old": lambda sign: (BODY, sign(BODY, now() - 400, SECRET)),
    "from the future": lambda sign: (BODY, sign(BODY, now() + 400, SECRET)),
    "another time than was signed": lambda sign: (
        BODY,
        {**sign(BODY, now() - 400, SECRET), **dict.fromkeys(STAMPS, str(int(now())))},
    ),
    "no number as time": lambda sign: (BODY, replaced(sign(BODY, now(), SECRET), STAMPS, "nan")),
    "another body": lambda sign: (BODY.replace(b"Jana", b"Mara"), sign(BODY, now(), SECRET)),
    "the body written anew": lambda sign: (
        json.dumps(FORM, indent=1).encode(),
        sign(BODY, now(), SECRET),
    ),
    "another secret": lambda sign: (BODY, sign(BODY, now(), "b3RoZXIgc2l4dGVlbiBieXRlcw==")),
}


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_signed_event_opens_a_case_and_its_replay_is_the_same_one(
    sqlite_url: str, scheme: str
) -> None:
    async with a_house(sqlite_url) as house:
        headers = SCHEMES[scheme](BODY, now(), SECRET)
        first = await house.client.post("/hooks/site", content=BODY, headers=headers)
        assert first.status_code == 202
        assert first.json()["new"]
        before = await house.dump()
        for _ in range(3):
            replay = await house.client.post("/hooks/site", content=BODY, headers=headers)
            assert replay.json() == {"lead": first.json()["lead"], "new": False}
        assert await house.dump() == before


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_what_is_not_authentic_or_not_from_now_leaves_no_trace(
    sqlite_url: str, scheme: str
) -> None:
    async with a_house(sqlite_url) as house:
        before = await house.dump()
        for name, make in NEGATIVE.items():
            body, headers = make(SCHEMES[scheme])
            answer = await house.client.post("/hooks/site", content=body, headers=headers)
            assert answer.status_code == 401, name
        assert await house.dump() == before
        assert house.rung == []


@pytest.mark.parametrize("scheme", ["hubspot", "generic"])
async def test_a_sender_that_signs_its_second_attempt_anew_means_the_same_event(
    sqlite_url: str, scheme: str
) -> None:
    async with a_house(sqlite_url) as house:
        first = SCHEMES[scheme](BODY, now() - 60, SECRET)
        second = SCHEMES[scheme](BODY, now(), SECRET)
        answers = [
            (await house.client.post("/hooks/site", content=BODY, headers=headers)).json()
            for headers in (first, second)
        ]
        assert [answer["new"] for answer in answers] == [True, False]
        assert await house.tasks("wrote_again") == []


async def test_what_was_signed_is_the_public_address_whatever_the_host_says(
    sqlite_url: str,
) -> None:
    async with a_house(sqlite_url) as house:
        headers = {**hubspot(BODY, now()), "host": "10.0.0.7:8321", "x-forwarded-host": "evil"}
        answer = await house.client.post("/hooks/site", content=BODY, headers=headers)
        assert answer.status_code == 202
        query = await house.client.post("/hooks/site?x=1", content=BODY, headers=headers)
        assert query.status_code == 401


@pytest.mark.parametrize("sender", ["nobody", "leads", "old"])
async def test_there_is_no_door_for_a_sender_without_a_secret_of_its_own(
    sqlite_url: str, sender: str
) -> None:
    async with a_house(sqlite_url) as house:
        headers = generic(BODY, now(), SECRETS.get(sender, ""))
        answer = await house.client.post(f"/hooks/{sender}", content=BODY, headers=headers)
        assert answer.status_code == 404


async def test_a_signed_body_that_is_too_large_or_no_form_is_refused(sqlite_url: str) -> None:
    async with a_house(sqlite_url) as house:
        large, deep = b'{"a":"' + b"x" * 70_000 + b'"}', b"[" * 30_000
        for body, code in ((large, 413), (deep, 422)):
            headers = standard(body, now())
            answer = await house.client.post("/hooks/site", content=body, headers=headers)
            assert answer.status_code == code

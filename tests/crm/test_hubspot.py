"""HubSpot's own ways: rate limits, missing properties, companies, late searches, lost answers."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from dealwright.domain.connections import CrmConnection
from dealwright.errors import Forbidden, Misconfigured, NotThere, OutcomeUnknown, TryAgain
from dealwright.tools.connectors.crm_hubspot import HubSpotCrm
from dealwright.tools.ports import CrmNote, CrmRecord, Written
from tests.crm.line import Line
from tests.servers_crm import TOKEN, HubSpot, too_many_requests

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADA = CrmRecord(key="k1", name="Ada King Lovelace", address="Ada@acme.example", company="Acme")


def connected(url: str, token: str = TOKEN) -> HubSpotCrm:
    fields = ("score", "tier", "shoe_size")
    return HubSpotCrm(CrmConnection(kind="hubspot", url=url, fields=fields), token, timeout=20)


def scored(score: str) -> CrmRecord:
    return CrmRecord(key="k1", address="ada@acme.example", fields={"score": score})


async def test_too_many_requests_are_made_later(hubspot: HubSpot) -> None:
    hubspot.troubles.append(too_many_requests())
    with pytest.raises(TryAgain, match="wait") as refusal:
        await connected(hubspot.url).upsert(ADA)
    assert refusal.value.facts["retry_after"] == 7
    assert hubspot.objects["contacts"] == {}


async def test_a_wrong_token_is_forbidden(hubspot: HubSpot) -> None:
    with pytest.raises(Forbidden):
        await connected(hubspot.url, "pat-of-somebody-else").find(domain="acme.example")


@pytest.mark.parametrize("token", [None, "", "two\nlines", "ключ"])
def test_a_token_that_can_be_none_is_refused_at_once(token: str | None) -> None:
    with pytest.raises(Misconfigured):
        HubSpotCrm(CrmConnection(kind="hubspot"), token)


@pytest.mark.parametrize("url", ["http://api.hubapi.com", "ftp://127.0.0.1", "hubapi"])
def test_the_token_is_sent_to_nobody_in_the_open(url: str) -> None:
    with pytest.raises(Misconfigured):
        connected(url)


async def test_a_property_the_account_lacks_is_named(hubspot: HubSpot) -> None:
    record = CrmRecord(key="k1", fields={"score": "80", "shoe_size": "41"})
    with pytest.raises(NotThere, match="shoe_size") as refusal:
        await connected(hubspot.url).upsert(record)
    assert refusal.value.facts["field"] == "shoe_size"
    assert hubspot.objects["contacts"] == {}


async def test_an_account_without_our_key_property_is_told_so(hubspot: HubSpot) -> None:
    hubspot.known["contacts"].remove("dealwright_key")
    with pytest.raises(NotThere, match="dealwright_key"):
        await connected(hubspot.url).upsert(ADA)


async def test_a_value_hubspot_does_not_take_is_named(hubspot: HubSpot) -> None:
    with pytest.raises(NotThere, match=r"^email:"):
        await connected(hubspot.url).upsert(CrmRecord(key="k1", address="ada@localhost"))


async def test_a_name_goes_in_two_parts_and_comes_back_in_one(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    await crm.upsert(ADA)
    (held,) = hubspot.objects["contacts"].values()
    assert (held["firstname"], held["lastname"]) == ("Ada King", "Lovelace")
    (found,) = await crm.find(address="ada@acme.example")
    assert (found.name, found.company, found.domain) == (
        "Ada King Lovelace",
        "Acme",
        "acme.example",
    )


async def test_who_a_known_person_is_stays_theirs_to_say(hubspot: HubSpot) -> None:
    number = hubspot.add("contacts", email="ada@acme.example", firstname="Augusta", company="A")
    await connected(hubspot.url).upsert(ADA)
    held = hubspot.objects["contacts"][number]
    assert (held["firstname"], held["company"], held["dealwright_key"]) == ("Augusta", "A", "k1")


async def test_a_customer_company_makes_its_people_customers(hubspot: HubSpot) -> None:
    acme = hubspot.add("companies", name="Acme", domain="acme.example", lifecyclestage="customer")
    ada = hubspot.add("contacts", email="ada@mail.example", lifecyclestage="lead")
    deal = hubspot.add("deals", hs_is_closed="false")
    hubspot.link("contacts", ada, "companies", acme)
    hubspot.link("companies", acme, "deals", deal)
    crm = connected(hubspot.url)
    (person,) = await crm.find(address="ada@mail.example")
    assert (person.customer, person.open_deal, person.company) == (True, True, "Acme")
    (company,) = await crm.find(domain="acme.example")
    assert (company.id, company.address) == (f"company/{acme}", "")
    assert (company.customer, company.open_deal) == (True, True)


async def test_a_second_address_of_a_person_is_found(hubspot: HubSpot) -> None:
    more = "a@acme.example;ada@acme.example"
    hubspot.add("contacts", email="ada@home.example", hs_additional_emails=more)
    found = await connected(hubspot.url).find(address="Ada@acme.example")
    assert [record.address for record in found] == ["ada@home.example"]


async def test_every_page_of_a_large_company_is_read(hubspot: HubSpot) -> None:
    for number in range(230):
        hubspot.add("contacts", email=f"p{number}@acme.example")
    assert len(await connected(hubspot.url).find(domain="acme.example")) == 230


async def test_a_person_the_search_does_not_find_yet_is_not_doubled(hubspot: HubSpot) -> None:
    number = hubspot.add("contacts", email="ada@acme.example")
    hubspot.search_is_behind = True
    written = await connected(hubspot.url).upsert(scored("80"))
    assert (written.id, len(hubspot.objects["contacts"])) == (number, 1)


async def test_a_second_address_the_search_does_not_find_yet_is_waited_for(
    hubspot: HubSpot,
) -> None:
    number = hubspot.add("contacts", email="ada@home.example")
    hubspot.objects["contacts"][number]["email"] = "ada@acme.example"
    conflict = json.dumps({"status": "error", "category": "CONFLICT", "message": "exists"})
    none = json.dumps({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "none"})
    empty = json.dumps({"total": 0, "results": []})
    answers = [(404, none), (404, none), (200, empty), (409, conflict)] * 3
    hubspot.troubles += [(status, {}, body.encode()) for status, body in answers]
    with pytest.raises(TryAgain, match="yet"):
        await connected(hubspot.url).upsert(scored("80"))


@pytest.mark.parametrize(
    ("category", "error"), [("CONFLICT", TryAgain), ("VALIDATION_ERROR", NotThere)]
)
async def test_an_error_inside_a_batch_is_one(
    hubspot: HubSpot, category: str, error: type[Exception]
) -> None:
    problem = {"status": "error", "category": category, "message": "no"}
    batch = {"status": "COMPLETE", "numErrors": 1, "errors": [problem]}
    none = json.dumps({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "none"})
    answers = [(404, none), (207, json.dumps(batch))] * 3
    hubspot.troubles += [(status, {}, body.encode()) for status, body in answers]
    with pytest.raises(error):
        await connected(hubspot.url).upsert(CrmRecord(key="k1"))


async def test_notes_of_a_company_and_of_people_are_read_as_text(hubspot: HubSpot) -> None:
    acme = hubspot.add("companies", name="Acme")
    body = "<div><p>Likes <b>cheese</b> &amp; wine</p><p>Call in spring</p></div>"
    for at in ("1763719200000", "2024-01-01T00:00:00Z"):
        note = hubspot.add("notes", hs_note_body=body, hs_timestamp="2026-01-01T00:00:00Z")
        hubspot.objects["notes"][note]["hs_timestamp"] = at
        hubspot.link("notes", note, "companies", acme)
    old, new = await connected(hubspot.url).history(f"company/{acme}")
    assert (old.at.year, new.at) == (2024, datetime(2025, 11, 21, 10, tzinfo=UTC))
    assert new.text.split("\n") == ["Likes cheese & wine", "Call in spring"]


async def test_a_note_is_no_html_of_its_own(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    await crm.upsert(ADA)
    await crm.remember("k1", CrmNote(at=NOON, text="<script>x</script>\nbye"), "n1")
    (held,) = hubspot.objects["notes"].values()
    assert held["hs_note_body"] == "&lt;script&gt;x&lt;/script&gt;<br>bye"


async def test_a_note_a_person_has_mended_is_left_so(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    await crm.upsert(ADA)
    await crm.remember("k1", CrmNote(at=NOON, text="Booked."), "n1")
    (held,) = hubspot.objects["notes"].values()
    held["hs_note_body"] = "Booked, then cancelled."
    await crm.remember("k1", CrmNote(at=NOON, text="Booked."), "n1")
    assert held["hs_note_body"] == "Booked, then cancelled."


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (502, b"<html>"), (200, b"<html>"), (200, b'{"results": 1}'), (200, b"")],
)
async def test_an_answer_that_tells_nothing_leaves_a_write_unknown_and_a_read_to_do_again(
    hubspot: HubSpot, status: int, body: bytes
) -> None:
    crm = connected(hubspot.url)
    written = await crm.upsert(scored("80"))
    known = hubspot.objects["contacts"][written.id] | {"hs_object_id": written.id}
    there = json.dumps({"id": written.id, "properties": known}).encode()
    hubspot.troubles += [(status, {}, body)]
    with pytest.raises(TryAgain):
        await crm.find(domain="acme.example")
    hubspot.troubles += [(200, {}, there), (status, {}, body)]
    with pytest.raises(OutcomeUnknown) as unknown:
        await crm.upsert(scored("90"))
    assert unknown.value.facts["written"] == Written(id=written.id, changed={"score": ("80", "90")})


async def test_an_answer_without_end_is_not_read_to_the_end(hubspot: HubSpot) -> None:
    hubspot.troubles.append((200, {}, b" " * 11_000_000))
    with pytest.raises(TryAgain, match="more than is read"):
        await connected(hubspot.url).find(domain="acme.example")


async def test_a_redirect_is_not_followed(hubspot: HubSpot) -> None:
    hubspot.troubles.append((307, {"location": "http://127.0.0.1:9/"}, b""))
    with pytest.raises(Forbidden, match="elsewhere"):
        await connected(hubspot.url).find(domain="acme.example")


@pytest.mark.parametrize("request_line", [b"/batch/upsert", b"PATCH"])
async def test_a_lost_answer_is_unknown_and_the_next_write_settles_it(
    hubspot: HubSpot, request_line: bytes
) -> None:
    if request_line == b"PATCH":
        await connected(hubspot.url).upsert(scored("80"))
    async with Line(urlsplit(hubspot.url).port or 0) as line:
        line.cut_after = request_line
        with pytest.raises(OutcomeUnknown) as unknown:
            await connected(line.url).upsert(scored("90"))
        settled = await connected(line.url).upsert(scored("90"))
    written = unknown.value.facts["written"]
    assert isinstance(written, Written)
    assert (settled.changed, written.changed["score"][1]) == ({}, "90")
    (held,) = hubspot.objects["contacts"].values()
    assert held["score"] == "90"


async def test_a_note_whose_answer_was_lost_is_still_one_note(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    written = await crm.upsert(ADA)
    note = CrmNote(at=NOON, text="Booked.")
    async with Line(urlsplit(hubspot.url).port or 0) as line:
        line.cut_after = b"notes/batch/upsert"
        with pytest.raises(OutcomeUnknown):
            await connected(line.url).remember("k1", note, "n1")
        await connected(line.url).remember("k1", note, "n1")
    assert list(await crm.history(written.id)) == [note]


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(TryAgain, match="not there"):
        await connected(f"http://127.0.0.1:{port}").upsert(ADA)


async def test_what_is_undone_already_is_not_written_again(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    written = await crm.upsert(scored("80"))
    await crm.undo(written)
    await crm.undo(written)
    assert sum(request.startswith("PATCH") for request in hubspot.requests) == 1


async def test_nothing_is_ever_deleted(hubspot: HubSpot) -> None:
    crm = connected(hubspot.url)
    written = await crm.upsert(scored("80"))
    await crm.undo(written)
    await crm.remember("k1", CrmNote(at=NOON, text="Booked."), "n1")
    methods = {request.partition(" ")[0] for request in hubspot.requests}
    assert methods == {"GET", "POST", "PATCH", "PUT"}
    assert not [request for request in hubspot.requests if "archive" in request]

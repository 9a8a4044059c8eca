"""The first answer: it leaves at once, and a form can be made to say nothing to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from dealwright.clock import WindableClock
from dealwright.domain.conversation import Conversation, Cursor, MessageKind, Standing
from dealwright.domain.material import Material
from dealwright.errors import BadLeads
from dealwright.store.messages import NewMessage
from dealwright.tools.access import ToolCall
from tests.adversary.office import AtWork, at_work
from tests.servers_mail import Wired

DAY = 86_400
KIM = {"email": "kim@carrier.example", "timezone": "Europe/London", "language": "en"}
HOSTILE: Sequence[str] = (
    "Visit evil dot com now",
    "http://evil.example/x",
    "www.evil.example",
    "evil.example",
    "<b>Evil</b>",
    "<a href=//evil.example>Evil</a>",
    "Evil\r\nBcc: mallory@evil.example",
    "Evil\nSubject: Evil",
    "=?utf-8?q?Evil?=",
    "Evil " * 400,
    "\u202elivE\u202c Evil",
    "Ev\u200bil",
    "[Evil](https://evil.example)",
    "{{link:booking}} Evil",
    "Evil@evil.example",
    "Evil & Sons",
    "Evil Money For You",
    "Free Evil Pills",
    "EVIL",
    "Evil-Evil O'Evil",
)


FIELDS = ("name", "company", "title", "city", "message")


class NoEnd:
    """Research that does not end."""

    async def call(self, call: ToolCall) -> Material:
        await asyncio.Event().wait()
        raise AssertionError(call.tool)


async def arrived(office: AtWork, count: int) -> list[Wired]:
    """Return what has arrived as soon as it is so much."""
    for _ in range(6000):
        if len(office.sink.messages) >= count:
            break
        await asyncio.sleep(0.01)
    assert len(office.sink.messages) == count
    return office.sink.messages


async def talk_of(office: AtWork, case_id: str) -> Conversation:
    snapshot = await office.store.cases.snapshot(case_id)
    return Conversation.model_validate(snapshot.slots["conversation"].value)


async def test_the_answer_waits_for_no_research(database_url: str) -> None:
    async with at_work(database_url, tools=NoEnd()) as office:
        working = asyncio.create_task(office.dispatcher.work())
        ended = asyncio.Event()
        keeping = asyncio.create_task(office.outbox.keep(ended))
        case = await office.writes(**KIM, message="We are looking for a way to plan our routes.")
        await office.dispatcher.ring([case])
        (letter,) = await arrived(office, 1)
        assert letter.recipient == KIM["email"]
        assert "budget" in str(letter.message.get_body(("plain",)))
        ended.set()
        working.cancel()
        await asyncio.gather(working, keeping, return_exceptions=True)


async def test_a_form_gets_one_answer_and_no_reminder_until_somebody_writes_from_there(
    sqlite_url: str,
) -> None:
    async with at_work(sqlite_url) as office:
        case = await office.writes(**KIM, message="Tell me more, please.")
        for _ in range(6):
            await office.works()
            assert isinstance(office.clock, WindableClock)
            office.clock.wind(5 * DAY)
        assert [letter.recipient for letter in office.sink.messages] == [KIM["email"]]
        assert not (await talk_of(office, case)).proven
        await hears(office, KIM["email"], "It was me. We want to plan our routes.")
        await office.works()
        assert (await talk_of(office, case)).proven
        assert len(office.sink.messages) == 2


async def hears(office: AtWork, address: str, text: str) -> None:
    """Have somebody write an e-mail."""
    message = NewMessage(
        identity=f"<{text}@x>",
        message_id="<1@carrier.example>",
        kind=MessageKind.REPLY,
        address=address,
        at=office.clock.now(),
        text=text,
    )
    await office.store.messages.take("default", "ana", [message], Cursor(validity=1, uid=1))


async def test_a_thousand_forms_for_one_victim_are_one_letter(sqlite_url: str) -> None:
    async with at_work(sqlite_url) as office:
        spellings = ("kim@carrier.example", "KIM@Carrier.example", "kim+a@carrier.example")
        for start in range(0, 1000, 100):
            forms = [
                {**KIM, "email": spellings[number % 3], "message": f"Number {number}"}
                for number in range(start, start + 100)
            ]
            await asyncio.gather(*[office.writes(**form) for form in forms])
            if start % 500 == 0:
                await office.works()
        await office.works()
        assert len(office.sink.messages) <= 1
        tasks = await office.store.desk.tasks("default")
        assert len([task for task in tasks if task.kind == "wrote_again"]) == 5


async def test_a_victim_gets_no_second_letter_through_another_campaign(sqlite_url: str) -> None:
    async with at_work(sqlite_url) as office:
        case = await office.writes(**KIM, message="One.")
        await office.works()
        other = await office.another_campaign()
        again = await office.writes(other, **KIM, message="Two.")
        await office.works()
        assert again == case
        assert len(office.sink.messages) == 1
        assert (await talk_of(office, case)).standing is Standing.TAKEN_OVER


async def test_nothing_a_stranger_filled_in_stands_in_any_letter(sqlite_url: str) -> None:
    async with at_work(sqlite_url) as office:
        sent = 0
        for number in range(60):
            texts = [HOSTILE[(number + place) % len(HOSTILE)] for place in range(len(FIELDS))]
            filled = dict(zip(FIELDS, texts, strict=True))
            form = {**KIM, **filled, "email": f"v{number}@v{number}.example"}
            for left_out in (None, *FIELDS):
                with suppress(BadLeads):
                    await office.writes(**{k: v for k, v in form.items() if k != left_out})
                    sent += 1
                    break
        await office.works()
        assert sent > 30
        assert len(office.sink.messages) > sent / 2
        for letter in office.sink.messages:
            parts = [str(part.get_content()) for part in letter.message.iter_parts()]
            head = "\n".join(f"{name}: {value}" for name, value in letter.message.items())
            told = "\n".join((head, *parts)).casefold()
            assert not [word for word in ("evil", "live\u202c", "pills", "money") if word in told]

"""The mailbox watcher on a real IMAP server: what came in is matched, counted once, acted on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import pytest

from dealwright.domain.conversation import Conversation, MessageKind
from dealwright.outbox.unsubscribe import person_of, token
from dealwright.runtime import opts_out
from dealwright.tools.connectors.imap import ImapFolder
from dealwright.triggers.mailbox import MailWatch
from tests.mail.builders import MESSAGE_ID, MESSAGES, a_mailbox, a_message, a_stored
from tests.outbox.post_office import PostOffice, a_post_office
from tests.servers_mail import ImapServer, a_free_port

PERSON = "Sam <sam@c0.example>"
ANYTHING = sorted(path.name for path in MESSAGES.glob("*.eml"))


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    """One server for all tests: it takes a second to start."""
    server = ImapServer(a_free_port(), "ana", "secret")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.reset()
    return running


@dataclass(frozen=True)
class Watched:
    """A post office whose letter has left, and what watches its mailbox."""

    office: PostOffice
    watch: MailWatch
    server: ImapServer
    sent: str
    """The letter's Message-ID."""

    async def hears(self, *raw: bytes) -> Conversation:
        """Have messages arrive and read them; return the conversation then."""
        for message in raw:
            await asyncio.to_thread(self.server.deliver, message)
        await self.watch.look()
        return await self.talk()

    async def talk(self) -> Conversation:
        snapshot = await self.office.store.cases.snapshot(self.office.cases[0])
        return Conversation.model_validate(snapshot.slots["conversation"].value)

    async def suppressed(self) -> bool:
        return await self.office.store.suppressions.why("default", "sam@c0.example") is not None

    async def effects(self) -> tuple[int, int, int]:
        """Count what there is of messages, events and tasks."""
        tables = [table async for table, _ in self.office.store.views.export()]
        return tables.count("message"), tables.count("event"), tables.count("task")


@asynccontextmanager
async def watched(url: str, server: ImapServer) -> AsyncGenerator[Watched]:
    async with a_post_office(url, leads=2) as office:
        await office.work()
        await office.outbox.work()
        folder = ImapFolder(a_mailbox(imap=server.port, user="ana"), "secret")

        async def leaver(told: str) -> str | None:
            return person_of(await office.store.suppressions.secret("default"), "default", told)

        watch = MailWatch(
            store=office.store,
            workspace="default",
            folders={"ana": folder},
            own=frozenset({"ana@routewise.example"}),
            opts_out=opts_out,
            leaver=leaver,
            clock=office.clock,
        )
        first = next(i for i in await office.intents() if i.case_id == office.cases[0])
        yield Watched(office, watch, server, first.message_id)
        await folder.close()


async def test_a_reply_is_matched_by_what_it_answers(database_url: str, server: ImapServer) -> None:
    async with watched(database_url, server) as post:
        talk = await post.hears(
            a_message("Tell me more.", From="Kim <kim@other.example>", In_Reply_To=post.sent)
        )
        assert (talk.replies, talk.newest and talk.newest.text) == (1, "Tell me more.")


async def test_a_reply_without_a_thread_is_matched_by_its_writer(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        talk = await post.hears(a_message("Tell me more.", From="Sam <SAM+x@C0.example>"))
        assert talk.replies == 1
        stranger = await post.hears(a_message("Buy this!", From="spam@x.example", Message_ID=""))
        assert stranger.replies == 1


async def test_the_same_words_in_two_messages_with_one_id_are_both_heard(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        constant = {"From": PERSON, "Message_ID": "<1@localhost.localdomain>"}
        talk = await post.hears(
            a_message("Tell me more.", **constant),
            a_message("Stop. Remove me from your list, please.", **constant),
        )
        assert (talk.replies, str(talk.standing)) == (2, "opted_out")


async def test_after_a_new_uidvalidity_everything_is_read_and_nothing_happens_again(
    database_url: str, server: ImapServer
) -> None:
    async with watched(database_url, server) as post:
        raw = [
            a_message(f"Message {n}", From=PERSON, Message_ID=f"<{n}@c0.example>" if n % 2 else "")
            for n in range(12)
        ]
        raw.append(a_stored("bounce-postfix.eml").replace(MESSAGE_ID.encode(), post.sent.encode()))
        await post.hears(*raw)
        before = await post.effects()
        assert before[0] == 13 + len(post.office.wire.arrived)
        post.server.stop()
        post.server.start()
        await post.hears(*raw)
        assert await post.effects() == before


@pytest.mark.parametrize("name", ["bounce-postfix.eml", "bounce-gmail.eml", "complaint-arf.eml"])
async def test_a_report_about_our_letter_ends_the_conversation_for_good(
    sqlite_url: str, server: ImapServer, name: str
) -> None:
    async with watched(sqlite_url, server) as post:
        ours = a_stored(name).replace(MESSAGE_ID.encode(), post.sent.encode())
        standing = "complained" if "complaint" in name else "undeliverable"
        assert (await post.hears(ours)).standing == standing
        assert await post.suppressed()


@pytest.mark.parametrize("name", ["bounce-postfix.eml", "bounce-gmail.eml", "complaint-arf.eml"])
async def test_a_report_about_no_letter_of_ours_changes_nothing(
    sqlite_url: str, server: ImapServer, name: str
) -> None:
    async with watched(sqlite_url, server) as post:
        forged = a_stored(name).replace(b"anna@acme.example", b"sam@c0.example")
        talk = await post.hears(forged)
        assert (talk.standing, len(talk.messages)) == ("open", 1)
        assert not await post.suppressed()


async def test_what_a_machine_says_stands_on_record_and_changes_nothing_else(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        names = [name for name in ANYTHING if name.startswith(("auto_reply", "delay"))]
        raw = [a_stored(name).replace(MESSAGE_ID.encode(), post.sent.encode()) for name in names]
        talk = await post.hears(
            *[message.replace(b"anna@acme.example", b"sam@c0.example") for message in raw]
        )
        assert (talk.standing, talk.replies, talk.waiting_for) == ("open", 0, "in")
        assert not await post.suppressed()
        assert all(message.kind != MessageKind.REPLY for message in talk.messages)
        assert len(talk.messages) > len(names) / 2


async def test_every_kind_of_message_there_is_can_be_taken_in(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        raw = [a_stored(name).replace(MESSAGE_ID.encode(), post.sent.encode()) for name in ANYTHING]
        evil = [
            b"\x00\xff",
            b"",
            a_message("\x1b[31m\x00 x", From="\x00 <a\x00b@c0.example>", Subject="\x1b"),
            a_message("x", From=PERSON, Date="Mon, 99 Foo 0000 99:99:99 +9999", Message_ID="\x07"),
            a_message("x", From=PERSON, Subject="=?utf-8?b?7aCA?=", In_Reply_To="<" * 5000),
        ]
        await post.hears(*raw, *[one for one in evil if one])
        again = await post.effects()
        await post.watch.look()
        assert await post.effects() == again
        assert again[0] > len(ANYTHING) / 2


async def test_our_own_mail_is_no_reply(sqlite_url: str, server: ImapServer) -> None:
    async with watched(sqlite_url, server) as post:
        own = a_message("Unsubscribe me", From="Ana <ANA@Routewise.example>", In_Reply_To=post.sent)
        talk = await post.hears(own)
        assert len(talk.messages) == 1
        assert not await post.suppressed()


@pytest.mark.parametrize("writer", [PERSON, "Forwarded <else@where.example>"])
async def test_the_way_out_by_mail_works_from_whatever_address(
    database_url: str, server: ImapServer, writer: str
) -> None:
    async with watched(database_url, server) as post:
        ((_, _, letter),) = [one for one in post.office.wire.arrived if one[0] == post.sent]
        by_mail = letter.headers["List-Unsubscribe"].rpartition("?subject=unsubscribe%20")[2]
        subject = f"unsubscribe {by_mail.rstrip('>')}"
        talk = await post.hears(a_message("", From=writer, Subject=subject))
        assert talk.standing == "opted_out"
        known = await post.office.store.suppressions.listed("default")
        assert ("person", "mailto") in {(entry.scope, entry.source) for entry in known}


async def test_a_forged_way_out_by_mail_moves_nobody(sqlite_url: str, server: ImapServer) -> None:
    async with watched(sqlite_url, server) as post:
        forged = token(b"k" * 32, "default", "somebody")
        talk = await post.hears(
            a_message("", From="x@elsewhere.example", Subject=f"unsubscribe {forged}")
        )
        assert talk.standing == "open"
        assert await post.office.store.suppressions.listed("default") == []


@pytest.mark.parametrize("subject", ["unsubscribe", "Unsubscribe", "Abmelden", "désinscription"])
async def test_the_word_alone_in_the_subject_is_enough(
    sqlite_url: str, server: ImapServer, subject: str
) -> None:
    async with watched(sqlite_url, server) as post:
        assert (
            await post.hears(a_message("", From=PERSON, Subject=subject))
        ).standing == "opted_out"
        assert await post.suppressed()


async def test_what_was_attached_is_named_and_kept_out(sqlite_url: str, server: ImapServer) -> None:
    async with watched(sqlite_url, server) as post:
        raw = a_stored("reply-with-attachments.eml").replace(
            MESSAGE_ID.encode(), post.sent.encode()
        )
        talk = await post.hears(raw)
        assert talk.replies == 1
        assert talk.newest is not None
        rows = [row async for table, row in post.office.store.views.export() if table == "message"]
        (kept,) = [row["body"] for row in rows if row["direction"] == "in"]
        attached = cast("dict[str, list[list[str]]]", kept)["attachments"]
        assert attached
        assert all(name not in talk.newest.text for name, *_ in attached)


async def test_one_mailbox_that_is_away_keeps_no_other_from_being_read(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        nobody = ImapFolder(a_mailbox(imap=a_free_port(), user="ana"), "secret")
        folders = {"gone": nobody, **post.watch.folders}
        both = MailWatch(
            store=post.office.store,
            workspace="default",
            folders=folders,
            own=frozenset(),
            opts_out=opts_out,
            leaver=post.watch.leaver,
            clock=post.office.clock,
        )
        await asyncio.to_thread(server.deliver, a_message("Yes!", From=PERSON))
        read = await both.look()
        assert read.taken == 1
        assert list(read.troubles) == ["gone"]
        await nobody.close()


async def test_what_comes_while_we_wait_is_heard_at_once(
    sqlite_url: str, server: ImapServer
) -> None:
    async with watched(sqlite_url, server) as post:
        ended = asyncio.Event()
        keeping = asyncio.create_task(post.watch.keep(ended))
        await asyncio.to_thread(server.deliver, a_message("Hello?", From=PERSON))
        for _ in range(1200):
            if (await post.talk()).replies:
                break
            await asyncio.sleep(0.05)
        assert (await post.talk()).replies == 1
        ended.set()
        await keeping

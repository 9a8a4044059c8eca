"""What is read from a mailbox, and what is kept in it, on a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dealwright.domain.connections import Security
from dealwright.errors import BadInput, Forbidden, Misconfigured, TryAgain
from dealwright.tools.connectors.imap import ImapFolder
from dealwright.tools.mail.mime import build
from dealwright.tools.ports import Cursor
from tests.mail.builders import LETTER, MESSAGE_ID, NOON, a_mailbox, a_message
from tests.mail.certificates import a_certificate
from tests.servers_mail import ImapServer, a_free_port, an_imap_server

SECRET = 'pass"wört'


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    """One server for all tests that do not stop it: it takes a second to start."""
    server = ImapServer(a_free_port(), "tom", "secret")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.reset()
    return running


@pytest.fixture
async def folder(server: ImapServer) -> AsyncGenerator[ImapFolder]:
    async with a_folder_on(server) as folder:
        yield folder


@asynccontextmanager
async def a_folder_on(server: ImapServer) -> AsyncGenerator[ImapFolder]:
    folder = ImapFolder(a_mailbox(imap=server.port, user="tom"), "secret")
    yield folder
    await folder.close()


def numbered(number: int) -> bytes:
    return a_message(f"message {number}", Message_ID=f"<{number}@acme.example>")


async def read(
    folder: ImapFolder, after: Cursor | None, most: int = 10
) -> tuple[list[bytes], Cursor]:
    found, cursor = await folder.unread(after, most)
    return [one.raw for one in found], cursor


async def test_messages_are_read_once_and_the_oldest_first(
    server: ImapServer, folder: ImapFolder
) -> None:
    assert (await read(folder, None))[0] == []
    for number in range(5):
        server.deliver(numbered(number))
    first, cursor = await read(folder, None, most=3)
    then, cursor = await read(folder, cursor, most=3)
    assert [*first, *then] == [numbered(number) for number in range(5)]
    assert await read(folder, cursor) == ([], cursor)
    server.deliver(numbered(5))
    assert (await read(folder, cursor))[0] == [numbered(5)]


async def test_reading_marks_nothing_as_seen(server: ImapServer, folder: ImapFolder) -> None:
    server.deliver(numbered(1))
    await read(folder, None)
    assert server.flags() == [b""]


async def test_a_cursor_of_another_validity_starts_anew(
    server: ImapServer, folder: ImapFolder
) -> None:
    server.deliver(numbered(1))
    _, cursor = await read(folder, None)
    stale = Cursor(validity=cursor.validity + 1, uid=cursor.uid + 1000)
    assert await read(folder, stale) == ([numbered(1)], cursor)


async def test_a_server_that_came_back_is_read_on_a_new_connection() -> None:
    async with an_imap_server("tom", "secret") as server, a_folder_on(server) as folder:
        server.deliver(numbered(1))
        _, cursor = await read(folder, None)
        server.stop()
        with pytest.raises(TryAgain):
            await folder.unread(cursor, 10)
        server.start()
        server.deliver(numbered(2))
        found, anew = await read(folder, cursor)
        assert found == [numbered(2)]
        assert anew.validity != cursor.validity


async def test_a_connection_that_broke_meanwhile_is_opened_again_unnoticed() -> None:
    async with an_imap_server("tom", "secret") as server, a_folder_on(server) as folder:
        await read(folder, None)
        server.stop()
        server.start()
        server.deliver(numbered(1))
        assert (await read(folder, None))[0] == [numbered(1)]


async def test_a_copy_is_kept_once_in_a_folder_made_for_it(
    server: ImapServer, folder: ImapFolder
) -> None:
    raw = build(LETTER, MESSAGE_ID, NOON)
    assert not await folder.was_sent(MESSAGE_ID)
    await folder.keep_copy(raw)
    await folder.keep_copy(raw)
    assert server.folder("Sent") == [raw]
    assert await folder.was_sent(MESSAGE_ID)
    assert not await folder.was_sent("<another@mill.example>")


@pytest.mark.parametrize("name", ["Gesendete Objekte", "INBOX/Sent Items", "Envoy&AOk-s"])
async def test_the_sent_folder_is_known_by_its_usual_names(
    name: str, server: ImapServer, folder: ImapFolder
) -> None:
    await folder.close()
    server.make(name)
    await folder.keep_copy(build(LETTER, MESSAGE_ID, NOON))
    assert len(server.folder(name)) == 1
    assert server.folder("Sent") == []


async def test_waiting_ends_when_a_message_comes(server: ImapServer, folder: ImapFolder) -> None:
    await read(folder, None)
    waiting = asyncio.create_task(folder.wait(600))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await asyncio.to_thread(server.deliver, numbered(1))
    await asyncio.wait_for(waiting, 60)


async def test_what_came_before_the_wait_began_is_not_waited_for(
    server: ImapServer, folder: ImapFolder
) -> None:
    await read(folder, None)
    server.deliver(numbered(1))
    await asyncio.wait_for(folder.wait(600), 60)


async def test_waiting_ends_when_its_time_is_up(folder: ImapFolder) -> None:
    await read(folder, None)
    await asyncio.wait_for(folder.wait(0.1), 60)
    await folder.wait(0)


async def test_work_does_not_wait_for_who_waits(folder: ImapFolder) -> None:
    await read(folder, None)
    waiting = asyncio.create_task(folder.wait(600))
    await asyncio.sleep(0.3)
    await asyncio.wait_for(folder.keep_copy(build(LETTER, MESSAGE_ID, NOON)), 60)
    await asyncio.wait_for(waiting, 60)


async def test_who_gives_up_waiting_leaves_a_connection_that_works(
    server: ImapServer, folder: ImapFolder
) -> None:
    await read(folder, None)
    waiting = asyncio.create_task(folder.wait(600))
    await asyncio.sleep(0.3)
    waiting.cancel()
    await asyncio.wait([waiting])
    server.deliver(numbered(1))
    assert (await read(folder, None))[0] == [numbered(1)]


async def test_waiting_for_a_server_that_is_not_there_only_sleeps() -> None:
    async with an_imap_server("tom", "secret") as server, a_folder_on(server) as folder:
        server.stop()
        await asyncio.wait_for(folder.wait(0.1), 60)


async def test_mail_is_read_through_starttls_with_any_password(tmp_path: Path) -> None:
    made = a_certificate(tmp_path)
    async with an_imap_server("tom", SECRET, certificate=made.certificate, key=made.key) as server:
        mailbox = a_mailbox(imap=server.port, security=Security.STARTTLS, user="tom")
        folder = ImapFolder(mailbox, SECRET, trust=made.trust)
        assert (await read(folder, None))[0] == []
        waiting = asyncio.create_task(folder.wait(600))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(server.deliver, numbered(1))
        await asyncio.wait_for(waiting, 60)
        await folder.close()
        stranger = ImapFolder(mailbox, SECRET)
        with pytest.raises(Forbidden):
            await stranger.unread(None, 1)


async def test_nothing_is_said_in_the_open_where_starttls_is_not_offered(
    server: ImapServer,
) -> None:
    mailbox = a_mailbox(imap=server.port, security=Security.STARTTLS, user="tom")
    with pytest.raises(Forbidden, match="STARTTLS"):
        await ImapFolder(mailbox, "secret").unread(None, 1)


async def test_a_wrong_password_is_no_reason_to_try_again(server: ImapServer) -> None:
    folder = ImapFolder(a_mailbox(imap=server.port, user="tom"), "wrong")
    with pytest.raises(Forbidden):
        await folder.unread(None, 1)


async def test_a_mailbox_that_cannot_be_read_says_what_is_missing() -> None:
    with pytest.raises(Misconfigured, match="no secret"):
        await ImapFolder(a_mailbox(imap=143, user="tom")).unread(None, 1)
    with pytest.raises(Misconfigured, match="no IMAP server"):
        await ImapFolder(a_mailbox(), "secret").unread(None, 1)


@pytest.mark.parametrize("name", ['<a@b>" DELETED', "<a@b>\r\nA1 LOGOUT", "", "a@b", "<a b@c>"])
async def test_nothing_but_a_message_id_is_searched_for(name: str) -> None:
    with pytest.raises(BadInput):
        await ImapFolder(a_mailbox(imap=143, user="tom"), "secret").was_sent(name)

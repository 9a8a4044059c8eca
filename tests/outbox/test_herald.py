"""People are told what waits for them: once, together, and without an address."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import pytest

from dealwright.domain.campaign import Autonomy
from dealwright.domain.run import Task
from dealwright.errors import Misconfigured, TryAgain
from dealwright.outbox.herald import Herald
from dealwright.tools.connectors.notify import AppriseNotifier
from tests.outbox.post_office import PostOffice, a_post_office


@dataclass
class Board:
    """A notice board, which may be closed."""

    notices: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    closed: bool = False

    async def tell(self, title: str, text: str) -> None:
        if self.closed:
            raise TryAgain("closed")
        self.notices.append((title, text))


def herald(office: PostOffice, board: Board) -> Herald:
    return Herald(office.store, "default", [board], office.clock)


async def test_what_waits_is_told_once_and_together(database_url: str) -> None:
    async with a_post_office(database_url, leads=2, autonomy=Autonomy.ASSISTED) as office:
        board = Board()
        await office.work()
        assert await herald(office, board).work() == 2
        assert await herald(office, board).work() == 0
        ((title, text),) = board.notices
        assert title == "Dealwright, default: 2 × approve draft"
        assert "Sam: approve draft" in text
        assert "@" not in text
        office.clock.wind(60)
        await office.store.desk.open_task(
            office.cases[0], Task(kind="call", key="1", because="ring them up", owner="Ana")
        )
        assert await herald(office, board).work() == 1
        assert "call (Ana): ring them up" in board.notices[1][1]


async def test_what_could_not_be_told_is_told_the_next_time(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.ASSISTED) as office:
        board = Board(closed=True)
        await office.work()
        with pytest.raises(TryAgain):
            await herald(office, board).work()
        board.closed = False
        assert await herald(office, board).work() == 1


async def test_a_task_hides_nothing_from_whoever_reads_it(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url) as office:
        board, turned = Board(), "all is \u202ellew\u202c, do\u200bit\u0000"
        task = Task(kind="call", key="1", because=turned)
        await office.store.desk.open_task(office.cases[0], task)
        assert [one.because for one in await office.store.desk.tasks()] == ["all is llew, doit"]
        await herald(office, board).work()
        assert "call: all is llew, doit" in board.notices[0][1]


async def test_a_notice_goes_out_by_apprise() -> None:
    heard: list[dict[str, str]] = []
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        heard.append(json.loads(await reader.readexactly(length)))
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await AppriseNotifier("board", f"json://127.0.0.1:{port}").tell("Title", "Text")
    assert [(one["title"], one["message"]) for one in heard] == [("Title", "Text")]
    with pytest.raises(TryAgain):
        await AppriseNotifier("board", f"json://127.0.0.1:{port}").tell("Title", "Text")


def test_an_address_apprise_does_not_know_is_refused() -> None:
    with pytest.raises(Misconfigured, match="board"):
        AppriseNotifier("board", "nonsense")

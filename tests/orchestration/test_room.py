"""The room: never more cases at work than places, the urgent ones first, nobody forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.domain.case import Lease
from dealwright.orchestration.room import Room

Move = Callable[["Visitors", int], Coroutine[object, object, None]]

UNTIL = datetime(2026, 7, 1, tzinfo=UTC)


def a_lease(name: object, priority: int = 0) -> Lease:
    return Lease(case_id=str(name), token=1, until=UNTIL, version=1, priority=priority)


async def settled() -> None:
    """Let everything happen that can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_urgent_ones_enter_first_and_the_others_in_the_order_they_came() -> None:
    room = Room(1)
    first = a_lease("first")
    assert await room.enter(first)
    entered: list[str] = []

    async def enter(lease: Lease) -> None:
        assert await room.enter(lease)
        entered.append(lease.case_id)
        room.leave(lease)

    names = [("b", 0), ("c", 0), ("urgent", 9), ("d", 1)]
    waiting = [asyncio.create_task(enter(a_lease(*name))) for name in names]
    await settled()
    assert entered == []
    room.leave(first)
    await asyncio.gather(*waiting)
    assert entered == ["urgent", "d", "b", "c"]


async def test_who_is_inside_enters_again_without_waiting_and_leaving_twice_is_once() -> None:
    room = Room(2)
    one, other = a_lease(1), a_lease(2)
    assert await room.enter(one)
    assert await room.enter(one)
    assert await room.enter(other)
    room.leave(one)
    room.leave(one)
    assert await room.enter(a_lease(3))
    assert await _is_sent_away(room, a_lease(4))


async def test_patience_ends_and_then_none_is_taken_ahead() -> None:
    room = Room(4, patience=0.02)
    inside = [a_lease(number) for number in range(4)]
    for lease in inside:
        assert await room.enter(lease)
    for lease in inside:
        room.leave(lease)
        assert await room.enter(lease)
    assert room.wanted() == 1
    late = a_lease("late")
    assert not await room.enter(late)
    room.leave(late)
    assert room.wanted() == 0


async def test_as_many_are_wanted_ahead_as_places_became_free_and_a_quarter_at_the_most() -> None:
    room = Room(40)
    leases = [a_lease(number) for number in range(40)]
    assert room.wanted() == 40
    for lease in leases:
        assert await room.enter(lease)
    assert room.wanted() == 0
    for number in (*range(3), *range(30)):
        room.leave(leases[number])
        assert await room.enter(leases[number])
        if number == 2:
            assert room.wanted() == 3
    assert room.wanted() == 10
    for number in range(5):
        room.expect(a_lease(("ahead", number)))
    assert (room.at_hand, room.wanted()) == (5, 0)  # half of them are still there
    room.expect(a_lease("leaves again"))
    room.leave(a_lease("leaves again"))
    room.turn_away()
    assert room.wanted() == 0


async def test_who_is_turned_away_may_come_to_a_free_place_and_wait_when_more_are_wanted() -> None:
    room = Room(1)
    inside, waits, comes = a_lease("inside"), a_lease("waits"), a_lease("comes")
    assert await room.enter(inside)
    waiting = asyncio.create_task(room.enter(waits))
    await settled()
    room.turn_away()
    assert not await waiting
    assert not await room.enter(comes)
    room.leave(inside)
    assert await room.enter(comes)
    room.wanted()
    waiting = asyncio.create_task(room.enter(waits))
    await settled()
    room.leave(comes)
    assert await waiting


async def test_nobody_enters_a_closed_room_and_none_is_wanted() -> None:
    room = Room(2)
    assert await room.enter(a_lease(1))
    room.close()
    assert room.wanted() == 0
    assert not await room.enter(a_lease(2))
    assert await room.enter(a_lease(1))


async def test_who_gives_up_at_the_door_takes_no_place_with_him() -> None:
    room = Room(1)
    inside, gone, next_one = a_lease("inside"), a_lease("gone"), a_lease("next")
    assert await room.enter(inside)
    given_up = asyncio.create_task(room.enter(gone))
    waiting = asyncio.create_task(room.enter(next_one))
    await settled()
    given_up.cancel()
    await settled()
    room.leave(gone)
    room.leave(inside)
    assert await waiting
    room.leave(next_one)
    both = asyncio.create_task(room.enter(inside)), asyncio.create_task(room.enter(gone))
    await settled()
    both[1].cancel()
    room.leave(inside)  # lets in who is cancelled at this moment
    await asyncio.gather(*both, return_exceptions=True)
    room.leave(gone)
    assert await room.enter(next_one)


class Visitors:
    """Cases that come to a room and leave it, as their turns would."""

    def __init__(self, places: int) -> None:
        self.room = Room(places)
        self.asked: dict[int, asyncio.Task[bool]] = {}

    async def come(self, number: int) -> None:
        if number not in self.asked:
            self.asked[number] = asyncio.create_task(self.room.enter(self.lease(number)))

    async def leave(self, number: int) -> None:
        if number in self.asked:
            self.asked.pop(number).cancel()
            await settled()
            self.room.leave(self.lease(number))

    async def away(self, _: int) -> None:
        self.room.turn_away()

    async def wanted(self, _: int) -> None:
        self.room.wanted()

    async def inside(self) -> int:
        """Let who was sent away go; return how many are inside."""
        await settled()
        for number in [n for n, task in self.asked.items() if task.done() and not task.result()]:
            await self.leave(number)
        return sum(task.done() for task in self.asked.values())

    def lease(self, number: int) -> Lease:
        return a_lease(number, priority=number % 3)


MOVES = (Visitors.come, Visitors.leave, Visitors.away, Visitors.wanted)


@given(
    places=st.integers(1, 4),
    moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 7)), max_size=60),
)
@settings(max_examples=200, deadline=None)
def test_never_more_inside_than_places_and_nobody_waits_while_one_is_free(
    places: int, moves: list[tuple[Move, int]]
) -> None:
    async def play() -> None:
        visitors = Visitors(places)
        for move, number in moves:
            await move(visitors, number)
            assert await visitors.inside() == min(places, len(visitors.asked))
        for task in visitors.asked.values():
            task.cancel()

    asyncio.run(play())


async def _is_sent_away(room: Room, lease: Lease) -> bool:
    waiting = asyncio.create_task(room.enter(lease))
    await settled()
    room.turn_away()
    return not await waiting

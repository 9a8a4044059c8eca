"""Workers that send letters are killed; nobody gets a letter twice, and nobody is forgotten."""

from __future__ import annotations

from pathlib import Path

from tests.durability.post_harness import survive

LEADS, KILLS = 60, 5


async def test_no_letter_is_sent_twice_on_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    toll = await survive(sqlite_url, tmp_path / "wire.log", leads=LEADS, kills=KILLS, workers=1)
    assert (toll.doubled, toll.lost, toll.asked) == (0, 0, toll.unknown)
    assert toll.wired + toll.unknown >= LEADS
    assert toll.done + toll.unknown == LEADS


async def test_no_letter_is_sent_twice_on_postgres_by_two_workers(
    postgres_url: str, tmp_path: Path
) -> None:
    toll = await survive(postgres_url, tmp_path / "wire.log", leads=LEADS, kills=KILLS, workers=2)
    assert (toll.doubled, toll.lost, toll.asked) == (0, 0, toll.unknown)
    assert toll.wired + toll.unknown >= LEADS
    assert toll.done + toll.unknown == LEADS

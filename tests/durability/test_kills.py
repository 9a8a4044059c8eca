"""A worker killed at any moment loses no lead and repeats no committed run."""

from __future__ import annotations

from pathlib import Path

from tests.durability.harness import survive


async def test_killing_the_one_worker_on_sqlite_loses_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    toll = await survive(sqlite_url, tmp_path / "calls", leads=200, kills=5, workers=1)
    assert (toll.finished, toll.repeated, toll.doubled) == (200, 0, 0)
    assert toll.journal


async def test_killing_either_of_two_workers_on_postgres_loses_nothing(
    postgres_url: str, tmp_path: Path
) -> None:
    toll = await survive(postgres_url, tmp_path / "calls", leads=200, kills=5, workers=2)
    assert (toll.finished, toll.repeated, toll.doubled) == (200, 0, 0)
    assert toll.journal

"""A restored backup or a copy sends nothing before a person has looked."""

from __future__ import annotations

import shutil
from pathlib import Path

from dealwright.outbox.memory import Memory
from tests.outbox.post_office import a_post_office


def memory(database: Path) -> Memory:
    return Memory(file=database.with_name(f"{database.name}.sent"), database=database)


async def begun(database: Path, *, leads: int = 2, confirmed: bool = False) -> int:
    """Open an office on a database, and return how much left."""
    known = memory(database)
    async with a_post_office(f"sqlite:///{database}", leads=leads, memory=known) as office:
        await office.work()
        if confirmed:
            known.keep(await office.store.footprints.of("default"))
        office.clock.wind(3600)
        return await office.outbox.work()


async def test_a_database_that_stays_where_it_is_goes_on(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    assert await begun(database) == 2
    assert await begun(database, leads=3) == 1


async def test_a_restored_backup_sends_nothing_until_a_person_says_so(tmp_path: Path) -> None:
    database, backup = tmp_path / "a.db", tmp_path / "backup"
    assert await begun(database) == 2
    shutil.copy(database, backup)
    assert await begun(database, leads=20) == 18
    database.write_bytes(backup.read_bytes())
    assert await begun(database) == 0
    assert await begun(database, leads=3, confirmed=True) == 1


async def test_a_copy_sends_nothing_until_a_person_says_so(tmp_path: Path) -> None:
    database, copy = tmp_path / "a.db", tmp_path / "there" / "a.db"
    assert await begun(database) == 2
    copy.parent.mkdir()
    shutil.copy(database, copy)
    assert await begun(copy, leads=3) == 0
    shutil.copy(memory(database).file, memory(copy).file)
    assert await begun(copy, leads=3) == 0
    assert await begun(copy, leads=3, confirmed=True) == 1


async def test_the_same_step_has_the_same_message_id_in_every_copy(tmp_path: Path) -> None:
    ids: list[str] = []
    for name in ("a.db", "b.db"):
        async with a_post_office(f"sqlite:///{tmp_path / name}") as office:
            await office.work()
            await office.outbox.work()
            ids += [message_id for message_id, _, _ in office.wire.arrived]
    assert ids[0] == ids[1]

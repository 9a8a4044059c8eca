"""What `doctor` examines: the interpreter, the store, the department, models, disk and clock."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from dealwright.cli.call import Call
from dealwright.cli.output import counted
from dealwright.clock import SystemClock
from dealwright.errors import DealwrightError
from dealwright.runtime import ModelKnown, models_known, open_store, read_department
from dealwright.store.connection import Address, address

OLDEST_PYTHON = (3, 11)
SAFE_SQLITE = (3, 51, 3)
FEW_BYTES, TOO_FEW_BYTES = 1_000_000_000, 100_000_000
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""This program did not exist before; a clock that says so is wrong."""
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


class Health(StrEnum):
    """How well one thing is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined."""

    what: str
    health: Health
    found: str
    do: str = ""
    """What to do about it."""


async def examined(call: Call) -> list[Finding]:
    """Return everything that was found, in reading order."""
    findings = [_python(), _sqlite()]
    findings += await _store(call)
    findings.append(_department(call))
    findings += _models(call)
    findings += [_disk(call), _clock()]
    return findings


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", Health.BAD, version, "install Python 3.11 or newer")
    return Finding("Python", Health.OK, version)


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        found = f"{version}; processes take turns to write, which keeps it safe from a known fault"
        return Finding("SQLite", Health.OK, found)
    return Finding("SQLite", Health.OK, version)


async def _store(call: Call) -> list[Finding]:
    try:
        where = address(call.settings.database)
        if where.path is not None and not where.path.exists():
            return [_not_yet(where.path)]
        async with open_store(call.settings, writing=False) as store:
            campaigns = await store.views.campaigns(call.settings.workspace)
            due = await store.cases.due_count(SystemClock().now())
    except DealwrightError as error:
        if error.facts.get("empty"):
            return [Finding("database", Health.OK, str(error))]
        return [Finding("database", Health.BAD, str(error), "put that right, then ask again")]
    except ModuleNotFoundError as error:
        do = "install the extra: pip install 'dealwright[postgres]'"
        return [Finding("database", Health.BAD, f"{error.name} is not installed", do)]
    found = f"{where.shown}, up to date; {len(campaigns)} campaigns, {due} leads due"
    return [Finding("database", Health.OK, found), _durable(where)]


def _not_yet(path: Path) -> Finding:
    if not path.parent.is_dir():
        return Finding("database", Health.BAD, f"the folder {path.parent} is not there", "make it")
    return Finding("database", Health.OK, f"none at {path} yet; `dealwright run` makes it")


def _durable(where: Address) -> Finding:
    """Say whether what is committed survives a power cut, as the file itself tells."""
    if where.path is None:
        return Finding("durability", Health.OK, "synchronous_commit is on for every transaction")
    with sqlite3.connect(f"file:{where.path}?mode=ro", uri=True) as connection:
        mode = str(connection.execute("pragma journal_mode").fetchone()[0])
    connection.close()
    if mode != "wal":
        do = "any command that writes switches it to WAL"
        return Finding("durability", Health.WARN, f"the journal mode is {mode}", do)
    return Finding("durability", Health.OK, "write-ahead log, each commit on disk before it counts")


def _department(call: Call) -> Finding:
    try:
        found = read_department(call.department)
    except DealwrightError as error:
        return Finding("department", Health.BAD, str(error), "correct its files")
    agents = counted(len(found.agents), "agent")
    return Finding("department", Health.OK, f"{found.name} fits together: {agents}")


def _models(call: Call) -> Iterator[Finding]:
    known = models_known(call.settings)
    if not known:
        yield Finding("models", Health.OK, "no key: every agent is answered by its twin")
        return
    if find_spec("pydantic_ai") is None:
        do = "install the extra: pip install 'dealwright[models]'"
        yield Finding("models", Health.BAD, "a key is set, but not the libraries", do)
        return
    for each in known:
        yield _model(call, each)


def _model(call: Call, model: ModelKnown) -> Finding:
    what = f"models, {model.tier}"
    if model.priced:
        return Finding(what, Health.OK, f"{model.name}; a key is set, its price is known")
    if call.settings.models.allow_unknown_prices:
        return Finding(what, Health.WARN, f"{model.name}: nobody knows its price; counted as $0")
    do = "name another, or allow unknown prices: see the settings"
    return Finding(
        what, Health.BAD, f"{model.name}: nobody knows its price, so it is not asked", do
    )


def _disk(call: Call) -> Finding:
    try:
        path = address(call.settings.database).path
    except DealwrightError:
        path = None
    folder = path.parent if path and path.parent.is_dir() else Path()
    free = shutil.disk_usage(folder).free
    found = f"{free / 1e9:.1f} GB free in {folder.absolute()}"
    if free < TOO_FEW_BYTES:
        return Finding("disk", Health.BAD, found, "make room before the next run")
    if free < FEW_BYTES:
        return Finding("disk", Health.WARN, found, "make room soon")
    return Finding("disk", Health.OK, found)


def _clock() -> Finding:
    now = SystemClock().now()
    found = f"{now:%Y-%m-%d %H:%M} UTC"
    if not LONG_AGO < now < FAR_AHEAD:
        do = "set the machine's clock; deadlines and approvals depend on it"
        return Finding("clock", Health.BAD, found, do)
    return Finding("clock", Health.OK, found)

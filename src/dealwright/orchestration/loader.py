"""Loads a department: its SOULs and its table, every mistake reported with file and line."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from jsonschema.exceptions import SchemaError

from dealwright.agents.agent import Agent, Check, Read
from dealwright.agents.rules import rules_twin
from dealwright.agents.shape import ClassShape, SchemaShape, Shape
from dealwright.domain.digests import digest_of
from dealwright.domain.product import WorkProduct
from dealwright.errors import BadDepartment
from dealwright.orchestration.department import LEAD, MAIL, Department, Slot, Tick
from dealwright.orchestration.entries import AgentEntry, SlotEntry, TableFile
from dealwright.orchestration.fitting import misfits
from dealwright.orchestration.souls import SoulFile, read_souls
from dealwright.orchestration.table import DEEDS, condition_of, must_be_written, routes_of
from dealwright.yaml_lines import Document, load, validated

PACKAGED = Path(__file__).parent.parent / "departments"
"""The departments that ship with the product."""

TABLE = "department.yaml"


@dataclass(slots=True)
class _Found:
    """Problems found so far, each a sentence that begins with file and line."""

    folder: Path
    problems: list[str]

    def say(self, file: Path, line: int, sentence: str) -> None:
        self.problems.append(f"{file.relative_to(self.folder)}:{line}: {sentence}")

    def of_table(self, line: int, sentence: str) -> None:
        self.say(self.folder / TABLE, line, sentence)


def find(name_or_folder: str) -> Path:
    """Return the folder of a department that ships with the product, or the folder named.

    Raises:
        BadDepartment: there is no such department.

    """
    for candidate in (Path(name_or_folder), PACKAGED / name_or_folder):
        if (candidate / TABLE).is_file():
            return candidate
    shipped = ", ".join(sorted(path.parent.name for path in PACKAGED.glob(f"*/{TABLE}")))
    raise BadDepartment(
        f"there is no department {name_or_folder!r}: give a folder that holds {TABLE}, "
        f"or one of those that ship: {shipped}"
    )


def load_department(
    folder: Path, tools: Collection[str], gates: Collection[str] = ()
) -> Department:
    """Return the department in a folder, checked and compiled.

    Args:
        folder: holds `department.yaml` and `agents/*.md`.
        tools: the names of the tools that exist.
        gates: the names of the gates that exist.

    Raises:
        BadDepartment: something does not fit; the message lists everything found.

    """
    found = _Found(folder, [])
    document = load(folder / TABLE, BadDepartment)
    table, wrong = validated(TableFile, document)
    for line, sentence in wrong:
        found.say(folder / TABLE, line, sentence)
    files = read_souls(sorted((folder / "agents").glob("*.md")), found.say)
    if table is None:
        raise _refused(folder, found)
    department = _department(table, document, files, found)
    for misfit in misfits(department, tools, gates):
        found.say(misfit.file, misfit.line, misfit.sentence)
    if found.problems:
        raise _refused(folder, found)
    return department


def _department(
    table: TableFile, document: Document, files: Sequence[SoulFile], found: _Found
) -> Department:
    slots = _slots(table, document, found)
    agents = [agent for file in files if (agent := _agent(file, slots, found))]
    by_name = {agent.name: agent for agent in agents}
    return Department(
        name=table.department,
        about=table.about,
        case=table.case,
        folder=found.folder,
        slots=slots,
        agents=by_name,
        routes=routes_of(table, document, by_name, slots, found.of_table),
        gates={DEEDS[verb]: tuple(names) for verb, names in table.gates},
        timetable=_timetable(table, document, by_name, slots, found),
    )


def _refused(folder: Path, found: _Found) -> BadDepartment:
    return BadDepartment(f"the department in {folder} cannot be used:", found.problems)


def _slots(table: TableFile, document: Document, found: _Found) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    for name, told in table.slots.items():
        line = document.line(("slots", name))
        entry = SlotEntry.model_validate({"class": told}) if isinstance(told, str) else told
        try:
            slots[name] = Slot(name, _shape(name, entry), entry.given, line)
        except ValueError as error:
            found.say(found.folder / TABLE, line, f"the slot {name!r}: {error}")
    return slots


def _shape(name: str, entry: SlotEntry) -> Shape:
    """Return a slot's shape.

    Raises:
        ValueError: it names no class, or its schema is not a JSON Schema.

    """
    match entry.shape, entry.json_schema:
        case str(path), None:
            kind = _named(path)
            if isinstance(kind, type) and issubclass(kind, WorkProduct):
                return ClassShape(kind)
            raise ValueError(f"{path} is not a work product class")
        case None, dict(schema):
            try:
                return SchemaShape(name, schema)
            except SchemaError as error:
                raise ValueError(f"this is not a JSON Schema: {error.message}") from error
        case _:
            raise ValueError("write `class: module:Class`, or `schema:` with a JSON Schema")


def _named(path: str) -> object:
    """Return what `module:name` names.

    Raises:
        ValueError: there is no such module or name.

    """
    module, colon, name = path.partition(":")
    if not colon:
        raise ValueError(f"{path!r} is not of the form `module:name`")
    try:
        return cast("object", getattr(importlib.import_module(module), name))
    except (ImportError, AttributeError) as error:
        raise ValueError(f"{path!r} cannot be found: {error}") from error


def _function(path: str) -> Callable[..., object]:
    named = _named(path)
    if callable(named):
        return named
    raise ValueError(f"{path!r} is not a function")


def _agent(file: SoulFile, slots: Mapping[str, Slot], found: _Found) -> Agent | None:
    entry, wrong = validated(AgentEntry, file.front)
    for line, sentence in wrong:
        found.say(file.path, line, sentence)
    if entry is None:
        return None
    slot = slots.get(entry.writes)
    if slot is None:
        line = file.front.line(("writes",))
        known = ", ".join(sorted(slots))
        found.say(
            file.path,
            line,
            f"{entry.agent} writes {entry.writes!r}, which is no slot; there are: {known}",
        )
        return None
    try:
        return _assembled(file, entry, slot.shape)
    except ValueError as error:
        found.say(file.path, 1, f"{entry.agent}: {error}")
        return None


def _assembled(file: SoulFile, entry: AgentEntry, product: Shape) -> Agent:
    answer = product
    if entry.answers:
        answer = _shape(entry.writes, SlotEntry.model_validate({"class": entry.answers}))
    twin = rules_twin(entry.twin) if isinstance(entry.twin, dict) else entry.twin
    keys = cast("Mapping[str, object]", file.front.data)
    agent = Agent(
        name=entry.agent,
        soul=file.soul,
        file=file.path,
        reads=tuple(_read(text) for text in entry.reads),
        writes=entry.writes,
        product=product,
        answer=answer,
        finish=_function(entry.finish) if entry.finish else None,
        checks=tuple(cast("Check", _function(path)) for path in entry.checks),
        twin=_function(twin) if isinstance(twin, str) else twin,
        tools=entry.tools,
        brain=entry.brain,
        tier=entry.tier,
        packet_tokens=entry.budget.packet,
        output_tokens=entry.budget.output,
        attempts=entry.attempts,
        timeout=entry.timeout,
        lines={key: file.front.line((key,)) for key in keys},
    )
    return replace(agent, digest=_digest(agent, entry))


def _read(text: str) -> Read:
    """Return the read `slot`, `slot?` or `slot as name` declares."""
    slot, _, name = text.partition(" as ")
    required = not slot.endswith("?")
    slot = slot.removesuffix("?").strip()
    return Read(slot, name.strip() or slot, required)


def _digest(agent: Agent, entry: AgentEntry) -> str:
    return digest_of(
        {
            "soul": agent.soul.text,
            "product": agent.product.schema(),
            "answer": agent.answer.schema(),
            "entry": entry.model_dump(mode="json"),
        }
    )


def _timetable(
    table: TableFile,
    document: Document,
    agents: Mapping[str, Agent],
    slots: Mapping[str, Slot],
    found: _Found,
) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    taken = {MAIL, LEAD}
    for at, entry in enumerate(table.timetable):
        if entry.name in taken:
            line = document.line(("timetable", at, "name"))
            found.say(found.folder / TABLE, line, f"{entry.name!r} is taken; name this line anew")
        taken.add(entry.name)
        try:
            CronSim(entry.cron, datetime(2026, 1, 1, tzinfo=ZoneInfo(entry.timezone)))
        except (CronSimError, ZoneInfoNotFoundError, ValueError) as error:
            line = document.line(("timetable", at))
            found.say(found.folder / TABLE, line, f"{entry.cron!r} in {entry.timezone!r}: {error}")
            continue
        try:
            condition = condition_of(entry.when, slots) if entry.when != "true" else None
            for slot in entry.renew:
                must_be_written(slot, slots, agents)
        except ValueError as error:
            found.say(found.folder / TABLE, document.line(("timetable", at)), str(error))
            continue
        told = entry.model_dump(exclude={"when"})
        ticks.append(Tick(**told, condition=condition))
    return tuple(ticks)

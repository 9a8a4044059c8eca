"""Reads a workspace's connections file, every mistake reported with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dealwright.domain.connections import Connections
from dealwright.errors import BadConnections
from dealwright.yaml_lines import Document, load, validated


def read(path: Path) -> Connections:
    """Return what a workspace is connected to; nothing, where there is no such file.

    Raises:
        BadConnections: the file cannot be used; the problems say all that is wrong with it.

    """
    if not path.exists():
        return Connections()
    document = load(path, BadConnections)
    found, wrong = validated(Connections, document)
    problems = [*wrong, *(_misfits(found, document, path.parent) if found else ())]
    if found is None or problems:
        raise BadConnections(
            f"{path.name} cannot be used as it stands:",
            [f"{path.name}:{line}: {sentence}" for line, sentence in sorted(problems)],
        )
    return found


def _misfits(found: Connections, document: Document, folder: Path) -> list[tuple[int, str]]:
    """Return what no field alone shows."""
    problems: list[tuple[int, str]] = []
    ids = Counter(box.id for box in found.mailboxes)
    for at, box in enumerate(found.mailboxes):
        line = document.line(("mailboxes", at))
        if ids[box.id] > 1:
            problems.append((line, f"two mailboxes have the id {box.id!r}; give each its own"))
        if not _is_zone(box.timezone):
            problems.append((line, f"{box.timezone!r} is no time zone; write it like Europe/Paris"))
        if box.dkim is not None and not (folder / box.dkim.key_file).is_file():
            problems.append((line, f"there is no key file {box.dkim.key_file!r} beside this file"))
    calendar = found.calendar
    if calendar is not None and not _is_zone(calendar.timezone):
        line = document.line(("calendar",))
        problems.append((line, f"{calendar.timezone!r} is no time zone"))
    return problems


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True

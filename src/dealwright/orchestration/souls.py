"""Reads SOUL files: YAML front matter, then Identity, Responsibilities and Prohibitions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dealwright.agents.agent import Soul
from dealwright.errors import BadDepartment
from dealwright.yaml_lines import Document, load_text

HEADINGS = ("Identity", "Responsibilities", "Prohibitions")
_HEADING = re.compile(r"^#\s+(.+?)\s*$")

Say = Callable[[Path, int, str], None]
"""Reports a problem: file, line, sentence."""


@dataclass(frozen=True, slots=True)
class SoulFile:
    """One SOUL file, split into its two halves."""

    path: Path
    front: Document
    soul: Soul


def read_soul(path: Path, say: Say) -> SoulFile | None:
    """Return the SOUL in a file, or None after saying what is wrong with it."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in [x.strip() for x in lines[1:]]:
        say(path, 1, "a SOUL begins with its settings between two lines of three dashes")
        return None
    end = next(at for at, text in enumerate(lines[1:], start=1) if text.strip() == "---")
    try:
        front = load_text("\n".join(lines[1:end]), path.name, BadDepartment, first_line=2)
    except BadDepartment as error:
        say(path, _line_in(str(error)), str(error).split(": ", 1)[-1])
        return None
    parts = _parts(lines[end + 1 :])
    for heading in HEADINGS:
        if not parts.get(heading):
            say(path, end + 1, f"the SOUL says nothing under `# {heading}`; {_WHY[heading]}")
    if not all(parts.get(heading) for heading in HEADINGS):
        return None
    return SoulFile(path, front, Soul(*(parts[heading] for heading in HEADINGS)))


_WHY = {
    "Identity": "write who the agent is, in a sentence or two",
    "Responsibilities": "write what it delivers",
    "Prohibitions": "an agent without prohibitions may not work: write what it never does",
}


def _parts(lines: list[str]) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if match := _HEADING.match(line):
            current = parts.setdefault(match[1], [])
        else:
            current.append(line)
    return {heading: "\n".join(text).strip() for heading, text in parts.items()}


def _line_in(message: str) -> int:
    match = re.match(r"[^:]*:(\d+):", message)
    return int(match[1]) if match else 1

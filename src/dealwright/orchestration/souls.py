"""Reads SOUL files: YAML front matter, then Identity, Responsibilities and Prohibitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

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
    parts: Mapping[str, str]
    """Heading → text."""
    body: int
    """The line on which its text begins."""

    @property
    def soul(self) -> Soul:
        return Soul(*(self.parts[heading] for heading in HEADINGS))


def read_souls(paths: Iterable[Path], say: Say) -> list[SoulFile]:
    """Return the SOULs in these files, without those that are wrong after saying why.

    What a SOUL does not say itself it takes from the one it is `like`.
    """
    read = [file for path in paths if (file := _read(path, say))]
    models = {_key(file, "agent"): file for file in read if _key(file, "like") is None}
    souls: list[SoulFile] = []
    for file in read:
        name = _key(file, "like")
        if name is not None and name not in models:
            known = ", ".join(sorted(str(agent) for agent in models if agent))
            say(file.path, file.front.line(("like",)), f"no SOUL to be like: {name!r}; use {known}")
            continue
        whole = _likened(file, models[name]) if name is not None else file
        silent = [heading for heading in HEADINGS if not whole.parts.get(heading)]
        for heading in silent:
            say(file.path, file.body, f"the SOUL says nothing under `# {heading}`; {_WHY[heading]}")
        if not silent:
            souls.append(whole)
    return souls


def _read(path: Path, say: Say) -> SoulFile | None:
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
    return SoulFile(path, front, _parts(lines[end + 1 :]), end + 1)


def _likened(file: SoulFile, model: SoulFile) -> SoulFile:
    """Return the file with everything of the model that it does not say itself."""
    front = replace(file.front, data={**_keys(model), **_keys(file)})
    return replace(file, front=front, parts={**model.parts, **file.parts})


def _keys(file: SoulFile) -> Mapping[str, object]:
    data = file.front.data
    return cast("Mapping[str, object]", data) if isinstance(data, dict) else {}


def _key(file: SoulFile, name: str) -> object:
    return _keys(file).get(name)


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

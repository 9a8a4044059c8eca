"""YAML whose every value knows its line, so that a mistake is reported where it stands."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from dealwright.errors import BadInput

M = TypeVar("M", bound=BaseModel)
Path_ = tuple[str | int, ...]

MOST_BYTES = 1_000_000
"""A configuration file is written by people; a larger one is something else."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain data, and the line of each of its parts."""

    name: str
    data: object
    _lines: Mapping[Path_, int]

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a part, or of the nearest part around it that exists."""
        at = tuple(path)
        while at and at not in self._lines:
            at = at[:-1]
        return self._lines.get(at, 1)


def load(path: Path, refuse: type[BadInput]) -> Document:
    """Return the file's data and lines.

    Raises:
        BadInput: the class given as `refuse`; the file cannot be read or is not YAML.

    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        raise refuse(f"{path} has {len(raw):,} bytes; a file like this has at most {MOST_BYTES:,}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse(f"{path.name}:{line}: this is not UTF-8; save the file as UTF-8") from error
    return load_text(text, path.name, refuse)


def load_text(text: str, name: str, refuse: type[BadInput], first_line: int = 1) -> Document:
    """Return the data and lines of a YAML text that begins at a line of the file named.

    Raises:
        BadInput: the class given as `refuse`; the text is not YAML, or repeats a key.

    """
    try:
        tree: object = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise refuse(f"{name}:{line}: {_in_words(error.problem)}") from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise refuse(f"{name}:{first_line}: this is not YAML: {error}") from error
    lines: dict[Path_, int] = {(): first_line}
    return Document(name, _plain(tree, (), first_line, lines), lines)


def validated(model: type[M], document: Document) -> tuple[M | None, tuple[tuple[int, str], ...]]:
    """Return the document as a model, or None and every (line, sentence) that is wrong with it."""
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        problems = [
            (document.line(_known(entry["loc"])), _sentence(entry["loc"], entry["msg"], model))
            for entry in error.errors(include_url=False, include_input=False)
        ]
        return None, tuple(dict.fromkeys(problems))


def _known(loc: Sequence[str | int]) -> Path_:
    return tuple(part for part in loc)


def _sentence(loc: Sequence[str | int], message: str, model: type[BaseModel]) -> str:
    where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")
    if message.startswith("Extra inputs are not permitted"):
        return f"{where}: this key is not known here{_meant(str(loc[-1]), model)}"
    if message == "Field required":
        return f"{where}: this is missing"
    text = message.removeprefix("Value error, ")
    return f"{where or 'the file'}: {text[:1].lower()}{text[1:]}"


def _meant(key: str, model: type[BaseModel]) -> str:
    names = _names(model, set())
    close = difflib.get_close_matches(key, sorted(names), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _names(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Return every key a model or a model inside it knows."""
    if model in seen:
        return set()
    seen.add(model)
    names = {field.alias or name for name, field in model.model_fields.items()}
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            names |= _names(inner, seen)
    return names


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    arguments = cast("tuple[object, ...]", getattr(annotation, "__args__", ()))
    return [model for argument in arguments for model in _models_in(argument)]


def _plain(tree: object, path: Path_, first: int, lines: dict[Path_, int]) -> object:
    """Return plain dicts and lists, noting the line of each key and item."""
    if isinstance(tree, CommentedMap):
        mapping: dict[str, object] = {}
        for key, value in cast("Mapping[object, object]", tree).items():
            at = (*path, str(key))
            lines[at] = first + tree.lc.data[key][0] if key in tree.lc.data else lines[path]
            mapping[str(key)] = _plain(value, at, first, lines)
        return mapping
    if isinstance(tree, CommentedSeq):
        items: list[object] = []
        for index, value in enumerate(cast("Sequence[object]", tree)):
            at = (*path, index)
            lines[at] = first + tree.lc.data[index][0] if index in tree.lc.data else lines[path]
            items.append(_plain(value, at, first, lines))
        return items
    if isinstance(tree, str):
        return str(tree)
    if isinstance(tree, bool) or tree is None:
        return tree
    if isinstance(tree, int):
        return int(tree)
    return float(tree) if isinstance(tree, float) else str(tree)


def _in_words(problem: str | None) -> str:
    match problem or "":
        case text if text.startswith("found duplicate key"):
            return f"{text.split(' with value')[0].replace('found duplicate', 'the')} stands twice"
        case text if "'\\t'" in text:
            return "a tab is not allowed here; indent with spaces"
        case text if text.startswith("mapping values are not allowed"):
            return 'a colon inside a text: put the text in quotes, "like: this"'
        case text:
            return f"this is not YAML: {text}"

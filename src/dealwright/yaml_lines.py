"""YAML whose every value knows its line, so that a mistake is reported where it stands."""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, StringMark, YAMLError

from dealwright.errors import BadInput

M = TypeVar("M", bound=BaseModel)
Place = tuple[str | int, ...]

MOST_BYTES = 1_000_000
"""A configuration file is written by people; a larger one is something else."""
MOST_PARTS = 20_000
DEEPEST = 100
_LEADS = re.compile(r"^[ \t]*(?:[-?] +)+", re.MULTILINE)
LONGEST_SHOWN = 40

_UNREADABLE = (YAMLError, ValueError, TypeError, AttributeError, LookupError, NotImplementedError)
"""What the reader raises on texts that are not YAML, its own slips included."""


class _TooMany(Exception):
    """The text stands for more parts than any person writes."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain data, and the line of each of its parts."""

    name: str
    data: object
    _lines: Mapping[Place, int]

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
    if _depth(text) > DEEPEST:
        raise refuse(f"{name}:{first_line}: this is nested too deeply")
    try:
        tree = _read(text)
    except MarkedYAMLError as error:
        mark = cast("StringMark | None", error.problem_mark or error.context_mark)
        line = first_line + (mark.line if mark else 0)
        problem = cast("str | None", error.problem)
        raise refuse(f"{name}:{line}: {_in_words(problem or '')}") from error
    except RecursionError as error:
        raise refuse(f"{name}:{first_line}: this is nested too deeply") from error
    except _UNREADABLE as error:
        raise refuse(f"{name}:{first_line}: this is not YAML: {_flat(str(error))}") from error
    lines: dict[Place, int] = {(): first_line}
    try:
        return Document(name, _plain(tree, (), first_line, lines), lines)
    except (_TooMany, RecursionError) as error:
        raise refuse(
            f"{name}:{first_line}: this repeats parts of itself (`&` and `*`) beyond "
            f"{MOST_PARTS:,} parts; write them out"
        ) from error


def _depth(text: str) -> int:
    """Return at least how deep brackets and dashes nest; the reader takes minutes to find out."""
    dashes = (len(re.findall("[-?] ", lead)) for lead in _LEADS.findall(text))
    steps = (1 if c in "[{" else -1 for c in text if c in "[]{}")
    return max(chain([0], dashes, accumulate(steps)))


def _read(text: str) -> object:
    reader = cast("Any", YAML(typ="rt"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        return cast("object", reader.load(text))


def validated(model: type[M], document: Document) -> tuple[M | None, tuple[tuple[int, str], ...]]:
    """Return the document as a model, or None and every (line, sentence) that is wrong with it."""
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        entries = error.errors(include_url=False)
        problems = [
            (document.line(entry["loc"]), f"{_written(entry['loc'])}: {_reason(entry, model)}")
            for entry in entries
            if not _follows(entry, entries)
        ]
        return None, tuple(dict.fromkeys(problems))


def _follows(entry: ErrorDetails, entries: Sequence[ErrorDetails]) -> bool:
    """Say whether a list is too short only because its items are wrong, which is reported."""
    at = entry["loc"]
    return entry["type"] == "too_short" and any(
        len(other["loc"]) > len(at) and other["loc"][: len(at)] == at for other in entries
    )


def _written(loc: Sequence[str | int]) -> str:
    where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")
    return where or "the file"


def _reason(entry: ErrorDetails, model: type[BaseModel]) -> str:
    """Return what is wrong with a value, and what to write instead."""
    kind, given = entry["type"], _flat(str(entry["input"]))
    if kind == "extra_forbidden":
        return f"this key is not known here{_meant(str(entry['loc'][-1]), _names(model, set()))}"
    if kind in _REASONS:
        return _REASONS[kind].format(given=given, **entry.get("ctx", {}))
    if kind in {"enum", "literal_error"}:
        expected = str(entry.get("ctx", {}).get("expected", ""))
        names = expected.replace("'", "").replace(" or ", ", ").split(", ")
        return f'"{given}" is not one of: {", ".join(names)}{_meant(given, names)}'
    if kind == "string_pattern_mismatch":
        pattern = str(entry.get("ctx", {}).get("pattern", ""))
        begins = next((begin for begin in _PATTERNS if pattern.startswith(begin)), "")
        return f'"{given}" does not fit; {_PATTERNS.get(begins, f"it has to match {pattern}")}'
    text = entry["msg"].removeprefix("Value error, ")
    return f"{text[:1].lower()}{text[1:]}"


_REASONS = {
    "missing": "this is missing",
    "string_type": "write a text here; in quotes if it looks like a number or a list",
    "int_type": 'write a whole number instead of "{given}"',
    "int_parsing": 'write a whole number instead of "{given}"',
    "int_from_float": 'write a whole number instead of "{given}"',
    "float_type": 'write a number instead of "{given}"',
    "float_parsing": 'write a number instead of "{given}"',
    "decimal_type": 'write an amount like 0.10 instead of "{given}"',
    "decimal_parsing": 'write an amount like 0.10 instead of "{given}"',
    "bool_type": 'write true or false instead of "{given}"',
    "bool_parsing": 'write true or false instead of "{given}"',
    "date_type": 'write a date like 2027-12-31 instead of "{given}"',
    "date_parsing": 'write a date like 2027-12-31 instead of "{given}"',
    "date_from_datetime_parsing": 'write a date like 2027-12-31 instead of "{given}"',
    "tuple_type": "write a list here: [one, two], or a line with a dash for each",
    "list_type": "write a list here: [one, two], or a line with a dash for each",
    "model_type": "write settings here, a line `key: value` for each",
    "dict_type": "write settings here, a line `key: value` for each",
    "string_too_short": "write something here; it is empty",
    "string_too_long": "this is too long; at most {max_length} characters are allowed",
    "too_short": "this list is too short; at least {min_length} are needed",
    "too_long": "this list is too long; at most {max_length} are allowed",
    "greater_than": "{given} is too little; write more than {gt}",
    "greater_than_equal": "{given} is too little; write {ge} or more",
    "less_than_equal": "{given} is too much; write {le} or less",
}
_PATTERNS = {
    "^[a-z][a-z0-9_-]": "use lower-case letters, digits, - and _, a letter first",
    "^[a-z][a-z0-9_]": "use lower-case letters, digits and _, a letter first",
    "^https://": "write an address that begins with https://",
}


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_SHOWN else f"{flat[:LONGEST_SHOWN]}…"


def _meant(key: str, names: Iterable[str]) -> str:
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
    arguments = cast("tuple[object, ...]", getattr(cast("Any", annotation), "__args__", ()))
    return [model for argument in arguments for model in _models_in(argument)]


def _plain(tree: Any, path: Place, first: int, lines: dict[Place, int]) -> object:
    """Return plain dicts and lists, noting the line of each key and item."""
    if len(lines) > MOST_PARTS:
        raise _TooMany
    if isinstance(tree, CommentedMap):
        mapping: dict[str, object] = {}
        for key, value in cast("Mapping[object, object]", tree).items():
            at = (*path, str(key))
            lines[at] = _line_of(tree, key, first, lines[path])
            mapping[str(key)] = _plain(value, at, first, lines)
        return mapping
    if isinstance(tree, CommentedSeq):
        items: list[object] = []
        for index, value in enumerate(cast("Sequence[object]", tree)):
            at = (*path, index)
            lines[at] = _line_of(tree, index, first, lines[path])
            items.append(_plain(value, at, first, lines))
        return items
    return _scalar(tree)


def _scalar(value: object) -> object:
    """Return the plain value of what the reader keeps with its spelling."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else str(value)


def _line_of(tree: object, key: object, first: int, otherwise: int) -> int:
    places = cast("Mapping[object, Sequence[int]] | None", cast("Any", tree).lc.data)
    return first + places[key][0] if places and key in places else otherwise


def _in_words(problem: str) -> str:
    match problem:
        case text if text.startswith("found duplicate key"):
            return f"{text.split(' with value')[0].replace('found duplicate', 'the')} stands twice"
        case text if "'\\t'" in text:
            return "a tab is not allowed here; indent with spaces"
        case text if text.startswith("mapping values are not allowed"):
            return 'a colon inside a text: put the text in quotes, "like: this"'
        case text:
            return f"this is not YAML: {text}"

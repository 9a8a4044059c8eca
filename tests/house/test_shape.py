"""Every module is documented, small, named for one thing, and asks for no exception."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, functions, named, python_files

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|base|core|managers?)($|_)")
WAIVERS = re.compile(r"\bnoqa\b|type: ?ignore|pyright: ?(ignore|basic)|pragma|TODO|FIXME|XXX")

MOCKS = re.compile(r"unittest.mock|MagicMock|AsyncMock|monkeypatch\.setattr|mocker\.")


def comments(path: Path) -> Iterator[str]:
    with path.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.string


def test_every_module_says_what_it_is_for() -> None:
    code = [path for path in python_files() if path.stat().st_size]
    silent = [path for path in code if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert [named(path) for path in silent] == []


def test_every_module_fits_in_400_lines() -> None:
    lengths = {named(path): path.read_text("utf-8").count("\n") for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_function_fits_on_a_screen() -> None:
    lengths = {
        f"{named(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in functions(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_or_folder_has_a_vague_name() -> None:
    parts = {part for path in python_files() for part in Path(named(path)).with_suffix("").parts}
    assert [part for part in sorted(parts) if VAGUE.search(part)] == []


def test_nothing_waives_a_rule_or_is_left_for_later() -> None:
    waived = [(named(p), text) for p in python_files() for text in comments(p)]
    assert [(name, text) for name, text in waived if WAIVERS.search(text)] == []


def test_nothing_stands_for_work_not_done() -> None:
    undone = re.compile(r"raise NotImplementedError(\(\))?$", re.MULTILINE)
    assert [named(p) for p in PACKAGE.rglob("*.py") if undone.search(p.read_text("utf-8"))] == []


def test_nothing_is_mocked() -> None:
    code = {path: path.read_text("utf-8") for path in python_files() if path != Path(__file__)}
    assert [named(path) for path, text in code.items() if MOCKS.search(text)] == []

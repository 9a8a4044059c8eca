"""The files of this repository, as the house tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "dealwright"
DEPARTMENTS = PACKAGE / "departments"
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}
CACHES = {".hypothesis", ".import_linter_cache", ".pytest_cache", ".ruff_cache"}


def files() -> Iterator[Path]:
    """Yield every file a commit could hold."""
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and not (NOT_OURS | CACHES) & set(path.relative_to(ROOT).parts):
            yield path


def python_files() -> list[Path]:
    """Return every module of ours: source, tests, benchmarks, examples."""
    return [path for path in files() if path.suffix == ".py"]


def documents() -> list[Path]:
    """Return what people read."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path) -> str:
    """Return a file's name as people write it."""
    return path.relative_to(ROOT).as_posix()

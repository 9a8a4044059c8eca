"""Importing does nothing, costs little, and only goes where the layers allow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

IMPORT_EVERYTHING = """
import pkgutil, sys, threading
from importlib import import_module

effects = []
ACTS = {"socket.connect", "socket.bind", "subprocess.Popen", "os.mkdir", "os.remove", "os.rename"}

def watch(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if writes or event in ACTS:
        effects.append((event, str(args[0])))

import dealwright
import procrastinate  # starts a program to learn the machine's word size; not ours to mend
import urllib3  # tries whether the machine has IPv6; not ours to mend
sys.addaudithook(watch)
for module in pkgutil.walk_packages(dealwright.__path__, "dealwright."):
    if not module.name.startswith("dealwright.store.migrations."):  # scripts that Alembic runs
        import_module(module.name)
assert effects == [], effects
assert threading.active_count() == 1, threading.enumerate()
"""

IMPORT_THE_DOOR = """
import sys
import dealwright.cli
heavy = {"apprise", "caldav", "fastapi", "genai_prices", "procrastinate", "psycopg"}
heavy |= {"pydantic_ai", "sklearn", "trafilatura", "uvicorn"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )


def test_importing_every_module_has_no_effect(tmp_path: Path) -> None:
    done = run(IMPORT_EVERYTHING, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_starts_without_what_is_heavy(tmp_path: Path) -> None:
    done = run(IMPORT_THE_DOOR, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_import_keeps_the_contracts() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout

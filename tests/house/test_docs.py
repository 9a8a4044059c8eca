"""Every example in README.md and docs/ runs, and shows what it claims to show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from tests.house.tree import ROOT, documents, named

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:[^\n]*<<'END'\n.*?^END)|[^\n]*)$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]+)(?:#[^)]*)?\)")
COLUMNS = 160
SLOWEST = 120


class Command(NamedTuple):
    """One command of an example and the lines it is said to print."""

    line: str
    claims: list[str]


def commands(text: str) -> list[Command]:
    """Return the commands in a document's console blocks, in reading order.

    A claim must be found in one line of the output, its words in order; `…` stands for anything.
    """
    found: list[Command] = []
    for block in CONSOLE.findall(text):
        _, *parts = COMMAND.split(block)
        for line, output in zip(parts[::2], parts[1::2], strict=True):
            claims = [claim for claim in output.splitlines() if claim.strip() not in {"", "…"}]
            found.append(Command(line, claims))
    return found


def pattern(claim: str) -> re.Pattern[str]:
    parts = [r"\s+".join(map(re.escape, part.split())) for part in claim.split("…")]
    return re.compile(".*".join(parts))


def missing(claims: list[str], output: str) -> list[str]:
    """Return the claims that no line of the output bears out, each after the one before."""
    lines = iter(output.splitlines())
    return [c for c in claims if not any(pattern(c).search(line) for line in lines)]


def perform(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    programs = Path(sys.executable).parent
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={
            "PATH": f"{programs}{os.pathsep}{os.defpath}",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "USER": "ada",
            "LANG": "C.UTF-8",
            "COLUMNS": str(COLUMNS),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SLOWEST,
        check=False,
    )


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_command_shown_works_and_prints_what_is_shown(document: Path, tmp_path: Path) -> None:
    for command in commands(document.read_text(encoding="utf-8")):
        done = perform(command.line, tmp_path)
        assert done.returncode == 0, f"{command.line}\n{done.stdout}"
        assert missing(command.claims, done.stdout) == [], f"{command.line}\n{done.stdout}"


def test_a_claim_that_is_not_printed_is_found_out() -> None:
    assert missing(["three leads", "… seven …"], "three   leads\nsix\n") == ["… seven …"]


@pytest.mark.parametrize(
    "example",
    list(find_examples(ROOT / "README.md", ROOT / "docs")),
    ids=lambda example: f"{example.path.name}:{example.start_line}",
)
def test_every_python_example_runs(example: CodeExample, eval_example: EvalExample) -> None:
    eval_example.run_print_check(example)


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in targets if not (document.parent / link).exists()] == []


def test_every_page_is_reachable_from_the_readme() -> None:
    reached = {ROOT / "README.md"}
    waiting = list(reached)
    while waiting:
        page = waiting.pop()
        links = {(page.parent / x).resolve() for x in LINK.findall(page.read_text("utf-8"))}
        new = {link for link in links if link.suffix == ".md" and link.is_file()} - reached
        reached |= new
        waiting += new
    assert [named(page) for page in documents() if page not in reached] == []

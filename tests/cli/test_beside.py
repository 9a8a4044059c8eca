"""People's words are taken while `up` works on the same SQLite file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CAMPAIGN, Typist

ROOT = Path(__file__).parents[2]
DOOR = (sys.executable, "-m", "tests.cli.door")
PATIENCE = 120
"""Seconds until everything has happened on a busy machine."""


@pytest.fixture
def up(fresh: Typist, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start `up` on a fresh database, and stop it in the end."""
    process = subprocess.Popen(
        [*DOOR, "up", "--port", "0", "--database", f"sqlite:///{fresh.database}"],
        env={
            "PYTHONPATH": str(ROOT),
            "DEALWRIGHT_STOP_FILE": str(tmp_path / "stop"),
            "DEALWRIGHT_CONNECTIONS": str(tmp_path / "connections.yaml"),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert "is up" in process.stderr.readline()
    yield process
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130


def until(seen: Callable[[], Any]) -> Any:
    """Wait until something is seen, and return it."""
    for _ in range(PATIENCE * 2):
        found = seen()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError("it never came")


def test_leads_are_taken_in_and_decided_on_while_everything_is_up(
    fresh: Typist, up: subprocess.Popen[str], leads: Path
) -> None:
    taken = fresh("import", str(leads), "--campaign", str(CAMPAIGN), "--json")
    assert (taken.code, taken.json["imported"]["added"]) == (0, 6)
    first, second, *_ = until(lambda: fresh("approvals", "--json").json[2:])
    assert fresh("approve", first["id"]).code == 0
    assert fresh("reject", second["id"], "--because", "not this one").code == 0
    lead = fresh("leads", "--json").json[0]["id"]
    assert fresh("retry", lead, "writer").code == 0
    assert fresh("pause", "all").code == 0
    refused = fresh("run", str(leads), "--campaign", str(CAMPAIGN))
    assert refused.code == 4
    assert f"process {up.pid}" in refused.flat
    assert "so is `import`" in refused.flat
    assert fresh("audit", "verify").code == 0

"""The demo goes the whole way, and what it says is what the servers saw."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest

from dealwright.cli.demo_sample import at_work
from dealwright.rehearsal.prospects import SCRIPTS
from dealwright.rehearsal.sites_sample import sample_companies

PATIENCE = 300
WITHOUT_SERVERS = """
import sys
sys.modules["radicale"] = None
from dealwright.cli import main
main(sys.argv[1:])
"""


@dataclass(frozen=True)
class Played:
    """A demo that has ended, and its answer."""

    folder: Path
    answer: dict[str, Any]

    @property
    def stories(self) -> dict[str, dict[str, Any]]:
        """Lead → what became of it."""
        return {story["lead"]: story for story in self.answer["stories"]}

    def to(self, address: str) -> list[dict[str, str]]:
        """Return what somebody was sent, in order."""
        return [one for one in self.answer["wire"] if one["to"] == address]


def begin(folder: Path, *words: str, code: str = "") -> subprocess.Popen[str]:
    """Start the demo with its folders in one of ours."""
    program = ["-c", code] if code else ["-m", "dealwright"]
    return subprocess.Popen(
        [sys.executable, *program, "demo", "--database", f"sqlite:///{folder}/demo.db", *words],
        env={"TMPDIR": str(folder), "PATH": os.environ["PATH"], "DEALWRIGHT_USER": "ada"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def played(folder: Path) -> Played:
    """Play a demo to its end."""
    run = begin(folder, "--json")
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, err
    return Played(folder, json.loads(out))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(tmp_path_factory.mktemp("demo"))


def test_people_of_every_temper_answer_and_are_read_right(demo: Played) -> None:
    replies = [reply for story in demo.stories.values() for reply in story["replies"]]
    assert {reply["temper"] for reply in replies} == {t for t, script in SCRIPTS.items() if script}
    assert [reply for reply in replies if reply["read"] != reply["meant"]] == []
    assert len(replies) >= 10
    silent = [story for story in demo.stories.values() if story["sent"] and not story["replies"]]
    assert {story["lead"] for story in silent if not story["bounced"]} == {"Gernot Huber"}
    assert "follow up" in demo.stories["Gernot Huber"]["sent"]


def test_meetings_stand_in_the_calendar_of_those_who_agreed(demo: Played) -> None:
    booked = {event["attendee"] for event in demo.answer["calendar"]}
    met = {story["email"] for story in demo.stories.values() if story["meeting"]}
    assert booked == met
    assert {"sarah.whitcombe@harrow-freight.example"} < met
    spans = sorted((event["start"], event["end"]) for event in demo.answer["calendar"])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_who_opts_out_is_never_written_to_again(demo: Played) -> None:
    story = demo.stories["Antoine Muller"]
    assert "not to be written to" in story["suppressed"]
    assert story["next"] == "nothing, for good"
    assert len(demo.to(story["email"])) == 1


def test_a_letter_that_comes_back_marks_the_address(demo: Played) -> None:
    story = demo.stories["Tobias Wendt"]
    assert story["bounced"]
    assert story["suppressed"]
    assert len(demo.to(story["email"])) == 1


def test_nobody_gets_the_same_letter_twice(demo: Played) -> None:
    letters = Counter((one["to"], one["text"]) for one in demo.answer["wire"])
    assert [letter for letter, count in letters.items() if count > 1] == []
    assert len({one["message_id"] for one in demo.answer["wire"]}) == len(demo.answer["wire"])


def test_only_who_may_be_written_to_is(demo: Played) -> None:
    sent = {story["email"] for story in demo.stories.values() if story["sent"]}
    ours = {one["from"] for one in demo.answer["wire"] if one["to"] in sent}
    assert len(ours) == 1
    assert {one["to"] for one in demo.answer["wire"]} == sent | ours
    held = demo.stories["Maike Ohlsen"]["held"]
    assert held.startswith("lawful: legitimate interest is no ground there (DE")
    assert demo.stories["Craig Bell"]["next"] == "you: approve the draft"


def test_the_crm_knows_what_happened(demo: Played) -> None:
    record = demo.stories["Sarah Whitcombe"]["crm"]
    assert record["company"] == "Harrow Freight Ltd"
    assert record["fields"]["tier"] == "hot"
    assert demo.stories["Fiona Marsh"]["crm"] is None


def test_played_again_it_sends_nothing_twice(demo: Played) -> None:
    again = played(demo.folder)
    assert again.answer["wire"] == []
    assert again.answer["imported"]["added"] == 0
    assert again.answer["worked"]["agent_calls"] == 0
    assert again.stories["Sarah Whitcombe"]["meeting"]["state"] == "booked"


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-07-04 12:00", "2026-07-06 07:00"),  # a Saturday; in London it is summer time
        ("2026-12-26 12:00", "2026-12-29 08:00"),  # Monday is a holiday in London
        ("2026-11-23 17:00", "2026-11-23 08:00"),  # a Monday begins anew
    ],
)
def test_its_clock_stands_where_everybody_is_at_work(now: str, begins: str) -> None:
    moment = datetime.fromisoformat(f"{now}+00:00")
    assert at_work(sample_companies(), moment) == datetime.fromisoformat(f"{begins}+00:00")


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_however_it_ends_no_process_is_left_behind(
    tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    run = begin(tmp_path)
    until = time.monotonic() + PATIENCE
    while not (mine := psutil.Process(run.pid).children(recursive=True)):
        assert run.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    run.send_signal(sign)
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == code, out + err
    assert "Traceback" not in err
    _, alive = psutil.wait_procs(mine, timeout=60)
    assert alive == []


def test_without_its_servers_it_shows_the_first_half_and_says_what_to_install(
    tmp_path: Path,
) -> None:
    run = begin(tmp_path, code=WITHOUT_SERVERS)
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, out + err
    assert "One of them in full:" in out
    assert "sure: “" in out
    assert "Subject:" in out
    assert "pip install 'dealwright[demo]'" in err
    assert "dealwright approvals --database" in err

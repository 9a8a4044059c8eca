"""The main job: a file of leads becomes reviewed drafts that wait for a person."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
import time
from pathlib import Path

from dealwright.runtime import World
from dealwright.settings import Settings
from tests.cli.conftest import CAMPAIGN, Said, Typist
from tests.house.tree import ROOT

LEADS = 6
DONE_WITH = {"at rest", "waits for approval", "flagged"}


def test_a_file_of_leads_ends_as_a_table_and_drafts_that_wait(worked: tuple[Path, Said]) -> None:
    said = worked[1]
    assert said.code == 0, said.flat
    assert f"{LEADS} leads:" in said.out
    assert "waiting for a person" in said.out
    assert "a person approves the" in said.flat
    assert "dealwright approvals" in said.err


def test_every_bad_line_is_named_with_its_field_and_the_reason(worked: tuple[Path, Said]) -> None:
    assert "not taken: line 10, website" in worked[1].err
    assert "not taken: line 10, email" in worked[1].err
    assert "line 8 speaks of the same person as line 3; merged" in worked[1].err


def test_a_second_run_does_and_pays_nothing(dealwright: Typist, leads: Path) -> None:
    before = dealwright("runs", "--json").json
    said = dealwright("run", str(leads), "--campaign", str(CAMPAIGN), "--json")
    assert said.code == 0
    assert said.json["imported"]["added"] == 0
    assert said.json["worked"]["agent_calls"] == 0
    assert dealwright("runs", "--json").json == before
    assert "Nothing was left to do: 0 agent calls." in dealwright("work").err


def test_run_answers_in_one_json_object(fresh: Typist, leads: Path) -> None:
    said = fresh("run", str(leads), "-c", str(CAMPAIGN), "--limit", "2", "--json")
    answer = said.json
    assert answer["imported"] | {"rejected_lines": [10]} == answer["imported"]
    assert answer["worked"]["turns"] == 2
    assert answer["worked"]["agent_calls"] > 10
    assert [lead["next"] for lead in answer["leads"]]
    assert {"name", "company", "tier", "score", "why", "cost", "status"} <= answer["leads"][
        0
    ].keys()


def test_a_dry_run_reports_and_writes_nothing(fresh: Typist, leads: Path) -> None:
    said = fresh("run", str(leads), "-c", str(CAMPAIGN), "--dry-run")
    assert said.code == 0
    assert "not taken: line 10" in said.err
    assert "Nothing was written" in said.err
    assert not fresh.database.exists()


def test_a_column_can_be_named_by_hand(fresh: Typist, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Wer,Website\nNordwind,nordwind.example\n", encoding="utf-8")
    said = fresh("run", str(path), "-c", str(CAMPAIGN), "--map", "company=Wer", "--dry-run")
    assert "Wer → company" in said.err


def started(typist: Typist, leads: Path) -> subprocess.Popen[str]:
    """Start the main job one lead at a time, and return once something was recorded."""
    where = ["--database", f"sqlite:///{typist.database}"]
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.door", "run", leads, "-c", CAMPAIGN, *where],
        env={"PYTHONPATH": str(ROOT), "DEALWRIGHT_CONCURRENCY": "1", "DEALWRIGHT_USER": "ada"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while run.poll() is None and not runs(typist):
        time.sleep(0.02)
    return run


def runs(typist: Typist) -> list[dict[str, str]]:
    said = typist("runs", "--json", "--limit", "999")
    return said.json if typist.database.exists() and not said.code else []


def goes_on_from(typist: Typist, before: list[dict[str, str]]) -> None:
    """Finish the work, and make sure that nothing is lost and nothing is done twice."""
    assert before
    assert [lead for lead in typist("leads", "--json").json if lead["status"] != "at rest"]
    assert typist("work").code == 0
    after = runs(typist)
    assert {row["id"] for row in before} <= {row["id"] for row in after}
    steps = [(row["case_id"], row["agent"]) for row in after]
    assert len(steps) == len(set(steps))
    assert {lead["status"] for lead in typist("leads", "--json").json} <= DONE_WITH


def test_ctrl_c_in_the_middle_keeps_what_is_finished_and_the_rest_goes_on(
    fresh: Typist, leads: Path
) -> None:
    run = started(fresh, leads)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert run.returncode == 130, out + err
    assert "Stopping: what is under way is finished first" in err
    assert "To go on: dealwright work" in err
    assert "Traceback" not in err
    assert "due" in {lead["status"] for lead in fresh("leads", "--json").json}
    goes_on_from(fresh, runs(fresh))


def test_a_killed_run_is_taken_up_at_once(fresh: Typist, leads: Path) -> None:
    run = started(fresh, leads)
    run.kill()
    run.communicate(timeout=30)
    goes_on_from(fresh, runs(fresh))


def test_no_setting_can_say_where_sites_are() -> None:
    world = {field.name for field in dataclasses.fields(World)}
    assert not (world | {"world", "resolver", "allowance"}) & set(Settings.model_fields)

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


def test_ctrl_c_in_the_middle_keeps_what_is_finished_and_the_rest_goes_on(
    fresh: Typist, leads: Path
) -> None:
    where = ["--database", f"sqlite:///{fresh.database}"]
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.door", "run", leads, "-c", CAMPAIGN, *where],
        env={"PYTHONPATH": str(ROOT), "DEALWRIGHT_CONCURRENCY": "1", "DEALWRIGHT_USER": "ada"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while run.poll() is None and not first_run_in(fresh):
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert run.returncode == 130, out + err
    assert "Stopping: what is under way is finished first" in err
    assert "To go on: dealwright work" in err
    assert "Traceback" not in err
    before = {row["id"] for row in fresh("runs", "--json", "--limit", "999").json}
    waiting = [lead for lead in fresh("leads", "--json").json if lead["status"] == "due"]
    assert before
    assert waiting
    assert fresh("work").code == 0
    after = fresh("runs", "--json", "--limit", "999").json
    assert before <= {row["id"] for row in after}
    steps = [(row["case_id"], row["agent"]) for row in after]
    assert len(steps) == len(set(steps))
    assert not [lead for lead in fresh("leads", "--json").json if lead["status"] == "due"]


def first_run_in(typist: Typist) -> bool:
    return typist.database.exists() and len(typist("runs", "--json").out) > len("[]\n")


def test_no_setting_can_say_where_sites_are() -> None:
    world = {field.name for field in dataclasses.fields(World)}
    assert not (world | {"world", "resolver", "allowance"}) & set(Settings.model_fields)


def test_the_demo_ends_with_a_dossier_a_draft_and_what_to_type_next(fresh: Typist) -> None:
    said = fresh("demo")
    assert said.code == 0, said.flat
    assert "One of them in full:" in said.out
    assert "sure: “" in said.out
    assert "Subject:" in said.out
    assert "dealwright approvals --database" in said.err
    again = fresh("demo", "--json").json
    assert again["worked"]["agent_calls"] == 0
    assert again["imported"]["added"] == 0
    assert len(again["leads"]) >= 25

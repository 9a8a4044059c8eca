"""Keeping it in order: audit, export, doctor, and the folder to start from."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dealwright.cli.exporting import harmless
from dealwright.store.schema import METADATA
from tests.cli.conftest import Typist
from tests.house.tree import ROOT


def test_an_untouched_journal_is_whole(dealwright: Typist) -> None:
    said = dealwright("audit", "verify", "--json")
    assert said.code == 0, said.flat
    assert said.json["ok"] is True
    assert said.json["events"] > 0


def test_a_tampered_run_is_found(dealwright: Typist) -> None:
    with sqlite3.connect(dealwright.database) as connection:
        triggers = connection.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"drop trigger {name}")
        connection.execute("update run set cost = 5 where rowid = (select min(rowid) from run)")
    connection.close()
    said = dealwright("audit", "verify")
    assert said.code == 1
    assert "run" in said.out
    assert "problem" in said.err


@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_table_is_exported(dealwright: Typist, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "out"
    said = dealwright("export", str(folder), "--format", form, "--json")
    assert said.code == 0, said.flat
    assert {path.stem for path in folder.iterdir()} == set(METADATA.tables)
    with (folder / f"case.{'csv' if form == 'csv' else 'jsonl'}").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file) if form == "csv" else map(json.loads, file))
    assert len(rows) == said.json["rows"]["case"] == 7
    assert "sales" in {row["department"] for row in rows}
    again = dealwright("export", str(folder))
    assert (again.code, "holds something already" in again.err) == (3, True)


@pytest.mark.parametrize("cell", ["=1+1", "+49 40 1", "-2", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("plain = text") == "plain = text"


def test_doctor_finds_a_sound_installation(dealwright: Typist) -> None:
    said = dealwright("doctor", "--json")
    assert said.code == 0, said.flat
    checks = {check["what"]: check for check in said.json["checks"]}
    assert {"Python", "SQLite", "database", "durability", "department", "models"} <= checks.keys()
    assert "up to date" in checks["database"]["found"]


def test_doctor_says_what_to_do(fresh: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALWRIGHT_MODELS__KEYS__OPENAI", "not-a-real-key")
    monkeypatch.setenv("DEALWRIGHT_MODELS__LIGHT", "openai:nobody-knows-this")
    said = fresh("doctor", "--department", "nowhere")
    assert said.code == 1
    assert "nobody knows its price" in said.flat
    assert "→ correct its files" in said.out
    assert "none at" in said.flat
    assert "not-a-real-key" not in said.flat


def test_the_starter_folder_runs_as_it_is(fresh: Typist, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    said = fresh("init", str(folder), store=False)
    assert said.code == 0
    assert f"dealwright run {folder}/leads.csv" in said.err
    again = fresh("init", str(folder), store=False)
    assert (again.code, "nothing is overwritten" in again.err) == (3, True)
    assert fresh("department", "check", str(folder / "department"), store=False).code == 0
    run = fresh("run", f"{folder}/leads.csv", "-c", f"{folder}/campaign.yaml", "--json")
    assert run.code == 0, run.flat
    assert len(run.json["leads"]) == 5


def test_a_new_agent_fits_at_once(fresh: Typist, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    fresh("init", str(folder), store=False)
    department = str(folder / "department")
    said = fresh("department", "new-agent", "greeter", "--department", department, store=False)
    assert said.code == 0, said.flat
    check = fresh("department", "check", department, "--json", store=False)
    assert "greeter" in check.json["agents"]
    again = fresh("department", "new-agent", "greeter", "--department", department, store=False)
    assert (again.code, "is there already" in again.err) == (3, True)
    bad = fresh("department", "new-agent", "Greeter!", "--department", department, store=False)
    assert (bad.code, "is no agent's name" in bad.err) == (3, True)


def test_a_department_is_drawn(fresh: Typist, tmp_path: Path) -> None:
    assert fresh("department", "graph", store=False).out.startswith("flowchart LR")
    picture = tmp_path / "sales.svg"
    assert fresh("department", "graph", "-o", str(picture), store=False).code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    wrong = fresh("department", "graph", "-o", "sales.gif", store=False)
    assert (wrong.code, ".svg" in wrong.err) == (3, True)


def test_who_works_on_a_file_is_named_to_others_until_it_stops(dealwright: Typist) -> None:
    where = f"sqlite:///{dealwright.database}"
    worker = subprocess.Popen(
        [sys.executable, "-m", "dealwright", "worker", "--database", where],
        env={"PYTHONPATH": str(ROOT), "DEALWRIGHT_USER": "ada"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr
    assert "Ctrl-C stops" in worker.stderr.readline()
    refused = dealwright("work")
    assert refused.code == 4
    assert f"process {worker.pid}" in refused.err
    assert dealwright("leads").code == 0
    assert dealwright("pause", "all").code == 0
    worker.send_signal(signal.SIGINT)
    assert "Stopped after 0 leads" in worker.communicate(timeout=20)[1]
    assert worker.returncode == 130
    assert dealwright("work").code == 0

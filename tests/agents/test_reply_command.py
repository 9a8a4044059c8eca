"""`dealwright replies evaluate`: what it prints for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from dealwright.cli.replies import app
from dealwright.errors import BadInput


def test_without_a_file_the_held_out_replies_are_measured() -> None:
    said = CliRunner().invoke(app, ["evaluate", "--json"])
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    assert found["replies"] > 500
    assert found["wrong_actions"]["share"] <= 0.01
    assert {"cues", "n1", "m3", "w2"} < set(found["by_author"])
    assert set(found["by_language"]) == {"en", "de", "fr", "es", "it", "nl", "pt"}


def test_a_file_of_ones_own_is_measured_and_its_mistakes_shown(tmp_path: Path) -> None:
    rows = [
        {"text": "Please unsubscribe me.", "language": "en", "meanings": ["opt_out"]},
        {"text": "Not interested, thanks.", "language": "en", "meanings": ["meeting"]},
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    said = CliRunner().invoke(app, ["evaluate", str(file)])
    assert said.exit_code == 0, said.output
    assert "opt-outs found                100.0% (1 of 1" in said.stdout
    assert "wrong: meeting read as not_interested: Not interested, thanks." in said.stdout


def test_a_file_without_replies_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n", "utf-8")
    said = CliRunner().invoke(app, ["evaluate", str(file)])
    assert isinstance(said.exception, BadInput)

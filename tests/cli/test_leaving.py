"""What leaves: the outbox as people see it, stopping, suppressing, taking over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Typist


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALWRIGHT_STOP_FILE", str(tmp_path / "stop"))
    monkeypatch.setenv("DEALWRIGHT_CONNECTIONS", str(tmp_path / "connections.yaml"))


def test_a_fresh_installation_sends_nothing_and_says_why(dealwright: Typist) -> None:
    worked = dealwright("outbox", "work", "--json")
    assert (worked.code, worked.json["begun"]) == (0, 0)
    intents = [entry["intent"] for entry in dealwright("outbox", "list", "--json").json]
    assert intents
    assert {intent["state"] for intent in intents} == {"ready"}
    assert all(intent["held"] for intent in intents)
    assert "shadow" in dealwright("outbox", "list").flat


def test_a_stop_is_a_file_and_a_start_takes_it_away(dealwright: Typist, tmp_path: Path) -> None:
    stopped = dealwright("stop", "--because", "a mistake in the offer")
    assert stopped.code == 0
    assert "nothing leaves any other" in stopped.flat
    assert (tmp_path / "stop").read_text("utf-8").startswith("ada: a mistake")
    assert "Everything goes on" in dealwright("start").flat
    assert not (tmp_path / "stop").exists()
    assert "Nothing was stopped" in dealwright("start").flat


def test_suppression_outlives_everything_but_a_person_with_a_reason(dealwright: Typist) -> None:
    first = dealwright("suppress", "Jo@Acme.example", "--because", "asked by telephone", "--json")
    assert first.json == {"suppressed": "Jo@Acme.example", "new": True}
    again = dealwright("suppress", "jo+news@acme.example", "--because", "x", "--json")
    assert again.json["new"] is False
    refused = dealwright("unsuppress", "jo@acme.example", "--because", " ")
    assert (refused.code, "say why" in refused.err) == (4, True)
    lifted = dealwright("unsuppress", "jo@acme.example", "--because", "they wrote to us")
    assert (lifted.code, "ada said so" in lifted.flat) == (0, True)
    nobody = dealwright("unsuppress", "nobody@acme.example", "--because", "x")
    assert nobody.code == 5
    assert dealwright("suppress", "nonsense", "--because", "x").code == 3


def test_a_conversation_is_taken_over_and_given_back(dealwright: Typist) -> None:
    lead = dealwright("leads", "--json").json[0]["id"]
    assert "ada leads it" in dealwright("take-over", lead).flat
    shown = dealwright("show", lead, "--json").json
    assert [each["slot"] for each in shown["history"] if each["slot"] == "conversation"]
    assert "the department leads it again" in dealwright("give-back", lead).flat


def test_only_what_is_unknown_can_be_settled(dealwright: Typist) -> None:
    ready = dealwright("outbox", "list", "--json").json[0]["intent"]["id"]
    said = dealwright("outbox", "settle", ready, "--sent")
    assert (said.code, "nothing unknown goes by" in said.err) == (5, True)
    state = dealwright("outbox", "list", "--state", "lost")
    assert (state.code, "there is no state 'lost'" in state.err) == (3, True)


def test_doctor_names_what_a_connections_file_lacks(dealwright: Typist, tmp_path: Path) -> None:
    (tmp_path / "connections.yaml").write_text(
        "mailboxes:\n"
        "  - id: ada\n"
        "    address: ada@routewise.example\n"
        "    name: Ada\n"
        "    smtp: {host: mail.routewise.example, port: 465, user: ada}\n",
        encoding="utf-8",
    )
    said = dealwright("doctor")
    assert "DEALWRIGHT_SECRETS__ADA" in said.flat
    (tmp_path / "connections.yaml").write_text("mailboxs: []\n", encoding="utf-8")
    said = dealwright("doctor")
    assert "connections.yaml:1:" in said.flat

"""What is shown: leads, one lead in full, why it stands there, runs and costs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Typist
from tests.house.tree import ROOT


def test_every_claim_of_a_draft_leads_to_a_source(dealwright: Typist) -> None:
    claims = [
        basis
        for approval in dealwright("approvals", "--json").json
        for variant in dealwright("show", approval["case_id"], "--json").json["drafts"][
            approval["slot"]
        ]
        for sentence in variant["sentences"]
        for basis in sentence["rests_on"]
    ]
    assert claims
    assert [basis for basis in claims if not (basis["value"] and basis["source"])] == []
    facts = [basis for basis in claims if not basis["id"].startswith("proof.")]
    assert [fact for fact in facts if not fact["quote"]] == []


def test_a_lead_is_shown_with_its_dossier_history_and_runs(dealwright: Typist) -> None:
    lead = dealwright("approvals", "--json").json[0]["case_id"]
    said = dealwright("show", lead)
    assert said.code == 0
    for part in ("dossier v1 by agent:synthesizer", "http://", "sure: “", "score", "Subject:"):
        assert part in said.out
    assert "Product history" in said.out
    assert "synthesizer" in said.out


@pytest.mark.parametrize("field", ["id", "name", "email", "domain"])
def test_a_lead_goes_by_id_name_address_or_domain(dealwright: Typist, field: str) -> None:
    lead = dealwright("leads", "--json").json[0]
    said = dealwright("show", lead[field], "--json")
    assert said.json["lead"]["id"] == lead["id"]


def test_words_that_mean_several_leads_list_them(dealwright: Typist) -> None:
    said = dealwright("show", "a")
    assert said.code == 5
    assert "leads; give the id of one:" in said.err
    assert len(said.err.splitlines()) > 2


def test_explain_says_which_part_of_a_condition_was_false(dealwright: Typist) -> None:
    lead = dealwright("leads", "--json").json[0]["id"]
    said = dealwright("explain", lead)
    assert "✓" in said.out
    assert "false: there is no dossier yet" in said.out
    assert "up to date" in said.out
    told = dealwright("explain", lead, "--json").json["explanation"]
    assert {route["fired"] for route in told["routes"]} == {True, False}


def test_runs_can_be_narrowed_down_and_one_is_shown_with_its_exact_packet(
    dealwright: Typist,
) -> None:
    runs = dealwright("runs", "--agent", "site_reader", "--outcome", "done", "--json").json
    assert {run["agent"] for run in runs} == {"site_reader"}
    shown = dealwright("runs", "--packet", runs[0]["id"][-8:], "--json").json
    assert shown["packet"]["slots"]["lead"]["company"]
    assert shown["packet"]["material"]["company_site"]["sources"]
    assert "Given" in dealwright("runs", "--packet", runs[0]["id"]).out


@pytest.mark.parametrize("by", ["lead", "agent", "campaign", "model", "day"])
def test_costs_are_grouped(dealwright: Typist, by: str) -> None:
    groups = dealwright("costs", "--by", by, "--json").json
    assert sum(group["runs"] for group in groups) == len(
        dealwright("runs", "--limit", "999", "--json").json
    )
    assert "in all" in dealwright("costs", "--by", by).out


def test_leads_of_one_campaign(dealwright: Typist) -> None:
    assert len(dealwright("leads", "--campaign", "routewise-carriers", "--json").json) == 6
    said = dealwright("leads", "--campaign", "nope")
    assert (said.code, "there are: routewise-carriers" in said.err) == (5, True)


def test_a_reader_that_has_enough_is_left_in_peace(dealwright: Typist) -> None:
    where = f"sqlite:///{dealwright.database}"
    show = subprocess.Popen(
        [sys.executable, "-m", "dealwright", "runs", "--json", "--database", where],
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert show.stdout
    assert show.stderr
    show.stdout.readline()
    show.stdout.close()
    assert show.stderr.read() == b""
    show.stderr.close()
    assert show.wait(20) == 1

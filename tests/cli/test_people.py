"""What people do: approve, reject, edit, pause, resume, inject, retry, and look at tasks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typist


def asked(dealwright: Typist) -> dict[str, str]:
    """Return the first approval that waits for a draft."""
    return dealwright("approvals", "--json").json[0]


def short(approval: dict[str, str]) -> str:
    return approval["id"][-8:]


def products(dealwright: Typist, case_id: str, slot: str) -> list[str]:
    history = dealwright("show", case_id, "--json").json["history"]
    return [each["status"] for each in history if each["slot"] == slot]


def test_approving_binds_exactly_the_bytes_that_are_shown(dealwright: Typist) -> None:
    approval = asked(dealwright)
    said = dealwright("approve", short(approval))
    assert said.code == 0, said.flat
    assert "Subject:" in said.out
    assert f"SHA-256 {approval['digest']}" in said.flat
    assert "shadow: nothing leaves" in said.err
    again = dealwright("approve", short(approval))
    assert (again.code, again.out) == (4, "")
    assert "ada has approved this already" in again.err


def test_a_variant_that_is_approved_is_all_that_may_leave(dealwright: Typist) -> None:
    approval = next(
        each
        for each in dealwright("approvals", "--json").json
        if len(draft_of(dealwright, each)) > 1
    )
    second = draft_of(dealwright, approval)[1]["subject"]
    said = dealwright("approve", short(approval), "--variant", "2", "--json")
    assert said.code == 0, said.flat
    kept = draft_of(dealwright, approval)
    assert [variant["subject"] for variant in kept] == [second]
    assert said.json["digest"] != approval["digest"]


def draft_of(dealwright: Typist, approval: dict[str, str]) -> list[dict[str, str]]:
    shown = dealwright("show", approval["case_id"], "--json").json
    return shown["drafts"][approval["slot"]]


def test_a_variant_that_is_not_there_is_refused(dealwright: Typist) -> None:
    said = dealwright("approve", short(asked(dealwright)), "--variant", "9")
    assert said.code == 3
    assert "variant" in said.err


def test_rejecting_needs_a_reason_and_keeps_it(dealwright: Typist) -> None:
    approval = asked(dealwright)
    assert dealwright("reject", short(approval)).code == 2
    assert dealwright("reject", short(approval), "--because", " ").code == 3
    assert dealwright("reject", short(approval), "--because", "too long").code == 0
    rejected = dealwright("approvals", "--state", "rejected", "--json").json
    assert [each["decided_because"] for each in rejected] == ["too long"]


def test_an_edited_draft_is_final_and_waits_for_approval(
    dealwright: Typist, tmp_path: Path
) -> None:
    approval, form = asked(dealwright), tmp_path / "draft.yaml"
    written = dealwright("edit", short(approval), "--file", str(form))
    assert f"Written to {form}" in written.err
    assert "# Each claim names what it rests on" in form.read_text(encoding="utf-8")
    unchanged = dealwright("edit", short(approval), "--file", str(form), "--json")
    assert unchanged.json["changed"] is False
    text = form.read_text(encoding="utf-8")
    start = text.index("subject: ")
    end = text.index("\n", start)
    form.write_text(f"{text[:start]}subject: Ada's own words{text[end:]}", encoding="utf-8")
    said = dealwright("edit", short(approval), "--file", str(form))
    assert said.code == 0, said.flat
    assert "is yours now and final" in said.err
    assert "Ada's own words" in {v["subject"] for v in draft_of(dealwright, approval)}
    assert "waits for your word: dealwright approve" in said.err
    stale = dealwright("approve", short(approval))
    assert stale.code == 4
    assert "this approval is for version 1 of the" in stale.err


def test_an_edit_that_does_not_fit_is_refused_with_its_line_and_kept(
    dealwright: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEALWRIGHT_EDITOR", "sed -i s/subject:/sujet:/")
    approval = asked(dealwright)
    said = dealwright("edit", short(approval))
    assert said.code == 3
    assert "this key is not known here; did you mean 'subject'?" in said.err
    kept = Path(said.err.split("--file ")[1].split()[0])
    assert "sujet:" in kept.read_text(encoding="utf-8")
    assert products(dealwright, approval["case_id"], approval["slot"]).count("final") == 0


def test_an_editor_that_is_not_there_is_named(
    dealwright: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEALWRIGHT_EDITOR", "no-such-editor")
    said = dealwright("edit", short(asked(dealwright)))
    assert said.code == 3
    assert "the editor 'no-such-editor' does not start" in said.flat


def test_a_paused_lead_is_left_alone_until_it_is_resumed(dealwright: Typist) -> None:
    lead = dealwright("leads", "--json").json[0]
    assert dealwright("pause", lead["name"], "--because", "holidays").code == 0
    said = dealwright("retry", lead["id"], "record_reader", "--json").json
    assert said["worked"] == {"ran": [], "next": "ada paused this lead: holidays"}
    assert "held: ada paused this lead: holidays" in dealwright("explain", lead["id"]).out
    assert dealwright("resume", lead["name"]).code == 0
    assert dealwright("work", "--json").json["worked"]["turns"] == 1
    again = dealwright("resume", lead["name"])
    assert (again.code, again.err) == (4, "this is not paused; nothing to resume\n")


@pytest.mark.parametrize("target", ["routewise-carriers", "all"])
def test_a_campaign_or_everything_can_be_paused(dealwright: Typist, target: str) -> None:
    assert dealwright("pause", target).code == 0
    assert {lead["status"] for lead in dealwright("leads", "--json").json} == {"paused"}
    assert dealwright("resume", target).code == 0
    assert "paused" not in {lead["status"] for lead in dealwright("leads", "--json").json}


def test_retry_runs_the_agent_and_what_depends_on_it_and_nothing_before(
    dealwright: Typist,
) -> None:
    lead = dealwright("leads", "--json").json[0]["id"]
    said = dealwright("retry", lead, "synthesizer", "--json").json
    ran = [each["agent"] for each in said["worked"]["ran"]]
    assert ran[0] == "synthesizer"
    assert not [agent for agent in ran if agent.endswith("_reader")]
    assert "dossier" not in said["depends_on_it"]


def test_a_retry_for_later_is_only_written_down(dealwright: Typist) -> None:
    lead = dealwright("leads", "--json").json[0]["id"]
    said = dealwright("retry", lead, "synthesizer", "--later")
    assert "To work it: dealwright work" in said.err
    assert products(dealwright, lead, "dossier")[-1] == "retry"


def test_an_injected_product_is_final_and_what_depends_on_it_follows(
    dealwright: Typist, tmp_path: Path
) -> None:
    lead = dealwright("leads", "--json").json[0]["id"]
    slots = dealwright("show", lead, "--json").json["slots"]
    path = tmp_path / "qualification.json"
    value = slots["qualification"]["state"]["value"]
    path.write_text(json.dumps({**value, "score": 99, "tier": "hot"}), encoding="utf-8")
    said = dealwright("inject", lead, "qualification", str(path))
    assert said.code == 0, said.flat
    assert dealwright("show", lead, "--json").json["lead"]["score"] == 99
    refused = dealwright("retry", lead, "qualifier")
    assert (refused.code, "that is final" in refused.err) == (4, True)


def test_a_task_is_closed_once(dealwright: Typist) -> None:
    task = dealwright("tasks", "--json").json[0]["id"][-8:]
    assert dealwright("done", task, "--because", "looked").code == 0
    again = dealwright("done", task)
    assert (again.code, "no open task" in again.err) == (5, True)

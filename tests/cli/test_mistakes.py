"""Whatever is typed wrongly ends in a sentence that says what to do, and in a stable exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CAMPAIGN, Typist

MISTAKES = [
    ("aprove x", 2, "Did you mean 'approve'"),
    ("leads --databse x", 2, "--database"),
    ("show", 2, "Missing argument 'LEAD'"),
    ("run leads.csv", 2, "Missing option '--campaign'"),
    ("approvals --state soon", 3, "there is no state 'soon'; there are: pending"),
    ("approve 00000000", 5, "no lead goes by '00000000'; `dealwright leads` lists all of them"),
    ("reject 00000000 --because no", 5, "no lead goes by"),
    ("edit nobody", 5, "no lead goes by 'nobody'"),
    ("done 00000000", 5, "no open task goes by '00000000'; `dealwright tasks` lists them"),
    ("show nobody", 5, "no lead goes by 'nobody'"),
    ("explain nobody", 5, "no lead goes by 'nobody'"),
    ("pause nobody", 5, "no lead goes by 'nobody'"),
    ("resume nobody", 5, "no lead goes by 'nobody'"),
    ("retry nobody writer", 5, "no lead goes by 'nobody'"),
    ("runs nobody", 5, "no lead goes by 'nobody'"),
    ("runs --outcome good", 3, "no run ends 'good'; there are: done, reused"),
    ("runs --packet 00000000", 5, "no run goes by '00000000'"),
    ("costs --by moon", 3, "costs are not kept by 'moon'; there are: lead, agent"),
    ("export out --format xml", 3, "there is no format 'xml'; there are: csv, json"),
    ("leads --workspace Nope!", 3, "DEALWRIGHT_WORKSPACE"),
    ("leads --department nowhere", 3, "there is no department 'nowhere'"),
    ("audit verfy", 2, "Did you mean 'verify'"),
    ("work --department sales --limit 3", 2, "No such option: --limit"),
]


@pytest.mark.parametrize(("typed", "code", "sentence"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_in_a_sentence(
    dealwright: Typist, typed: str, code: int, sentence: str
) -> None:
    said = dealwright(*typed.split())
    assert said.code == code, said.flat
    assert sentence in " ".join(said.err.replace("│", " ").split())
    assert "Traceback" not in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("mysql://x", 3, "a database of the kind 'mysql' is not supported"),
        ("nonsense", 3, "is no database address"),
        ("sqlite:////nowhere/at/all.db", 3, "there is no database at /nowhere/at/all.db yet"),
    ],
)
def test_a_database_that_cannot_be_had_is_told(
    fresh: Typist, address: str, code: int, sentence: str
) -> None:
    said = fresh("leads", "--database", address, store=False)
    assert (said.code, sentence in said.flat) == (code, True), said.flat


def test_a_file_that_is_no_database_is_told(fresh: Typist) -> None:
    fresh.database.write_text("not a database at all, but long enough to be read as one" * 40)
    said = fresh("leads")
    assert said.code in {1, 3}
    assert "not a database" in said.err


def test_a_missing_leads_file_is_told(fresh: Typist) -> None:
    said = fresh("run", "nowhere.csv", "-c", str(CAMPAIGN))
    assert (said.code, "nowhere.csv" in said.err) == (3, True)


def test_a_campaign_is_checked_before_anything_is_imported(
    fresh: Typist, leads: Path, tmp_path: Path
) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_text(CAMPAIGN.read_text("utf-8").replace("weight: 30", "wieght: 30"), "utf-8")
    said = fresh("run", str(leads), "-c", str(path))
    assert said.code == 3
    assert "did you mean 'weight'" in said.err
    assert not fresh.database.exists()


def test_a_mapping_is_checked(fresh: Typist, leads: Path) -> None:
    said = fresh("run", str(leads), "-c", str(CAMPAIGN), "--map", "company")
    assert (said.code, "write --map field=Column" in said.err) == (3, True)


def test_a_product_that_does_not_fit_its_slot_is_refused(
    dealwright: Typist, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("tier: boiling\n", encoding="utf-8")
    lead = dealwright("leads", "--json").json[0]["id"]
    said = dealwright("inject", lead, "qualification", str(path))
    assert (said.code, "wrong.yaml:1: tier" in said.err) == (3, True)
    none = dealwright("inject", lead, "moon", str(path))
    assert (none.code, "there is no slot 'moon'; there are:" in none.err) == (5, True)
    nobody = dealwright("retry", lead, "moonreader")
    assert (nobody.code, "there is no agent 'moonreader'" in nobody.err) == (5, True)


def test_a_folder_that_cannot_be_written_to_is_told(dealwright: Typist, tmp_path: Path) -> None:
    full = tmp_path / "file"
    full.write_text("x")
    said = dealwright("export", str(full / "below"))
    assert said.code == 1
    assert "Not a directory" in said.err


def test_another_departments_lead_is_not_touched(dealwright: Typist, tmp_path: Path) -> None:
    said = dealwright("init", str(tmp_path / "mine"), store=False)
    assert said.code == 0
    table = tmp_path / "mine" / "department" / "department.yaml"
    text = table.read_text("utf-8").replace("department: sales", "department: other")
    table.write_text(text, encoding="utf-8")
    lead = dealwright("leads", "--json").json[0]["id"]
    refused = dealwright("explain", lead, "--department", str(table.parent))
    assert refused.code == 3
    assert "is worked by the department 'sales'" in refused.err
    assert dealwright("retry", lead, "synthesizer", "--later").code == 0
    other = dealwright("work", "--department", str(table.parent), "--json").json
    assert (other["worked"]["turns"], other["leads"]) == (0, [])
    assert dealwright("work", "--json").json["worked"]["turns"] == 1

"""A line may say on what ground its person may be written to: wholly, or it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealwright.triggers.inbound import read_form
from dealwright.triggers.leads_file import read
from tests.triggers.files import leads_in, workbook, written

HEADER = "Company,E-mail,lawful_basis,lawful_evidence,lawful_since,lawful_until,lawful_subscriber"
ANN = "Acme,ann@acme.example"


def test_a_line_carries_its_persons_own_ground(tmp_path: Path) -> None:
    file = leads_in(
        tmp_path,
        f"{HEADER}\n{ANN},consent,form 7,2026-03-14,2027-03-14,sole_trader\n"
        "Bolt,bo@bolt.example,,,,,\n",
    )
    ann, bo = file.leads
    assert ann.ground == {
        "basis": "consent",
        "evidence": "form 7",
        "since": "2026-03-14",
        "until": "2027-03-14",
    }
    assert (ann.subscriber, ann.lead.record) == ("sole_trader", ())
    assert (bo.ground, bo.subscriber) == (None, None)


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("Legal basis,Consent source,Consent date", "opt-in,form 7,2026-03-14 09:30:00"),
        ("Rechtsgrundlage,Einwilligungsquelle,Einwilligung vom", "Einwilligung,form 7,14.03.2026"),
        ("Base légale,Preuve du consentement,Date du consentement", "Consentement,form 7,20260314"),
        ("Base jurídica,Origen del consentimiento,optin date", "consentimiento,form 7,14. 3. 2026"),
    ],
)
def test_columns_and_words_are_recognised_as_people_write_them(
    tmp_path: Path, columns: str, cells: str
) -> None:
    (lead,) = leads_in(tmp_path, f"Company,{columns}\nAcme,{cells}\n").leads
    assert lead.ground == {"basis": "consent", "evidence": "form 7", "since": "2026-03-14"}


def test_a_column_of_any_name_is_taken_for_a_ground_if_one_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "Company,Basis,Where,When\nAcme,contract,no. 12,2026-03-14\n")
    mapping = {"lawful_basis": "Basis", "lawful_evidence": "Where", "lawful_since": "When"}
    assert read(path).leads[0].ground is None
    told = read(path, mapping=mapping).leads[0].ground
    assert told == {"basis": "contract", "evidence": "no. 12", "since": "2026-03-14"}


def test_a_workbook_says_it_alike(tmp_path: Path) -> None:
    rows = [HEADER.split(","), ["Acme", "a@b.example", "consent", "form 7", "2026-03-14", "", ""]]
    (lead,) = read(workbook(tmp_path / "leads.xlsx", rows)).leads
    assert lead.ground == {"basis": "consent", "evidence": "form 7", "since": "2026-03-14"}


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ("yes,form 7,2026-03-14,,", "lawful_basis", '"yes" is no ground this import knows'),
        ("consent,,2026-03-14,,", "lawful_evidence", "fill it in"),
        ("consent,form 7,,,", "lawful_since", "fill it in"),
        (",form 7,2026-03-14,,", "lawful_basis", "fill it in"),
        (",,,2027-03-14,", "lawful_basis", "fill it in"),
        ("consent,form 7,03/04/2026,,", "lawful_since", "write it as 2026-03-14"),
        ("consent,form 7,2026-02-30,,", "lawful_since", "is no day"),
        ("consent,form 7,31.02.2026,,", "lawful_since", "is no day"),
        ("consent,form 7,2026-03-14,2026-03-13,", "lawful_until", "before it begins"),
        (f"consent,{'x' * 301},2026-03-14,,", "lawful_evidence", "at most 300"),
        (",,,,newsletter", "lawful_subscriber", "neither `company` nor `sole_trader`"),
    ],
)
def test_a_ground_that_is_not_whole_spoils_its_line_only(
    tmp_path: Path, cells: str, field: str, reason: str
) -> None:
    file = leads_in(tmp_path, f"{HEADER}\n{ANN},{cells}\nBolt,bo@bolt.example,,,,,\n")
    assert [lead.lead.company for lead in file.leads] == ["Bolt"]
    told = [(p.line, p.field) for p in file.problems if reason in p.reason]
    assert (2, field) in told, file.problems


def test_of_two_lines_about_a_person_the_first_ground_counts_and_none_is_lost(
    tmp_path: Path,
) -> None:
    file = leads_in(
        tmp_path,
        f"{HEADER}\n{ANN},,,,,\n{ANN},consent,form 7,2026-03-14,,company\n"
        f"{ANN},contract,no. 12,2026-05-01,,sole_trader\n{ANN},,,,,\n",
    )
    (ann,) = file.leads
    assert ann.ground == {"basis": "consent", "evidence": "form 7", "since": "2026-03-14"}
    assert ann.subscriber == "company"
    assert [merged.added for merged in file.merged] == [("ground", "subscriber"), (), ()]


@pytest.mark.parametrize("basis", ["consent", "nonsense"])
def test_whoever_fills_in_a_form_cannot_say_what_somebody_agreed_to(basis: str) -> None:
    stranger = {
        "email": "ann@acme.example",
        "lawful_basis": basis,
        "Consent source": "I say so",
        "lawful_since": "2026-03-14",
        "lawful_subscriber": "company",
    }
    form = read_form(stranger)
    assert (form.lead.ground, form.lead.subscriber) == (None, None)

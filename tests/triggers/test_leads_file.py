"""A file of leads is read whatever its form, and each line is taken whole or not at all."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dealwright.errors import BadInput, BadLeads
from dealwright.triggers import lead_columns
from dealwright.triggers.leads_file import read
from tests.triggers.files import HEADER, leads_in, outcome, workbook, written

ROWS = (
    ("Firma", "Vorname", "Nachname", "E-Mail-Adresse", "Ort", "Bemerkung"),
    ("Müller & Söhne GmbH", "Jörg", "Weiß", "joerg@mueller.example", "Köln", "größter Kunde"),
    ("Transports Bélair", "Hélène", "Noël", "helene@belair.example", "Orléans", "à revoir"),
    ("Plain Freight", "Ann", "Bee", "ann@plain.example", "Leeds", 'says "hi", often'),
)


def quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(mark in cell for mark in ',;\t"') else cell


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(map(quoted, row)) for row in ROWS)
    file = read(written(tmp_path, text, encoding))
    assert file.problems == ()
    assert [
        (new.lead.company, new.lead.first_name, new.lead.city, new.lead.record[0][1])
        for new in file.leads
    ] == [(row[0], row[1], row[4], row[5]) for row in ROWS[1:]]


@pytest.mark.parametrize(
    ("encoding", "cell"),
    [
        ("mac_roman", "Jörg Müller-Weiß"),
        ("cp850", "Café René Hélène"),
        ("cp1250", "Żółw Łódź Świętosława"),
        ("cp1251", "Алексей Наталья"),
        ("utf-32", "Zoë Ødegård"),
    ],
)
def test_older_and_rarer_encodings_are_found(tmp_path: Path, encoding: str, cell: str) -> None:
    file = read(written(tmp_path, f"company,email\n{cell},jo@acme.example\n", encoding))
    assert [new.lead.company for new in file.leads] == [cell]


def test_one_damaged_letter_spoils_its_line_only(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes("company\nMüller\nGröger\n".encode() + b"K\xf6hler\n")
    file = read(path)
    assert [new.lead.company for new in file.leads] == ["Müller", "Gröger"]
    assert list(map(str, file.problems)) == [
        'line 4, company: "K�hler" holds a letter that was lost when the file was saved'
    ]


def test_a_workbook_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    rows = [
        ("Our leads",),
        ("Company", "Phone", "Country", "Founded", "E-mail"),
        ("Acme", 498912345678, "DE", 1999.0, "jo@acme.example"),
        ("", "", "", "", ""),
        ("Bolt", "call me", "Germany", "", ""),
    ]
    file = read(workbook(tmp_path / "leads.xlsx", rows, first_row=3))
    (new,) = file.leads
    assert (new.line, new.phone, new.lead.record) == (5, "+498912345678", (("Founded", "1999"),))
    assert list(map(str, file.problems)) == [
        'line 7, phone: "call me" is no telephone number',
    ]
    assert file.form == 'sheet "Leads"'


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    file = leads_in(
        tmp_path,
        'Leads of May\n\ncompany,email,notes\nAcme,jo@acme.example,"two\nlines"\n\n'
        "Bolt,nobody,\nCold,x@cold.example,\n",
    )
    assert [(new.line, new.lead.company) for new in file.leads] == [(4, "Acme"), (8, "Cold")]
    assert [problem.line for problem in file.problems] == [7]
    assert file.header_line == 3


def test_a_bad_line_is_rejected_whole_with_every_reason(tmp_path: Path) -> None:
    file = leads_in(tmp_path, f"{HEADER}\nAcme,J0hn,Bee,jo@,ftp://acme.example,12,Oz,fine\n")
    assert file.leads == ()
    assert [(p.field, p.value, p.reason) for p in file.problems] == [
        ("first_name", "J0hn", "\"J0hn\" holds '0', which no name has"),
        (
            "email",
            "jo@",
            '"jo@" is no e-mail address: There must be something after the @-sign.',
        ),
        (
            "website",
            "ftp://acme.example",
            '"ftp://acme.example" begins with ftp:, only http and https are read',
        ),
        ("country", "Oz", '"Oz" is no country this import knows; write a code such as "DE"'),
        (
            "phone",
            "12",
            '"12" does not say its country; begin it with + and the country\'s code, or fill in '
            "the country",
        ),
    ]


def test_duplicates_are_merged_and_told(tmp_path: Path) -> None:
    file = leads_in(
        tmp_path,
        f"{HEADER}\n"
        "Acme,Ann,Bee,Ann.Bee+fair@gmail.com,,,UK,\n"
        "Other name,Anna,Bee,annbee@googlemail.com,acme.example,+44 20 7946 0000,FR,likes tea\n"
        "Bolt,Cy,Dee,,bolt.example,,,\n"
        "Bolt Ltd,CY,DEE,cy@bolt.example,www.bolt.example,,,\n",
    )
    ann, cy = file.leads
    assert (ann.lead.company, ann.lead.country, ann.phone) == ("Acme", "GB", "+442079460000")
    assert (ann.lead.domain, ann.lead.record) == ("acme.example", (("Notes", "likes tea"),))
    assert (cy.email, cy.lead.company) == ("cy@bolt.example", "Bolt")
    assert [(merged.line, merged.into, merged.added) for merged in file.merged] == [
        (3, 2, ("domain", "website", "record", "phone")),
        (5, 4, ("email",)),
    ]
    assert file.problems == ()


def test_two_people_of_one_name_keep_their_mailboxes(tmp_path: Path) -> None:
    file = leads_in(tmp_path, f"{HEADER}\nA,Jo,Li,jo@a.example,,,,\nA,Jo,Li,jo.li@a.example,,,,\n")
    assert [new.email for new in file.leads] == ["jo@a.example", "jo.li@a.example"]


def test_columns_are_told(tmp_path: Path) -> None:
    file = leads_in(
        tmp_path,
        "Société;Prénom;Nom;Courriel;Courriel 2;Fax;Secteur;\nA;Zoé;Roy;z@a.example;;;Bois;\n",
    )
    assert file.columns.fields == {
        "Société": "company",
        "Prénom": "first_name",
        "Nom": "last_name",
        "Courriel": "email",
    }
    assert list(file.columns.record.values()) == ["Secteur"]
    assert file.columns.withheld == ("Courriel 2", "Fax")


def test_a_mapping_goes_before_the_names(tmp_path: Path) -> None:
    path = written(tmp_path, "Company;Buyer;Which\nholding;Acme;x\n")
    file = read(path, mapping={"company": "buyer"})
    assert file.leads[0].lead.company == "Acme"
    assert ("Company", "holding") in file.leads[0].lead.record


def test_agents_never_see_addresses(tmp_path: Path) -> None:
    file = leads_in(
        tmp_path, "company,phone,mobile,notes\nAcme,,+44 20 7946 0000,ask jo@acme.example first\n"
    )
    (new,) = file.leads
    assert new.phone == "+442079460000"
    assert new.lead.record == (("notes", "ask [e-mail address] first"),)


def test_a_default_country_dials_numbers_without_one(tmp_path: Path) -> None:
    path = written(tmp_path, "company,phone\nAcme,089 1234567\n")
    assert read(path, default_country="Germany").leads[0].phone == "+49891234567"


def test_a_long_text_is_kept_in_pieces(tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    (new,) = leads_in(tmp_path, f"company,about\nAcme,{text}\n").leads
    assert " ".join(piece for _, piece in new.lead.record) == text


def test_a_huge_cell_costs_only_its_own_line(tmp_path: Path) -> None:
    file = leads_in(tmp_path, f"company,about\nA,{'x' * 5_000_000}\nB,ok\n")
    assert [new.lead.company for new in file.leads] == ["B"]
    assert list(map(str, file.problems)) == [
        "line 2: a cell has more than 131,072 characters, or a quotation mark is never closed; "
        "line 2 was not read"
    ]


SENTENCES = {
    "": "leads.csv is empty",
    " \n\n": "leads.csv is empty",
    "company,email\n": "leads.csv names its columns in line 1, and no lead below",
    "Acme,jo@acme.example\n": (
        "leads.csv: no row names the columns. Put a row above the leads that does, with `company` "
        "or `email` among them, or say which is which with --map company=COLUMN. First row: Acme, "
        "jo@acme.example"
    ),
    "Vorname;Kundin\nJo;Acme\n": (
        "leads.csv:1: no column tells the company. One of Vorname, Kundin may be it: say so with "
        "--map company=COLUMN (or website=, domain=, email=)"
    ),
    "%PDF-1.7": "leads.csv is a PDF document; leads come as CSV, TSV or XLSX",
    "\x00\x01\x02\x03abc": "leads.csv is no text file; leads come as CSV, TSV or XLSX",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadLeads) as caught:
        leads_in(tmp_path, text)
    assert str(caught.value) == SENTENCES[text]


def test_things_that_are_no_files_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadLeads, match="is a folder; name the file in it"):
        read(tmp_path)
    with pytest.raises(BadLeads, match="cannot be read: No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(BadLeads, match="cannot be read"):
        read(tmp_path / "nul\x00.csv")


def test_archives_say_what_to_do(tmp_path: Path) -> None:
    packed, folder, broken = (tmp_path / name for name in ("a.gz", "a.zip", "a.xlsx"))
    packed.write_bytes(gzip.compress(b"company\nAcme\n"))
    with zipfile.ZipFile(folder, "w") as archive:
        archive.writestr("leads.csv", "company\nAcme\n")
    broken.write_bytes(workbook(tmp_path / "b.xlsx", [("company",), ("A",)]).read_bytes()[:300])
    for path, sentence in (
        (packed, "a.gz is a compressed file; unpack it first; leads come as CSV, TSV or XLSX"),
        (
            folder,
            "a.zip is a ZIP archive, not an XLSX workbook; unpack it, or save it as XLSX or CSV",
        ),
        (broken, "a.xlsx is damaged: File is not a zip file"),
    ):
        with pytest.raises(BadLeads) as caught:
            read(path)
        assert str(caught.value) == sentence


def test_a_mapping_that_fits_nothing_lists_what_exists(tmp_path: Path) -> None:
    path = written(tmp_path, "Firma,Ort\nAcme,Ulm\n")
    with pytest.raises(BadInput) as unknown_field:
        read(path, mapping={"compny": "Firma"})
    assert str(unknown_field.value) == (
        "a lead has no field 'compny'; did you mean 'company'? There are: "
        + ", ".join(lead_columns.FIELDS)
    )
    with pytest.raises(BadInput) as unknown_column:
        read(path, mapping={"company": "Kunde"})
    assert str(unknown_column.value) == (
        "leads.csv has no column 'Kunde' for company. It has: Firma, Ort"
    )
    with pytest.raises(BadInput, match="the default country"):
        read(path, default_country="Oz")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noise=st.binary(max_size=300), headed=st.booleans())
@example(noise=b'"', headed=True)
@example(noise=b"PK\x03\x04", headed=False)
@example(noise=b"\xff\xfe\x00", headed=False)
def test_any_bytes_are_leads_or_a_sentence(tmp_path: Path, noise: bytes, *, headed: bool) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes((HEADER.encode() + b"\n" if headed else b"") + noise)
    file, sentence = outcome(lambda: read(path))
    if file is None:
        assert sentence.startswith("noise.csv")
    else:
        lines = {new.line for new in file.leads} | {problem.line for problem in file.problems}
        assert min(lines) > file.header_line


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", '<c r="A1"/><c r="XFD1048576"/>')
    with pytest.raises(BadLeads) as caught:
        read(path)
    assert str(caught.value) == (
        "far.xlsx has a cell in row 1,048,576 and one in column 16,384; that is more than can be "
        "read. Delete what stands far from the leads, or save the sheet as CSV"
    )


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 1500), noise=st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, at: int, noise: bytes) -> None:
    path = workbook(tmp_path / "book.xlsx", [("company", "email"), ("Acme", "jo@acme.example")])
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    file, sentence = outcome(lambda: read(path))
    assert file or sentence.startswith("book.xlsx")

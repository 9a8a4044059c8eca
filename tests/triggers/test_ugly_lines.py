"""Lines as real files have them: what is made of each, or why it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealwright.store.intake import NewLead
from dealwright.triggers.lead_line import Problem
from tests.triggers.files import HEADER, leads_in, one

TAKEN = {
    "  Acme  ,Jo,Bee,,,,,": ("company", "Acme"),
    "Ac\u00a0me\u200b,Jo,Bee,,,,,": ("company", "Ac me"),
    "\uff21\uff43\uff4d\uff45,,,,,,,": ("company", "Acme"),
    "M&uuml;ller &amp;amp; Co,,,,,,,": ("company", "Müller & Co"),
    "IBM,,,,,,,": ("company", "IBM"),
    '="0815 GmbH",,,,,,,': ("company", "0815 GmbH"),
    '"Acme ""Best"" Ltd",,,,,,,': ("company", 'Acme "Best" Ltd'),
    ",,,jo@www.acme.example,,,,": ("company", "acme.example"),
    "A,VAN DER,BERG,,,,,": ("first_name", "van der"),
    "A,,VAN DER BERG,,,,,": ("last_name", "van der Berg"),
    "A,JEAN-PIERRE,X,,,,,": ("first_name", "Jean-Pierre"),
    "A,,O’NEIL,,,,,": ("last_name", "O’Neil"),
    "A,,MCDONALD,,,,,": ("last_name", "McDonald"),
    "A,n/a,-,,,,,": ("first_name", None),
    "A,,,jo@acme.example,,,,": ("domain", "acme.example"),
    "A,,,jo@gmail.com,,,,": ("domain", None),
    "A,,,jo@gmail.com,acme.example,,,": ("domain", "acme.example"),
    "A,,,,WWW.Acme.EXAMPLE:8080/about?x=1#top,,,": ("domain", "acme.example"),
    "B,,,,WWW.Acme.EXAMPLE:8080/about?x=1#top,,,": (
        "website",
        "https://www.acme.example:8080/about?x=1",
    ),
    "A,,,,http://müller.example,,,": ("domain", "xn--mller-kva.example"),
    "B,,,jo@acme.example,,,,": ("website", "https://acme.example/"),
    "A,,,jo@acme.example,https://www.linkedin.com/company/acme,,,": (
        "website",
        "https://acme.example/",
    ),
    "A,,,,https://www.linkedin.com/company/acme,,,": (
        "record",
        (("website", "https://www.linkedin.com/company/acme"),),
    ),
    "A,,,Jo Bee <jo@acme.example>,,,,": ("email", "jo@acme.example"),
    "A,,,mailto:JO@ACME.EXAMPLE,,,,": ("email", "JO@acme.example"),
    "A,,,j.o+x@googlemail.com,,,,": ("email_key", "jo@gmail.com"),
    "A,,,jörg@müller.example,,,,": ("email_key", "jörg@xn--mller-kva.example"),
    "A,,,,,+49 (0)89 / 12 34-567,,": ("phone", "+49891234567"),
    "A,,,,,0049 89 1234567,,": ("phone", "+49891234567"),
    "A,,,,,(212) 555-0100 ext. 5,USA,": ("phone", "+12125550100"),
    "A,,,,,'089 1234567,DE,": ("phone", "+49891234567"),
    "A,,,,,,Österreich,": ("country", "AT"),
    "A,,,,,,OESTERREICH,": ("country", "AT"),
    "A,,,,,,the Netherlands,": ("country", "NL"),
    "A,,,,,,États-Unis,": ("country", "US"),
    "A,,,,,,deu,": ("country", "DE"),
    "A,,,,,,U.K.,": ("country", "GB"),
    "A,,,,,,Germany,": ("timezone", "Europe/Berlin"),
    "A,,,,,,USA,": ("timezone", None),
    'A,,,,,,,"two\r\nlines\tand  more"': ("record", (("Notes", "two lines and more"),)),
    "A,,,,,,,- great! | call": ("record", (("Notes", "- great! | call"),)),
    "A,,,,,,,": ("record", ()),
}

REFUSED = {
    "A,Jo,Bee,,,,": "line 2: has 7 cells where the header has 8; put text that holds the separator "
    "in quotation marks",
    "Acme, Inc.,Jo,Bee,,,,,": "line 2: has 9 cells where the header has 8; put text that holds the "
    "separator in quotation marks",
    "Ann,Lee, Acme,,,,,,": "line 2: has 9 cells where the header has 8; put text that holds the "
    "separator in quotation marks",
    ",Jo,Bee,jo@gmail.com,,,,": "line 2, company: nothing in this line tells the company; fill it "
    "in",
    "=cmd|' /C calc'!A0,,,,,,,": "line 2, company: \"=cmd|' /C calc'!A0\" is a formula, not a "
    "value; paste it as a value",
    "A,,,,,,,@SUM(1)": 'line 2, Notes: "@SUM(1)" is a formula, not a value; paste it as a value',
    "A,,,,,,,#REF!": 'line 2, Notes: is "#REF!", an error of the spreadsheet; mend or empty the '
    "cell",
    "A\x00B,,,,,,,": "line 2, company: holds a control character (U+0000); remove it",
    "A,Jo https://x.example,,,,,,": 'line 2, first_name: "Jo https://x.example" holds a web '
    "address; write plain text",
    "A,Win at evil.com,,,,,,": 'line 2, first_name: "Win at evil.com" holds an address, not only a '
    "name",
    "A,<b>Jo</b>,,,,,,": 'line 2, first_name: "<b>Jo</b>" holds markup; write plain text',
    "&lt;script&gt;,,,,,,,": 'line 2, company: "<script>" holds markup; write plain text',
    'A,"Jo\nBcc: x",,,,,,': 'line 2, first_name: "Jo Bcc: x" stands on several lines; write it on '
    "one",
    "A,Jo123,,,,,,": "line 2, first_name: \"Jo123\" holds '1', which no name has",
    "A,...,,,,,,": 'line 2, first_name: "..." holds no letter',
    f"A,{'x' * 81},,,,,,": "line 2, first_name: has 81 characters; at most 80 are allowed",
    f"{'x' * 5000},,,,,,,": "line 2, company: has 5,000 characters; a cell has at most 4,000",
    "A,,,jo@a.example; al@a.example,,,,": 'line 2, email: "jo@a.example; al@a.example" is not one '
    "address; leave one in the cell",
    "A,,,,http://10.0.0.1/,,,": 'line 2, website: "http://10.0.0.1/" holds no domain; write it '
    "like acme.example",
    "A,,,,javascript:alert(1),,,": 'line 2, website: "javascript:alert(1)" begins with '
    "javascript:, only http and https are read",
    "A,,,,http://jo:pw@acme.example/,,,": 'line 2, website: "http://jo:pw@acme.example/" is no web '
    "address",
    "A,,,,acme .example,,,": 'line 2, website: "acme .example" is no web address: it holds a space',
    "A,,,,,4.98912E+11,DE,": 'line 2, phone: "4.98912E+11" was rounded by a spreadsheet; format '
    "the column as text",
    "A,,,,,+999 123456,,": 'line 2, phone: "+999 123456" is no telephone number',
    'A"B,"x"y,,,,,,': "line 2: a quotation mark inside a quoted cell: write it twice; line 2 was "
    "not read",
    'A,"Jo\nB,Al': "line 2: a quotation mark opens here and is never closed; lines 2 to 3 were not "
    "read",
}


def value_of(new: NewLead, name: str) -> object:
    return getattr(new, name) if hasattr(new, name) else getattr(new.lead, name)


@pytest.mark.parametrize("line", TAKEN)
def test_an_ugly_line_becomes_a_clean_lead(tmp_path: Path, line: str) -> None:
    name, value = TAKEN[line]
    new = one(tmp_path, line)
    assert isinstance(new, NewLead), str(new)
    assert value_of(new, name) == value


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_that_cannot_be_used_says_why(tmp_path: Path, line: str) -> None:
    problem = one(tmp_path, line)
    assert isinstance(problem, Problem)
    assert str(problem) == REFUSED[line]


def test_a_bad_line_costs_no_other(tmp_path: Path) -> None:
    bad = [line for line in REFUSED if line.count('"') % 2 == 0]
    file = leads_in(tmp_path, "\n".join([HEADER, *bad, "Last,,,,,,,", ""]))
    assert [new.lead.company for new in file.leads] == ["Last"]


def test_a_header_that_stands_again_is_no_lead(tmp_path: Path) -> None:
    file = leads_in(tmp_path, f"{HEADER}\nA,,,,,,,\n{HEADER}\n,,,,,,,\nB,,,,,,,\n")
    assert [new.lead.company for new in file.leads] == ["A", "B"]
    assert file.problems == ()


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("sep=;\ncompany;notes\nAcme;a,b\n", "Acme"),
        ("Kunden 2026;;\nFirma;Ort;Notiz\nAcme;Ulm;a,b,c\n", "Acme"),
        ("company;note, in, parts\nAcme;a, b, c\nAcme;d, e, f\n", "Acme"),
        ("company\nAcme\n", "Acme"),
        ("company|email\nAcme, Inc|jo@acme.example\n", "Acme, Inc"),
        ("COMPANY NAME;E_MAIL\r\nAcme;jo@acme.example\r\n", "Acme"),
        ("company,email\rAcme,jo@acme.example\r", "Acme"),
        ("company,,email,\nAcme,,jo@acme.example,\n", "Acme"),
    ],
)
def test_an_ugly_head_is_understood(tmp_path: Path, text: str, company: str) -> None:
    assert [new.lead.company for new in leads_in(tmp_path, text).leads] == [company]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Dr. Anna-Lena von der Leyen", "Anna-Lena", "von der Leyen"),
        ("SMITH, JOHN", "John", "Smith"),
        ("Prof. Dr. Kim", None, "Kim"),
        ("Cher", "Cher", None),
        ("Frau Dr. Ute Groß", "Ute", "Groß"),
        ("Mary Jane Watson", "Mary Jane", "Watson"),
        ("DE LA CRUZ, MARÍA", "María", "de la Cruz"),
        (",", None, None),
    ],
)
def test_a_full_name_is_split(
    tmp_path: Path, name: str, first: str | None, last: str | None
) -> None:
    (new,) = leads_in(tmp_path, f'company;contact\nAcme;"{name}"\n').leads
    assert (new.lead.first_name, new.lead.last_name) == (first, last)

"""The sample: some thirty made-up companies, and the leads file that goes with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import cast

from dealwright.errors import BadInput
from dealwright.rehearsal.sites_company import Company
from dealwright.yaml_lines import load_text

COLUMNS = (
    *("Company", "Website", "First name", "Last name", "Title", "Email", "Phone"),
    *("Country", "City", "Language", "Industry", "Employees"),
)
INDUSTRY_KNOWN, SIZE_KNOWN = 2, 5
"""Every which lead's line says the industry, and the number of employees."""


def sample_companies() -> tuple[Company, ...]:
    """Return the companies that ship with the product."""
    text = files("dealwright.rehearsal").joinpath("sites_sample.yaml").read_text("utf-8")
    entries = cast("list[object]", load_text(text, "sites_sample.yaml", BadInput).data)
    return tuple(Company.model_validate(entry) for entry in entries)


def leads_csv(companies: Sequence[Company]) -> str:
    """Return a leads file as people have them: one line each, two of them twice, one broken."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    lines = [_line(number, company) for number, company in enumerate(companies)]
    rows.writerows(lines)
    rows.writerows(_again(companies))
    rows.writerow(["Nowhere Ltd", "nowhere", "Pat", "", "", "pat(at)nowhere", *[""] * 6])
    return written.getvalue()


def _line(number: int, company: Company) -> list[str]:
    person = company.person
    return [
        company.name,
        f"http://{company.domain}/",
        person.first,
        person.last,
        person.title,
        company.address,
        "",
        company.country,
        company.city,
        company.language,
        company.industry if number % INDUSTRY_KNOWN == 0 else "",
        str(company.employees) if number % SIZE_KNOWN == 0 else "",
    ]


def _again(companies: Sequence[Company]) -> Iterator[list[str]]:
    """Yield two of the leads once more, as somebody else once typed them."""
    for company in companies[1:3]:
        person = company.person
        mail = f"{person.mailbox}+news@{company.domain}".upper()
        name = [person.first.upper(), person.last.upper()]
        yield [company.name, f"www.{company.domain}", *name, "", mail, *[""] * 6]

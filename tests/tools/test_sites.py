"""The rehearsal's sites are many, varied, the same each time, and told apart by name alone."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from dealwright.errors import NotThere
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_company import Company
from dealwright.rehearsal.sites_pages import SiteBuilder
from dealwright.rehearsal.sites_sample import COLUMNS, leads_csv, sample_companies
from dealwright.tools.web import Site
from tests.tools.conftest import NOON, Opened


def test_the_sample_is_large_and_varied() -> None:
    companies = sample_companies()
    assert len(companies) >= 30
    assert len({company.domain for company in companies}) == len(companies)
    assert all(company.domain.endswith(".example") for company in companies)
    assert {company.language for company in companies} == {"en", "de", "fr", "es"}
    fits = Counter(company.fit for company in companies)
    assert min(fits["hot"], fits["warm"], fits["cold"]) >= 8
    assert sum(company.structured_employees is not None for company in companies) >= 2


def test_the_leads_file_names_each_company_and_has_its_flaws() -> None:
    companies = sample_companies()
    rows = list(csv.DictReader(io.StringIO(leads_csv(companies))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["Company"] for row in rows} >= {company.name for company in companies}
    twice = [name for name, count in Counter(row["Company"] for row in rows).items() if count > 1]
    assert len(twice) == 2
    assert [row["Email"] for row in rows if "@" not in row["Email"]] == ["pat(at)nowhere"]
    assert {row["Website"][:7] for row in rows[: len(companies)]} == {"http://"}


def test_a_site_is_the_same_for_the_same_seed_and_another_for_another(carrier: Company) -> None:
    sites = [SiteBuilder(carrier, seed, NOON.date()).build() for seed in (1, 1, 2, 3)]
    assert sites[0] == sites[1]
    assert sites[0] != sites[2] or sites[0] != sites[3]


async def test_only_its_own_companies_are_known(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        with pytest.raises(NotThere):
            await w.sites.resolver.addresses("somebody-else.example")
        assert await w.sites.resolver.addresses("www.harrow.example") == ("127.0.0.1",)


async def test_a_site_can_be_broken_and_mended(world: Opened, carrier: Company) -> None:
    async with world(carrier) as w:
        w.sites.break_host(carrier.domain, "missing", "/x")
        site = Site(carrier.domain)
        with pytest.raises(NotThere):
            await w.web.page("a", f"http://{carrier.domain}/x", site)
        w.sites.mend_host(carrier.domain)
        page = await w.web.page("a", f"http://www.{carrier.domain}/", site)
        assert page.answer.status == 200
        assert w.sites.requests[-1] == (f"www.{carrier.domain}", "/")


def test_sites_are_served_inside_the_block_only(carrier: Company) -> None:
    with pytest.raises(AssertionError, match="inside `async with` only"):
        _ = CompanySites([carrier], today=NOON.date()).guard

"""Every claim of every draft leads to a stored fact with its source and quote, or to a proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from dealwright.rehearsal.sites_sample import sample_companies
from tests.cli.conftest import Typist, quiet_again
from tests.scenarios.office import CAMPAIGN

__all__ = ["quiet_again"]

PROOFS = {f"proof.{proof.id}": proof for proof in CAMPAIGN.offer.proof_points}
HOSTS = {host for company in sample_companies() for host in company.hosts}

Shown = Mapping[str, Any]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Return what `show --json` says of every lead of the demo."""
    dealwright = Typist(tmp_path_factory.mktemp("demo"), None)
    assert dealwright("demo", "--json").code == 0
    leads = dealwright("leads", "--json").json
    assert len(leads) == len(sample_companies())
    return [dealwright("show", lead["id"], "--json").json for lead in leads]


def claims(shown: list[Shown]) -> Iterator[tuple[Shown, Shown]]:
    for lead in shown:
        for draft in lead["drafts"].values():
            for variant in draft:
                yield from ((lead, s) for s in variant["sentences"] if s["role"] == "claim")


def test_every_claim_rests_on_a_stored_fact_or_an_approved_proof(shown: list[Shown]) -> None:
    checked = 0
    for lead, claim in claims(shown):
        assert claim["rests_on"], claim
        stored = {fact["id"]: fact for fact in lead["facts"]}
        for basis in claim["rests_on"]:
            checked += 1
            if proof := PROOFS.get(basis["id"]):
                assert basis["value"] == proof.text
                continue
            fact = stored[basis["id"]]
            for field in ("value", "source", "quote", "confidence"):
                assert basis[field] == fact[field]
            assert fact["quote"]
            where = urlsplit(str(fact["source"]))
            assert where.hostname in HOSTS or fact["source"] == "record:import"
    assert checked > 100


def test_every_fact_comes_from_the_companys_own_site_or_the_record(shown: list[Shown]) -> None:
    for lead in shown:
        for fact in lead["facts"]:
            host = urlsplit(str(fact["source"])).hostname or ""
            assert host.removeprefix("www.") in {"", lead["lead"]["domain"]}, fact


def test_every_lead_that_is_not_cold_has_a_draft_that_a_person_was_asked_about(
    shown: list[Shown],
) -> None:
    for lead in shown:
        asked = {a["slot"] for a in lead["approvals"] if a["state"] in {"pending", "approved"}}
        assert set(lead["drafts"]) <= asked, lead["lead"]
        assert bool(lead["drafts"]) == (lead["lead"]["tier"] != "cold")

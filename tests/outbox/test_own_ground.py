"""A person's own ground goes before the campaign's, for good or ill, and no import loses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealwright.domain.intent import Intent
from dealwright.store.intake import Taken, TakenIn
from dealwright.triggers.leads_file import read
from tests.outbox.post_office import PostOffice, a_post_office

HEADER = (
    "company,first_name,email,country,timezone,"
    "lawful_basis,lawful_evidence,lawful_since,lawful_until,lawful_subscriber"
)
JO = "Nordfracht,Jo,jo@nord.example,DE,Europe/Berlin"
KIM = "Ridings,Kim,kim@ridings.example,GB,Europe/London"
NOTHING = ",,,,"
CONSENT = "consent,form 7,2026-03-14,,"


async def imported(office: PostOffice, folder: Path, *lines: str) -> list[TakenIn]:
    """Import a file with these lines."""
    path = folder / "leads.csv"
    path.write_text("\n".join((HEADER, *lines, "")), encoding="utf-8")
    file = read(path)
    assert file.problems == ()
    return await office.store.intake.leads("default", office.campaign, file.leads)


async def after_work(office: PostOffice) -> Intent:
    """Let everything leave that may; return what became of the only letter."""
    await office.work()
    await office.outbox.work()
    (intent,) = await office.intents()
    return intent


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (f"{JO},{CONSENT}", ""),
        (f"{JO},{NOTHING}", "legitimate interest is no ground there (DE, company"),
        (f"{KIM},{NOTHING}", ""),
        (f"{KIM},,,,,sole_trader", "legitimate interest is no ground there (GB, sole trader"),
        (f"{KIM},consent,form 7,2026-03-14,2026-10-31,", "the consent ended on 2026-10-31"),
        (f"{KIM},consent,form 7,2026-12-01,,", "the consent begins only on 2026-12-01"),
    ],
)
async def test_what_a_line_states_goes_before_what_the_campaign_says(
    sqlite_url: str, tmp_path: Path, line: str, held: str
) -> None:
    async with a_post_office(sqlite_url, leads=0) as office:
        await imported(office, tmp_path, line)
        intent = await after_work(office)
        assert (intent.state, held in intent.held) == ("ready" if held else "done", True)


async def test_a_letter_keeps_the_ground_it_left_on(database_url: str, tmp_path: Path) -> None:
    async with a_post_office(database_url, leads=0) as office:
        await imported(office, tmp_path, f"{JO},{CONSENT}")
        intent = await after_work(office)
        kept = str(intent.evidence["gates"])
        assert "consent since 2026-03-14, shown by form 7 (DE, company" in kept


async def test_an_import_that_says_nothing_takes_no_ground_away(
    database_url: str, tmp_path: Path
) -> None:
    async with a_post_office(database_url, leads=0) as office:
        await imported(office, tmp_path, f"{JO},{CONSENT}")
        (again,) = await imported(office, tmp_path, f"{JO},{NOTHING}")
        assert again.taken is Taken.UNCHANGED
        (half,) = await imported(office, tmp_path, f"{JO},,,,,sole_trader")
        assert half.taken is Taken.MERGED
        intent = await after_work(office)
        assert "shown by form 7 (DE, sole trader" in str(intent.evidence["gates"])


async def test_a_ground_that_is_recorded_later_lets_the_letter_go(
    database_url: str, tmp_path: Path
) -> None:
    async with a_post_office(database_url, leads=0) as office:
        await imported(office, tmp_path, f"{JO},{NOTHING}")
        assert "is no ground there" in (await after_work(office)).held
        (later,) = await imported(office, tmp_path, f"{JO},{CONSENT}")
        (same,) = await imported(office, tmp_path, f"{JO},{CONSENT}")
        assert (later.taken, same.taken) == (Taken.MERGED, Taken.UNCHANGED)
        office.clock.wind(3600)
        await office.outbox.work()
        assert [to for _, to, _ in office.wire.arrived] == ["jo@nord.example"]
        told = [row["kind"] async for table, row in office.store.views.export() if table == "event"]
        assert told.count("lead.ground") == 1

"""The file CRM: CSV in and out, harmless cells, several processes, files that are none of ours."""

from __future__ import annotations

import asyncio
import csv
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.domain.connections import CrmConnection
from dealwright.errors import BadInput, Forbidden, TryAgain
from dealwright.tools.connectors.crm_file import FileCrm
from dealwright.tools.crm.cells import defused, restored
from dealwright.tools.ports import CrmRecord
from tests.crm.worlds import FileWorld

WRITER = """
import asyncio, sys
from pathlib import Path
from dealwright.domain.connections import CrmConnection
from dealwright.tools.connectors.crm_file import FileCrm
from dealwright.tools.ports import CrmRecord

async def write(crm):
    for round in range(int(sys.argv[2])):
        for number in range(20):
            lead = CrmRecord(key=f"lead-{number}", fields={"score": f"{round}"})
            await crm.upsert(lead)
            print(number, flush=True)

asyncio.run(write(FileCrm(CrmConnection(), None, Path(sys.argv[1]))))
"""


def a_sheet(folder: Path, text: str) -> Path:
    file = folder / f"{secrets.token_hex(4)}.csv"
    file.write_bytes(text.encode())
    return file


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


async def test_customers_come_from_a_spreadsheet(file_world: FileWorld, tmp_path: Path) -> None:
    crm = file_world.crm()
    text = (
        "\ufeffE-Mail;Company;Website;Customer;Open deal;Region\r\n"
        "Ada@Acme.example;Acme;;ja;no;North\r\n;Bolt Ltd;https://www.bolt.example/shop;;x;\r\n"
    )
    assert await crm.import_csv(a_sheet(tmp_path, text)) == 2
    (ada,) = await crm.find(address="ada@acme.example")
    (bolt,) = await crm.find(domain="bolt.example")
    assert (ada.customer, ada.open_deal, ada.fields) == (True, False, {"Region": "North"})
    assert (bolt.customer, bolt.open_deal, bolt.company) == (False, True, "Bolt Ltd")


async def test_an_empty_cell_changes_nothing(file_world: FileWorld, tmp_path: Path) -> None:
    crm = file_world.crm()
    header = "key,name,address,company,customer\n"
    await crm.import_csv(a_sheet(tmp_path, header + "k1,Ada,ada@acme.example,Acme,yes\n"))
    await crm.import_csv(a_sheet(tmp_path, header + ",,ADA@acme.example,,\n"))
    await crm.import_csv(a_sheet(tmp_path, "address,score\nada@acme.example,5\n"))
    (ada,) = await crm.find(address="ada@acme.example")
    assert (ada.key, ada.name, ada.company, ada.customer) == ("k1", "Ada", "Acme", True)
    assert ada.fields == {"score": "5"}
    await crm.import_csv(a_sheet(tmp_path, "address,customer\nada@acme.example,no\n"))
    assert not (await crm.find(address="ada@acme.example"))[0].customer


async def test_a_company_comes_in_once(file_world: FileWorld, tmp_path: Path) -> None:
    crm = file_world.crm()
    sheet = a_sheet(tmp_path, "domain,company,customer\nacme.example,Acme,yes\n")
    await crm.import_csv(sheet)
    await crm.import_csv(sheet)
    await crm.upsert(CrmRecord(key="k1", name="Ada", address="ada@acme.example"))
    assert [record.name for record in await crm.find(domain="acme.example")] == ["", "Ada"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("address,customer\nada@acme.example,yes\nnobody,no\n", "line 3: address"),
        ("address,customer\nada@acme.example,perhaps\n", "line 2: customer"),
        ("address,customer\nada@acme.example\n", "line 2"),
        ("address,name\n,Ada\n", "line 2: neither"),
        ("key,address\na b,ada@acme.example\n", "line 2: key"),
        ("name,company\nAda,Acme\n", "neither a column"),
        ("address,address\n", "every column"),
        ("", "neither a column"),
        ('address\n"' + "x" * 200_000 + '"\n', "no CSV file"),
    ],
)
async def test_a_sheet_with_one_bad_row_is_not_taken_in_at_all(
    file_world: FileWorld, tmp_path: Path, text: str, told: str
) -> None:
    crm = file_world.crm()
    with pytest.raises(BadInput, match=told):
        await crm.import_csv(a_sheet(tmp_path, text))
    assert await crm.find(domain="acme.example") == ()


async def test_a_sheet_that_is_no_text_is_refused(file_world: FileWorld, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="cannot be read"):
        await file_world.crm().import_csv(tmp_path / "x.csv")


async def test_what_goes_out_comes_back_the_same(tmp_path: Path) -> None:
    ours, theirs = FileWorld(tmp_path / "a").crm(), FileWorld(tmp_path / "b").crm()
    texts = {"score": "=1+1", "tier": "-5", "stage": "'tis", "summary": "＝cmd|'/c calc'!A1"}
    await ours.upsert(CrmRecord(key="k1", name="@ada", address="ada@a.example", fields=texts))
    sheet = a_sheet(tmp_path, "domain,customer,open_deal\nacme.example,yes,yes\n")
    await ours.import_csv(sheet)
    assert await ours.export_csv(tmp_path / "out.csv") == 2
    assert await theirs.import_csv(tmp_path / "out.csv") == 2
    for domain in ("a.example", "acme.example"):
        assert await theirs.find(domain=domain) == await ours.find(domain=domain)


async def test_no_cell_that_goes_out_can_run(file_world: FileWorld, tmp_path: Path) -> None:
    crm = file_world.crm()
    await crm.upsert(CrmRecord(key="k1", name="+1", fields={"score": "＠SUM(A1)"}))
    await crm.export_csv(tmp_path / "out.csv")
    (row,) = rows(tmp_path / "out.csv")
    assert (row["name"], row["score"], row["key"]) == ("'+1", "'＠SUM(A1)", "k1")


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
def test_a_cell_that_begins_like_a_formula_is_defused(start: str) -> None:
    for text in (start, f"{start}1", f" {start}1", f"\u200b\ufeff{start}1"):
        assert defused(text) == f"'{text}"


@given(st.text(max_size=8) | st.text("'=＝ a\u200b", max_size=5))
def test_every_text_survives_a_sheet(text: str) -> None:
    assert restored(defused(text)) == text
    assert defused(text)[:1] not in {*"=+-@\t\r＝＋－＠"}


async def test_an_export_that_fails_leaves_the_old_one(
    file_world: FileWorld, tmp_path: Path
) -> None:
    (tmp_path / "out.csv.unfinished").mkdir()
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(TryAgain):
        await file_world.crm().export_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "old"


def two_at_once_and_both_killed(command: list[str]) -> None:
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.read(30)
    for writer in writers:
        writer.kill()
        writer.communicate()


async def test_processes_that_are_killed_leave_one_record_per_key(
    file_world: FileWorld, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    for _ in range(3):
        await asyncio.to_thread(two_at_once_and_both_killed, [*command, "9999"])
    await asyncio.to_thread(subprocess.run, [*command, "1"], check=True, capture_output=True)
    await file_world.crm().export_csv(tmp_path / "out.csv")
    found = rows(tmp_path / "out.csv")
    assert sorted(row["key"] for row in found) == sorted(f"lead-{n}" for n in range(20))
    assert {row["score"] for row in found} == {"0"}


async def test_writers_at_once_wait_for_each_other(file_world: FileWorld) -> None:
    crms = [file_world.crm() for _ in range(16)]
    leads = [CrmRecord(key="k1", fields={"score": str(number)}) for number in range(16)]
    written = await asyncio.gather(*map(FileCrm.upsert, crms, leads))
    assert len({one.id for one in written}) == 1


async def test_a_file_that_cannot_be_opened_is_tried_again_later(tmp_path: Path) -> None:
    crm = FileCrm(CrmConnection(url="deep/down"), None, tmp_path)
    await crm.upsert(CrmRecord(key="k1"))
    file = tmp_path / "deep" / "down" / "crm.db"
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("pragma journal_mode").fetchone() == ("wal",)
    file.unlink()
    file.mkdir()
    with pytest.raises(TryAgain):
        await crm.find(address="ada@acme.example")


async def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()
    (tmp_path / "crm" / "crm.db").write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(Forbidden, match="no CRM"):
        await FileCrm(CrmConnection(), None, tmp_path).find(domain="acme.example")
    assert (tmp_path / "crm" / "crm.db").read_bytes().startswith(b"Dear diary")

"""The button: what starts by itself is started at once, in the same way, and nothing is decided."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealwright.orchestration.loader import PACKAGED
from tests.cli.conftest import Typist
from tests.mail.builders import a_message
from tests.servers_mail import ImapServer, a_free_port

FORM = {"email": "jana@nordfracht.example", "company": "Nordfracht", "message": "How much is it?"}
MORNING = """
  - name: morning
    cron: "0 6 * * *"
    timezone: Europe/Berlin
    because: the working day begins
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALWRIGHT_CONNECTIONS", str(tmp_path / "connections.yaml"))


@pytest.fixture
def mornings(tmp_path: Path) -> str:
    """Return the folder of a department with a timetable."""
    folder = tmp_path / "mornings"
    shutil.copytree(PACKAGED / "sales", folder)
    with (folder / "department.yaml").open("a", encoding="utf-8") as table:
        table.write(MORNING)
    return str(folder)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(FORM), encoding="utf-8")
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[ImapServer]:
    """Serve the inbox of the one mailbox that is connected."""
    server = ImapServer(a_free_port(), "ana", "secret")
    server.start()
    (tmp_path / "connections.yaml").write_text(
        "mailboxes:\n"
        "  - id: ana\n"
        "    address: ana@routewise.example\n"
        "    name: Ana\n"
        "    smtp: {host: 127.0.0.1, port: 25, security: none}\n"
        f"    imap: {{host: 127.0.0.1, port: {server.port}, security: none, user: ana}}\n",
        encoding="utf-8",
    )
    yield server
    server.stop()


def leads_of(typist: Typist) -> list[dict[str, str]]:
    return typist("leads", "--json").json


def rung(typist: Typist) -> list[str]:
    """Return who rang the department, in order."""
    folder = typist.folder / f"rows-{len(list(typist.folder.iterdir()))}"
    assert typist("export", str(folder), "--format", "json").code == 0
    rows = [json.loads(line) for line in (folder / "event.jsonl").read_text("utf-8").splitlines()]
    return [row["actor"] for row in rows if row["kind"] == "department.rung"]


def test_without_a_word_it_lists_what_there_is(fresh: Typist, mornings: str) -> None:
    listed = fresh("trigger", "--department", mornings, "--json").json
    assert [each["name"] for each in listed] == ["reasons", "morning", "mail", "lead"]
    assert (listed[1]["cron"], listed[1]["timezone"]) == ("0 6 * * *", "Europe/Berlin")
    assert "T06:00:00" in listed[1]["next"]
    assert listed[1]["because"] == "the working day begins"
    assert not fresh.database.exists()
    assert "the working day begins" in fresh("trigger", "--department", mornings).flat


def test_a_line_rings_every_open_case_and_its_tick_still_comes(
    dealwright: Typist, mornings: str
) -> None:
    pressed = dealwright("trigger", "morning", "--department", mornings, "--json")
    assert (pressed.code, pressed.json["rung"]) == (0, len(leads_of(dealwright)))
    assert rung(dealwright) == ["person:ada"]
    assert dealwright("work", "--department", mornings).code == 0
    assert rung(dealwright) == ["person:ada", "system"]


def test_an_unknown_word_is_answered_with_what_there_is(fresh: Typist, mornings: str) -> None:
    said = fresh("trigger", "mornin", "--department", mornings)
    assert (said.code, "morning, mail, lead" in said.flat) == (5, True)
    assert not fresh.database.exists()


def test_a_look_at_the_mail_says_what_was_taken_in_and_counts_it_once(
    dealwright: Typist, inbox: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEALWRIGHT_SECRETS__ANA", "secret")
    known = dealwright("show", leads_of(dealwright)[0]["id"], "--json").json
    inbox.deliver(a_message("Tell me more.", From=known["lead"]["email"], Message_ID="<1@x>"))
    away = {"From": known["lead"]["email"], "Auto_Submitted": "auto-replied", "Message_ID": "<2@x>"}
    inbox.deliver(a_message("I am away.", **away))
    inbox.deliver(a_message("Buy this!", From="spam@x.example", Message_ID="<3@x>"))
    read = dealwright("trigger", "mail", "--json").json["read"]
    assert (read["taken"], read["strange"]) == (2, 1)
    assert read["kinds"] == {"reply": 1, "auto_reply": 1}
    assert "0 messages of leads taken in." in dealwright("trigger", "mail").flat


@pytest.mark.usefixtures("inbox")
def test_a_mailbox_that_does_not_answer_is_named(
    dealwright: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEALWRIGHT_SECRETS__ANA", "wrong")
    said = dealwright("trigger", "mail")
    assert (said.code, "The mailbox ana could not be read" in said.flat) == (1, True)


def test_without_a_mailbox_it_says_where_to_name_one(dealwright: Typist) -> None:
    said = dealwright("trigger", "mail")
    assert (said.code, "connections.yaml" in said.flat) == (3, True)


def test_a_form_becomes_a_lead_once(dealwright: Typist, form: Path) -> None:
    first = dealwright("trigger", "lead", str(form), "--json").json
    again = dealwright("trigger", "lead", str(form), "--json").json
    assert (first["new"], again) == (True, {**first, "new": False})
    shown = dealwright("show", first["lead"], "--json").json
    assert shown["lead"]["company"] == "Nordfracht"
    assert "taken in before" in dealwright("trigger", "lead", str(form)).flat


def test_who_is_in_touch_with_us_already_goes_to_a_person(dealwright: Typist, form: Path) -> None:
    dealwright("trigger", "lead", str(form))
    form.write_text(json.dumps({**FORM, "message": "And when?"}), encoding="utf-8")
    assert "a person leads" in dealwright("trigger", "lead", str(form)).flat
    assert "wrote_again" in [task["kind"] for task in dealwright("tasks", "--json").json]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["lead"], 3, "trigger lead FILE"),
        (["lead", "no.json"], 3, "no.json cannot be read"),
        (["mail", "FORM"], 3, "go with `trigger lead` and nothing else"),
        (["lead", "FORM", "--campaign", "autumn"], 5, "no campaign goes by 'autumn'"),
    ],
)
def test_what_cannot_be_used_is_answered_with_what_to_do(
    dealwright: Typist, form: Path, words: list[str], code: int, told: str
) -> None:
    before = leads_of(dealwright)
    said = dealwright("trigger", *(word.replace("FORM", str(form)) for word in words))
    assert (said.code, told in said.flat) == (code, True), said.flat
    assert leads_of(dealwright) == before


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"company": "Nordfracht"}', "email: fill it in"),
        ('{"email": ["a@b.example"]}', "nothing may stand inside another"),
        ("{" + " " * 64_000 + "}", "at most 64000 bytes"),
        ('{"email": "j@n.example", "campaign": "autumn"}', "no campaign goes by 'autumn'"),
    ],
)
def test_what_the_public_door_refuses_is_refused(
    dealwright: Typist, form: Path, body: str, told: str
) -> None:
    form.write_text(body, encoding="utf-8")
    said = dealwright("trigger", "lead", str(form))
    assert (said.code > 0, told in said.flat) == (True, True), said.flat


def test_a_form_may_come_from_another_program(dealwright: Typist) -> None:
    typed = [sys.executable, "-m", "dealwright", "trigger", "lead", "-", "--json"]
    where = ["--database", f"sqlite:///{dealwright.database}"]
    done = subprocess.run(
        [*typed, *where],
        input=json.dumps(FORM).encode(),
        capture_output=True,
        check=True,
        env=dict(os.environ),
        timeout=120,
    )
    assert json.loads(done.stdout)["new"] is True

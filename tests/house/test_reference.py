"""Whatever a person can write or type stands in the reference, and what stands there exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel
from typer.core import TyperGroup
from typer.main import get_command

from dealwright.cli.app import app
from dealwright.domain.campaign import Campaign
from dealwright.domain.connections import Connections
from dealwright.orchestration.department import Given, Kind
from dealwright.orchestration.entries import AgentEntry, TableFile
from dealwright.runtime import TOOLS
from dealwright.settings import Settings
from dealwright.triggers import campaign_file, connections_file
from dealwright.triggers.lead_columns import FIELDS
from scripts import cli_reference
from tests.house.tree import ROOT, documents, named

REFERENCE = ROOT / "docs" / "reference"
IN_TEXT = re.compile(r"`dealwright((?: [^`\s]+)+)`")
IN_BLOCK = re.compile(r"^(?:\$ )?dealwright((?: \S+)+)", re.MULTILINE)
WORD = re.compile(r"[a-z][a-z-]*")


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def absent(words: Iterator[str] | list[str], text: str) -> list[str]:
    """Return the words that no code span of the text holds."""
    spans = " ".join(re.findall(r"`([^`\n]+)`", text))
    return [w for w in words if not re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", spans)]


def models_in(kind: object) -> Iterator[type[BaseModel]]:
    """Yield the models a type is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from models_in(part)


def keys(model: type[BaseModel]) -> Iterator[str]:
    """Yield every key a person may write in a file of this shape, nested ones included."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            yield from keys(inner)


def variables(model: type[BaseModel], prefix: str = "DEALWRIGHT_") -> Iterator[str]:
    """Yield every environment variable that is read."""
    for name, field in model.model_fields.items():
        inner = list(models_in(field.annotation))
        if inner:
            for part in inner:
                yield from variables(part, f"{prefix}{name}__".upper())
        else:
            each = "__provider" if get_origin(field.annotation) is Mapping else ""
            yield f"{prefix}{name}{each}".upper()


def commands() -> set[str]:
    door = get_command(app)
    assert isinstance(door, TyperGroup)
    return {path.removeprefix("dealwright ") for path, *_ in cli_reference.commands(door)}


def test_the_page_on_commands_is_what_the_commands_say() -> None:
    assert page("cli.md") == cli_reference.reference(), "write it anew with `make docs`"


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_command_a_page_speaks_of_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    spoken_of = [line.split() for line in IN_TEXT.findall(text) + IN_BLOCK.findall(text)]
    paths = commands()
    groups = {path.split()[0] for path in paths if " " in path}
    asked = {
        " ".join(words[: 2 if words[0] in groups else 1])
        for words in spoken_of
        if WORD.fullmatch(words[0])
    }
    assert asked - paths - groups == set()


def test_every_key_of_a_campaign_is_in_the_reference() -> None:
    assert absent(keys(Campaign), page("campaign.md")) == []


def test_every_key_of_the_connections_is_in_the_reference(tmp_path: Path) -> None:
    assert absent(keys(Connections), page("connections.md")) == []
    block = re.search(r"^```yaml\n(.*?)^```", page("connections.md"), re.MULTILINE | re.DOTALL)
    assert block
    file = tmp_path / "connections.yaml"
    file.write_text(block[1], encoding="utf-8")
    assert connections_file.read(file).mailboxes[0].id == "ada"


def test_every_key_of_a_department_is_in_the_reference() -> None:
    words = [*keys(TableFile), *keys(AgentEntry), *Kind, *Given, *TOOLS]
    assert absent(words, page("department.md")) == []


def test_every_setting_is_in_the_reference() -> None:
    assert absent(variables(Settings), page("settings.md")) == []


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_setting_a_page_speaks_of_exists(document: Path) -> None:
    spoken_of = set(re.findall(r"DEALWRIGHT_[A-Z_0-9]+[A-Z0-9]", document.read_text("utf-8")))
    known = [re.compile(name.replace("PROVIDER", "[A-Z_]+")) for name in variables(Settings)]
    assert [name for name in spoken_of if not any(k.fullmatch(name) for k in known)] == []


def test_the_campaign_in_the_reference_can_be_run(tmp_path: Path) -> None:
    block = re.search(r"^```yaml\n(.*?)^```", page("campaign.md"), re.MULTILINE | re.DOTALL)
    assert block
    file = tmp_path / "campaign.yaml"
    file.write_text(block[1], encoding="utf-8")
    assert campaign_file.read(file).name == "routewise"


def test_every_field_of_a_lead_is_in_the_reference() -> None:
    assert absent(list(FIELDS), page("campaign.md")) == []

"""`init`: the first step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import USUAL
from dealwright.cli.output import say
from dealwright.errors import BadInput
from dealwright.orchestration.loader import PACKAGED

START = "Start here"
STARTER = PACKAGED / "starter"
COPY = "department"

app = typer.Typer()


@app.command(rich_help_panel=START)
def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Made if it is not there.")] = (
        Path("my_campaign")
    ),
) -> None:
    """Write a folder to start from: a commented campaign, a few leads, a department of your own."""
    there = [
        path.name for path in (*STARTER.iterdir(), Path(COPY)) if (folder / path.name).exists()
    ]
    if there or (folder.exists() and not folder.is_dir()):
        raise BadInput(
            f"{folder} holds {', '.join(sorted(there)) or 'no folder, it is a file'} already, and "
            "nothing is overwritten; name another folder"
        )
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    shutil.copytree(PACKAGED / USUAL, folder / COPY)
    say(f"Written to {folder}: a campaign, a few leads, a README, and a department to change.")
    say("\nNext:")
    say(f"  dealwright run {folder}/leads.csv --campaign {folder}/campaign.yaml")
    say(f"  dealwright department check {folder}/{COPY}     when you have changed an agent")

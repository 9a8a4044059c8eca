"""Takes a file of leads and a campaign into the store, and reports what became of each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dealwright.cli.output import counted, say
from dealwright.domain.campaign import Campaign
from dealwright.errors import BadInput
from dealwright.orchestration.department import Department
from dealwright.store.intake import TakenIn
from dealwright.store.store import Store
from dealwright.triggers import leads_file
from dealwright.triggers.leads_file import LeadsFile

MOST_PROBLEMS = 30
"""Bad lines that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    campaign: str
    """The campaign's case."""
    file: LeadsFile
    taken: Sequence[TakenIn]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines became what."""
        kinds = Counter(str(each.taken) for each in self.taken)
        return {
            "added": kinds["added"],
            "merged": kinds["merged"] + len(self.file.merged),
            "unchanged": kinds["unchanged"],
            "rejected": len(rejected(self.file)),
        }


def mapping_of(given: Sequence[str]) -> Mapping[str, str]:
    """Return what `--map field=Column` says.

    Raises:
        BadInput: one of them is not written like that.

    """
    pairs = [text.partition("=") for text in given]
    for field, equals, column in pairs:
        if not (field.strip() and equals and column.strip()):
            raise BadInput(f"--map {field}{equals}{column}: write --map field=Column")
    return {field.strip(): column.strip() for field, _, column in pairs}


def read_leads(path: Path, given: Sequence[str], limit: int | None) -> LeadsFile:
    """Return what a file holds, at most so many leads of it.

    Raises:
        BadInput: the file or the mapping cannot be used.

    """
    file = leads_file.read(path, mapping=mapping_of(given))
    if limit is None:
        return file
    return replace(file, leads=file.leads[:limit])


async def take_in(
    store: Store, workspace: str, department: Department, campaign: Campaign, file: LeadsFile
) -> Imported:
    """Write the campaign and its leads into the store."""
    case_id = await store.intake.campaign(workspace, department.name, campaign)
    taken = await store.intake.leads(workspace, case_id, file.leads)
    return Imported(case_id, file, taken)


def rejected(file: LeadsFile) -> frozenset[int]:
    """Return the lines that were not taken."""
    return frozenset(problem.line for problem in file.problems)


def report_file(path: Path, file: LeadsFile) -> None:
    """Say how a file was read, and what is wrong with which line."""
    columns = ", ".join(f"{column} → {field}" for column, field in file.columns.fields.items())
    say(f"{path.name} ({file.form}): {counted(len(file.leads), 'lead')}. Columns: {columns}.")
    for problem in file.problems[:MOST_PROBLEMS]:
        value = f" ({problem.value!r})" if problem.value else ""
        say(f"  not taken: {problem}{value}")
    if len(file.problems) > MOST_PROBLEMS:
        say(f"  … and {len(file.problems) - MOST_PROBLEMS:,} more")
    for merged in file.merged:
        say(f"  line {merged.line} speaks of the same person as line {merged.into}; merged")


def report_import(imported: Imported) -> None:
    """Say what became of the lines."""
    parts = [f"{count:,} {what}" for what, count in imported.counts.items() if count]
    say(f"Imported: {', '.join(parts) or 'nothing'}.")

"""The command line in this process, and one worked database that each test gets a copy of."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from dealwright.cli import main
from dealwright.orchestration.loader import PACKAGED
from dealwright.rehearsal.sites import CompanySites
from dealwright.rehearsal.sites_sample import leads_csv
from dealwright.runtime import World
from tests.cli.world import few_companies, served

CAMPAIGN = PACKAGED / "starter" / "campaign.yaml"


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer."""
        return json.loads(self.out)

    @property
    def flat(self) -> str:
        """Everything that was said, in one line."""
        return " ".join((self.out + self.err).split())


@dataclass(frozen=True)
class Typist:
    """Types commands for one database."""

    folder: Path
    world: World | None

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "dealwright.db"

    def __call__(self, *words: str, store: bool = True) -> Said:
        """Type a command; with `store`, for this database."""
        where = ["--database", f"sqlite:///{self.database}"] if store else []
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main([*words, *where], world=self.world)
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def quiet_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what the command line sets for its process."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("DEALWRIGHT_USER", "ada")
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def sites() -> Iterator[CompanySites]:
    with served() as sites:
        yield sites


@pytest.fixture(scope="session")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a leads file: a few companies, two of them twice, and a bad line."""
    path = tmp_path_factory.mktemp("leads") / "leads.csv"
    path.write_text(leads_csv(few_companies()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def worked(
    tmp_path_factory: pytest.TempPathFactory, sites: CompanySites, leads: Path
) -> tuple[Path, Said]:
    """Return a folder with a database on which the main job was done, and what was said."""
    typist = Typist(tmp_path_factory.mktemp("worked"), World(guard=sites.guard))
    return typist.folder, typist("run", str(leads), "--campaign", str(CAMPAIGN))


@pytest.fixture
def dealwright(tmp_path: Path, worked: tuple[Path, Said], sites: CompanySites) -> Typist:
    """Return the command line on a copy of the worked database."""
    shutil.copytree(worked[0], tmp_path / "store")
    return Typist(tmp_path / "store", World(guard=sites.guard))


@pytest.fixture
def fresh(tmp_path: Path, sites: CompanySites) -> Typist:
    """Return the command line on a database that is not there yet."""
    return Typist(tmp_path, World(guard=sites.guard))

"""The composition root: builds everything from settings and hands it down. Names the vendors."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dealwright.agents.brain import Bench, TwinBrain
from dealwright.agents.model_brain import ModelBrain
from dealwright.clock import Clock, Ids, SystemClock, TimeOrderedIds
from dealwright.llm.gateway import Gateway
from dealwright.orchestration.department import Department
from dealwright.orchestration.dispatch.embedded import EmbeddedDispatcher
from dealwright.orchestration.dispatch.timetable import Timetable
from dealwright.orchestration.loader import find, load_department
from dealwright.orchestration.overrides import Overrides
from dealwright.orchestration.turn import Turn, Watcher
from dealwright.orchestration.workbench import Workbench
from dealwright.settings import Settings
from dealwright.store.store import Store

TOOLS = ("company_site", "news_feed", "job_board", "technology", "record")
"""The tools agents may be granted."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """A department at work: everything built, nothing global."""

    settings: Settings
    clock: Clock
    ids: Ids
    store: Store
    department: Department
    overrides: Overrides


def read_department(name_or_folder: str) -> Department:
    """Return a department that ships with the product, or one in a folder.

    Raises:
        BadDepartment: it does not exist or does not fit together.

    """
    return load_department(find(name_or_folder), TOOLS)

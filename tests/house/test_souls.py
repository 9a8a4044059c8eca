"""Every SOUL of every department that ships: who it is, what it does, what it never does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dealwright.agents.agent import Agent
from dealwright.runtime import TOOLS, read_department
from tests.house.tree import DEPARTMENTS

SHIPPED = sorted(path.parent for path in DEPARTMENTS.glob("*/department.yaml"))
LONGEST_SECTION = 120
FOREIGN_WORDS = re.compile(
    r"\b(large language model|LLM|GPT|Claude|Gemini|chatbot)\b", re.IGNORECASE
)

pytestmark = pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)


def agents(folder: Path) -> list[Agent]:
    return list(read_department(str(folder)).agents.values())


def sections(agent: Agent) -> dict[str, str]:
    soul = agent.soul
    return {
        "identity": soul.identity,
        "responsibilities": soul.responsibilities,
        "prohibitions": soul.prohibitions,
    }


def test_every_soul_has_all_three_parts_and_each_is_short(folder: Path) -> None:
    lengths = {
        (agent.name, part): len(text.split())
        for agent in agents(folder)
        for part, text in sections(agent).items()
    }
    assert lengths
    assert {key: n for key, n in lengths.items() if not 5 <= n <= LONGEST_SECTION} == {}


def test_every_prohibition_forbids(folder: Path) -> None:
    allowing = [
        (agent.name, line)
        for agent in agents(folder)
        for line in agent.soul.prohibitions.splitlines()
        if line.startswith("- ") and not re.search(r"\b([Nn]ever|[Nn]ot|[Nn]o)\b", line)
    ]
    assert allowing == []


def test_every_tool_a_soul_speaks_of_is_granted(folder: Path) -> None:
    spoken_of = {
        agent.name: set(re.findall(r"`(\w+)`", agent.soul.text)) for agent in agents(folder)
    }
    ungranted = {a.name: spoken_of[a.name] & set(TOOLS) - set(a.tools) for a in agents(folder)}
    assert {name: tools for name, tools in ungranted.items() if tools} == {}


def test_every_product_is_checked_or_finished_by_code(folder: Path) -> None:
    trusted = [a.name for a in agents(folder) if not a.checks and a.finish is None]
    assert trusted == []


def test_every_agent_works_without_a_model(folder: Path) -> None:
    assert [agent.name for agent in agents(folder) if agent.twin is None] == []


def test_a_soul_speaks_of_the_job_not_of_the_machinery(folder: Path) -> None:
    speaking = {a.name: FOREIGN_WORDS.findall(a.soul.text) for a in agents(folder)}
    assert {name: words for name, words in speaking.items() if words} == {}

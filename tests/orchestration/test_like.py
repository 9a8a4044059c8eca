"""A SOUL may be like another one: what it does not say itself is taken from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealwright.errors import BadDepartment
from dealwright.orchestration.department import Department
from dealwright.orchestration.loader import load_department

TABLE = """\
department: small
slots:
  lead: {class: "dealwright.domain.lead:Lead", given: import}
  grade: {schema: {properties: {read: {type: array}}}}
  second_grade: {schema: {properties: {read: {type: array}}}}
routes:
  - run: [grader, second_grader]
    because: every lead is graded twice
    when: "!has(slots.grade) || !has(slots.second_grade)"
"""
GRADER = """\
---
agent: grader
reads: [lead]
writes: grade
twin: tests.orchestration.twins:answer
tier: standard
budget: {packet: 900}
---
# Identity
You grade.
# Responsibilities
You deliver a grade.
# Prohibitions
You never guess.
"""
SECOND = """\
---
agent: second_grader
like: grader
reads: [lead as prospect]
writes: second_grade
---
"""


def loaded(tmp_path: Path, second: str, first: str = GRADER) -> Department:
    (tmp_path / "agents").mkdir()
    (tmp_path / "department.yaml").write_text(TABLE)
    (tmp_path / "agents" / "grader.md").write_text(first)
    (tmp_path / "agents" / "second_grader.md").write_text(second)
    return load_department(tmp_path, ())


def test_what_is_not_said_is_taken_from_the_other(tmp_path: Path) -> None:
    agents = loaded(tmp_path, SECOND).agents
    first, second = agents["grader"], agents["second_grader"]
    assert second.soul == first.soul
    assert (second.twin, second.tier, second.packet_tokens) == (first.twin, first.tier, 900)
    assert [read.name for read in second.reads] == ["prospect"]
    assert second.writes == "second_grade"
    assert second.digest != first.digest


def test_what_is_said_is_its_own(tmp_path: Path) -> None:
    own = SECOND.replace("like: grader", "like: grader\ntier: light") + "# Identity\nYou doubt.\n"
    second = loaded(tmp_path, own).agents["second_grader"]
    assert second.tier == "light"
    assert second.soul.identity == "You doubt."
    assert second.soul.prohibitions == "You never guess."


@pytest.mark.parametrize(
    ("second", "says"),
    [
        (SECOND.replace("like: grader", "like: grade"), "no SOUL to be like: 'grade'; use grader"),
        (SECOND.replace("like: grader", "like: second_grader"), "no SOUL to be like"),
        (SECOND.replace("like: grader\n", ""), "says nothing under `# Prohibitions`"),
    ],
)
def test_nobody_to_be_like_is_told_with_the_line(tmp_path: Path, second: str, says: str) -> None:
    with pytest.raises(BadDepartment, match=r"second_grader\.md:") as refused:
        loaded(tmp_path, second)
    assert any(says in problem for problem in refused.value.problems)


def test_a_model_that_says_nothing_is_told_of_both(tmp_path: Path) -> None:
    first = GRADER.replace("# Identity\nYou grade.\n", "")
    with pytest.raises(BadDepartment) as refused:
        loaded(tmp_path, SECOND, first)
    silent = [p for p in refused.value.problems if "under `# Identity`" in p]
    assert len(silent) == 2

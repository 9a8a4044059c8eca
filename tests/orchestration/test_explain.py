"""Explaining and drawing: what people are shown of the router's table."""

from __future__ import annotations

import re

import pytest

from dealwright.domain.case import SlotState, SlotStatus
from dealwright.orchestration.drawing import mermaid, svg
from dealwright.orchestration.explain import explain
from dealwright.orchestration.router import route
from tests.orchestration.departments import (
    a_department,
    a_route,
    a_snapshot,
    a_state,
    an_agent,
    an_ask,
)

DEPARTMENT = a_department(
    [an_agent("grader", ["lead"], "grade"), an_agent("writer", ["lead", "grade?"], "draft")],
    [
        a_route(["grader"], because="every lead is graded"),
        a_route(
            ["writer"], "has(slots.grade) && slots.grade.level > 3", "good leads are written to"
        ),
        an_ask("draft", "has(slots.draft)"),
    ],
)
LEAD = a_state("lead")


def test_an_explanation_names_the_clause_that_is_false() -> None:
    snapshot = a_snapshot(LEAD, a_state("grade", inputs={"lead": 1}, value={"level": 2}))
    told = explain(DEPARTMENT, snapshot, route(DEPARTMENT, snapshot))
    _, writer, _ = told.routes
    assert not writer.fired
    assert [(clause.text, clause.holds) for clause in writer.clauses] == [
        ("there is a grade", True),
        ("slots.grade.level > 3", False),
    ]
    assert ("writer", "no route wants it now") in told.waiting
    assert told.next_step == "nothing to do"


@pytest.mark.parametrize(
    ("states", "paused", "next_step"),
    [
        ([LEAD], None, "runs grader"),
        ([LEAD], "ada paused this lead", "ada paused this lead"),
        (
            [LEAD, a_state("grade", status=SlotStatus.FAILED, inputs={"lead": 1})],
            None,
            "a person looks: grader failed",
        ),
        (
            [
                LEAD,
                a_state("grade", inputs={"lead": 1}, value={"level": 5}),
                a_state("draft", inputs={"lead": 1, "grade": 1}),
            ],
            None,
            "asks a person about the draft",
        ),
    ],
)
def test_the_next_step_is_said_in_a_few_words(
    states: list[SlotState], paused: str | None, next_step: str
) -> None:
    snapshot = a_snapshot(*states, paused=paused)
    assert explain(DEPARTMENT, snapshot, route(DEPARTMENT, snapshot)).next_step == next_step


def test_mermaid_names_every_agent_and_what_it_hands_on() -> None:
    text = mermaid(DEPARTMENT)
    assert "lead -->|lead| grader" in text
    assert "grader -.->|grade| writer" in text
    assert "writer --> person" in text


def test_the_picture_shows_every_agent_in_a_place_of_its_own() -> None:
    picture = svg(DEPARTMENT)
    assert re.findall(r">([^<]*)</text>", picture) == [
        "grader",
        "reads lead",
        "writer",
        "reads lead",
    ]
    places = re.findall(r'<rect x="(\d+)" y="(\d+)"', picture)
    assert len(set(places)) == len(places) == 2
    assert picture.count("<path") == 1

"""Conditions: what they see, what they decide, what they refuse at load time."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealwright.orchestration.conditions import (
    Reference,
    clauses_of,
    compile_condition,
    in_words,
    references_in,
)

VALUES = {"q": {"tier": "hot", "score": 71}, "draft": {"language": "en"}}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("true", True),
        ("has(slots.q)", True),
        ("!has(slots.q)", False),
        ("has(slots.nothing)", False),
        ('has(slots.q) && slots.q.tier != "cold"', True),
        ("slots.q.score > 70", True),
        ("slots.q.score > 71", False),
        ("has(final.draft)", True),
        ("has(final.q)", False),
        ('case.kind == "lead"', True),
    ],
)
def test_a_condition_decides_over_current_products(text: str, *, holds: bool) -> None:
    answer = compile_condition(text).decide({"kind": "lead"}, VALUES, {"draft"})
    assert (answer.holds, answer.trouble) == (holds, "")


def test_a_condition_on_what_is_not_there_does_not_hold_and_says_why() -> None:
    answer = compile_condition("slots.gone.score > 1").decide({}, VALUES)
    assert not answer.holds
    assert answer.trouble.startswith("could not be decided: ")


def test_a_condition_that_is_not_true_or_false_does_not_hold() -> None:
    answer = compile_condition("slots.q.score").decide({}, VALUES)
    assert answer.trouble == "could not be decided: it is 71, not true or false"


def test_a_field_the_product_leaves_out_has_its_default() -> None:
    condition = compile_condition("slots.q.level == 3", {Reference("q", "level"): 3})
    assert condition.decide({}, VALUES).holds


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="undeclared reference to 'lead"):
        compile_condition("lead.score > 1")


def test_slots_named_inside_a_text_are_no_references() -> None:
    assert references_in('slots.q.tier == "slots.fake.tier"') == {Reference("q", "tier")}


def test_a_condition_is_taken_apart_at_its_outermost_ands_only() -> None:
    text = 'has(slots.a) && (slots.b.x || slots.c.y) && slots.d.t == "a && b"'
    assert clauses_of(text) == (
        "has(slots.a)",
        "(slots.b.x || slots.c.y)",
        'slots.d.t == "a && b"',
    )
    assert clauses_of("slots.a.x && slots.b.y || slots.c.z") == (
        "slots.a.x && slots.b.y || slots.c.z",
    )


def test_simple_clauses_are_said_in_words() -> None:
    assert in_words("has(slots.draft)") == "there is a draft"
    assert in_words("!has(slots.draft)") == "there is no draft yet"
    assert in_words("has(final.draft)") == "a person wrote the draft"
    assert in_words("!has(final.draft)") == "nobody wrote the draft"
    assert in_words("slots.a.x > 1") == "slots.a.x > 1"


@given(st.text(max_size=60))
def test_any_text_is_compiled_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(compile_condition(text).decide({}, VALUES).holds, bool)

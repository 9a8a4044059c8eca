"""Conditions: CEL expressions over a case and its slots, compiled once, decided without effects."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dealwright.expressions import Expression, Undecided, compile_expression

_REFERENCE = re.compile(r"\b(?:slots|final)\.([a-z_]\w*)(?:\.([a-z_]\w*))?")
_CASE = re.compile(r"\bcase\b")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_HAS = re.compile(r"has\(\s*(slots|final)\.([a-z_]\w*)\s*\)")

CASE_FIELDS = frozenset({"kind", "name", "priority", "department"})
"""What a condition may say after `case.`; a paused case is held before any condition is asked."""

MOST_ANSWERS = 1000
"""Answers a condition remembers."""


class Answer(NamedTuple):
    """What a condition came to."""

    holds: bool
    trouble: str = ""
    """Why it could not be decided; it does not hold then."""


class Reference(NamedTuple):
    """`slots.<slot>` or `slots.<slot>.<field>` in a condition."""

    slot: str
    field: str | None


Values = Mapping[str, Mapping[str, object]]
"""Slot → current product as JSON; slots without a current product are no keys."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One compiled expression; give it values, it says whether it holds."""

    text: str
    references: frozenset[Reference]
    slots: frozenset[str]
    """The slots it names."""
    needs: frozenset[str]
    """Slots without which it cannot hold: it says so itself, `has(slots.x) && …`."""
    _program: Expression
    _fields: Mapping[str, tuple[tuple[str, object], ...]]
    """Slot → its fields that count, and what each is when the product leaves it out."""
    _asks_the_case: bool
    _answers: dict[str, Answer] = field(default_factory=dict[str, Answer], compare=False)
    """What it has come to before: the same question has the same answer."""

    def decide(
        self, case: Mapping[str, object], values: Values, final: Collection[str] = ()
    ) -> Answer:
        """Say whether the condition holds. Never raises: what cannot be decided does not hold.

        Args:
            case: the fields in `CASE_FIELDS`.
            values: the current products.
            final: the slots a person wrote; `has(final.draft)` asks for them.

        """
        if not self.needs <= values.keys():
            return _NOT_THERE
        tables: dict[str, Mapping[str, object]] = {
            "slots": self._seen(values),
            "case": case if self._asks_the_case else {},
            "final": {slot: True for slot in final if slot in self._fields},
        }
        question = repr(tables)
        answer = self._answers.get(question)
        if answer is None:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            answer = self._answers[question] = _answer(self._program.value(**tables))
        return answer

    def _seen(self, values: Values) -> Mapping[str, object]:
        """Return what the expression looks at, so that little is converted."""
        seen: dict[str, dict[str, object]] = {}
        for slot, fields in self._fields.items():
            if slot in values:
                product = values[slot]
                found = [(name, product.get(name, default)) for name, default in fields]
                seen[slot] = {name: value for name, value in found if value is not None}
        return seen


_NOT_THERE = Answer(holds=False)


def _answer(value: object) -> Answer:
    if isinstance(value, bool):
        return Answer(value)
    why = value.why if isinstance(value, Undecided) else f"it is {value!r}, not true or false"
    return Answer(holds=False, trouble=f"could not be decided: {why}")


def compile_condition(text: str, defaults: Mapping[Reference, object] | None = None) -> Condition:
    """Return the compiled condition.

    Args:
        text: a CEL expression over `slots` and `case`.
        defaults: what a field is when the product leaves it out.

    Raises:
        ValueError: the expression is not valid; the message says where.

    """
    program = compile_expression(text, ("slots", "case", "final"))
    references = references_in(text)
    known = defaults or {}
    slots = frozenset(reference.slot for reference in references)
    fields = {slot: tuple(_fields_of(slot, references, known)) for slot in sorted(slots)}
    asks_the_case = _CASE.search(_STRING.sub('""', text)) is not None
    there = (_HAS.fullmatch(clause) for clause in clauses_of(text))
    needs = frozenset(found[2] for found in there if found and found[1] == "slots")
    return Condition(text, references, slots, needs, program, fields, asks_the_case)


def _fields_of(
    slot: str, references: Collection[Reference], defaults: Mapping[Reference, object]
) -> Iterator[tuple[str, object]]:
    for reference in sorted(each for each in references if each.slot == slot and each.field):
        yield reference.field or "", defaults.get(reference)


def references_in(text: str) -> frozenset[Reference]:
    """Return every slot and field the expression names."""
    bare = _STRING.sub('""', text)
    return frozenset(Reference(match[1], match[2] or None) for match in _REFERENCE.finditer(bare))


def clauses_of(text: str) -> tuple[str, ...]:
    """Split an expression at its outermost `&&`, for saying which part is false."""
    clauses, depth, start = [""], 0, 0
    masked = _STRING.sub(lambda match: "_" * len(match[0]), text)
    for at, character in enumerate(masked):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and masked.startswith("&&", at):
            clauses[-1] = text[start:at].strip()
            clauses.append("")
            start = at + 2
        if depth == 0 and masked.startswith("||", at):
            return (text.strip(),)
    clauses[-1] = text[start:].strip()
    return tuple(clauses)


def in_words(clause: str) -> str:
    """Return a clause the way a person would say it where that is simple: `has(slots.x)`."""
    found = _HAS.fullmatch(clause.lstrip("! "))
    if found is None:
        return clause
    table, slot = found.groups()
    if table == "final":
        return f"{'nobody' if clause.startswith('!') else 'a person'} wrote the {slot}"
    return f"there is no {slot} yet" if clause.startswith("!") else f"there is a {slot}"

"""Shapes: evil that fits the schema, so that no parser stands in its way."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

Schema = Mapping[str, object]

STRETCHES = (
    ("2026-11-08T03:00:00-05:00", "2026-11-08T03:30:00-05:00"),
    ("2026-11-05T23:30:00-05:00", "2026-11-06T00:00:00-05:00"),
    ("2026-11-09T09:00:00-05:00", "2026-11-09T09:30:00-05:00"),
    ("2026-11-12T09:00:00-05:00", "2026-11-12T17:00:00-05:00"),
    ("2026-11-10T16:45:00-05:00", "2026-11-10T17:15:00-05:00"),
    ("2027-03-02T10:00:00-05:00", "2027-03-02T10:30:00-05:00"),
    ("9999-12-31T23:00:00+00:00", "9999-12-31T23:30:00+00:00"),
)
"""A Sunday night, over midnight, the dentist's, a whole day, the evening, next year, the end."""
MOMENTS = (
    *("1970-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    *(moment for stretch in STRETCHES for moment in stretch),
)
DAYS = ("1970-01-01", "9999-12-31", "2026-11-08", "2026-11-03", "2026-11-04")
DEEPEST = 6


@dataclass(frozen=True)
class Shaped:
    """Makes values that a schema allows and nobody wants."""

    whole: Schema
    chance: random.Random
    words: Sequence[str]

    def over(self, honest: Mapping[str, object]) -> dict[str, object]:
        """Return an honest answer with a field or two made anew: the rest is above suspicion."""
        fields = cast("Mapping[str, Schema]", self._found(self.whole).get("properties", {}))
        names = self.chance.sample(sorted(fields), min(len(fields), self.chance.choice((1, 1, 2))))
        return {**honest, **{name: self.value(fields[name]) for name in names}}

    def value(self, schema: Schema, depth: int = 0) -> object:
        """Return a value of a schema."""
        found = self._found(schema)
        if given := found.get("enum") or ([found["const"]] if "const" in found else None):
            return self.chance.choice(cast("list[object]", given))
        makers: Mapping[object, Callable[[], object]] = {
            "object": lambda: self._object(found, depth),
            "array": lambda: self._array(found, depth),
            "integer": lambda: self._number(found),
            "number": lambda: float(self._number(found)),
            "boolean": lambda: self.chance.random() < 0.5,
            "null": lambda: None,
        }
        return makers.get(found.get("type"), lambda: self._text(found))()

    def _found(self, schema: Schema) -> Schema:
        """Return what a reference or a choice comes to."""
        while True:
            if "$ref" in schema:
                name = str(schema["$ref"]).rpartition("/")[2]
                schema = self._definitions[name]
            elif ways := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
                schema = self.chance.choice(cast("list[Schema]", ways))
            else:
                return schema

    @cached_property
    def _definitions(self) -> Mapping[str, Schema]:
        return cast("Mapping[str, Schema]", self.whole.get("$defs", {}))

    def _object(self, schema: Schema, depth: int) -> object:
        fields = cast("Mapping[str, Schema]", schema.get("properties", {}))
        needed = set(cast("list[str]", schema.get("required", [])))
        made = {
            name: self.value(field, depth + 1)
            for name, field in fields.items()
            if name in needed or (depth < DEEPEST and self.chance.random() < 0.6)
        }
        if {"start", "end"} <= made.keys() and self.chance.random() < 0.8:
            made |= dict(zip(("start", "end"), self.chance.choice(STRETCHES), strict=True))
        return made

    def _array(self, schema: Schema, depth: int) -> object:
        least = cast("int", schema.get("minItems", 0))
        most = max(least, min(cast("int", schema.get("maxItems", 3)), 3 if depth < DEEPEST else 0))
        items = cast("Schema", schema.get("items") or {})
        return [self.value(items, depth + 1) for _ in range(self.chance.randint(least, most))]

    def _number(self, schema: Schema) -> int:
        least = cast("float", schema.get("minimum", schema.get("exclusiveMinimum", -(10**9))))
        most = cast("float", schema.get("maximum", schema.get("exclusiveMaximum", 10**9)))
        return int(self.chance.choice((least, most, min(least + 1, most), (least + most) // 2)))

    def _text(self, schema: Schema) -> str:
        match schema.get("format"):
            case "date-time":
                return self.chance.choice(MOMENTS)
            case "date":
                return self.chance.choice(DAYS)
            case _:
                pass
        if "pattern" in schema:
            return self.chance.choice(("en", "first_touch", "booking", "site.1", "proof.fuel"))
        most = cast("int", schema.get("maxLength", 4000))
        return (self.chance.choice(self.words) or "x")[:most]

"""The schema a model is shown: an answer's shape without what only helps Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from dealwright.agents.shape import ClassShape, Shape

FOR_PYTHON = frozenset({"default", "description", "title"})
"""What Pydantic writes into a schema for people who read code."""

GUARDS = frozenset({"maxItems", "maxLength", "minLength"})
"""Bounds that guard the store: parsing enforces them, whatever a model is told."""


def answer_schema(shape: Shape) -> dict[str, object]:
    """Return the JSON Schema of an answer, as short as it can be.

    A class's schema is stripped, and fields with a default are asked for outright: the providers'
    strict modes know no optional fields. A schema from a department file stays as it was written.
    """
    schema = shape.schema()
    if not isinstance(shape, ClassShape):
        return dict(schema)
    definitions = cast("Mapping[str, object]", schema.get("$defs", {}))
    return cast("dict[str, object]", _lean(schema, definitions))


def _lean(node: object, definitions: Mapping[str, object]) -> object:
    if isinstance(node, list):
        return [_lean(item, definitions) for item in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    told = cast("Mapping[str, object]", node)
    if isinstance(path := told.get("$ref"), str):
        return _lean(definitions[path.removeprefix("#/$defs/")], definitions)
    if "properties" in told:
        fields = cast("Mapping[str, object]", told["properties"])
        return {
            "type": "object",
            "properties": {name: _lean(field, definitions) for name, field in fields.items()},
            "required": list(fields),
            "additionalProperties": False,
        }
    left = ((name, told[name]) for name in told if name not in FOR_PYTHON | GUARDS)
    return {name: _lean(value, definitions) for name, value in left}

"""The shape of a slot: a class of this package, or a JSON Schema written in a department file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as ValidationFailed
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from dealwright.domain.product import WorkProduct
from dealwright.errors import BadAnswer

MOST_BYTES = 1_000_000
"""The largest product of a slot whose schema sets no bounds."""


class Shape(Protocol):
    """Parses what a brain answered, strictly, and writes it down."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    def parse(self, value: object) -> object:
        """Return the product.

        Raises:
            BadAnswer: the value does not fit; the message names the field and the reason.

        """
        ...

    def dump(self, product: object) -> dict[str, object]:
        """Return the product as JSON."""
        ...

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema."""
        ...

    def fields(self) -> frozenset[str]:
        """Return the names of the top-level fields, for checking conditions at load time."""
        ...


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A slot whose products are instances of a work product class."""

    kind: type[WorkProduct]

    @property
    def name(self) -> str:
        return self.kind.__name__

    def parse(self, value: object) -> WorkProduct:
        if isinstance(value, self.kind):
            return value
        try:
            if isinstance(value, str | bytes):
                return self.kind.model_validate_json(value)
            product = self.kind.model_validate(value)
            product.model_dump_json()
        except ValidationError as error:
            raise BadAnswer(f"{self.name}: {_first_reason(error)}") from error
        except PydanticSerializationError as error:
            # Half a character is a string to everybody but those who have to write it down.
            raise BadAnswer(f"{self.name}: cannot be written down ({error})") from error
        return product

    def dump(self, product: object) -> dict[str, object]:
        return cast("WorkProduct", product).model_dump(mode="json", exclude_defaults=True)

    def schema(self) -> Mapping[str, object]:
        return self.kind.model_json_schema()

    def fields(self) -> frozenset[str]:
        return frozenset(self.kind.model_fields)


class Validator(Protocol):
    """The part of a JSON Schema validator that is used here."""

    def validate(self, instance: Any) -> None:
        """Raise a ValidationError if the instance does not fit."""
        ...


class SchemaShape:
    """A slot whose products are plain JSON objects that fit a schema."""

    def __init__(self, name: str, schema: Mapping[str, object]) -> None:
        self._name = name
        self._schema = {"additionalProperties": False, **schema, "type": "object"}
        Draft202012Validator.check_schema(self._schema)
        self._validator: Validator = Draft202012Validator(self._schema)

    @property
    def name(self) -> str:
        return self._name

    def parse(self, value: object) -> Mapping[str, object]:
        if isinstance(value, str | bytes):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise BadAnswer(f"{self.name}: not JSON ({error})") from error
        value = _as_json(self._name, value)
        try:
            self._validator.validate(value)
        except ValidationFailed as error:
            where = error.json_path
            raise BadAnswer(f"{self._name}: {where}: {error.message[:200]}") from error
        return cast("Mapping[str, object]", value)

    def dump(self, product: object) -> dict[str, object]:
        return dict(cast("Mapping[str, object]", product))

    def schema(self) -> Mapping[str, object]:
        return self._schema

    def fields(self) -> frozenset[str]:
        return frozenset(cast("Mapping[str, object]", self._schema.get("properties", {})))


def _as_json(name: str, value: object) -> object:
    """Return the value as it will be stored; what cannot be written down is no answer."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise BadAnswer(f"{name}: not JSON ({type(error).__name__})") from error
    if len(written) > MOST_BYTES:
        raise BadAnswer(f"{name}: {len(written):,} bytes, {MOST_BYTES:,} at most")
    return json.loads(written)


def _first_reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the whole answer"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {first['msg']}{more}"

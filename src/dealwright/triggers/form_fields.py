"""The fields of a form: what somebody sent, taken for what it is and no further."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from dealwright.errors import BadInput

LARGEST = 64_000
"""Bytes of a form that are read."""
MOST_FIELDS = 60
LONGEST_NAME = 100


def fields_of(body: bytes) -> dict[str, str]:
    """Return the fields of a form as JSON.

    Raises:
        BadInput: it is not a flat JSON object of texts.

    """
    try:
        told: object = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput("send one JSON object in UTF-8 with the form's fields") from None
    if not isinstance(told, dict):
        raise BadInput("send one JSON object with the form's fields")
    fields = cast("Mapping[str, object]", told)
    if len(fields) > MOST_FIELDS:
        raise BadInput(f"a form has at most {MOST_FIELDS} fields")
    if any(len(name) > LONGEST_NAME for name in fields):
        raise BadInput(f"a field's name has at most {LONGEST_NAME} characters")
    if not all(_is_plain(value) for value in fields.values()):
        raise BadInput("every field is a text; nothing may stand inside another")
    shown = {name: str(value) for name, value in fields.items() if value is not None}
    if any(_is_broken(text) for pair in shown.items() for text in pair):
        raise BadInput("the fields hold characters that are no text")
    return shown


def _is_plain(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _is_broken(text: str) -> bool:
    """Say whether a text holds half a character, which JSON can spell and UTF-8 cannot."""
    return any("\ud800" <= character <= "\udfff" for character in text)

"""Twins written as rules: one CEL expression per field, for agents made without Python."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from dealwright.agents.agent import Twin
from dealwright.domain.packet import Packet
from dealwright.errors import BadAnswer
from dealwright.expressions import Expression, Undecided, compile_expression


def rules_twin(rules: Mapping[str, str]) -> Twin:
    """Return a twin that fills each field with the value of its expression over `slots`.

    Raises:
        ValueError: an expression is not valid; the message names the field.

    """
    programs: dict[str, Expression] = {}
    for field, text in rules.items():
        try:
            programs[field] = compile_expression(text, ("slots",))
        except ValueError as error:
            raise ValueError(f"the rule for {field!r} is not valid: {error}") from error

    def answer(packet: Packet) -> object:
        slots = {name: _plain(product) for name, product in packet.slots.items()}
        answers: dict[str, object] = {}
        for field, program in programs.items():
            value = program.value(slots=slots)
            if isinstance(value, Undecided):
                raise BadAnswer(f"the rule for {field!r} came to nothing: {value.why}")
            answers[field] = value
        return answers

    return answer


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value

"""Twins written as rules: one CEL expression per field, for agents made without Python."""

from __future__ import annotations

from collections.abc import Mapping

from cel_expr_python import cel
from pydantic import BaseModel

from dealwright.agents.agent import Twin
from dealwright.domain.packet import Packet
from dealwright.errors import BadAnswer


def rules_twin(rules: Mapping[str, str]) -> Twin:
    """Return a twin that fills each field with the value of its expression over `slots`.

    Raises:
        ValueError: an expression is not valid; the message names the field.

    """
    environment = cel.NewEnv(variables={"slots": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)})
    programs: dict[str, cel.Expression] = {}
    for field, text in rules.items():
        try:
            programs[field] = environment.compile(text)
        except RuntimeError as error:
            raise ValueError(f"the rule for {field!r} is not valid: {error}") from error

    def answer(packet: Packet) -> object:
        slots = {name: _plain(value) for name, value in packet.slots.items()}
        answers: dict[str, object] = {}
        for field, program in programs.items():
            result = program.eval(data={"slots": slots})
            if result.type() == cel.Type.ERROR:
                raise BadAnswer(f"the rule for {field!r} came to nothing: {result.value()}")
            answers[field] = result.plain_value()
        return answers

    return answer


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value

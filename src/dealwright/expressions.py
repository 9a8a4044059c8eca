"""Expressions: CEL, compiled once and evaluated over plain JSON values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cel_expr_python import cel


@dataclass(frozen=True, slots=True)
class Undecided:
    """An evaluation that came to nothing, e.g. because a field is missing."""

    why: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression."""

    text: str
    _program: cel.Expression

    def value(self, **tables: Mapping[str, object]) -> object:
        """Return what the expression comes to, or Undecided. Never raises."""
        result = self._program.eval(data=tables)
        if result.type() == cel.Type.ERROR:
            return Undecided(str(result.value()))
        return result.plain_value()


def compile_expression(text: str, tables: Collection[str]) -> Expression:
    """Return the compiled expression; it may name these tables and nothing else.

    Raises:
        ValueError: the expression is not valid; the message says where.

    """
    table = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    environment = cel.NewEnv(variables=dict.fromkeys(tables, table))
    try:
        return Expression(text, environment.compile(text))
    except RuntimeError as error:
        raise ValueError(_readable(str(error))) from error


def _readable(message: str) -> str:
    match = re.search(r"ERROR: <input>:(\d+):(\d+): (.*)", message)
    return f"{match[3]} (at character {match[2]})" if match else message

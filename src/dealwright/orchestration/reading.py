"""Which slots and tools an agent's code names, read from its source without running it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

Code = Callable[..., object]


class Named(NamedTuple):
    """What code asks a packet for."""

    slots: frozenset[str]
    tools: frozenset[str]


class _Said(NamedTuple):
    """What one function says: agents share most of theirs, so each is read once."""

    named: Named
    calls: tuple[Code, ...]
    """The functions of its own package that it names."""


def named_in_code(functions: Iterable[Code]) -> Named:
    """Return what these functions, and those of the same package they call, ask a packet for.

    Only literal names are seen: `packet.need("lead", …)`, `packet.get("offer", …)`,
    `packet.material["company_site"]` and `packet.material.get("company_site")`.
    """
    reached = [_said(function) for function in _reached(functions)]
    return Named(
        frozenset(slot for said in reached for slot in said.named.slots),
        frozenset(tool for said in reached for tool in said.named.tools),
    )


def _reached(functions: Iterable[Code]) -> Iterator[Code]:
    waiting = list(functions)
    seen: set[Code] = set()
    while waiting:
        function = waiting.pop()
        if function not in seen and inspect.isfunction(function):
            seen.add(function)
            yield function
            waiting += _said(function).calls


@lru_cache(maxsize=2_000)
def _said(function: Code) -> _Said:
    nodes = list(ast.walk(_tree(function)))
    known = function.__globals__
    called = [known.get(node.id) for node in nodes if isinstance(node, ast.Name)]
    return _Said(
        Named(
            frozenset(slot for node in nodes for slot in _slot_named(node)),
            frozenset(tool for node in nodes for tool in _tool_named(node)),
        ),
        tuple(
            each
            for each in called
            if inspect.isfunction(each) and _package(each) == _package(function)
        ),
    )


def _package(function: Code) -> str:
    return function.__module__.partition(".")[0]


def _tree(function: Code) -> ast.AST:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ast.Module(body=[], type_ignores=[])


def _slot_named(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="packet"), attr="need" | "get"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name
        case _:
            return


def _tool_named(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id="packet"), attr="material"),
            slice=ast.Constant(value=str(name)),
        ):
            yield name
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(attr="material"), attr="get"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name
        case _:
            return

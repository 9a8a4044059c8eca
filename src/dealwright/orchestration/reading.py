"""Which slots and tools an agent's code names, read from its source without running it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

Code = Callable[..., object]


class Named(NamedTuple):
    """What code asks a packet for."""

    slots: frozenset[str]
    tools: frozenset[str]


def named_in_code(functions: Iterable[Code]) -> Named:
    """Return what these functions, and those of the same package they call, ask a packet for.

    Only literal names are seen: `packet.need("lead", …)`, `packet.get("offer", …)`,
    `packet.material["company_site"]` and `packet.material.get("company_site")`.
    """
    slots: set[str] = set()
    tools: set[str] = set()
    for function in _reached(functions):
        for node in ast.walk(_tree(function)):
            slots |= set(_slot_named(node))
            tools |= set(_tool_named(node))
    return Named(frozenset(slots), frozenset(tools))


def _reached(functions: Iterable[Code]) -> Iterator[Code]:
    waiting = list(functions)
    seen: set[Code] = set()
    while waiting:
        function = waiting.pop()
        if function in seen or not inspect.isfunction(function):
            continue
        seen.add(function)
        yield function
        for node in ast.walk(_tree(function)):
            if isinstance(node, ast.Name):
                called = function.__globals__.get(node.id)
                if inspect.isfunction(called) and _package(called) == _package(function):
                    waiting.append(called)


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

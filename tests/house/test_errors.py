"""The drawing in `errors.py` is the truth, and every error speaks for itself."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import dealwright
from dealwright import errors
from dealwright.errors import DealwrightError

DRAWING = inspect.getdoc(errors) or ""


def family(kind: type[DealwrightError]) -> Iterator[type[DealwrightError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


def drawn(kind: type[DealwrightError], prefix: str = "") -> Iterator[str]:
    children = kind.__subclasses__()
    for child in children:
        last = child is children[-1]
        yield f"{prefix}{'└── ' if last else '├── '}{child.__name__}"
        yield from drawn(child, prefix + ("    " if last else "│   "))


def test_the_drawn_tree_is_the_real_one() -> None:
    for module in pkgutil.walk_packages(dealwright.__path__, "dealwright."):
        if not module.name.startswith("dealwright.store.migrations."):
            import_module(module.name)
    _, _, tree = DRAWING.partition("\n\n")
    assert tree.splitlines() == [DealwrightError.__name__, *drawn(DealwrightError)]


@pytest.mark.parametrize("kind", list(family(DealwrightError)), ids=lambda kind: kind.__name__)
def test_an_error_without_a_message_says_its_docstring(kind: type[DealwrightError]) -> None:
    assert str(kind()) == inspect.cleandoc(kind.__doc__ or "missing")


@pytest.mark.parametrize("kind", list(family(DealwrightError)), ids=lambda kind: kind.__name__)
def test_an_error_ends_the_command_line_with_a_code_of_its_own(
    kind: type[DealwrightError],
) -> None:
    assert 1 <= kind.exit_code <= 125
    assert kind.exit_code != 2, "2 means that the command itself was typed wrongly"

"""Writes docs/reference/cli.md from the commands themselves, so that the two cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from dealwright.cli.app import app
from dealwright.cli.call import SHARED

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"

HEAD = """\
# Reference: commands

`dealwright COMMAND --help` says the same. This page is written by `make docs` from the commands
themselves. `dealwright --verbose COMMAND` logs what happens, `dealwright --log-json COMMAND` does
so in JSON.

What a command exits with says how it went:

| code | means |
| --- | --- |
| 0 | done |
| 1 | something went wrong; the sentence says what |
| 2 | the command was typed wrongly |
| 3 | a file, an argument or a setting cannot be used as it stands |
| 4 | a rule does not allow it, or the database is in use |
| 5 | nothing, or not one thing, goes by that name |
| 130 | stopped with Ctrl-C; what was finished is kept |
"""

Parameters = tuple[list[TyperArgument], list[TyperOption]]


def commands(group: TyperGroup, path: str = "dealwright") -> Iterator[tuple[str, str, Parameters]]:
    """Yield every command as it is typed, what it does, and what it takes."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
            continue
        arguments = [entry for entry in command.params if isinstance(entry, TyperArgument)]
        options = [entry for entry in command.params if isinstance(entry, TyperOption)]
        yield f"{path} {name}", command.help or "", (arguments, options)


def section(path: str, says: str, parameters: Parameters) -> Iterator[str]:
    """Yield the lines of one command's section."""
    arguments, options = parameters
    taken = " ".join(usage(argument) for argument in arguments)
    yield f"\n## `{path}{' ' if taken else ''}{taken}`\n"
    yield " ".join(says.split())
    told = [(usage(argument), argument.help) for argument in arguments if argument.help]
    told += [(written(each), each.help) for each in options if each.rich_help_panel != SHARED]
    yield from table(told)


def shared(options: Iterable[TyperOption]) -> Iterator[str]:
    """Yield the lines about the options that most commands take."""
    yield f"\n## {SHARED}"
    told = {written(each): each.help for each in options if each.rich_help_panel == SHARED}
    yield from table(told.items())


def table(told: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Yield a table of what can be typed and what it means."""
    rows = [f"| `{name}` | {text or ''} |" for name, text in told]
    if rows:
        yield "\n| | |\n| --- | --- |"
        yield from rows


def usage(argument: TyperArgument) -> str:
    """Return an argument as it stands in a usage line."""
    name = (argument.metavar or argument.name or "").strip("[]").upper()
    return name if argument.required else f"[{name}]"


def written(option: TyperOption) -> str:
    """Return an option as it is typed."""
    names = "`, `".join((*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" {(option.metavar or option.name or '').upper()}"
    return f"{names}{value}".replace("|", r"\|")


def reference() -> str:
    """Return the page."""
    door = get_command(app)
    assert isinstance(door, TyperGroup)
    every = list(commands(door))
    lines = [*shared(option for *_, (_, options) in every for option in options)]
    lines += [line for command in every for line in section(*command)]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")

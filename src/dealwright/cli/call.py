"""What every command is told: the options all of them share, and how a command is made."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer

from dealwright.cli.output import show_json
from dealwright.runtime import Runtime, Watcher, World, signature
from dealwright.settings import Settings, read_settings

SHARED = "Options of most commands"

INTERRUPTED = 130

USUAL = "sales"
"""The department that works when none is named."""

Body = Callable[..., Coroutine[Any, Any, object]]
"""A command: given a `Call` and its own options, it returns its answer for `--json`, or None."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An answer with an exit code of its own."""

    answer: object
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of one command."""

    settings: Settings
    department: str = USUAL
    json: bool = False
    """Answer with one JSON value and nothing else."""
    world: World | None = None
    """Where sites are, when Python code says so."""
    database: str | None = None
    """The address as it was typed; None when it came from the environment."""
    workspace: str | None = None
    """The workspace as it was typed."""

    @property
    def who(self) -> str:
        """Who signs."""
        return signature(self.settings)

    def runtime(
        self, watcher: Watcher, *, beside: bool = False
    ) -> AbstractAsyncContextManager[Runtime]:
        """Open the store with the department at work on it; `beside` another process if need be."""
        return Runtime.open(
            self.settings,
            department=self.department,
            world=self.world,
            watcher=watcher,
            beside=beside,
        )

    def on(self, database: str) -> Call:
        """Return the same call on another database, which nobody has typed."""
        return replace(self, settings=self.settings.model_copy(update={"database": database}))

    @property
    def anywhere(self) -> Call:
        """The same call for commands that take no department."""
        return replace(self, department=USUAL)

    def again(self, command: str) -> str:
        """Return what to type for another command on the same store, and the same department."""
        own = self.department if self.department != USUAL else None
        typed = {"department": own, "database": self.database, "workspace": self.workspace}
        options = (f"--{name} {quoted(value)}" for name, value in typed.items() if value)
        return " ".join(("dealwright", command, *options))


def quoted(words: str) -> str:
    """Return words as a shell takes them for one."""
    return f'"{words}"' if set(words) & set(" &;'()*?$") else words


def command(
    app: typer.Typer, panel: str, *, name: str | None = None, departments: bool = False
) -> Callable[[Body], Body]:
    """Make a coroutine function a command with the shared options.

    Args:
        app: where the command goes.
        panel: the heading it stands under in the help.
        name: what is typed; the function's name if None.
        departments: whether it takes `--department`, too.

    """

    def made(body: Body) -> Body:
        run = _run_with_shared(body, departments=departments)
        app.command(name or body.__name__.replace("_", "-"), rich_help_panel=panel)(run)
        return body

    return made


def _run_with_shared(body: Body, *, departments: bool) -> Callable[..., None]:
    """Return the function Typer calls: the body's own options, and the shared ones."""
    own = list(inspect.signature(body, eval_str=True).parameters.values())[1:]
    shared = [
        parameter
        for parameter in inspect.signature(_shared, eval_str=True).parameters.values()
        if departments or parameter.name != "department"
    ]
    taken = {parameter.name for parameter in shared}

    def run(**given: Any) -> None:
        call = _shared(**{key: value for key, value in given.items() if key in taken})
        rest = {key: value for key, value in given.items() if key not in taken}
        _answer(call, asyncio.run(body(call, **rest)))

    parameters = [_keyword(parameter) for parameter in (*own, *shared)]
    run.__doc__ = body.__doc__
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    vars(run)["__signature__"] = inspect.Signature(parameters)
    return run


def _answer(call: Call, answer: object) -> None:
    code = 0
    if isinstance(answer, Ended):
        answer, code = answer.answer, answer.code
    if call.json and answer is not None:
        show_json(answer)
    if code:
        raise typer.Exit(code)


def _shared(
    ctx: typer.Context,
    *,
    department: Annotated[
        str,
        typer.Option(
            help="A shipped department, or the folder of your own.",
            metavar="NAME|FOLDER",
            rich_help_panel=SHARED,
        ),
    ] = USUAL,
    database: Annotated[
        str | None,
        typer.Option(
            help="Where the store is: sqlite:///file.db or postgresql://…",
            metavar="URL",
            show_default=False,
            rich_help_panel=SHARED,
        ),
    ] = None,
    workspace: Annotated[
        str | None,
        typer.Option(
            help="The client whose leads these are.", show_default=False, rich_help_panel=SHARED
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Answer in JSON.", rich_help_panel=SHARED)
    ] = False,
) -> Call:
    world = ctx.obj
    return Call(
        settings=read_settings(database=database, workspace=workspace),
        department=department,
        json=json,
        world=world if isinstance(world, World) else None,
        database=database,
        workspace=workspace,
    )


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)

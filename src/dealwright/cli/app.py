"""The Typer application: every command, and what becomes of an error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy.exc import DBAPIError
from typer.main import get_command

from dealwright.cli import (
    audit,
    costing,
    demo,
    departments,
    doctor,
    explaining,
    exporting,
    leaving,
    looking,
    meetings,
    overriding,
    replies,
    reviewing,
    running,
    starting,
    tasks,
    triggering,
    working,
)
from dealwright.cli.logs import set_up
from dealwright.cli.output import ERR
from dealwright.errors import DealwrightError
from dealwright.runtime import World

EPILOGUE = """\
Exit codes: 0 done · 1 something went wrong · 2 not how the command is typed · 3 a file, argument \
or setting cannot be used · 4 refused by a rule, or the database is in use · 5 nothing, or not one \
thing, goes by that name · 130 interrupted; what was finished is kept.
"""

WENT_WRONG = 1

app = typer.Typer(
    name="dealwright",
    help="An AI sales department that you run yourself. Nothing is sent without you.",
    epilog=EPILOGUE,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)

for commands in (
    starting,
    demo,
    working,
    running,
    triggering,
    reviewing,
    tasks,
    looking,
    explaining,
    costing,
    overriding,
    leaving,
    meetings,
    exporting,
    doctor,
):
    app.add_typer(commands.app)
app.add_typer(departments.app, name="department", rich_help_panel="Keep it in order")
app.add_typer(leaving.outbox, name="outbox", rich_help_panel="Have the last word")
app.add_typer(replies.app, name="replies", rich_help_panel="Keep it in order")
app.add_typer(audit.app, name="audit", rich_help_panel="Keep it in order")


@app.callback()
def _door(
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Log what happens, with tracebacks, to stderr.")
    ] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log in JSON.")] = False,
) -> None:
    set_up(verbose=verbose, as_json=log_json)
    sys.excepthook = _with_traceback if verbose else _without_traceback


def main(arguments: Sequence[str] | None = None, *, world: World | None = None) -> None:
    """Run the command line; print an error as a sentence and exit with its code.

    Args:
        arguments: what was typed; the process's own arguments if None.
        world: where sites are, for rehearsals; no argument and no setting can say so.

    """
    try:
        try:
            get_command(app)(arguments, prog_name="dealwright", obj=world)
        finally:
            sys.stdout.flush()
    except DealwrightError as error:
        _end(str(error), error.exit_code)
    except DBAPIError as error:
        _end(f"The database does not go on: {str(error.orig).strip().splitlines()[0]}")
    except OSError as error:
        if error.errno == errno.EPIPE:
            _nobody_reads()
        _end(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _end(sentence: str, code: int = WENT_WRONG) -> None:
    ERR.print(f"[bold red]{escape(sentence)}[/]", soft_wrap=True)
    sys.exit(code)


def _nobody_reads() -> None:
    """Leave quietly: whoever read our output has enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(WENT_WRONG)


def _without_traceback(
    kind: type[BaseException], error: BaseException, _: TracebackType | None
) -> None:
    """Say that this is our mistake, in a sentence."""
    ERR.print(
        f"[bold red]{escape(f'A mistake in dealwright: {kind.__name__}: {error}')}[/]\n"
        "The same command after `dealwright --verbose` shows where. What was finished is kept.",
        soft_wrap=True,
    )


def _with_traceback(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    sys.__excepthook__(kind, error, trace)

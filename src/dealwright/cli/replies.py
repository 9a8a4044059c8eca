"""`dealwright replies`: how well the reply reader reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealwright.agents.staff.reading.corpus import held_out, parsed
from dealwright.agents.staff.reading.evaluation import Evaluation, Share, evaluated
from dealwright.cli.call import Call, command
from dealwright.cli.output import heading, line, show_table
from dealwright.errors import BadInput

app = typer.Typer(help="See how replies are read.", no_args_is_help=True)

REPLIES = typer.Argument(
    help="JSON lines with text, language and meanings (the main one first); without a file the "
    "held-out replies that come with the package.",
    show_default=False,
)


@app.callback()
def _group() -> None:
    """See how replies are read."""


@command(app, "Check")
async def evaluate(call: Call, file: Annotated[Path | None, REPLIES] = None) -> object:
    """Read replies whose meaning is known, and count what would have gone wrong."""
    replies = held_out() if file is None else parsed(_text(file).splitlines())
    if not replies:
        raise BadInput("There is no reply in the file.")
    found = evaluated(replies)
    if not call.json:
        _show(found)
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8.") from error


def _show(found: Evaluation) -> None:
    heading(f"{found.replies:,} replies")
    line(f"main meaning right            {_share(found.accuracy)}")
    line(f"right action                  {_share(found.right_action)}")
    line(f"acted on without a person     {_share(found.coverage)}")
    line(f"wrong automatic actions       {_share(found.wrong_actions)}")
    line(f"of several wishes another     {_share(found.besides)}")
    line(f"calibration error (ECE)       {found.calibration_error:.3f}")
    line(f"opt-outs found                {_share(found.opt_out_recall)}")
    line(f"of what was read as opt-out   {_share(found.opt_out_precision)}")
    show_table(
        "Languages",
        ("language", "right", "without a person", "opt-outs found"),
        [
            (
                name,
                _share(right),
                _share(found.coverage_by_language[name]),
                _share(found.opt_out_recall_by_language[name]),
            )
            for name, right in found.by_language.items()
        ],
    )
    if len(found.by_author) > 1:
        _show_authors(found)
    show_table(
        "What each meaning was read as",
        ("truth", "read as"),
        [
            (truth, ", ".join(f"{name} {count}" for name, count in read.items()))
            for truth, read in found.confusion.items()
        ],
    )
    for mistake in found.mistakes:
        line(f"wrong: {mistake['truth']} read as {mistake['read']}: {mistake['text']}")


def _show_authors(found: Evaluation) -> None:
    show_table(
        "Authors",
        ("author", "right", "without a person", "of those wrong", "opt-outs found", "ECE"),
        [
            (
                name,
                _share(part.accuracy),
                _share(part.coverage),
                _share(part.wrong_actions),
                _share(part.opt_out_recall),
                f"{part.calibration_error:.3f}",
            )
            for name, part in found.by_author.items()
        ],
    )


def _share(share: Share) -> str:
    if not share.of:
        return "–"
    bounds = f"95 %: {share.low:.1%} to {share.high:.1%}"
    return f"{share.share:.1%} ({share.hits} of {share.of}; {bounds})"

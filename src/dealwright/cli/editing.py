"""Editing: a product becomes a form, a person's editor opens it, and nothing they wrote is lost."""

from __future__ import annotations

import asyncio
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from dealwright.agents.shape import Shape
from dealwright.cli.call import Call
from dealwright.cli.drafts import bases, form, read_form
from dealwright.cli.output import say, tail
from dealwright.domain.case import Snapshot
from dealwright.errors import BadInput
from dealwright.store.questions import Approval

USUAL_EDITOR = "vi"


async def edited(
    call: Call, asked: Approval, snapshot: Snapshot, shape: Shape, file: Path | None
) -> Mapping[str, object] | None:
    """Return what a person made of a product; None if it is as it was.

    Raises:
        BadInput: it does not fit the shape, or there is no editor; the text is kept.

    """
    state = snapshot.slots[asked.slot]
    blank = form(state.value or {}, shape, _notes(asked, snapshot))
    if file is not None:
        return _from_file(file, blank, shape)
    path = Path(tempfile.mkdtemp(prefix="dealwright-")) / f"{asked.slot}-{tail(asked.id)}.yaml"
    _write(path, blank)
    await _open(call.settings.editor or USUAL_EDITOR, path)
    try:
        return _from_file(path, blank, shape)
    except BadInput as error:
        again = call.again(f"edit {tail(asked.id)} --file {shlex.quote(str(path))}")
        raise BadInput(f"{error}\nYour text is kept. Correct it, then: {again}") from None


def _from_file(file: Path, blank: str, shape: Shape) -> Mapping[str, object] | None:
    """Return what the file holds; where it is not there, write the form to be edited."""
    if not file.exists():
        _write(file, blank)
        say(f"Written to {file}. Edit it, then type the same command again.")
        return None
    text = _read(file)
    if text.strip() == blank.strip():
        say("Nothing was changed.")
        return None
    return read_form(text, file.name, shape)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _notes(asked: Approval, snapshot: Snapshot) -> Iterator[str]:
    yield f"{asked.slot} v{asked.version} for {asked.case_name}. Lines that begin with # are notes."
    yield "Change the texts; what you save is final. Save it unchanged to leave all as it was."
    yield "Each claim names what it rests on under `rests_on`. There is:"
    for basis in bases(snapshot).values():
        yield f"  {' '.join(str(basis).split())}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8; save it as UTF-8") from None


async def _open(editor: str, path: Path) -> None:
    try:
        process = await asyncio.create_subprocess_exec(*shlex.split(editor), str(path))
    except (OSError, ValueError, TypeError) as error:
        raise BadInput(
            f"the editor {editor!r} does not start ({error}): set EDITOR, or give --file"
        ) from None
    if await process.wait():
        raise BadInput(f"{editor} ended with an error; nothing was changed. Your text: {path}")

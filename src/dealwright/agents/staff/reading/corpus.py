"""The written replies the reader learns from and is measured on.

The replies of one family say the same thing in other words; a family is never divided between
learning and measuring. Twelve more authors, who knew nothing of the cues, wrote the families whose
names begin with a letter and a figure: `n1-` to `m3-` as people usually write, `w1-` and `w2-` as
few ever do.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from importlib.resources import files

from pydantic import Field, ValidationError

from dealwright.agents.staff.reading.cues import LANGUAGES
from dealwright.domain.product import Text, Word, WorkProduct
from dealwright.domain.reading import Meaning, Objection
from dealwright.errors import BadInput

WRITTEN_AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
"""When every reply of the corpus was written: a Tuesday; `tomorrow` is counted from here."""

FOLDS = 5
"""One family in five is held out."""

DRAW = 56
"""The first draw that holds out opt-outs in every language and thirteen replies of each meaning."""


OWN = "cues"
"""The author who also wrote the cue tables."""


class Reply(WorkProduct):
    """One written reply and what it means."""

    text: Text = Field(min_length=1)
    language: str = Field(pattern="^[a-z]{2}$")
    meanings: tuple[Meaning, ...] = Field(min_length=1, max_length=4)
    """The main one first."""
    family: Word = "none"
    objection: Objection | None = None
    time: datetime | None = None
    """The start of the first time it asks for."""
    returns_on: date | None = None
    ask_again_on: date | None = None

    @property
    def main(self) -> Meaning:
        """What has to be acted on first."""
        return self.meanings[0]

    @property
    def author(self) -> str:
        """Who wrote it: the author of the cues, or another one, such as `w1`."""
        name, dash, _ = self.family.partition("-")
        return name if dash and re.fullmatch(r"[a-z]\d", name) else OWN


def written_replies() -> tuple[Reply, ...]:
    """Return the whole corpus."""
    folder = files("dealwright.agents.staff.reading").joinpath("corpus")
    texts = (folder.joinpath(f"{language}.jsonl").read_text("utf-8") for language in LANGUAGES)
    return tuple(reply for text in texts for reply in parsed(text.splitlines()))


def parsed(lines: Iterable[str]) -> tuple[Reply, ...]:
    """Return the replies of JSON lines; empty lines are passed over.

    Raises:
        BadInput: a line is no reply; the message says which and why.

    """
    replies: list[Reply] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            replies.append(Reply.model_validate(json.loads(line)))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise BadInput(f"line {number}: {where}: {first['msg']}") from error
        except ValueError as error:
            raise BadInput(f"line {number} is not JSON: {error}") from error
    return tuple(replies)


def fold(family: str, folds: int = FOLDS) -> int:
    """Return which part a family falls into; the same for ever."""
    return int.from_bytes(hashlib.sha256(family.encode()).digest()[:4]) % folds


def is_held_out(reply: Reply) -> bool:
    """Return whether the reply is only measured on, never learnt from."""
    return fold(f"{DRAW}:{reply.family}") == 0


def is_unread(reply: Reply) -> bool:
    """Return whether it is learnt from, but was never read to write cues: how sure to be."""
    return reply.author != OWN and not is_held_out(reply) and fold(f"cues:{reply.family}", 2) == 0


def held_out() -> tuple[Reply, ...]:
    """Return the replies that nothing was learnt from."""
    return tuple(reply for reply in written_replies() if is_held_out(reply))

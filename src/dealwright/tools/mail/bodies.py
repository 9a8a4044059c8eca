"""Bodies: the words a message shows its reader, whatever they are wrapped in."""

from __future__ import annotations

from collections.abc import Sequence

from dealwright.tools.charset import decoded
from dealwright.tools.mail.html_words import seen
from dealwright.tools.mail.structure import Part, Taken
from dealwright.tools.mail.words import clean

LONGEST_BODY = 100_000


def body(taken: Taken) -> str:
    """Return the plain text, or the words of the HTML where there is none."""
    shown = [part for part in taken.parts if not part.attached and not part.inner]
    plain = joined([part for part in shown if part.kind == "text/plain"])
    if plain:
        return plain
    pages = [part for part in shown if part.kind == "text/html"]
    found = (seen(text_of(part)) for part in pages[:3])
    return clean("\n".join(filter(None, found)), LONGEST_BODY).strip("\n")


def joined(parts: Sequence[Part]) -> str:
    """Return the texts of parts one after the other."""
    texts: list[str] = []
    room = LONGEST_BODY
    for part in parts:
        text = clean(text_of(part), room).strip("\n")
        if text.strip():
            texts.append(text)
            room -= len(text)
        if room <= 0:
            break
    return "\n".join(texts)


def text_of(part: Part) -> str:
    """Return a part's content as text, in the character set it is really in."""
    content = part.content[: LONGEST_BODY * 4]
    return decoded(content, f"{part.kind}; charset={part.charset}")

"""Way out: every letter shows how to get no more of them, to people and to mail programs."""

from __future__ import annotations

import re
from html import escape

from dealwright.domain.situation import Held, Passed, Situation, Verdict

_HEADER = re.compile(r"<(https?://[^<>\s,]+)>, <mailto:[^<>\s,]+>")
_HIDES = re.compile(r"<!--|<style|style=|hidden|display|<font|color", re.IGNORECASE)


def way_out(situation: Situation) -> Verdict:
    """Hold a letter whose link out is missing, hidden, somebody else's, or there twice."""
    letter, public_url = situation.letter, situation.connections.public_url
    if letter is None:
        return Held(because=situation.trouble or "no letter could be composed")
    if letter.headers.get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click":
        return Held(because="the letter does not offer to unsubscribe with one click")
    header = _HEADER.fullmatch(letter.headers.get("List-Unsubscribe", ""))
    if header is None or not public_url or not header[1].startswith(f"{public_url}/u/"):
        return Held(because="the letter's List-Unsubscribe does not lead to us")
    link = header[1]
    shown = re.findall(rf'<a href="{re.escape(escape(link))}">[^<\s][^<]*</a>', letter.html)
    if letter.text.count(link) != 1 or letter.html.count(escape(link)) != 1 or not shown:
        return Held(because="the letter does not show its way out exactly once")
    if any(_HIDES.search(tag) for tag in re.findall(r"<[^>]*>", letter.html)):
        return Held(because="the letter could hide its way out")
    return Passed()

"""Clock times and parts of the day that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from dealwright.agents.staff.reading.time_words import Token

PARTS: Mapping[str, tuple[time, time]] = {
    "early": (time(8), time(10)),
    "am": (time(8), time(12)),
    "noon": (time(12), time(12)),
    "lunch": (time(12), time(17)),
    "pm": (time(12), time(18)),
    "eve": (time(17), time(21)),
}
"""Part of the day → from when until when a start would suit."""

_DAY_ENDS = time(18)
_NIGHT_ENDS = time(22)
_MORNING_STARTS = time(8)
_LATE_MORNING, _EVENING = time(11), time(17)
_HALF_A_DAY = 12
_FIRST_PLAIN_HOUR = 8
"""`at 4` is in the afternoon, `at 8` in the morning."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(h|am|pm|ish)?\.?")


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when a start would suit."""

    start: time
    end: time
    exact: bool


def hours(tokens: Sequence[Token], taken: frozenset[int], language: str) -> Hours | None:
    """Return the hours a sentence names; places already taken by days are passed over."""
    clocks = {
        at: clock
        for at in range(len(tokens))
        if at not in taken and (clock := _clock(tokens, at, language))
    }
    parts = [token.tag for at, token in enumerate(tokens) if token.tag in PARTS and at not in taken]
    if not clocks:
        return Hours(*PARTS[parts[0]], exact=parts[0] == "noon") if parts else None
    first = min(clocks)
    start = _in_part(clocks[first], parts)
    end = _range_end(clocks, first, tokens)
    if end and end > start:
        return Hours(start, end, exact=True)
    match _tag(tokens, first - 1):
        case "after":
            late = _DAY_ENDS if start < _DAY_ENDS else _NIGHT_ENDS
            return Hours(start, max(start, late), exact=True)
        case "before" | "until":
            return Hours(min(_MORNING_STARTS, start), start, exact=True)
        case _:
            return Hours(start, start, exact=True)


def _clock(tokens: Sequence[Token], at: int, language: str) -> time | None:
    """Return the clock time at a place: `10:30`, `2pm`, `um 3`, `halb elf`, `7ish`."""
    told = _CLOCK.fullmatch(tokens[at].text) if tokens[at].tag == "number" else None
    spoken = re.fullmatch(r"n(\d+)", tokens[at].tag)
    before = {_tag(tokens, at - 1), _tag(tokens, at - 2)}
    after = _tag(tokens, at + 1)
    marked = before & {"at", "about", "after", "before", "between"} or after in {"oclock", "dash"}
    marked = marked or "and" in before or _text(tokens, at + 1) in {"am", "pm", "h", "ish", "or"}
    if told and (told[2] or told[3] or marked):
        hour, minute, mark = int(told[1]), int(told[2] or 0), told[3] or _text(tokens, at + 1)
    elif spoken and (_tag(tokens, at - 1) in {"at", "half", "about", "after"} or after == "oclock"):
        hour, minute, mark = int(spoken[1]), 0, _text(tokens, at + 1)
    else:
        return None
    if _tag(tokens, at - 1) == "half":
        hour, minute = (hour, 30) if language == "en" else (hour - 1, 30)
    elif after == "half":
        minute = 30
    return _made(hour, minute, mark)


def _made(hour: int, minute: int, mark: str) -> time | None:
    if mark in {"am", "pm"} and hour > _HALF_A_DAY:
        return None
    if mark == "am":
        hour %= _HALF_A_DAY
    elif hour < _FIRST_PLAIN_HOUR or (mark == "pm" and hour < _HALF_A_DAY):
        hour += _HALF_A_DAY
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _in_part(clock: time, parts: Sequence[str]) -> time:
    """`8 in the evening` is 20:00, `7 in the morning` is 7:00."""
    if set(parts) & {"eve", "pm"} and clock < _LATE_MORNING:
        return clock.replace(hour=clock.hour + _HALF_A_DAY)
    if set(parts) & {"am", "early"} and clock >= _EVENING:
        return clock.replace(hour=clock.hour - _HALF_A_DAY)
    return clock


def _range_end(clocks: Mapping[int, time], first: int, tokens: Sequence[Token]) -> time | None:
    for ahead in (2, 3):
        if first + ahead in clocks and any(
            _tag(tokens, first + n) in {"and", "dash", "until"} for n in range(1, ahead)
        ):
            return clocks[first + ahead]
    return None


def _tag(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].tag if 0 <= at < len(tokens) else ""


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""
